"""Meetings of office and provider: planned, moved, held with notes, cancelled; and their actions (S4)."""

from django.db import transaction
from django.db.models import Max

from records import calendar, obligations, workflow
from records.actions import log
from records.enums import ObligationKind
from records.refusals import refuse_if
from records.words import day_in_words

from ..enums import ACTION_MOVES, MEETING_MOVES, ActionStatus, MeetingKind, MeetingStatus
from ..models import Contract, ContractMeeting, MeetingAction
from ..notices import meetings as notices
from ..queries.meetings import series
from ..rules import meetings as rules

KIND = ObligationKind.MEETING
ACTION = ObligationKind.MEETING_ACTION
MOVED = "Moved to the next working day"


def _lock(model, subject, *related):
    return model.objects.select_for_update(of=("self",)).select_related(*related).get(pk=subject.pk)


@transaction.atomic
def plan_meetings(*, contract, kind, first_on, count=1, by, at):
    """Plan meetings from a first day, monthly or quarterly as their kind says; one of another kind alone.

    A day on which nobody works gives way to the next working day; the series still counts from the first day.
    """
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    kind = MeetingKind(kind)
    planned = series(first_on, kind=kind, count=1 if kind == MeetingKind.OTHER else count)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_plan(contract, user=by, on=on, days=[day.on for day in planned]), contract)
    last = contract.meetings.aggregate(last=Max("number"))["last"] or 0
    made = [_plan_one(contract, kind, last + number, day, by=by, at=at) for number, day in enumerate(planned, start=1)]
    log(
        contract,
        "meetings_planned",
        by=by,
        at=at,
        summary=f"{len(made)} meeting{'' if len(made) == 1 else 's'} planned",
    )
    notices.meetings_planned(contract, made, at=at)
    return made


def _plan_one(contract, kind, number, day, *, by, at):
    meeting = ContractMeeting.objects.create(contract=contract, kind=kind, number=number, planned_on=day.on)
    moved = f"{MOVED}: {day_in_words(day.wanted)} is a weekend or a bank holiday" if day.moved else ""
    summary = f"{meeting.get_kind_display()} planned for {day_in_words(day.on)}"
    log(meeting, "planned", by=by, at=at, summary=summary, reason=moved)
    _owe(meeting, anchor=moved or "The day of the meeting")
    return meeting


def _owe(meeting, *, anchor):
    obligations.owe(
        meeting,
        KIND,
        title=f"{meeting.get_kind_display()} about {meeting.contract.name}"[:300],
        due_on=meeting.planned_on,
        link=meeting.get_absolute_url(),
        anchor=anchor[:120],
    )


@transaction.atomic
def move_meeting(*, meeting, planned_on, reason, by, at):
    """The meeting goes to another working day, with a reason."""
    meeting = _lock(ContractMeeting, meeting, "contract")
    on = calendar.london_day(at)
    refuse_if(rules.why_not_move(meeting, user=by, on=on, planned_on=planned_on, reason=reason), meeting)
    was = meeting.planned_on
    meeting.planned_on = planned_on
    meeting.save(update_fields=["planned_on"])
    log(
        meeting,
        "date_moved",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Moved from {day_in_words(was)} to {day_in_words(planned_on)}",
        changes={"planned_on": [was.isoformat(), planned_on.isoformat()]},
    )
    obligations.close(meeting, KIND, at=at, by=by, closing="Moved to another day")
    _owe(meeting, anchor="Moved by the office")
    notices.meeting_moved(meeting, was=was, reason=reason.strip(), at=at)
    return meeting


@transaction.atomic
def hold_meeting(*, meeting, held_on, present, notes, by, at):
    """The meeting was held: on which day, who was there, and what was said."""
    meeting = _lock(ContractMeeting, meeting, "contract")
    given = {"held_on": held_on, "present": present.strip(), "notes": notes.strip()}
    refuse_if(rules.why_not_hold(meeting, user=by, on=calendar.london_day(at), **given), meeting)
    workflow.move(
        meeting,
        MeetingStatus.HELD,
        moves=MEETING_MOVES,
        verb="held",
        by=by,
        at=at,
        summary=f"Held on {day_in_words(held_on)}",
        notes_by=by,
        **given,
    )
    obligations.close(meeting, KIND, at=at, by=by, closing="Held, with notes")
    return meeting


