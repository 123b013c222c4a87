"""What the sweep will write on days to come, if nothing else happens. Reads only."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ..calendar import DAY
from ..models import LadderStep, Obligation
from .days import latest_due
from .owing import begun, newest_step, owed, told, untold
from .wording import to_whom


@dataclass(frozen=True)
class Coming:
    """One step about one obligation on one day, and the people it goes to."""

    day: date
    obligation: Obligation
    step: LadderStep
    people: list


def candidates(ladders, start, days):
    """Open obligations of which a step may be told from `start` on, for so many days. One query.

    Owed on the first day, or their next step comes within these days, or they open or their hold ends.
    """
    last = start + (days - 1) * DAY
    moving = Q(opens_on__gt=start) | Q(held_until__gt=start)
    for kind, steps in ladders.items():
        for step in steps:
            moving |= Q(
                kind=kind,
                due_on__gt=latest_due(start, step.working_days),
                due_on__lte=latest_due(last, step.working_days),
            )
    rows = Obligation.objects.open().opened_by(last).not_held(last).annotate(step_now=newest_step(ladders, start))
    rows = rows.filter(moving | (begun(ladders, start) & untold()))
    return rows.select_related("organisation", "recipient").order_by("due_on", "pk")


def forecast(obligations, ladders, told_of, people, *, start, days):
    """What each of `obligations` will be told day by day, soonest first: a list of Coming.

    `told_of` is what was told of each until now (it is not changed); `people` a ladders.People. The sweep
    runs on every day. Pure but for what `people` asks.
    """
    found = []
    calendar = [start + number * DAY for number in range(days)]
    edges = {kind: [_edges(steps, day) for day in calendar] for kind, steps in ladders.items()}
    for owed_row in obligations:
        if owed_row.kind in edges:
            steps_by_day = zip(calendar, edges[owed_row.kind], strict=True)
            found += _of_one(owed_row, steps_by_day, told_of[owed_row.pk].copy(), people)
    return sorted(found, key=lambda coming: coming.day)


def _edges(steps, day):
    """The steps of a ladder from the newest, each with the latest due day it reaches on a day."""
    return [(latest_due(day, step.working_days), step) for step in reversed(steps)]


def _of_one(obligation, steps_by_day, told_of_it, people):
    """What one obligation will be told."""
    for day, steps in steps_by_day:
        if (obligation.opens_on and obligation.opens_on > day) or (
            obligation.held_until and obligation.held_until > day
        ):
            continue
        step = next((step for edge, step in steps if obligation.due_on <= edge), None)
        if step is None or not told_of_it.owes(step.working_days):
            continue
        everybody, _ = to_whom(step, obligation, people)
        to = [person for person in everybody if told_of_it.owes_person(step.working_days, person.pk)]
        for person in to:
            told_of_it.add(step.working_days, person.pk, withdrawn=False)
        if to:
            yield Coming(day, obligation, step, to)


def owed_now(ladders, on, people):
    """What a sweep on a day would write at once: a list of Coming."""
    rows = list(owed(ladders, on)) if ladders else []
    return forecast(rows, ladders, told(rows), people, start=on, days=1)
