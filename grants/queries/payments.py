"""When the money of a line flows, from rules and days alone: nothing is asked of the database (X1, X2, R2)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from plans.enums import ConditionKind, ContinuationPolicy, DueWhen
from records import calendar

from . import periods, sources

PENNY = Decimal("0.01")
HUNDRED = Decimal(100)
TWELVE = 12


@dataclass(frozen=True)
class Part:
    """One planned payment: pounds, what releases it, when it is due, and the time it pays for.

    No days of its own (`covers_from` None) means the whole award. `event` is the id of the event it is counted
    from, or waits for; `event_days` how long after it.
    """

    amount: Decimal
    condition: str
    due_on: date
    covers_from: date | None = None
    covers_to: date | None = None
    event: int | None = None
    event_days: int | None = None


@dataclass(frozen=True)
class Span:
    """A stretch of the line's time and its pounds; `number` counts the years since the award began."""

    number: int
    starts_on: date
    ends_on: date
    amount: Decimal


@dataclass(frozen=True)
class Time:
    """The days a line pays for, in an award that began on `award_starts_on`; `own_days` where they are its own."""

    award_starts_on: date
    starts_on: date
    ends_on: date
    own_days: bool = False

    def year(self, day):
        """How many whole years lie between the first day of the award and a day."""
        return periods.year_of(day, self.award_starts_on).year - self.award_starts_on.year


def planned(amount, rules, time, *, continuation=ContinuationPolicy.NONE, profile=()):
    """The payments of a line, to the penny: what the rules leave to rounding falls to the last.

    `rules` are instalment rules in their order, with their events; `profile` is [(first day, pounds)] asked for.
    Where each later year needs a decision, every share is of each year, and the first of a later year waits for it.
    """
    yearly = continuation == ContinuationPolicy.YEARLY
    once = [] if yearly else [rule for rule in rules if not rule.each_year]
    again = [rule for rule in rules if yearly or rule.each_year]
    whole = Span(time.year(time.starts_on), time.starts_on, time.ends_on, amount)
    parts = _parts(whole, once, time, takes_rest=not again)
    rest = amount - sum((part.amount for part in parts), Decimal(0))
    for span in years_of(rest, time, profile) if again else ():
        parts += _parts(span, again, time, yearly=yearly)
    return [part for part in parts if part.amount > 0]


def years_of(amount, time, profile=()):
    """The sum by years of the award, as it was asked for by periods, else spread evenly over the months."""
    if profile:
        asked: dict[date, Decimal] = {}
        for day, pounds in profile:
            year = periods.year_of(day, time.award_starts_on)
            asked[year] = asked.get(year, Decimal(0)) + pounds
        years = sorted(asked)
        sums = dict(zip(years, sources.split(amount, [asked[year] for year in years]), strict=True))
    else:
        sums = periods.by_year(amount, time.starts_on, time.ends_on, anchor=time.award_starts_on)
    return [
        Span(
            time.year(year),
            max(year, time.starts_on),
            min(calendar.period_end(year, TWELVE), time.ends_on),
            sums[year],
        )
        for year in sorted(sums)
    ]


def _parts(span, rules, time, *, yearly=False, takes_rest=True):
    """The span's money by the shares of the rules, which count among themselves where they take it all."""
    whole = sum((rule.share_percent for rule in rules), Decimal(0)) if takes_rest else HUNDRED
    parts, left = [], span.amount
    for number, rule in enumerate(rules, start=1):
        part = min((span.amount * rule.share_percent / whole).quantize(PENNY, ROUND_HALF_UP), left)
        part = left if takes_rest and number == len(rules) else part
        parts.append(_part(part, rule, span, time, yearly))
        left -= part
    return parts


def _part(amount, rule, span, time, yearly):
    own = yearly or rule.each_year or time.own_days or rule.due_when == DueWhen.ON_RECEIPTS
    counted = rule.due_when == DueWhen.AFTER_EVENT
    return Part(
        amount=amount,
        condition=condition_of(rule, span.number, yearly),
        due_on=due_day(rule, span),
        covers_from=span.starts_on if own else None,
        covers_to=span.ends_on if own else None,
        event=rule.event_id if counted or rule.condition == ConditionKind.EVENT_HAPPENED else None,
        event_days=rule.due_days if counted else None,
    )


def condition_of(rule, year, yearly):
    """The terms are accepted once: where each later year is decided on, its first money waits for that."""
    if year == 0 and rule.condition == ConditionKind.CONTINUATION_APPROVED:
        return ConditionKind.TERMS_ACCEPTED
    if yearly and year and rule.condition == ConditionKind.TERMS_ACCEPTED:
        return ConditionKind.CONTINUATION_APPROVED
    return ConditionKind(rule.condition)


def due_day(rule, span):
    """The day of a share of a span; a set day comes again in each later year."""
    if rule.due_when == DueWhen.SET_DAY:
        return calendar.add_months(rule.due_on, TWELVE * span.number)
    if rule.due_when == DueWhen.ON_RECEIPTS:
        return span.ends_on
    first = rule.event.expected_on if rule.due_when == DueWhen.AFTER_EVENT else span.starts_on
    return first + timedelta(days=rule.due_days)
