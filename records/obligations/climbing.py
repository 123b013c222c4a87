"""The sweep: of each open obligation the newest step passed is told, once to each person (X4)."""

import logging

from django.db import DatabaseError, transaction

from .. import bell, ladders
from ..actions import seal
from ..models import LadderClimb, Notice

logger = logging.getLogger(__name__)
AT_ONCE = 500


def climb_ladders(*, on, at, people_for):
    """Owe every reminder whose day has come: of each open obligation the newest step passed, never
    an older one, once to each person of its audiences (X4). Returns how many notices were written.

    Matches "on or before and not yet told", so a sweep that did not run is caught up by the next;
    two sweeps at once write each notice once (unique key). Obligations are read so many at a time, so
    that a hundred thousand need no more room than one. `people_for(audience, organisation)` is given
    by the caller, since the record does not know people. A row that fails is noted and left to the
    next sweep; the others go on. That the day was climbed to the top is noted: digests wait for it.
    """
    steps_of = ladders.load()
    people = ladders.People(_guarded(people_for))
    written = 0
    for rows in ladders.owed_in_parts(steps_of, on, AT_ONCE):
        written += _climb_some(rows, steps_of, people, on, at)
    LadderClimb.objects.bulk_create([LadderClimb(on=on, at=at)], ignore_conflicts=True)  # digests may be made
    if written:
        bell.ring()
    return written


def _guarded(people_for):
    """The same question, asked so that its failing does not spoil the transaction around the sweep."""

    def asked(audience, organisation):
        with transaction.atomic():
            return list(people_for(audience, organisation))

    return asked


def _climb_some(rows, steps_of, people, on, at):
    """The notices of some obligations, written together; one by one where that fails."""
    told_of = ladders.told(rows)
    groups = []
    for row in rows:
        try:
            groups.append(step_notices(row, steps_of[row.kind], told_of[row.pk], people, on, at))
        except Exception:
            logger.exception("Obligation %s could not be reminded of; the next sweep tries again.", row.pk)
    try:
        with transaction.atomic():
            return write([notice for group in groups for notice in group])
    except DatabaseError:
        return sum(_write_alone(group) for group in groups)


def step_notices(row, steps, told, people, on, at):
    """What each person of the step's audiences is still owed about one obligation with its `step_now`."""
    now = row.step_now
    step = next(step for step in steps if step.working_days == now)
    reminder = ladders.reminder(step, row, on, people, ladders.missed_days(row, steps, step, told.steps))
    return [
        notice_of(
            row,
            reminder,
            person,
            at,
            key=f"{row.kind}:{row.pk}:{row.due_on}:{told.key(now, person.pk)}",
            rule=f"reminder:{row.kind.lower()}",
            step=now,
        )
        for person in reminder.people
        if told.owes_person(now, person.pk)
    ]


def notice_of(obligation, reminder, person, at, **fields):
    """A reminder as one person is owed it."""
    return Notice(
        **seal(obligation),
        person=person,
        obligation=obligation,
        due_on=obligation.due_on,
        subject_type=obligation.subject_type,
        subject_id=obligation.subject_id,
        reference=obligation.reference,
        heading=reminder.heading,
        body=reminder.body,
        link=obligation.link,
        created_at=at,
        **fields,
    )


def write(notices):
    """Write notices, each key once; how many were to be written."""
    Notice.everything.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def _write_alone(notices):
    try:
        with transaction.atomic():
            return write(notices)
    except DatabaseError:
        logger.exception("Reminders of obligation %s could not be written.", notices[0].obligation_id)
        return 0
