"""What a visit finds of each condition, saved by hand or by itself, with its evidence (P4, X6)."""

from datetime import timedelta

from django.db import transaction

from records import documents
from records.actions import log
from records.models import Event
from records.refusals import Refused, refuse_if

from ...models import AuditCheck
from ...queries import audits as queries
from ...rules import audits as rules
from .visits import lock

FIELDS = ("result", "evidence", "note")
STALE = "Somebody else has saved this visit since you opened it. Compare both versions, then choose."


class StaleVisit(Refused):
    """Somebody else has saved since this person opened the page; nothing of either is lost."""


@transaction.atomic
def save_checks(*, visit, answers, uploads=(), seen="", quietly=False, by, at):
    """Save what was found: `answers` is {check id: {field: value}}, `uploads` files as (check, file), which the office
    alone sees. `seen` is the mark of what the writer had before them, `quietly` the autosave, which leaves one line of
    history an hour. Raises `StaleVisit`.
    """
    visit = lock(visit)
    refuse_if(rules.why_not_write_visit(visit, user=by), visit)
    rows = {row.pk: row for row in queries.checks_of(visit)}
    if set(answers) - set(rows):
        raise Refused("That condition is not part of this visit.", visit)
    if seen and seen != queries.mark_of(rows.values()):
        raise StaleVisit(STALE, visit)
    changes = {}
    for pk, given in answers.items():
        changes |= _write(rows[pk], given)
    if changes and not (quietly and _saved_within_the_hour(visit, by=by, at=at)):
        log(visit, "saved", by=by, at=at, summary="Conditions saved", changes={} if quietly else changes)
    for check, upload in uploads:
        documents.store(upload=upload, subject=check, section=check.condition.number[:60], by=by, at=at)
    return visit


def _write(row, given):
    changes = {}
    for name in FIELDS:
        value = given.get(name, getattr(row, name)).strip()
        if getattr(row, name) != value:
            changes[f"condition {row.condition.number} {name}"] = [getattr(row, name), value]
            setattr(row, name, value)
    if changes:
        AuditCheck.objects.filter(pk=row.pk).update(**{name: getattr(row, name) for name in FIELDS})
    return changes


def _saved_within_the_hour(visit, *, by, at):
    rows = Event.objects.filter(subject_type=visit._meta.label, subject_id=visit.pk, verb="saved", by=by)
    return rows.filter(at__gt=at - timedelta(hours=1)).exists()


@transaction.atomic
def remove_evidence(*, check, document, by, at):
    """Take a file off a condition; its row and bytes stay for the history."""
    visit = lock(check.visit)
    refuse_if(rules.why_not_write_visit(visit, user=by), visit)
    return documents.remove(document=document, by=by, at=at)
