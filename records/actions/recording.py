"""The log, references and decisions."""

from django.db import transaction

from ..models import Decision, Event, ReferenceCounter
from .sealing import seal


def log(subject, verb, *, by, at, summary="", reason="", changes=None):
    """Append one event about `subject`; `by` is a user or None for the portal itself."""
    return Event.everything.create(
        **seal(subject),
        at=at,
        verb=verb,
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        reference=getattr(subject, "reference", "") or "",
        by=by,
        by_label=by.full_name if by else "The portal",
        summary=summary or f"{subject._meta.verbose_name.capitalize()} {verb.replace('_', ' ')}",
        reason=reason,
        changes=changes or {},
    )


@transaction.atomic
def next_reference(prefix, year):
    """Return the next reference such as BC-2020-042; numbers never repeat, even after a race."""
    ReferenceCounter.objects.get_or_create(prefix=prefix, year=year)
    counter = ReferenceCounter.objects.select_for_update().get(prefix=prefix, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{prefix}-{year}-{counter.last:03d}"


@transaction.atomic
def record_decision(*, title, outcome, by, at, **fields):
    """Write one decision (X3); the caller's rule has said who may make it.

    Key decisions get the next notice number. Raises IntegrityError where a constraint says no.
    """
    if fields.get("is_key"):
        counter, _ = ReferenceCounter.objects.get_or_create(prefix="NN", year=0)
        counter = ReferenceCounter.objects.select_for_update().get(pk=counter.pk)
        counter.last += 1
        counter.save(update_fields=["last"])
        fields["notice_number"] = counter.last
    decision = Decision.objects.create(
        reference=next_reference("DN", at.year),
        title=title,
        outcome=outcome,
        made_by=by,
        made_at=at,
        **fields,
    )
    log(decision, "decided", by=by, at=at, reason=fields.get("reason", ""), summary=title)
    return decision
