"""The mail carrier: notices become messages, messages are leased, sent and settled.

The database is the queue. A message is leased before it is sent and settled after the server's
answer, each in a transaction of its own; its Message-ID and Date are committed with the first lease.
A carrier that dies in between leaves a lease that runs out; the letter is then sent again as the
same letter, and marked as perhaps doubled. Nothing is ever lost.
"""

import logging
import uuid
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime, parseaddr
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q

from . import bell, envelopes
from .actions import log
from .calendar import london_day
from .enums import MessageStatus
from .models import Message, Notice

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=72)
STOP_AFTER = timedelta(minutes=10)
TROUBLES = 3
PEOPLE_AT_ONCE = 200
ACCEPTED = "Accepted by the mail server"
NOT_NEEDED = "Not sent: what it was about is done"


# Notices become messages


def compose(*, at):
    """Put every unsent notice into a message, one message for each person; returns how many messages.

    Notices that nobody needs any more are withdrawn: of an obligation that is closed or whose day
    was moved, or with a newer step waiting for the same person. Carriers at work at the same time
    pass each other's rows by.
    """
    made = 0
    while some := _compose_some(at):
        made += some - 1
    return made


@transaction.atomic
def _compose_some(at):
    """Messages for the next people, plus one; 0 when nobody waits."""
    rows = Notice.objects.filter(message__isnull=True, withdrawn_at__isnull=True)
    people = rows.order_by("person_id").values_list("person_id", flat=True).distinct()[:PEOPLE_AT_ONCE]
    rows = rows.filter(person__in=list(people)).select_related("person", "obligation").order_by("person_id", "pk")
    waiting = list(rows.select_for_update(skip_locked=True, of=("self",)))
    newest: dict[tuple[int, int | None], Notice] = {
        (row.person_id, row.obligation_id): row for row in sorted(waiting, key=_step) if row.obligation_id
    }
    kept = [row for row in waiting if _needed(row, at) and row is newest.get((row.person_id, row.obligation_id), row)]
    gone = {row.pk for row in waiting} - {row.pk for row in kept}
    Notice.objects.filter(pk__in=gone).update(withdrawn_at=at)
    groups = [list(notices) for _, notices in groupby(kept, key=lambda row: row.person_id)]
    messages = Message.objects.bulk_create(_message(notices, at) for notices in groups)
    for message, notices in zip(messages, groups, strict=True):
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(message=message)
    return len(messages) + 1 if waiting else 0


def _step(notice):
    return (-1000 if notice.step is None else notice.step, notice.pk)


def _needed(notice, at):
    """Whether a reminder still stands: its obligation open and not held, its day not moved, its person still here."""
    owed = notice.obligation
    if owed is None:
        return True
    unmoved = notice.due_on is None or notice.due_on == owed.due_on
    held = owed.held_until is not None and owed.held_until > london_day(at)
    return owed.closed_at is None and unmoved and not held and notice.person.is_active


def _message(notices, at):
    person = notices[0].person
    return Message(
        person=person,
        to=person.email,
        heading=envelopes.heading(notices),
        body=envelopes.body(notices, person),
        created_at=at,
        next_try_at=at,
    )


# Messages are leased, sent, settled


@dataclass
class Tally:
    """What one run of the carrier did."""

    sent: int = 0
    failed: int = 0
    put_back: int = 0


def deliver(*, at, clock=None, lease_for=LEASE, stop_after=STOP_AFTER):
    """Send the messages whose time has come, one after another over one connection; returns a Tally.

    `clock` gives the moment of each step where the run is long (a task passes the real clock).
    Stops after `stop_after`, or when the mail server does not answer; the next run goes on.
    """
    now = clock or (lambda: at)
    tally, troubles = Tally(), 0
    line = envelopes.Line()
    try:
        while now() - at < stop_after and troubles < TROUBLES:
            message = _lease(now(), lease_for)
            if message is None:
                break
            outcome = _send(message, line)
            _settle(message, outcome, now(), tally)
            troubles = troubles + 1 if outcome.line_is_down else 0
            if outcome.nobody_answers:
                break
    finally:
        line.close()
    return tally


