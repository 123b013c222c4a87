"""Whom we tell what about meetings of a contract and their actions (S4)."""

from records.words import day_in_words

from .telling import tell_provider


def meetings_planned(contract, meetings, *, at):
    """The provider learns the days of its meetings."""
    listed = "\n".join(f"- {meeting.get_kind_display()}: {day_in_words(meeting.planned_on)}" for meeting in meetings)
    body = f"These meetings about {contract.name} are planned:\n\n{listed}"
    tell_provider(contract, "meetings_planned", contract, f"{contract.reference}: meetings planned", body, at=at)


def meeting_moved(meeting, *, was, reason, at):
    """The provider learns of the new day."""
    body = f"It was on {day_in_words(was)}. It is now on {day_in_words(meeting.planned_on)}.\n\nWhy: {reason}"
    heading = f"{meeting.reference}: the meeting moves to {day_in_words(meeting.planned_on)}"
    tell_provider(meeting.contract, "meeting_moved", meeting, heading, body, at=at)


def meeting_cancelled(meeting, *, at):
    """The provider learns that it is not held."""
    body = f"The meeting on {day_in_words(meeting.planned_on)} is not held.\n\nWhy: {meeting.cancelled_reason}"
    heading = f"{meeting.reference}: the meeting is cancelled"
    tell_provider(meeting.contract, "meeting_cancelled", meeting, heading, body, at=at)


def action_given(action, *, owed, at):
    """The provider learns what it is to do, and by when."""
    if not action.organisation_id:
        return
    who = f" ({action.owner})" if action.owner else ""
    body = f"{action.does}{who}\n\nIt is due by {day_in_words(action.due_on)}."
    heading = f"{action.reference}: an action from the meeting"
    tell_provider(action.meeting.contract, "meeting_action", action, heading, body, sets=[owed], at=at)
