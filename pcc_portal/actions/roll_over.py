"""The year rolled over: plan, sources, streams, rules, rounds and allocations in one go, or none of it (X1)."""

from django.db import transaction

from grants.actions.roll_over import roll_over_round
from plans.actions.roll_over import roll_over_plan
from plans.queries.roll_over import months_between
from records.actions import log


@transaction.atomic
def roll_over_year(*, plan, title, starts_on, ends_on, keep, rounds, by, at):
    """Carry a plan into its next year; `rounds` are the choices made round by round. Returns the new plan."""
    carried = roll_over_plan(plan=plan, title=title, starts_on=starts_on, ends_on=ends_on, keep=keep, by=by, at=at)
    months = months_between(plan, starts_on)
    made = [roll_over_round(choice=choice, carried=carried, months=months, by=by, at=at) for choice in rounds]
    count = len([row for row in made if row])
    words = f"{count} round{'' if count == 1 else 's'} started in the new year"
    log(carried.plan, "rounds_carried_over", by=by, at=at, summary=words)
    return carried.plan