def _lease(now, lease_for):
    """The next message, ours until the lease runs out, its letter fixed; None when nothing waits.

    Commits before returning, so that no mail leaves of which the database knows nothing.
    """
    while True:
        with transaction.atomic(durable=True):
            waits = Q(status=MessageStatus.QUEUED, next_try_at__lte=now)
            ran_out = Q(status=MessageStatus.SENDING, leased_until__lt=now)
            rows = Message.objects.select_for_update(skip_locked=True).filter(waits | ran_out)
            message = rows.order_by("next_try_at", "pk").first()
            if message is None:
                return None
            if message.status == MessageStatus.QUEUED and not _still_needed(message, now):
                continue
            message.possibly_doubled = message.possibly_doubled or message.status == MessageStatus.SENDING
            message.status = MessageStatus.SENDING
            message.lease, message.leased_until = uuid.uuid4(), now + lease_for
            message.tries += 1
            message.message_id = message.message_id or _new_message_id()
            message.dated_at = message.dated_at or now
            message.save()
            return message


def _new_message_id():
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return f"<{uuid.uuid4().hex}@{address.rpartition('@')[2] or 'localhost'}>"


def _still_needed(message, now):
    """Withdraw reminders of what was done since the message was written; say whether any is left.

    The text follows only while the letter has never been leased; later it must stay the same letter.
    """
    notices = list(message.notices.select_related("person", "obligation").order_by("pk"))
    gone = [notice for notice in notices if not _needed(notice, now)]
    if not gone:
        return True
    left = [notice for notice in notices if notice not in gone]
    if left and message.message_id:
        return True
    Notice.objects.filter(pk__in=[notice.pk for notice in gone], withdrawn_at__isnull=True).update(withdrawn_at=now)
    if left:
        message.heading, message.body = envelopes.heading(left), envelopes.body(left, message.person)
    else:
        message.status, message.answer = MessageStatus.WITHDRAWN, NOT_NEEDED
    message.save()
    return bool(left)


def _send(message, line):
    """Hand the letter to the mail server; what it answered, never an exception."""
    try:
        papers = [notice.paper for notice in message.notices.filter(paper__isnull=False).select_related("paper")]
        letter = EmailMessage(
            subject=message.heading,
            body=message.body,
            to=[message.to],
            headers={
                "Message-ID": message.message_id,
                "Date": format_datetime(message.dated_at),
                "Auto-Submitted": "auto-generated",
            },
            attachments=envelopes.attachments(papers),
        )
        return line.send(letter)
    except Exception as error:
        logger.exception("Message %s could not be put together.", message.pk)
        return envelopes.Outcome(f"{type(error).__name__}: {error}", final=True)


def _settle(message, outcome, now, tally):
    """Record the answer, if the message is still ours."""
    changes = {"lease": None, "leased_until": None, "answer": outcome.answer[:500]}
    if outcome.sent:
        changes |= {"status": MessageStatus.SENT, "sent_at": now, "answer": ACCEPTED}
        tally.sent += 1
    elif outcome.final or now - message.dated_at >= GIVE_UP_AFTER:
        changes |= {"status": MessageStatus.FAILED}
        tally.failed += 1
    else:
        pause = min(FIRST_PAUSE * 2 ** min(message.tries - 1, 10), LONGEST_PAUSE)
        changes |= {"status": MessageStatus.QUEUED, "next_try_at": now + pause}
        tally.put_back += 1
    if not Message.objects.filter(pk=message.pk, lease=message.lease).update(**changes):
        logger.warning("Message %s was taken over while it was being sent: %s", message.pk, outcome.answer)


@transaction.atomic
def try_again(*, message, by, at):
    """Put a message that failed back into the queue, as a new letter to the person's address of today."""
    afresh = {"dated_at": None, "message_id": "", "tries": 0, "next_try_at": at, "to": message.person.email}
    rows = Message.objects.filter(pk=message.pk, status=MessageStatus.FAILED)
    if rows.update(status=MessageStatus.QUEUED, **afresh):
        log(message, "queued_again", by=by, at=at, summary=f"To be sent again: {message.heading}"[:500])
        bell.ring()
    message.refresh_from_db()
    return message
