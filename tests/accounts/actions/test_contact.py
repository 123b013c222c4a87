"""The choice of mail and the private calendar address."""

from datetime import timedelta

import pytest

from accounts import queries
from accounts.actions import contact, people
from accounts.actions.invitations import hash_of
from accounts.models import CalendarFeed
from records.enums import MailChoice
from records.models import Event
from records.refusals import Refused
from tests.accounts.places import AT

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def make_feed(person, at=AT):
    return contact.make_calendar_feed(person=person, by=person, at=at)


def test_change_mail_choice_writes_row_and_event(cast):
    person = cast.maidstone_lead
    assert person.mail_choice == MailChoice.DAILY

    contact.change_mail_choice(person=person, choice=MailChoice.SINGLE, by=person, at=AT)
    contact.change_mail_choice(person=person, choice=MailChoice.SINGLE, by=person, at=AT)

    person.refresh_from_db()
    assert person.mail_choice == MailChoice.SINGLE
    assert Event.objects.get().changes == {"mail_choice": ["DAILY", "SINGLE"]}


@pytest.mark.parametrize(
    ("choice", "by", "sentence"),
    [
        ("NEVER", "maidstone_lead", "Choose one of the two ways."),
        (MailChoice.SINGLE, "officer", "Everybody chooses this for themselves."),
    ],
)
def test_change_mail_choice_refuses_silence_and_strangers(cast, choice, by, sentence):
    with pytest.raises(Refused) as refused:
        contact.change_mail_choice(person=cast.maidstone_lead, choice=choice, by=getattr(cast, by), at=AT)

    assert refused.value.reason == sentence
    cast.maidstone_lead.refresh_from_db()
    assert cast.maidstone_lead.mail_choice == MailChoice.DAILY


def test_make_calendar_feed_keeps_only_the_hash_and_replaces_the_one_in_use(cast):
    person = cast.maidstone_lead
    old, old_token = make_feed(person)

    feed, token = make_feed(person, AT + HOUR)

    old.refresh_from_db()
    assert (old.revoked_at, feed.revoked_at, feed.made_at) == (AT + HOUR, None, AT + HOUR)
    assert feed.token_hash == hash_of(token) and token not in str(CalendarFeed.objects.values_list().get(pk=feed.pk))
    assert (queries.calendar_feed_by(hash_of(token)), queries.calendar_feed_by(hash_of(old_token))) == (feed, None)
    assert len(token) >= 43  # 256 bits
    assert list(Event.objects.values_list("verb", "summary").distinct()) == [
        ("calendar_feed_made", "Private calendar address made")
    ]


def test_revoke_calendar_feed_ends_it_once(cast):
    person = cast.maidstone_lead
    _, token = make_feed(person)

    contact.revoke_calendar_feed(person=person, by=person, at=AT + HOUR)

    assert queries.calendar_feed_by(hash_of(token)) is None
    assert queries.calendar_feed_of(person) is None
    with pytest.raises(Refused, match="You have no calendar address in use"):
        contact.revoke_calendar_feed(person=person, by=person, at=AT + HOUR)


def test_calendar_feed_is_nobody_elses_to_make_or_revoke(cast):
    make_feed(cast.maidstone_lead)

    for act in (contact.make_calendar_feed, contact.revoke_calendar_feed):
        with pytest.raises(Refused, match="Everybody chooses this for themselves"):
            act(person=cast.maidstone_lead, by=cast.officer, at=AT)


def test_close_person_ends_the_calendar_for_good(cast):
    person = cast.maidstone_contributor
    feed, token = make_feed(person)

    people.close_person(person=person, reason="Left", by=cast.officer, at=AT + HOUR)

    feed.refresh_from_db()
    assert feed.revoked_at == AT + HOUR  # so that an account opened again does not bring the old address back
    assert queries.calendar_feed_by(hash_of(token)) is None


def test_note_calendar_read_is_kept_once_an_hour(cast):
    feed, _ = make_feed(cast.maidstone_lead)
    seen = []
    for minutes in (0, 30, 61):
        contact.note_calendar_read(feed=feed, at=AT + timedelta(minutes=minutes))
        feed.refresh_from_db()
        seen.append(feed.last_read_at - AT)

    assert seen == [timedelta(0), timedelta(0), timedelta(minutes=61)]