@transaction.atomic
def correct_notes(*, meeting, present, notes, reason, by, at):
    """Correct the notes of a meeting; what they said before stays in its history."""
    meeting = _lock(ContractMeeting, meeting, "contract")
    refuse_if(rules.why_not_correct_notes(meeting, user=by, on=calendar.london_day(at), reason=reason), meeting)
    wanted = {"present": present.strip(), "notes": notes.strip()}
    changes = {
        name: [getattr(meeting, name), words] for name, words in wanted.items() if getattr(meeting, name) != words
    }
    if changes:
        ContractMeeting.objects.filter(pk=meeting.pk).update(**wanted)
        meeting.refresh_from_db()
        log(meeting, "notes_corrected", by=by, at=at, reason=reason.strip(), summary="Notes corrected", changes=changes)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting, reason, by, at):
    """The meeting is not held, and why."""
    meeting = _lock(ContractMeeting, meeting, "contract")
    refuse_if(rules.why_not_cancel(meeting, user=by, on=calendar.london_day(at), reason=reason), meeting)
    workflow.move(
        meeting,
        MeetingStatus.CANCELLED,
        moves=MEETING_MOVES,
        verb="cancelled",
        by=by,
        at=at,
        reason=reason.strip(),
        summary="Meeting cancelled",
        cancelled_reason=reason.strip(),
    )
    obligations.close(meeting, KIND, at=at, by=by, closing="Cancelled")
    notices.meeting_cancelled(meeting, at=at)
    return meeting


@transaction.atomic
def give_action(*, meeting, does, due_on, organisation=None, owner="", by, at):
    """Write down who does what by when; `organisation` None is the office."""
    meeting = _lock(ContractMeeting, meeting, "contract")
    on = calendar.london_day(at)
    refuse_if(rules.why_not_give_action(meeting, user=by, on=on, organisation=organisation, due_on=due_on), meeting)
    action = MeetingAction.objects.create(
        meeting=meeting,
        number=meeting.actions.count() + 1,
        does=does.strip(),
        organisation=organisation,
        owner=owner.strip(),
        due_on=due_on,
    )
    who = organisation.name if organisation else "the office"
    log(meeting, "action_given", by=by, at=at, summary=f"Action {action.number} for {who}: {action.does}"[:500])
    owed = _owe_action(action)
    notices.action_given(action, owed=owed, at=at)
    return action


def _owe_action(action):
    return obligations.owe(
        action,
        ACTION,
        title=f"{action.reference}: {action.does}"[:300],
        due_on=action.due_on,
        organisation=action.organisation,
        link=action.get_absolute_url(),
        anchor=f"Agreed on {day_in_words(action.meeting.held_on)}",
    )


@transaction.atomic
def settle_action(*, action, status, words="", settled_on, by, at):
    """The action was done, or is dropped with the reason; its reminders stop."""
    action = _lock(MeetingAction, action, "meeting__contract__provider")
    given = {"status": status, "words": words, "settled_on": settled_on}
    refuse_if(rules.why_not_settle(action, user=by, on=calendar.london_day(at), **given), action)
    label = ActionStatus(status).label.lower()
    workflow.move(
        action,
        ActionStatus(status),
        moves=ACTION_MOVES,
        verb=label,
        by=by,
        at=at,
        reason=words.strip(),
        summary=f"Action {label}",
        settled_on=settled_on,
        settled_by=by,
        words=words.strip(),
    )
    log(action.meeting, "action_settled", by=by, at=at, summary=f"Action {action.number} {label}: {action.does}"[:500])
    obligations.close(action, ACTION, at=at, by=by, closing=label.capitalize())
    return action


@transaction.atomic
def reopen_action(*, action, reason, by, at):
    """What was marked as done is not; it is owed again by its day."""
    action = _lock(MeetingAction, action, "meeting__contract__provider")
    refuse_if(rules.why_not_reopen_action(action, user=by, on=calendar.london_day(at), reason=reason), action)
    workflow.move(
        action,
        ActionStatus.OPEN,
        moves=ACTION_MOVES,
        verb="reopened",
        by=by,
        at=at,
        reason=reason.strip(),
        summary="Action opened again",
        settled_on=None,
        settled_by=None,
        words="",
    )
    log(action.meeting, "action_reopened", by=by, at=at, reason=reason.strip(), summary=f"Action {action.number} again")
    _owe_action(action)
    return action
