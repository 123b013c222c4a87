"""Messages are leased, sent, settled, and tried again."""

import logging
import uuid
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from .. import bell, envelopes
from ..actions import log
from ..calendar import london_day
from ..enums import MessageStatus
from ..models import BadAddress, Message, Notice, NoticeAppointment, NoticeDate, Obligation
from . import failures
from .standing import Standing

logger = logging.getLogger(__name__)
# Longer than a letter can take on an open line: five answers of the mail server, EMAIL_TIMEOUT (20 s) each.
LEASE = timedelta(minutes=2)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
# Both: hours in which nobody tried (the portal was off) count for nothing. Ten tries take four hours at least.
GIVE_UP_AFTER, TRIES_AT_LEAST = timedelta(hours=72), 10
STOP_AFTER = timedelta(minutes=10)
TROUBLES = 3
NOT_NEEDED = "Not sent: what it was about is done"


@dataclass
class Tally:
    """What one run of the carrier did."""

    sent: int = 0
    failed: int = 0
    put_back: int = 0


def deliver(*, at, clock=None, lease_for=LEASE, stop_after=STOP_AFTER):
    """Send the messages whose time has come, one after another over one connection; returns a Tally.

    `clock` gives the moment of each step where the run is long (a task passes the real clock).
    The line is opened before a message is leased: a mail server that does not answer costs no
    letter a try. Stops after `stop_after`, or when the line fails; the next run goes on.
    """
    now = clock or (lambda: at)
    tally, troubles, days = Tally(), 0, {}
    line = envelopes.Line()
    try:
        while now() - at < stop_after and troubles < TROUBLES:
            if not line.is_open and not _open(line, now()):
                break
            message = _lease(now(), lease_for, days)
            if message is None:
                break
            outcome = _send(message, line)
            _settle(message, outcome, now(), tally)
            troubles = troubles + 1 if outcome.line_is_down else 0
    finally:
        line.close()
    return tally


def _due(now):
    """Whose time has come: waiting ones, but for addresses that had their try today; leases that ran out."""
    had_their_try = BadAddress.objects.filter(address=OuterRef("to"), next_try_at__gt=now)
    waits = Q(status=MessageStatus.QUEUED, next_try_at__lte=now) & (Q(sealed=True) | ~Exists(had_their_try))
    return Message.everything.filter(waits | Q(status=MessageStatus.SENDING, leased_until__lt=now))


def _open(line, now):
    """Open the line if there is anything to send; False when there is not, or when nobody answers."""
    if not _due(now).exists():
        return False
    trouble = line.open()
    if trouble:
        answer = f"The mail server cannot be reached: {trouble}"[:500]
        _due(now).exclude(answer=answer).update(answer=answer)
    return not trouble


def _lease(now, lease_for, days):
    """The next message, ours until the lease runs out, its letter fixed; None when nothing waits.

    Commits before returning, so that no mail leaves of which the database knows nothing. `days` keeps
    what is known of the ladders for a run.
    """
    standing = days.setdefault(london_day(now), Standing(london_day(now)))
    bad = BadAddress.objects.filter(address=OuterRef("to"))
    while True:
        with transaction.atomic(durable=True):
            rows = _due(now).select_for_update(skip_locked=True, of=("self",)).annotate(to_bad_address=Exists(bad))
            message = rows.order_by("next_try_at", "pk").first()
            if message is None:
                return None
            if message.status == MessageStatus.QUEUED:
                if not _still_needed(message, standing, now):
                    continue
                if _watched(message) and not failures.take_the_try(message, at=now):
                    continue
            message.possibly_doubled = message.possibly_doubled or message.status == MessageStatus.SENDING
            message.status = MessageStatus.SENDING
            message.lease, message.leased_until = uuid.uuid4(), now + lease_for
            message.tries += 1
            message.message_id = message.message_id or _new_message_id()
            message.dated_at = message.dated_at or now
            message.save()
            return message


def _watched(message):
    """Whether the letter goes to an address that refuses letters; a sealed one tells nobody of its address."""
    return message.to_bad_address and not message.sealed


def _new_message_id():
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return f"<{uuid.uuid4().hex}@{address.rpartition('@')[2] or 'localhost'}>"


