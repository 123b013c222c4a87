"""What may be done with the meetings of a contract and their actions, and when not (S4)."""

from accounts import access
from accounts.roles import Permission
from records.calendar import is_working_day
from records.words import day_in_words

from ..enums import ActionStatus, ContractStatus, MeetingStatus

NOT_YOURS = "Only commissioning officers and the head of commissioning keep the meetings of a contract."
MOST = 36


def _why_not_keep(user):
    return "" if access.may(user, Permission.CONTRACT_MANAGE) else NOT_YOURS


def why_not_plan(contract, *, user, on, days=None):
    """Why meetings cannot be planned on these days; "" when they can."""
    if why := _why_not_keep(user):
        return why
    if contract.status != ContractStatus.LIVE:
        return "This contract has ended, so no more meetings are planned."
    if days is None:
        return ""
    if len(days) > MOST:
        return f"Plan at most {MOST} meetings at once."
    if early := [day for day in days if day < contract.starts_on]:
        return f"{day_in_words(early[0])} is before the contract began on {day_in_words(contract.starts_on)}."
    return _taken(contract, days)


def _taken(contract, days):
    standing = contract.meetings.exclude(status=MeetingStatus.CANCELLED)
    known = standing.filter(planned_on__in=days).order_by("planned_on").first()
    return f"A meeting is on {day_in_words(known.planned_on)} already." if known else ""


def _why_not_while_planned(meeting, user):
    if why := _why_not_keep(user):
        return why
    return (
        "" if meeting.status == MeetingStatus.PLANNED else f"This meeting was {meeting.get_status_display().lower()}."
    )


def why_not_move(meeting, *, user, on, planned_on=None, reason=None):
    """Why the meeting cannot go to another day; "" when it can."""
    if why := _why_not_while_planned(meeting, user):
        return why
    if planned_on is not None:
        if planned_on == meeting.planned_on:
            return "It is on that day already. Enter another."
        if not is_working_day(planned_on):
            return f"{day_in_words(planned_on)} is a weekend or a bank holiday. Enter a working day."
        if why := _taken(meeting.contract, [planned_on]):
            return why
    return "Say why. The provider reads these words." if reason is not None and not reason.strip() else ""


def why_not_hold(meeting, *, user, on, held_on=None, present=None, notes=None):
    """Why the meeting cannot be recorded as held; "" when it can."""
    if why := _why_not_while_planned(meeting, user):
        return why
    if held_on is not None and held_on > on:
        return "That day is still to come. Record the meeting once it was held."
    if present is not None and not present.strip():
        return "Say who was there."
    return "Write what was said." if notes is not None and not notes.strip() else ""


def why_not_correct_notes(meeting, *, user, on, reason=None):
    """Why the notes of a held meeting cannot be corrected; "" when they can."""
    if why := _why_not_keep(user):
        return why
    if meeting.status != MeetingStatus.HELD:
        return "There are no notes of this meeting to correct."
    return "Say why. It stays in the history of the meeting." if reason is not None and not reason.strip() else ""


def why_not_cancel(meeting, *, user, on, reason=None):
    """Why the meeting cannot be cancelled; "" when it can."""
    if why := _why_not_while_planned(meeting, user):
        return why
    return "Say why. The provider reads these words." if reason is not None and not reason.strip() else ""


def why_not_give_action(meeting, *, user, on, organisation=None, due_on=None):
    """Why no action can be added to the meeting; "" when it can. `organisation` None is the office."""
    if why := _why_not_keep(user):
        return why
    if meeting.status != MeetingStatus.HELD:
        return "Record the meeting as held first. Then add what was agreed."
    if organisation is not None and organisation.pk != meeting.contract.provider_id:
        return "An action is the office’s or the provider’s."
    if due_on is not None and due_on < meeting.held_on:
        return f"The meeting was held on {day_in_words(meeting.held_on)}. Enter that day or a later one."
    return ""


def why_not_settle(action, *, user, on, status=None, words=None, settled_on=None):
    """Why the action cannot be marked as done or dropped; "" when it can. Only the office drops one."""
    manages = access.may(user, Permission.CONTRACT_MANAGE)
    contract = action.meeting.contract  # whoever provides it now: a new provider takes over what the old one promised
    theirs = action.organisation_id and access.may(user, Permission.RETURN_WRITE, contract.provider)
    if not (manages or theirs):
        return "Only commissioning officers, and the provider for its own actions, mark an action as done."
    if action.status != ActionStatus.OPEN:
        return f"This action is {action.get_status_display().lower()} already."
    if status == ActionStatus.DROPPED and not manages:
        return "Only commissioning officers drop an action. Ask them to."
    if status == ActionStatus.DROPPED and words is not None and not words.strip():
        return "Say why it is dropped."
    if settled_on is not None and settled_on > on:
        return "That day is still to come. Enter the day it was done."
    return ""


def why_not_reopen_action(action, *, user, on, reason=None):
    """Why an action that was done cannot be opened again; "" when it can."""
    if why := _why_not_keep(user):
        return why
    if action.status != ActionStatus.DONE:
        return f"This action is {action.get_status_display().lower()}."
    return "Say what is still to do." if reason is not None and not reason.strip() else ""
