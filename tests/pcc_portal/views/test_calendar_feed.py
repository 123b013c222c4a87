"""The private calendar: the address is the key, and opens nothing but what its person may see."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from accounts.actions import contact
from accounts.models import User
from pcc_portal.views import calendar_feed
from records import obligations
from records.calendar import add_months
from records.enums import ObligationKind
from tests.make import accounts as make_accounts
from tests.make import records as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def token_of(person):
    return contact.make_calendar_feed(person=person, by=person, at=timezone.now())[1]


def read(token, **extra):
    return Client().get(f"/calendar/{token}.ics", **extra)


def titles(person):
    answer = read(token_of(person))
    assert answer.status_code == 200
    return [entry["summary"].removeprefix("Due: ") for entry in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_calendar_feed_shows_each_what_they_may_see():
    cast, today = make_accounts.cast(), timezone.localdate()
    make.obligation(cast, title="Ours", due_on=today + DAY)
    make.obligation(cast, title="Of Swale", subject=cast.swale, organisation=cast.swale, due_on=today + 2 * DAY)
    make.obligation(
        cast, title="Signed by the council", organisation=cast.council, recipient=cast.maidstone,
        kind=ObligationKind.ACCEPTANCE, due_on=today + 3 * DAY,
    )  # fmt: skip
    make.obligation(cast, title="The office's", organisation=None, kind=ObligationKind.DECISION, due_on=today + 4 * DAY)

    assert titles(cast.maidstone_lead) == ["Ours", "Signed by the council"]
    assert titles(cast.maidstone_signatory) == ["Ours", "Signed by the council"]
    assert titles(cast.swale_lead) == ["Of Swale"]
    assert titles(cast.provider_lead) == []
    assert titles(cast.officer) == ["Ours", "Of Swale", "Signed by the council", "The office's"]


def test_calendar_feed_is_bounded_and_drops_what_is_done():
    cast, today = make_accounts.cast(), timezone.localdate()
    days = {"Overdue": today - 400 * DAY, "Last": add_months(today, 18), "Beyond": add_months(today, 18) + DAY}
    for title, due_on in days.items():
        make.obligation(cast, title=title, period=title, due_on=due_on)
    make.obligation(cast, title="Done", period="Done", due_on=today)
    obligations.close(cast.maidstone, ObligationKind.RETURN, at=timezone.now(), closing="Sent", period="Done")

    assert titles(cast.maidstone_lead) == ["Overdue", "Last"]


def test_calendar_feed_notes_when_it_was_read_and_is_kept_by_nobody():
    cast = make_accounts.cast()
    answer = read(token_of(cast.maidstone_lead))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store, private"
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")
    assert answer.cookies == {}
    assert timezone.now() - cast.maidstone_lead.calendar_feeds.get().last_read_at < timedelta(minutes=1)


def test_calendar_feed_answers_the_same_for_every_address_that_opens_nothing():
    cast = make_accounts.cast()
    replaced = token_of(cast.maidstone_lead)
    token_of(cast.maidstone_lead)
    revoked = token_of(cast.officer)
    contact.revoke_calendar_feed(person=cast.officer, by=cast.officer, at=timezone.now())
    left = token_of(cast.swale_lead)
    User.objects.filter(pk=cast.swale_lead.pk).update(is_active=False)

    answers = {
        (answer.status_code, answer.content, tuple(sorted(answer.items())))
        for answer in map(read, ["unknown", replaced, revoked, left])
    }

    [(status, content, _)] = answers
    assert (status, content) == (404, b"There is no such calendar.")


def test_calendar_feed_stops_answering_who_asks_too_often(monkeypatch):
    monkeypatch.setattr(calendar_feed, "READS_AN_HOUR", 2)
    monkeypatch.setattr(calendar_feed, "MISSES_AN_HOUR", 3)
    cast = make_accounts.cast()
    token = token_of(cast.maidstone_lead)

    assert [read(token).status_code for _ in range(3)] == [200, 200, 429]
    assert [read(f"guess{number}").status_code for number in range(4)] == [404, 404, 404, 429]
    assert read("guess", REMOTE_ADDR="192.0.2.7").status_code == 404
    assert int(read(token)["Retry-After"]) == 3600


@pytest.mark.parametrize("who", ["maidstone_lead", "officer"])
def test_calendar_feed_asks_the_same_for_one_row_and_for_thirty(who, django_assert_num_queries):
    cast, today = make_accounts.cast(), timezone.localdate()
    token = token_of(getattr(cast, who))
    read(token)
    for count in (1, 29):
        for number in range(count):
            make.obligation(cast, period=f"{count}:{number}", due_on=today + number * DAY)
        with django_assert_num_queries(5):
            content = read(token).content
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 30
