"""Returns owed for an award or contract by its reporting pattern, and moved when its days move (C6, V7, X4)."""

from records import obligations
from records.actions import log
from records.models import Obligation

from ..queries.redating import KIND, NO_LONGER, Change, returns_owed, steps_of, title_of


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


def redate(subject, wanted, *, name, organisation, by, at, reason):
    """Bring the open returns of an award or contract to what the pattern now wants; returns the changes.

    Which steps that takes, `steps_of` says. What was asked for outside the pattern stays as it is.
    """
    rows = list(returns_owed(subject).select_for_update())
    told = {"by": by, "at": at, "reason": reason}
    changes = []
    for step in steps_of(rows, wanted, home=subject.get_absolute_url()):
        if step.row is None:
            closing = f"{NO_LONGER}: {reason}"[:200]
            obligations.close(subject, KIND, by=by, at=at, period=step.known.period, closing=closing)
            changes.append(Change(step.known.title, step.known.due_on, None, step.known))
        elif step.known is None:
            made = owe_return(subject, step.row, name=name, organisation=organisation)
            changes.append(Change(made.title, None, made.due_on, made))
        elif step.is_open:
            changes += _move_open(step.known, step.row, **told)
        else:
            changes += _move(step.known, step.row, name=name, **told)
    return changes


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
