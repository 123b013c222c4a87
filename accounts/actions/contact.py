"""How the portal reaches a person: the choice of mail, and the private calendar address."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from records import actions as record
from records.enums import MailChoice
from records.refusals import refuse_if

from .. import rules
from ..models import CalendarFeed, User
from .invitations import hash_of

NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def change_mail_choice(*, person, choice, by, at):
    """Reminders together once a day, or each alone; none at all is no choice (X4)."""
    refuse_if(rules.why_not_change_mail_choice(person, choice=choice, user=by))
    was = person.mail_choice
    if was != choice:
        person.mail_choice = choice
        person.save(update_fields=["mail_choice"])
        summary = f"Reminders from now on: {MailChoice(choice).label.lower()}"
        record.log(person, "changed", by=by, at=at, summary=summary, changes={"mail_choice": [was, choice]})
    return person


@transaction.atomic
def make_calendar_feed(*, person, by, at):
    """Make the person's private calendar address; one in use before stops working. Returns (feed, token):
    the token is shown once, only its hash is kept."""
    person = User.objects.select_for_update().get(pk=person.pk)
    refuse_if(rules.why_not_make_calendar_feed(person, user=by))
    person.calendar_feeds.filter(revoked_at__isnull=True).update(revoked_at=at)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(person=person, token_hash=hash_of(token), made_at=at)
    record.log(person, "calendar_feed_made", by=by, at=at, summary="Private calendar address made")
    return feed, token


@transaction.atomic
def revoke_calendar_feed(*, person, by, at):
    """Let the person's private calendar address stop working at once."""
    person = User.objects.select_for_update().get(pk=person.pk)
    feeds = person.calendar_feeds.filter(revoked_at__isnull=True)
    refuse_if(rules.why_not_revoke_calendar_feed(person, has_one=feeds.exists(), user=by))
    feeds.update(revoked_at=at)
    record.log(person, "calendar_feed_revoked", by=by, at=at, summary="Private calendar address revoked")
    return person


def note_calendar_read(*, feed, at):
    """Remember that the calendar was read, at most once an hour: calendar programs ask often."""
    old = Q(last_read_at__isnull=True) | Q(last_read_at__lt=at - NOTED_EVERY)
    CalendarFeed.objects.filter(old, pk=feed.pk).update(last_read_at=at)
