"""Notices become messages: acts at once; reminders once a day together, or each alone for those who chose so."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from .. import envelopes
from ..actions import seal
from ..calendar import LONDON, add_working_days, london_day
from ..enums import SIGNERS, MailChoice, MessageStatus
from ..models import LadderClimb, Message, Notice
from ..obligations.by_hand import RULE as BY_HAND
from .standing import Standing

# Seven in London, summer and winter: the sweeps of the night are done, and the letter lies on top when work begins.
FROM_HOUR = time(7)
# A digest waits for the ladders of the day to be climbed, so that it holds all of it; but never longer than this.
AT_LATEST = time(12)
# What ends with somebody's signature: the eve of its day cannot wait for tomorrow's letter.
TO_SIGN = frozenset(SIGNERS)
PEOPLE_AT_ONCE = 200
GATHERED = "Not sent by itself: what still stood went with the letter of a later day"


@dataclass(frozen=True)
class Today:
    """The moment of composing, and what it allows."""

    at: datetime

    @cached_property
    def on(self):
        return london_day(self.at)

    @cached_property
    def soon(self) -> date:
        """The next working day."""
        return add_working_days(self.on, 1)

    @cached_property
    def digests(self):
        """Whether the reminders of this day may go."""
        hour = self.at.astimezone(LONDON).time()
        if hour < FROM_HOUR:
            return False
        return hour >= AT_LATEST or LadderClimb.objects.filter(on=self.on).exists()

    def cannot_wait(self, notice):
        """Whether a reminder goes though today's digest is made: asked for by hand, due today, or to be
        signed by the next working day."""
        if notice.rule == BY_HAND:
            return True
        due_on = notice.obligation.due_on
        to_sign = notice.obligation.kind in TO_SIGN and self.on <= due_on <= self.soon
        return self.digests and (due_on == self.on or to_sign)


def compose(*, at):
    """Put unsent notices into messages; returns how many messages.

    Acts go at once, one message for each person. Reminders go by the person's choice: each in a
    message of its own, or together in the one digest of the day. Reminders that nobody needs any more
    are withdrawn. Two at work at once pass each other's people by.
    """
    today = Today(at)
    _gather_unsent(today)
    standing, made, after = Standing(today.on), 0, 0
    while people := _next_people(today, after):
        made += _compose_for(people, today, standing)
        after = people[-1]
    return made


@transaction.atomic
def _gather_unsent(today):
    """Take apart digests of earlier days that no mail server was ever given: what still stands goes
    with today's, so that an outage ends with one letter and not with one for each day."""
    rows = Message.objects.filter(status=MessageStatus.QUEUED, digest_on__lt=today.on, message_id="")
    old = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))
    if old:
        Notice.objects.filter(message__in=old, withdrawn_at__isnull=True).update(message=None)
        Message.objects.filter(pk__in=old).update(status=MessageStatus.WITHDRAWN, answer=GATHERED)


def _next_people(today, after):
    """The next people for whom there may be something to write, by number."""
    rows = Notice.everything.filter(message__isnull=True, withdrawn_at__isnull=True, person_id__gt=after)
    ready = Q(obligation__isnull=True) | Q(rule=BY_HAND) | Q(sealed=True) | Q(person__mail_choice=MailChoice.SINGLE)
    if today.digests:
        digest = _digests(today).filter(person=OuterRef("person"))
        ready |= ~Exists(digest) | Q(obligation__due_on__range=(today.on, today.soon))
    people = rows.filter(ready).order_by("person_id").values_list("person_id", flat=True).distinct()
    return list(people[:PEOPLE_AT_ONCE])


def _digests(today):
    """The digests of this day."""
    return Message.objects.filter(digest_on=today.on).exclude(status=MessageStatus.WITHDRAWN)


@transaction.atomic
def _compose_for(people, today, standing):
    """The messages of some people, whose rows are ours until the end; returns how many."""
    rows = get_user_model().objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=people)
    ours = {person.pk: person for person in rows.order_by("pk")}
    had_digest = set(_digests(today).filter(person__in=ours).values_list("person_id", flat=True))
    waiting: dict[int, list[Notice]] = {pk: [] for pk in ours}
    notices = Notice.everything.filter(message__isnull=True, withdrawn_at__isnull=True, person__in=ours)
    for notice in notices.select_related("obligation").order_by("pk").select_for_update(skip_locked=True, of=("self",)):
        notice.person = ours[notice.person_id]
        waiting[notice.person_id].append(notice)
    letters, gone = [], []
    for pk, person in ours.items():
        kept = _still_standing(waiting[pk], standing)
        gone += [notice.pk for notice in waiting[pk] if notice not in kept]
        letters += _letters([one for one in kept if not one.sealed], person, today, had_digest=pk in had_digest)
        letters += [(_sealed(one, person, today), [one]) for one in kept if one.sealed]
    Notice.everything.filter(pk__in=gone).update(withdrawn_at=today.at)
    messages = Message.everything.bulk_create(message for message, _ in letters)
    for message, (_, carried) in zip(messages, letters, strict=True):
        Notice.everything.filter(pk__in=[notice.pk for notice in carried]).update(message=message)
    return len(messages)


def _still_standing(notices, standing):
    """What is not done, moved or overtaken; of one obligation the newest alone, at once where one was sent by hand."""
    stands = [notice for notice in notices if standing.needed(notice)]
    newest = {notice.obligation_id: notice for notice in sorted(stands, key=_step) if notice.obligation_id}
    by_hand = {notice.obligation_id for notice in stands if notice.rule == BY_HAND}
    kept = [notice for notice in stands if notice is newest.get(notice.obligation_id, notice)]
    for notice in kept:
        if notice.obligation_id in by_hand:
            notice.rule = BY_HAND
    return kept


def _step(notice):
    return (-1000 if notice.step is None else notice.step, notice.pk)


def _letters(notices, person, today, *, had_digest):
    """[(message, its notices)] for one person."""
    acts = [notice for notice in notices if notice.obligation_id is None]
    reminders = sorted((notice for notice in notices if notice.obligation_id), key=envelopes.soonest_first)
    letters = [(_message(acts, person, today), acts)] if acts else []
    if person.mail_choice == MailChoice.SINGLE:
        return letters + [(_message([one], person, today), [one]) for one in reminders]
    digest_on = today.on if today.digests and not had_digest else None
    going = reminders if digest_on else [notice for notice in reminders if today.cannot_wait(notice)]
    if going:
        letters.append((_message(going, person, today, digest_on=digest_on), going))
    return letters


def _sealed(notice, person, today):
    """A letter that carries one sealed notice and nothing else, so that no other letter tells of it."""
    return _message([notice], person, today, **seal(notice))


def _message(notices, person, today, *, digest_on=None, **sealed):
    return Message(
        **sealed,
        person=person,
        to=person.email,
        heading=envelopes.heading(notices),
        body=envelopes.body(notices, person),
        digest_on=digest_on,
        created_at=today.at,
        next_try_at=today.at,
    )
