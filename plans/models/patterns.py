"""Which returns follow from a reporting pattern: periods and due days, counted from days alone (C6, V7)."""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from records import calendar
from records.words import day_in_words

from ..enums import Anchor, ReportKind, Timing, WhenExtended

AGAIN = frozenset({Timing.REPEATED, Timing.FIXED_DAYS})
AT_THE_END = frozenset({Anchor.PERIOD_END, Anchor.END})


@dataclass(frozen=True)
class Pattern:
    """One kind of return and when it is owed; `event` and `template` are ids. See `ReportingRule`."""

    kind: str
    timing: str = Timing.ONCE
    anchor: str = Anchor.PERIOD_END
    period_months: int | None = None
    days: tuple[date, ...] = ()
    due_days: int = 30
    due_working_days: int | None = None
    when_extended: str = WhenExtended.ADDS
    event: int | None = None
    template: int | None = None

    def as_record(self):
        """The pattern fit for JSON: what an award or contract keeps of the rules it was made under."""
        return {**asdict(self), "days": [day.isoformat() for day in self.days]}

    @classmethod
    def of_record(cls, record):
        return cls(**{**record, "days": tuple(date.fromisoformat(day) for day in record["days"])})


@dataclass(frozen=True)
class Days:
    """The days a pattern is counted from: those of an award or contract, and of its event where it has one."""

    starts_on: date
    ends_on: date
    made_on: date
    event_on: date | None = None
    event_name: str = ""


@dataclass(frozen=True)
class Owed:
    """One return that is owed: its key among those of the award, its period, when it opens and is due.

    `anchor` says in words what the due day is counted from, with that day. `to_the_end`: days that
    are added to the award later belong into it.
    """

    period: str
    starts_on: date
    ends_on: date
    opens_on: date
    due_on: date
    anchor: str
    to_the_end: bool = True

    @property
    def kind(self):
        return ReportKind(self.period.partition(":")[0])

    @property
    def again(self):
        """Whether its key names the first day of its period."""
        return ":" in self.period


def owed(pattern, days, *, not_before=None, segments=()):
    """Every return the pattern asks for, in order of period.

    `not_before`: nobody is given less time than the rule says, counted from that day at the earliest.
    `segments`: what extensions have added, as (first day, last day); `days.ends_on` is then the last
    of them. A return at the end that stays as it was (ADDS) ends before the first segment, and each
    segment has a return of its own.
    """
    if not (segments and keeps_its_end(pattern, days, segments)):
        return [_one(pattern, period, days, not_before) for period in periods_of(pattern, days)]
    before = replace(days, ends_on=segments[0][0] - calendar.DAY)
    kept = [_one(pattern, period, before, not_before) for period in periods_of(pattern, before)]
    return kept + [_extension(pattern, first, last, days, not_before) for first, last in segments]


def keeps_its_end(pattern, days, segments):
    """Whether an extension adds a return of its own instead of moving this one (V7)."""
    if pattern.when_extended != WhenExtended.ADDS or pattern.anchor not in AT_THE_END:
        return False
    original_end = segments[0][0] - calendar.DAY
    if pattern.timing == Timing.ONCE and pattern.period_months:
        return calendar.period_end(days.starts_on, pattern.period_months) > original_end
    return pattern.timing not in AGAIN


def periods_of(pattern, days):
    """The periods of a pattern. Those asked for again and again lie end to end from first day to last."""
    whole = calendar.Period(days.starts_on, days.ends_on)
    if pattern.timing == Timing.REPEATED:
        return calendar.periods(days.starts_on, days.ends_on, months_each=pattern.period_months)
    if pattern.timing == Timing.FIXED_DAYS:
        return _between(days, pattern.days)
    if pattern.timing == Timing.ONCE and pattern.period_months:
        return [replace(whole, ends_on=min(calendar.period_end(days.starts_on, pattern.period_months), days.ends_on))]
    return [whole]


def _between(days, ends):
    """Periods that end on each of the days within; what is left to the end is the last one."""
    found, start = [], days.starts_on
    for end in [*sorted({day for day in ends if days.starts_on <= day < days.ends_on}), days.ends_on]:
        found.append(calendar.Period(start, end))
        start = end + calendar.DAY
    return found


def _one(pattern, period, days, not_before):
    key = f"{pattern.kind}:{period.starts_on:%Y%m%d}" if pattern.timing in AGAIN else str(pattern.kind)
    return _due(pattern, key, period, days, not_before)


def _extension(pattern, first, last, days, not_before):
    period = calendar.Period(first, last)
    return _due(pattern, f"{ReportKind.EXTENSION}:{first:%Y%m%d}", period, replace(days, ends_on=last), not_before)


def _due(pattern, key, period, days, not_before):
    """When it opens and is due; it never opens after it is due."""
    anchor_on = {
        Anchor.PERIOD_END: period.ends_on,
        Anchor.MADE: days.made_on,
        Anchor.START: days.starts_on,
        Anchor.END: days.ends_on,
        Anchor.EVENT: days.event_on or period.ends_on,
    }[Anchor(pattern.anchor)]
    due_on = due_after(pattern, max(anchor_on, not_before or anchor_on))
    opens_on = anchor_on if pattern.timing == Timing.AFTER_ANCHOR else max(anchor_on, period.ends_on)
    what = days.event_name[:80] if pattern.anchor == Anchor.EVENT and days.event_name else Anchor(pattern.anchor).label
    return Owed(
        key,
        period.starts_on,
        period.ends_on,
        min(opens_on, due_on),
        due_on,
        f"{what}, {day_in_words(anchor_on)}",
        to_the_end=pattern.anchor in AT_THE_END,
    )


def due_after(pattern, day):
    """So many working days, or so many days, after a day."""
    if pattern.due_working_days is not None:
        return calendar.add_working_days(day, pattern.due_working_days)
    return day + timedelta(days=pattern.due_days)


def segments_of(starts_on, ends):
    """What extensions added, from the ends of an award or contract one after another: [(first, last)].

    An end that moves back takes away what was added after it, and shortens the rest.
    """
    parts = [(starts_on, ends[0])]
    for end in ends[1:]:
        last = parts[-1][1]
        if end > last:
            parts.append((last + calendar.DAY, end))
        else:
            parts = [part for part in parts if part[0] <= end] or parts[:1]
            parts[-1] = (parts[-1][0], end)
    return parts[1:]
