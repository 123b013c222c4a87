"""What a person is owed to be told. Written in the transaction that caused it; carried later."""

from dataclasses import asdict

from . import bell
from .actions import seal
from .models import Message, Notice, NoticeAppointment, NoticeDate


def key_of(rule, subject, occurrence, person):
    """The unique key: the same rule about the same thing is told once to each person."""
    return f"{rule}:{subject._meta.label}:{subject.pk}:{occurrence}:{person.pk}"


def tell(
    *, people, rule, subject, heading, body, at, link="", paper=None, occurrence="", sets_dates_of=(), appointment=None
):
    """Owe each of `people` one notice about `subject`; the mail follows by itself.

    `occurrence` tells two lawful repeats apart (default: the moment `at`). `sets_dates_of`: the
    obligations whose due days this act has set or moved; the mail carries the days for a calendar, and with
    them an `appointment` (`ical.Appointment`), a meeting at an hour.
    """
    occurrence = occurrence or at.isoformat()
    rows = [
        Notice(
            **seal(subject),
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
            created_at=at,
        )
        for person in {person.pk: person for person in people}.values()
    ]
    Notice.everything.bulk_create(rows, ignore_conflicts=True)
    if dates := [owed for owed in sets_dates_of if owed is not None]:
        written = Notice.everything.filter(key__in=[row.key for row in rows])
        days = [NoticeDate(notice=row, obligation=owed, due_on=owed.due_on) for row in written for owed in dates]
        NoticeDate.objects.bulk_create(days, ignore_conflicts=True)
    if appointment is not None:
        written = Notice.everything.filter(key__in=[row.key for row in rows])
        hours = [NoticeAppointment(notice=row, **asdict(appointment)) for row in written]
        NoticeAppointment.objects.bulk_create(hours, ignore_conflicts=True)
    bell.ring()


def write_to(*, address, subject, heading, body, at, paper=None):
    """Owe one letter to somebody without an account, about a sealed subject; returns the message.

    It is carried like any other, stands in no log of mail, and a refusal is told on the page of its subject alone.
    """
    message = Message.everything.create(
        **seal(subject),
        to=address,
        heading=heading,
        body=body,
        paper=paper,
        created_at=at,
        next_try_at=at,
    )
    bell.ring()
    return message
