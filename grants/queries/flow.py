"""When money will flow under a rule set, told before anybody has applied (X1)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plans.enums import ConditionKind

from . import payments, schedules

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Flow:
    """One planned payment: its part of the whole in per cent, pounds where the sum is known, its day and condition.

    `expected`: the name of the event whose day may move it; `on_receipts`: paid in arrears, by this day at the latest.
    """

    number: int
    share: Decimal
    amount: Decimal | None
    due_on: date
    condition: str
    covers_from: date | None = None
    covers_to: date | None = None
    expected: str = ""
    on_receipts: bool = False


def flow_of(round, amount=None, *, starts_on=None, ends_on=None):
    """The payments of an award of this sum over the round's time, or the days given; null is no sum in particular."""
    rules = schedules.instalment_rules(round.rule_set)
    events = {rule.event_id: rule.event.name for rule in rules if rule.event_id}
    whole = HUNDRED if amount is None else amount
    if not rules or not whole:
        return []
    time = payments.Time(
        award_starts_on=starts_on or round.starts_on,
        starts_on=starts_on or round.starts_on,
        ends_on=ends_on or round.ends_on,
    )
    parts = payments.planned(whole, rules, time, continuation=round.rule_set.continuation)
    return [
        Flow(
            number=number,
            share=(part.amount * HUNDRED / whole).quantize(Decimal("0.01")),
            amount=None if amount is None else part.amount,
            due_on=part.due_on,
            condition=ConditionKind(part.condition).label,
            covers_from=part.covers_from,
            covers_to=part.covers_to,
            expected=events.get(part.event, ""),
            on_receipts=part.condition == ConditionKind.RECEIPTS_ACCEPTED,
        )
        for number, part in enumerate(parts, start=1)
    ]
