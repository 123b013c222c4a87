"""Obligations: owed, met, moved. Every deadline of the portal is one row here (X4)."""

import logging
from collections import defaultdict

from django.db import DatabaseError, transaction

from . import bell, ladders
from .actions import log
from .enums import Audience
from .models import Notice, Obligation

logger = logging.getLogger(__name__)
AT_ONCE = 500


def owe(
    subject,
    kind,
    *,
    title,
    due_on,
    organisation=None,
    link="",
    period="",
    starts_on=None,
    ends_on=None,
    opens_on=None,
    anchor="",
    source="",
):
    """Write one open obligation about `subject`; `organisation` None means the office owes it."""
    return Obligation.objects.create(
        kind=kind,
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        reference=getattr(subject, "reference", "") or "",
        title=title,
        link=link,
        organisation=organisation,
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
    rows = Obligation.objects.open().about(subject).filter(kind=kind)
    if period is not None:
        rows = rows.filter(period=period)
    ids = list(rows.values_list("pk", flat=True))
    rows.update(closed_at=at, closed_by=by, closing=closing)
    Notice.objects.filter(obligation_id__in=ids, message__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )
    return len(ids)


def move_due(obligation, *, due_on, by, at, reason):
    """Move the due day of an open obligation; its ladder starts afresh and history keeps the old day."""
    was = obligation.due_on
    Obligation.objects.open().filter(pk=obligation.pk, due_on=was).update(due_on=due_on)
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


def climb_ladders(*, on, at, people_for):
    """Owe every reminder whose day has come: of each open obligation the newest step passed, never
    an older one, once to each person of its audiences (X4). Returns how many notices were written.

    Matches "on or before and not yet told", so a sweep that did not run is caught up by the next;
    two sweeps at once write each notice once (unique key). `people_for(audience, organisation)` is
    given by the caller, since the record does not know people. A row that fails is noted and left
    to the next sweep; the others go on.
    """
    steps_of = ladders.load()
    rows = list(ladders.owed(steps_of, on)) if steps_of else []
    people = ladders.People(people_for)
    written = 0
    for start in range(0, len(rows), AT_ONCE):
        written += _climb_some(rows[start : start + AT_ONCE], steps_of, people, on, at)
    if written:
        bell.ring()
    return written


def _climb_some(rows, steps_of, people, on, at):
    """The notices of some obligations, written together; one by one where that fails."""
    told = defaultdict(set)
    pairs = Notice.objects.filter(obligation__in=rows).values_list("obligation_id", "due_on", "step")
    for pk, due_on, step in pairs:
        told[pk, due_on].add(step)
    groups = []
    for row in rows:
        try:
            groups.append(_notices_of(row, steps_of[row.kind], told[row.pk, row.due_on], people, on, at))
        except Exception:
            logger.exception("Obligation %s could not be reminded of; the next sweep tries again.", row.pk)
    try:
        with transaction.atomic():
            return _write([notice for group in groups for notice in group])
    except DatabaseError:
        return sum(_write_alone(group) for group in groups)


def _notices_of(row, steps, told, people, on, at):
    """What each person of the step's audiences is owed about one obligation."""
    step = next(step for step in steps if step.working_days == row.step_now)
    owed_to = people.of(step.audiences, row.organisation)
    instead = not owed_to and row.organisation is not None
    if instead:
        owed_to = people.of([Audience.OFFICER], None)
    missed = ladders.missed_days(row, steps, step, told)
    heading = ladders.words(step.heading, row, on)[:300]
    body = ladders.body_of(step, row, on, missed, instead=instead)
    return [
        Notice(
            key=f"{row.kind}:{row.pk}:{row.due_on}:{step.working_days}:{person.pk}",
            person=person,
            rule=f"reminder:{row.kind.lower()}",
            obligation=row,
            due_on=row.due_on,
            step=step.working_days,
            subject_type=row.subject_type,
            subject_id=row.subject_id,
            reference=row.reference,
            heading=heading,
            body=body,
            link=row.link,
            created_at=at,
        )
        for person in owed_to
    ]


def _write(notices):
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def _write_alone(notices):
    try:
        with transaction.atomic():
            return _write(notices)
    except DatabaseError:
        logger.exception("Reminders of obligation %s could not be written.", notices[0].obligation_id)
        return 0
