"""What a person is owed to be told. Written in the transaction that caused it; carried later."""

from . import bell
from .models import Notice


def key_of(rule, subject, occurrence, person):
    """The unique key: the same rule about the same thing is told once to each person."""
    return f"{rule}:{subject._meta.label}:{subject.pk}:{occurrence}:{person.pk}"


def tell(*, people, rule, subject, heading, body, at, link="", paper=None, occurrence="", sets_date_of=None):
    """Owe each of `people` one notice about `subject`; the mail follows by itself.

    `occurrence` tells two lawful repeats apart (default: the moment `at`). `sets_date_of`: the
    obligation whose due day this act has set or moved; the mail carries the day for a calendar.
    """
    occurrence = occurrence or at.isoformat()
    rows = [
        Notice(
            key=key_of(rule, subject, occurrence, person),
            person=person,
            rule=rule,
            subject_type=subject._meta.label,
            subject_id=subject.pk,
            reference=getattr(subject, "reference", "") or "",
            heading=heading,
            body=body,
            link=link,
            paper=paper,
            sets_date_of=sets_date_of,
            due_on=sets_date_of.due_on if sets_date_of else None,
            created_at=at,
        )
        for person in {person.pk: person for person in people}.values()
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    bell.ring()