def _still_needed(message, standing, now):
    """Withdraw reminders of what was done since the message was written; say whether any is left.

    The text follows only while the letter has never been leased; later it must stay the same letter.
    What it speaks of is locked until the lease is committed, so that whoever ends an obligation meanwhile
    either stops the letter or finds it leased already.
    """
    carried = Notice.everything.filter(message=message)
    of_message = Obligation.everything.filter(pk__in=carried.values("obligation"))
    list(of_message.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    notices = list(carried.select_related("person", "obligation"))
    gone = [notice for notice in notices if not standing.needed(notice)]
    if not gone:
        return True
    left = sorted((notice for notice in notices if notice not in gone), key=envelopes.soonest_first)
    if left and message.message_id:
        return True
    Notice.everything.filter(pk__in=[notice.pk for notice in gone], withdrawn_at__isnull=True).update(withdrawn_at=now)
    if left:
        message.heading, message.body = envelopes.heading(left), envelopes.body(left, message.person)
    else:
        message.status, message.answer = MessageStatus.WITHDRAWN, NOT_NEEDED
    message.save()
    return bool(left)


def _send(message, line):
    """Hand the letter to the mail server; what it answered, never an exception."""
    try:
        dated = Exists(NoticeDate.objects.filter(notice=OuterRef("pk")))
        timed = Exists(NoticeAppointment.objects.filter(notice=OuterRef("pk")))
        told = Notice.everything.filter(Q(paper__isnull=False) | dated | timed, message=message)
        told = told.select_related("paper").order_by("pk")
        carried = list(told.prefetch_related("dates__obligation__organisation", "appointments"))
        letter = EmailMessage(
            subject=message.heading,
            body=message.body,
            to=[message.to],
            headers={
                "Message-ID": message.message_id,
                "Date": format_datetime(message.dated_at),
                "Auto-Submitted": "auto-generated",
                **({"Sensitivity": "Personal"} if message.sealed else {}),
            },
            attachments=[*envelopes.enclosed(message.paper), *envelopes.attachments(carried)],
        )
        return line.send(letter)
    except Exception as error:
        logger.exception("Message %s could not be put together.", message.pk)
        return envelopes.Outcome(f"{type(error).__name__}: {error}", final=True)


@transaction.atomic
def _settle(message, outcome, now, tally):
    """Record the answer, if the message is still ours."""
    answer = outcome.answer[:500]
    changes = {"lease": None, "leased_until": None, "answer": answer}
    gave_up = now - message.dated_at >= GIVE_UP_AFTER and message.tries >= TRIES_AT_LEAST
    if outcome.sent:
        changes |= {"status": MessageStatus.SENT, "sent_at": now}
        tally.sent += 1
    elif outcome.final or gave_up:
        changes |= {"status": MessageStatus.FAILED}
        tally.failed += 1
    else:
        pause = min(FIRST_PAUSE * 2 ** min(message.tries - 1, 10), LONGEST_PAUSE)
        changes |= {"status": MessageStatus.QUEUED, "next_try_at": now + pause}
        changes |= {"possibly_doubled": True} if outcome.may_have_arrived else {}
        tally.put_back += 1
    if not Message.everything.filter(pk=message.pk, lease=message.lease).update(**changes):
        logger.warning("Message %s was taken over while it was being sent: %s", message.pk, outcome.answer)
    elif outcome.sent and _watched(message):
        failures.clear_address(message, at=now)
    elif outcome.of_the_address and not message.sealed and changes["status"] == MessageStatus.FAILED:
        failures.mark_address(message, answer, at=now)


@transaction.atomic
def try_again(*, message, by, at):
    """Put a message that failed back into the queue, as a new letter to the person's address of today."""
    to = message.person.email
    afresh = {"dated_at": None, "message_id": "", "tries": 0, "next_try_at": at, "to": to, "alerted_at": None}
    rows = Message.objects.filter(pk=message.pk, status=MessageStatus.FAILED)
    if rows.update(status=MessageStatus.QUEUED, **afresh):
        BadAddress.objects.filter(address=to).update(next_try_at=at)  # whoever asks by hand need not wait a day
        log(message, "queued_again", by=by, at=at, summary=f"To be sent again: {message.heading}"[:500])
        bell.ring()
    message.refresh_from_db()
    return message
