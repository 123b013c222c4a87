"""When a plan for what follows the funding may be written, worked on and closed (M1)."""

from accounts import access
from accounts.roles import Permission
from plans.enums import StreamStanding
from records.words import day_in_words

from ..enums import SustainabilityOutcome, SustainabilityStatus
from ..queries.sustainability import GONE

NOT_AN_OFFICER = "Only commissioning officers write plans for what follows the funding."


def why_not_start(award, *, user):
    """Say why no plan can be begun for the award, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return NOT_AN_OFFICER
    if award.status in GONE:
        return "This award was never accepted, so nothing follows it."
    return ""


def why_not_inform(stream, *, user, on, told_on=None):
    """Say why it cannot be recorded that the recipients of a stream were informed, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return NOT_AN_OFFICER
    if stream.standing != StreamStanding.DISCONTINUED:
        return f"{stream.name} goes on. Mark the stream as discontinued first."
    return why_not_past(told_on, on) if told_on else ""


def why_not_past(day, on):
    """Say why a day on which something happened cannot be that day, or nothing."""
    return f"{day_in_words(day)} has not come yet. Enter a day that has." if day and day > on else ""


def why_not_write(plan, *, user):
    """Say why the plan cannot be worked on by the office now, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return NOT_AN_OFFICER
    if plan.status == SustainabilityStatus.CLOSED:
        return "This plan is closed. Reopen it to go on with it."
    return ""


def why_not_contact(plan, *, user, on, contact_on, who, note):
    """Say why a contact cannot be recorded so, or nothing."""
    if why := why_not_write(plan, user=user) or why_not_past(contact_on, on):
        return why
    if not who.strip():
        return "Say whom you spoke to."
    return "" if note.strip() else "Say what came of it."


def why_not_add(plan, *, user, action, due_on, on):
    """Say why an action cannot be added so, or nothing."""
    if why := why_not_write(plan, user=user):
        return why
    if not action.strip():
        return "Say what is to be done."
    return "" if due_on >= on else f"{day_in_words(due_on)} has passed. Enter a day to come."


def why_not_move(action, *, user, due_on=None, reason=None):
    """Say why the day of an action cannot move, or nothing."""
    if why := why_not_write(action.plan, user=user):
        return why
    if action.done_on:
        return "This action is done."
    if due_on is None:
        return ""
    if due_on == action.due_on:
        return f"It is due on {day_in_words(due_on)} already. Enter another day."
    return "" if (reason or "").strip() else "Say why the day moves."


def why_not_finish(action, *, user, on, done_on=None, result=None):
    """Say why an action cannot be recorded as done, or nothing: the recipient records its own."""
    plan = action.plan
    theirs = not action.by_office and access.may(user, Permission.AWARD_REPORT, plan.award.recipient)
    if not theirs and not access.may(user, Permission.AWARD_OFFER):
        return "Only those who are to do it, or a commissioning officer, say that it is done."
    if plan.status == SustainabilityStatus.CLOSED:
        return "This plan is closed."
    if action.done_on:
        return "This action is done."
    if result is not None and not result.strip():
        return "Say what came of it."
    return why_not_past(done_on, on)


def why_not_close(plan, *, user, on, outcome=None, closed_on=None):
    """Say why the plan cannot be closed, or nothing."""
    if why := why_not_write(plan, user=user):
        return why
    waiting = plan.actions.filter(done_on__isnull=True).count()
    if waiting:
        return f"{waiting} action{' is' if waiting == 1 else 's are'} not done yet."
    if outcome is not None and outcome not in SustainabilityOutcome.values:
        return "Choose how the project stands now."
    return why_not_past(closed_on, on)


def why_not_reopen(plan, *, user, reason=None):
    """Say why the plan cannot be opened again, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return NOT_AN_OFFICER
    if plan.status != SustainabilityStatus.CLOSED:
        return "This plan is open."
    return "" if reason is None or reason.strip() else "Say why it is opened again."
