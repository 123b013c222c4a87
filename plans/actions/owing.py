"""Returns owed for an award or contract by its reporting pattern, and moved when its days move (C6, V7, X4)."""

from dataclasses import dataclass, replace
from datetime import date

from records import calendar, obligations
from records.actions import log
from records.enums import ObligationKind
from records.models import Obligation
from records.words import day_in_words

from ..enums import ReportKind

NO_LONGER = "No longer owed"
KIND = ObligationKind.RETURN


@dataclass(frozen=True)
class Change:
    """What became of one return: its due day before (None where it is new) and now (None where it ended)."""

    title: str
    was: date | None
    now: date | None
    obligation: Obligation

    def __str__(self):
        if self.was is None:
            return f"{self.title}: new, due by {day_in_words(self.now)}"
        if self.now is None:
            return f"{self.title}: no longer owed (it was due by {day_in_words(self.was)})"
        return f"{self.title}: due by {day_in_words(self.now)}, not by {day_in_words(self.was)}"


def owe_return(subject, row, *, name, organisation):
    """Owe one return of the pattern; `name` is what it is for, in words."""
    return obligations.owe(
        subject,
        KIND,
        title=title_of(row, name),
        organisation=organisation,
        link=subject.get_absolute_url(),
        period=row.period,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        opens_on=row.opens_on,
        due_on=row.due_on,
        anchor=row.anchor,
    )


def title_of(row, name):
    """ "Quarterly return to 30 June 2020 for Safer nights"; returns that are owed once need no day."""
    until = f" to {day_in_words(row.ends_on)}" if row.again else ""
    return f"{row.kind.label}{until} for {name}"[:300]


def redate(subject, wanted, *, name, organisation, by, at, reason):
    """Bring the open returns of an award or contract to what the pattern now wants; returns the changes.

    A return not opened yet takes its new period and day. One that is open keeps its period, and its
    due day moves where what it is counted from has moved. What was sent, waived or asked for outside
    the pattern stays as it is. Days that none of these covers are owed anew; a period that is gone,
    and was not opened, is closed with the reason.
    """
    rows = Obligation.objects.about(subject).filter(kind=KIND).exclude(period__startswith=ReportKind.AD_HOC)
    rows = [row for row in rows.select_for_update().order_by("pk") if not _gone(row)]
    fixed = {row.period: row for row in rows if _opened(row, subject) or row.closed_at}
    movable = {row.period: row for row in rows if row.period not in fixed}
    told = {"by": by, "at": at, "reason": reason}
    changes, kept, todo = [], set(), list(wanted)
    while todo:
        row = todo.pop(0)
        if known := fixed.get(row.period):
            rest = _rest(row, known)
            todo[:0] = [rest] if rest else []
            if not (rest and row.again):
                changes += _move_open(known, row, **told)
            continue
        row = _beyond(row, fixed.values())
        if row is None:
            continue
        kept.add(row.period)
        if known := movable.get(row.period):
            changes += _move(known, row, name=name, **told)
        else:
            made = owe_return(subject, row, name=name, organisation=organisation)
            changes.append(Change(made.title, None, made.due_on, made))
    for period, row in movable.items():
        if period not in kept:
            obligations.close(subject, KIND, by=by, at=at, period=period, closing=f"{NO_LONGER}: {reason}"[:200])
            changes.append(Change(row.title, row.due_on, None, row))
    return changes


def _gone(row):
    return bool(row.closed_at) and row.closing.startswith(NO_LONGER)


def _opened(row, subject):
    """A return that is open is what its obligation leads to; before that it leads to its subject."""
    return row.link != subject.get_absolute_url()


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


def _move_open(known, row, *, by, at, reason):
    """An open return follows its anchor with its due day alone; a closed one stays."""
    if known.closed_at or known.anchor == row.anchor:
        return []
    Obligation.objects.filter(pk=known.pk).update(anchor=row.anchor)
    return _due(known, row.due_on, by=by, at=at, reason=reason)


def _move(known, row, *, name, by, at, reason):
    """A return that is not open yet takes the new period, and the new day where its anchor moved."""
    anchored = known.anchor == row.anchor
    fields = {
        "title": title_of(row, name),
        "period_starts_on": row.starts_on,
        "period_ends_on": row.ends_on,
        "opens_on": known.opens_on if anchored else row.opens_on,
        "anchor": row.anchor,
    }
    before = {field: getattr(known, field) for field in fields}
    if before != fields:
        Obligation.objects.filter(pk=known.pk).update(**fields)
        changes = {field: [str(was), str(fields[field])] for field, was in before.items() if was != fields[field]}
        log(
            known,
            "period_moved",
            by=by,
            at=at,
            reason=reason,
            summary=f"{fields['title']}: period moved",
            changes=changes,
        )
    return [] if anchored else _due(known, row.due_on, by=by, at=at, reason=reason)


def _due(known, due_on, *, by, at, reason):
    was = known.due_on
    if was == due_on:
        return []
    moved = obligations.move_due(known, due_on=due_on, by=by, at=at, reason=reason)
    return [Change(moved.title, was, due_on, moved)]
