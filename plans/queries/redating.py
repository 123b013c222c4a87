"""What new days of an award or contract do to its returns, worked out before anything is written (V7, X4)."""

from dataclasses import dataclass, replace
from datetime import date

from records import calendar
from records.enums import ObligationKind
from records.models import Obligation
from records.words import day_in_words

from ..enums import ReportKind
from ..models.patterns import Owed

KIND = ObligationKind.RETURN
NO_LONGER = "No longer owed"


@dataclass(frozen=True)
class Change:
    """What becomes of one return: its due day before (None where it is new) and then (None where it ends)."""

    title: str
    was: date | None
    now: date | None
    obligation: Obligation | None = None

    def __str__(self):
        if self.was is None:
            return f"{self.title}: new, due by {day_in_words(self.now)}"
        if self.now is None:
            return f"{self.title}: no longer owed (it was due by {day_in_words(self.was)})"
        return f"{self.title}: due by {day_in_words(self.now)}, not by {day_in_words(self.was)}"


@dataclass(frozen=True)
class Step:
    """One return and what is wanted of it: `known` None is a new one, `row` None one that is no longer owed."""

    known: Obligation | None
    row: Owed | None
    is_open: bool = False


def title_of(row, name):
    """ "Quarterly return to 30 June 2020 for Safer nights"; returns that are owed once need no day."""
    until = f" to {day_in_words(row.ends_on)}" if row.again else ""
    return f"{row.kind.label}{until} for {name}"[:300]


def returns_owed(subject):
    """The returns of an award or contract by its pattern, those that ended left out."""
    rows = Obligation.objects.about(subject).filter(kind=KIND).exclude(period__startswith=ReportKind.AD_HOC)
    return rows.exclude(closed_at__isnull=False, closing__startswith=NO_LONGER).order_by("pk")


def steps_of(rows, wanted, *, home):
    """What has to be done so that the returns `rows` become those `wanted`; `home` is the address of their subject.

    A return not opened yet takes its new period and day. One that is open keeps its period, and its
    due day moves where what it is counted from has moved. What was sent or waived stays as it is. Days
    that none of these covers are owed anew; a period that is gone, and was not opened, ends.
    """
    fixed = {row.period: row for row in rows if row.link != home or row.closed_at}
    movable = {row.period: row for row in rows if row.period not in fixed}
    steps, kept, todo = [], set(), list(wanted)
    while todo:
        row = todo.pop(0)
        if known := fixed.get(row.period):
            rest = _rest(row, known)
            todo[:0] = [rest] if rest else []
            if not (rest and row.again):
                steps.append(Step(known, row, is_open=True))
            continue
        row = _beyond(row, fixed.values())
        if row is not None:
            kept.add(row.period)
            steps.append(Step(movable.get(row.period), row))
    return steps + [Step(row, None) for period, row in movable.items() if period not in kept]


def foreseen(rows, wanted, *, home, name):
    """What people would be told, had the steps been done: nothing is written."""
    return [change for step in steps_of(rows, wanted, home=home) if (change := _change(step, name))]


def _change(step, name):
    known, row = step.known, step.row
    if row is None:
        return Change(known.title, known.due_on, None, known)
    if known is None:
        return Change(title_of(row, name), None, row.due_on)
    if known.anchor == row.anchor or known.due_on == row.due_on or (step.is_open and known.closed_at):
        return None
    return Change(known.title if step.is_open else title_of(row, name), known.due_on, row.due_on, known)


def _rest(row, known):
    """The days of a wanted period that come after the one that stands fixed, as a return of their own."""
    if not row.to_the_end or row.ends_on <= known.period_ends_on:
        return None
    starts_on = known.period_ends_on + calendar.DAY
    kind = row.kind if row.again else ReportKind.EXTENSION
    return replace(row, period=f"{kind}:{starts_on:%Y%m%d}", starts_on=starts_on)


def _beyond(row, fixed):
    """The wanted period without days that a fixed one of the same kind has covered; None where nothing is left."""
    if not row.again:
        return row
    ends = [
        known.period_ends_on
        for known in fixed
        if known.period.partition(":")[0] == row.kind
        and known.period_starts_on <= row.ends_on
        and known.period_ends_on >= row.starts_on
    ]
    starts_on = max([row.starts_on, *(end + calendar.DAY for end in ends)])
    if starts_on > row.ends_on:
        return None
    return (
        row
        if starts_on == row.starts_on
        else replace(row, starts_on=starts_on, period=f"{row.kind}:{starts_on:%Y%m%d}")
    )
