"""Pages of support: how many questions they ask, and a walk from the suggestion to the feedback (B1)."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monitoring.actions import outside_funding
from monitoring.models import CapacityOffer, CapacitySession, CapacitySuggestion, SignUp
from tests.make import capacity as make

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def _django_db_helper(support):
    """In place of a transaction for each test: that of the module."""


@pytest.fixture
def page(support, settings):
    """The page as somebody sees it, each signed in once."""
    settings.SECOND_FACTOR_REQUIRED = False
    clients = {}

    def read(name, path, **posted):
        if name not in clients:
            clients[name] = Client()
            clients[name].force_login(getattr(support.cast, name), backend=BACKEND)
        client = clients[name]
        return client.post(path, posted, follow=True) if posted else client.get(path, follow=True)

    return read


def rows(support, number):
    """So many suggestions, entries of money, past sessions with people in them, and triggers."""
    cast, offer = support.cast, support.offer
    people = (cast.maidstone_lead, cast.maidstone_contributor, cast.maidstone_certifier)
    for place in range(number):
        CapacitySuggestion.objects.create(
            offer=offer, organisation=cast.maidstone, kind="QUERIED", about=f"MR-{place}", reason="Asked",
            suggested_at=make.AT,
        )  # fmt: skip
        outside_funding.record_funding(
            organisation=cast.maidstone, funder="Lottery", purpose="Club", won_on=make.AT.date(), offer=offer,
            how_it_helped=["LETTER"], by=cast.officer, at=make.AT,
        )  # fmt: skip
        make.trigger(cast, offer, "AUDIT", words=str(place))
        day = make.STARTS + timedelta(days=place)
        session = make.session(cast, offer, starts_at=day, at=make.AT)
        row = SignUp.objects.create(
            session=session, organisation=cast.maidstone, person=people[place], signed_up_at=make.AT, attended=True
        )
        SignUp.objects.create(
            session=support.session, organisation=cast.maidstone, person=row.person, signed_up_at=make.AT
        )
        make.offer(cast)


BUDGETS = {
    ("officer", "/support/"): 6,
    ("maidstone_lead", "/support/"): 8,
    ("officer", "/support/?format=csv"): 4,
    ("officer", "offer"): 11,
    ("maidstone_lead", "offer"): 10,
    ("officer", "session"): 9,
    ("maidstone_lead", "session"): 7,
    ("officer", "/support/suggestions/"): 8,
    ("maidstone_lead", "/support/suggestions/"): 8,
    ("officer", "/support/before-and-after/"): 9,
    ("officer", "/support/funding/"): 9,
    ("maidstone_lead", "/support/funding/"): 9,
}


@pytest.mark.parametrize("number", [1, 3])
def test_support_pages_ask_the_same_for_any_number_of_rows(support, page, number):
    rows(support, number)
    places = {"offer": support.offer.get_absolute_url(), "session": support.session.get_absolute_url()}
    asked = {}
    for who, _path in BUDGETS:
        page(who, "/healthz")
    for who, path in BUDGETS:
        with CaptureQueriesContext(connection) as caught:
            assert page(who, places.get(path, path)).status_code == 200
        asked[who, path] = len(caught)

    assert asked == BUDGETS


def test_support_from_the_suggestion_to_the_feedback(support, page):
    cast, now = support.cast, timezone.now()
    held = make.session(cast, support.offer, starts_at=now + timedelta(days=3), places=1, at=now)
    CapacitySuggestion.objects.create(
        offer=support.offer, organisation=cast.maidstone, kind="QUERIED", about="MR-1", reason="Asked about spend",
        suggested_at=now,
    )  # fmt: skip
    assert "Asked about spend" in page("maidstone_lead", "/support/").text
    who = [f"{cast.maidstone.pk}:{person.pk}" for person in (cast.maidstone_lead, cast.maidstone_contributor)]

    joined = page("maidstone_lead", f"{held.get_absolute_url()}join/", who=who)

    assert "1 signed up, 1 on the waiting list. They are told by e-mail." in joined.text
    assert "Asked about spend" not in page("maidstone_lead", "/support/").text
    CapacitySession.objects.filter(pk=held.pk).update(
        starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=1)
    )
    row = SignUp.objects.get(session=held, person=cast.maidstone_lead)
    assert "Saved." in page("officer", f"{held.get_absolute_url()}who-came/", came=[row.pk]).text
    thanked = page("maidstone_lead", f"/support/sign-ups/{row.pk}/feedback/", rating="5", feedback="Clear.")
    assert "The office reads what you wrote" in thanked.text
    assert "Clear." in page("officer", held.get_absolute_url()).text
    assert "Clear." not in page("maidstone_contributor", held.get_absolute_url()).text


def test_support_forms_keep_what_was_typed_when_the_act_is_refused(support, page):
    typed = {
        "day_day": "1", "day_month": "2", "day_year": "2020", "starts": "10:00", "ends": "9am", "place": "The old hall",
    }  # fmt: skip

    answer = page("officer", f"{support.offer.get_absolute_url()}sessions/new/", **typed)

    assert "That time has passed. Enter one that is still to come." in answer.text
    assert "The old hall" in answer.text


def test_support_new_is_a_draft_until_it_is_opened(support, page):
    given = {"kind": "TEMPLATE", "title": "Budget sheet", "description": "A sheet.", "for_whom": ""}

    answer = page("officer", "/support/new/", **given)

    offer = CapacityOffer.objects.get(title="Budget sheet")
    assert "Add the file that people are to download first." in answer.text
    assert offer.status == "DRAFT"
    assert "Budget sheet" not in page("maidstone_lead", "/support/").text


def test_support_names_nobody_of_other_organisations(support, page):
    make.signed_up(support.cast, support.session, support.cast.maidstone_contributor)

    assert "Mo Contributor" in page("maidstone_lead", support.session.get_absolute_url()).text
    assert "Mo Contributor" not in page("swale_lead", support.session.get_absolute_url()).text
    assert "Mo Contributor" not in page("swale_lead", support.offer.get_absolute_url()).text


def test_support_effect_says_that_it_shows_no_cause_and_downloads(support, page):
    make.came(support.cast, support.offer)

    shown = page("officer", "/support/before-and-after/").text
    header, line = csv.reader(
        io.StringIO(page("officer", "/support/before-and-after/?format=csv").content.decode("utf-8-sig"))
    )

    assert "It does not show that the support made the difference" in shown
    assert (header[0], header[4], header[-1]) == ("Offer", "Before: return", "After: Verdict")
    assert (line[1], line[3], len(line)) == ("Safer Maidstone Partnership", "1", len(header))
    assert page("officer", "/support/before-and-after/?offer=SU-1").status_code == 404


def test_support_session_calendar_holds_the_hours(support, page):
    answer = page("maidstone_lead", f"{support.session.get_absolute_url()}session.ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART:20201109T100000Z" in answer.content


def test_support_funding_list_adds_up_what_is_found(support, page):
    given = {"funder": "Lottery", "purpose": "Club", "won_on": make.AT.date(), "by": support.cast.officer}
    for body, amount in ((support.cast.maidstone, 500), (support.cast.swale, None)):
        outside_funding.record_funding(organisation=body, amount=amount, at=make.AT, **given)

    assert "At least £500: the sum of 1 is not known" in page("officer", "/support/funding/").text
    assert "<strong>£500</strong>" in page("maidstone_lead", "/support/funding/").text
    chosen = f"/support/funding/?organisation={support.cast.maidstone.pk}"
    assert "<strong>£500</strong>" in page("officer", chosen).text
