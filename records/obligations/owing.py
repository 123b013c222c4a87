"""Owed, met, moved: the rows every deadline of the portal is (X4)."""

from ..actions import log, rows_about, seal
from ..models import Notice, Obligation


def owe(
    subject,
    kind,
    *,
    title,
    due_on,
    organisation=None,
    recipient=None,
    link="",
    period="",
    starts_on=None,
    ends_on=None,
    opens_on=None,
    anchor="",
    source="",
    only_for=None,
):
    """Write one open obligation about `subject`; `organisation` None means the office owes it.

    `recipient` is whose award it is, where `organisation` is its payee: both are told. `only_for` names the only
    people (ids) who hear of it, whoever the ladder names.
    """
    return Obligation.everything.create(
        **seal(subject),
        only_for=only_for,
        kind=kind,
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        reference=getattr(subject, "reference", "") or "",
        title=title,
        link=link,
        organisation=organisation,
        recipient=recipient if recipient != organisation else None,
        period=period,
        period_starts_on=starts_on,
        period_ends_on=ends_on,
        anchor=anchor,
        opens_on=opens_on,
        due_on=due_on,
        first_due_on=due_on,
        source=source,
    )


def close(subject, kind, *, at, closing, by=None, period=None):
    """Close the open obligations of `kind` about `subject`; their ladders stop at once.

    Notices not yet put in a message are withdrawn. Returns how many were closed.
    """
    rows = rows_about(Obligation, subject).open().about(subject).filter(kind=kind)
    if period is not None:
        rows = rows.filter(period=period)
    ids = list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    rows.filter(pk__in=ids).update(closed_at=at, closed_by=by, closing=closing)
    Notice.everything.filter(obligation_id__in=ids, message__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )
    return len(ids)


def move_due(obligation, *, due_on, by, at, reason):
    """Move the due day of an open obligation; its ladder starts afresh and history keeps the old day."""
    was = obligation.due_on
    Obligation.everything.open().filter(pk=obligation.pk, due_on=was).update(due_on=due_on)
    obligation.refresh_from_db()
    log(
        obligation,
        "date_moved",
        by=by,
        at=at,
        reason=reason,
        summary=f"{obligation.title}: due day moved from {was:%-d %B %Y} to {due_on:%-d %B %Y}",
        changes={"due_on": [was.isoformat(), due_on.isoformat()]},
    )
    return obligation
