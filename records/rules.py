"""When a reminder may be held, let go or sent by hand, and a ladder changed: sentences, or empty."""

from .words import day_in_words

LONGEST_REASON = 500


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
