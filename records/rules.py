"""When a reminder may be held, let go or sent by hand, and a ladder changed: sentences, or empty."""

from . import ladders
from .enums import OFFICE_AUDIENCES, OWED_BY_OFFICE, SIGNERS, Audience
from .words import day_in_words

LONGEST_REASON = 500
LONGEST_LADDER, LONGEST_HEADING, LONGEST_WORDING = 250, 200, 5000


def why_not_hold(obligation, *, until, reason, on):
    """Why the reminders of an obligation cannot be held until a day."""
    if obligation.closed_at is not None:
        return "This is done, so there are no reminders to hold."
    if until <= on:
        return "Give a day after today: reminders go out again from that day."
    if not reason.strip():
        return "Say why the reminders are held."
    if len(reason.strip()) > LONGEST_REASON:
        return f"Say it in {LONGEST_REASON} characters or fewer."
    return ""


def why_not_let_go(obligation, *, on):
    """Why the reminders of an obligation cannot be let go."""
    if obligation.closed_at is not None:
        return "This is done, so there are no reminders to let go."
    if obligation.held_until is None or obligation.held_until <= on:
        return "The reminders of this are not held."
    return ""


def why_not_send_now(obligation, *, steps, on):
    """Why a reminder cannot be sent by hand: `steps` is its ladder."""
    if obligation.closed_at is not None:
        return "This is done, so nobody needs a reminder of it."
    if obligation.opens_on is not None and obligation.opens_on > on:
        return f"This opens on {day_in_words(obligation.opens_on)}; nobody can be reminded of it before."
    if obligation.held_until is not None and obligation.held_until > on:
        return f"The reminders of this are held until {day_in_words(obligation.held_until)}. Let them go first."
    if not steps:
        return f"There is no wording for reminders of this kind: {obligation.get_kind_display().lower()}."
    return ""


# Ladders: what may be written on a step, and which steps may go


def wrong_days(working_days, *, others):
    """What is wrong with the day of a step."""
    if not -LONGEST_LADDER <= working_days <= LONGEST_LADDER:
        return f"Give a number of working days from 1 to {LONGEST_LADDER}."
    if any(step.working_days == working_days for step in others):
        return "There is a reminder on that day already. Change that one, or choose another day."
    return ""


def wrong_audiences(kind, audiences, *, others):
    """What is wrong with whom a step tells, the other steps standing."""
    if not audiences:
        return "Choose at least one group of people to tell."
    if kind in OWED_BY_OFFICE and not OFFICE_AUDIENCES.issuperset(audiences):
        return "The office itself owes this, so only people of the office can be told."
    return _unsigned(kind, [audiences, *(step.audiences for step in others)])


def _unsigned(kind, told):
    """That somebody who signs would hear of it in no step."""
    for audience in SIGNERS.get(kind, []):
        if not any(audience in audiences for audiences in told):
            label = Audience(audience).label
            return f"This waits for a signature: at least one reminder must go to “{label}”."
    return ""


def wrong_heading(heading):
    """What is wrong with the subject of a reminder."""
    if not heading.strip():
        return "Write the subject of the e-mail."
    if len(heading) > LONGEST_HEADING or "\n" in heading or "\r" in heading:
        return f"Write the subject in one line of {LONGEST_HEADING} characters or fewer."
    return ladders.wrong_in(heading)


def wrong_wording(wording):
    """What is wrong with the wording of a reminder."""
    if not wording.strip():
        return "Write what the reminder says."
    if len(wording) > LONGEST_WORDING:
        return f"Write it in {LONGEST_WORDING:,} characters or fewer."
    return ladders.wrong_in(wording)


def wrong_with(step, *, others):
    """What is wrong with a step as written: {field: sentence}, empty when it may stand."""
    found = {
        "working_days": wrong_days(step.working_days, others=others),
        "audiences": wrong_audiences(step.kind, step.audiences, others=others),
        "heading": wrong_heading(step.heading),
        "wording": wrong_wording(step.wording),
    }
    return {name: sentence for name, sentence in found.items() if sentence}


def why_not_write(step, *, others):
    """Why a step cannot stand on its ladder as written."""
    return next(iter(wrong_with(step, others=others).values()), "")


def why_not_remove(step, *, others):
    """Why a step cannot be taken off its ladder."""
    return _unsigned(step.kind, [other.audiences for other in others])


def why_not_restore(step):
    """Why a step cannot go back to the wording delivered with the portal."""
    if step.working_days not in ladders.delivered(step.kind):
        return "The portal was delivered without a reminder on this day, so there is no wording to go back to."
    return ""


def why_not_touch(step, *, seen):
    """Why a step, as it stands now, cannot be changed by somebody who saw it with the mark `seen`."""
    if step is None:
        return "Somebody else has just removed this reminder."
    if seen and seen != step.mark:
        return "Somebody else has just changed this reminder. Look at it again, then decide what to do."
    return ""
