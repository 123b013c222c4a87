"""A reminder sent by hand, between the steps of the ladder."""

from django.db import transaction

from .. import bell, ladders
from ..actions import log
from ..calendar import DAY, end_of_day, london_day
from ..enums import OFFICE_AUDIENCES
from ..models import Notice
from ..refusals import refuse_if
from ..rules import why_not_send_now
from .climbing import notice_of, step_notices, write
from .holding import locked

RULE = "reminder_by_hand"
ALL_TOLD = "Everybody who owes this was reminded of it today already. The next reminder can go tomorrow."


@transaction.atomic
def send_now(obligation, *, by, at, people_for):
    """Remind of an open obligation now; returns how many people are told.

    The newest step passed, if it was not told: the ladder then goes on from it. If it was, or speaks to
    the office alone, an extra reminder to those who owe it, in the words of the newest step passed that
    speaks to them (before the first, in the words of the first); to nobody whom a reminder of it has
    reached on the same day.
    """
    obligation = locked(obligation)
    on = london_day(at)
    steps = ladders.load().get(obligation.kind, [])
    refuse_if(why_not_send_now(obligation, steps=steps, on=on), obligation)
    people = ladders.People(people_for)
    notices = _owed_step(obligation, steps, people, on, at)
    if not any(_speaks_to_ower(step, obligation) for step in steps if notices and step.working_days == notices[0].step):
        notices += _extra(obligation, steps, people, on, at, but={notice.person_id for notice in notices})
    refuse_if("" if notices else ALL_TOLD, obligation)
    for notice in notices:
        notice.rule = RULE  # goes at once, also to those who have one letter a day
    told = write(notices)
    log(
        obligation,
        "reminded_by_hand",
        by=by,
        at=at,
        summary=f"{obligation.title}: reminder sent by hand to {told} {'person' if told == 1 else 'people'}"[:500],
    )
    bell.ring()
    return told


def _owed_step(obligation, steps, people, on, at):
    """The notices of the newest step passed, where it was not told."""
    row = ladders.owed({obligation.kind: steps}, on).filter(pk=obligation.pk).first()
    return step_notices(row, steps, ladders.told([row])[row.pk], people, on, at) if row is not None else []


def _extra(obligation, steps, people, on, at, *, but):
    """The notices of an extra reminder, each with a key of its own for the day."""
    reminder = ladders.reminder(_step_by_hand(obligation, steps, on), obligation, on, people)
    today = Notice.objects.filter(
        obligation=obligation,
        withdrawn_at__isnull=True,
        created_at__gt=end_of_day(on - DAY),
        created_at__lte=end_of_day(on),
    )
    told_today = but | set(today.values_list("person_id", flat=True))
    return [
        notice_of(
            obligation,
            reminder,
            person,
            at,
            key=f"{RULE}:{obligation.pk}:{obligation.due_on}:{on}:{person.pk}",
            rule=RULE,
        )
        for person in reminder.people
        if person.pk not in told_today
    ]


def _speaks_to_ower(step, obligation):
    """Whether a step tells anybody but the office of what an organisation owes."""
    return obligation.organisation_id is None or not OFFICE_AUDIENCES.issuperset(step.audiences)


def _step_by_hand(obligation, steps, on):
    """The newest step passed, else the first, that speaks to those who owe it."""
    steps = [step for step in steps if _speaks_to_ower(step, obligation)] or steps
    passed = [step for step in steps if ladders.step_day(obligation.due_on, step.working_days) <= on]
    return passed[-1] if passed else steps[0]
