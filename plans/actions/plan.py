"""Every write of the plan on screen: each leaves an event with what it was before, and why (P7)."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify

from records.actions import log
from records.refusals import refuse_if
from records.words import day_in_words

from .. import rules
from ..models import Delegation, SensitivePeriod
from ..rules.sources import why_not_correct_amount


def _change(row, fields, *, by, at, reason=""):
    """Put the values into the row where they differ, with one event; no difference writes nothing."""
    row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update())
    changes = {
        name: [told(getattr(row, name)), told(value)] for name, value in fields.items() if getattr(row, name) != value
    }
    if not changes:
        return row
    for name in changes:
        setattr(row, name, fields[name])
    row.save(update_fields=sorted(changes))
    words = f"{row._meta.verbose_name.capitalize()} changed: {row}"
    log(row, "changed", by=by, at=at, reason=reason, summary=words[:500], changes=changes)
    return row


def told(value):
    """The value as the log keeps it."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@transaction.atomic
def edit_learning(*, learning, evidence, change, owner, done_on, by, at):
    """Fill in a row of the learning review (P0)."""
    refuse_if(rules.why_not_edit(by))
    fields = {"evidence": evidence, "change": change, "owner": owner, "done_on": done_on}
    return _change(learning, fields, by=by, at=at)


@transaction.atomic
def edit_priority(*, priority, name, starts_on, ends_on, is_violence_reduction, reason, by, at):
    """Change a priority of the plan (P8)."""
    refuse_if(rules.why_not_edit(by) or rules.why_not_these_days(starts_on, ends_on))
    fields = {
        "name": name,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "is_violence_reduction": is_violence_reduction,
    }
    return _change(priority, fields, by=by, at=at, reason=reason)


@transaction.atomic
def edit_stream(*, stream, name, description, legal_power, budget, reason, by, at):
    """Change what the plan says of a stream."""
    refuse_if(rules.why_not_edit(by), stream)
    fields = {"name": name, "description": description, "legal_power": legal_power, "budget": budget}
    return _change(stream, fields, by=by, at=at, reason=reason)


@transaction.atomic
def edit_funding_source(*, funding_source, amount, basis, source, reason, by, at, **carried):
    """Change what is known of the money: its amount, what the figure is, where it is printed.

    `carried`: what may be carried over and promised twice (X2); what is not given stays.
    """
    refuse_if(rules.why_not_edit(by) or why_not_correct_amount(funding_source, amount))
    fields = {"amount": amount, "basis": basis, "source": source, **carried}
    return _change(funding_source, fields, by=by, at=at, reason=reason)


@transaction.atomic
def move_event(*, event, expected_on, reason, by, at):
    """Move the day of an event that decisions wait for; the first day and every move are kept (V5)."""
    refuse_if(rules.why_not_move(event, user=by, expected_on=expected_on, reason=reason))
    was = event.expected_on
    event.expected_on = expected_on
    event.save(update_fields=["expected_on"])
    log(
        event,
        "date_moved",
        by=by,
        at=at,
        reason=reason,
        summary=f"{event.name}: moved from {day_in_words(was)} to {day_in_words(expected_on)}",
        changes={"expected_on": [was.isoformat(), expected_on.isoformat()]},
    )
    return event


@transaction.atomic
def write_sensitive_period(*, name, starts_on, ends_on, source, reason, by, at, period=None):
    """Add a time in which publicity waits, or change one."""
    refuse_if(rules.why_not_edit(by) or rules.why_not_these_days(starts_on, ends_on))
    fields = {"name": name, "starts_on": starts_on, "ends_on": ends_on, "source": source}
    if period is not None:
        return _change(period, fields, by=by, at=at, reason=reason)
    period = SensitivePeriod.objects.create(key=free_key(SensitivePeriod, name), **fields)
    log(period, "added", by=by, at=at, reason=reason, summary=f"Sensitive period added: {name}")
    return period


def free_key(model, name):
    """A key made of the name that no row has yet."""
    start = slugify(name)[:70] or "row"
    taken = set(model.objects.filter(key__startswith=start).values_list("key", flat=True))
    return next(key for key in [start, *(f"{start}-{n}" for n in range(2, len(taken) + 3))] if key not in taken)


@transaction.atomic
def write_delegation(*, body, reference, post, stream, limit, starts_on, ends_on, source, reason, by, at, row=None):
    """Record who may decide beside the commissioner, or change such a record (C4, X3)."""
    refuse_if(rules.why_not_delegate(by) or rules.why_not_these_days(starts_on, ends_on))
    fields = {
        "post": post,
        "stream": stream,
        "limit": limit,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "source": source,
    }
    if row is not None:
        return _change_delegation(row, fields, by=by, at=at, reason=reason)
    row = Delegation.objects.create(body=body, reference=reference, **fields)
    log(
        row,
        "added",
        by=by,
        at=at,
        reason=reason,
        summary=f"Delegation {reference} recorded for {row.get_post_display()}",
    )
    return row


def _change_delegation(row, fields, *, by, at, reason):
    """A stream stands in the log by its key, since the log holds words only."""
    was = row.stream.key if row.stream else ""
    stream = fields.pop("stream")
    row = _change(row, fields, by=by, at=at, reason=reason)
    if row.stream_id != (stream.pk if stream else None):
        row.stream = stream
        row.save(update_fields=["stream"])
        changes = {"stream": [was, stream.key if stream else ""]}
        log(row, "changed", by=by, at=at, reason=reason, summary=f"Delegation {row} changed", changes=changes)
    return row
