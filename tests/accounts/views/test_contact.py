"""How we write to you, your calendar, and the people we cannot reach, on screen."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import contact
from accounts.models import CalendarFeed, Membership
from records.models import BadAddress, Message
from tests.accounts.places import AT

from .test_invitations import signed_in

pytestmark = pytest.mark.django_db
ANSWER = "550 5.1.1 No such person here"


def make_unreachable(person):
    message = Message.objects.create(
        person=person, to=person.email, heading="News", body="B", created_at=AT, next_try_at=AT, status="FAILED"
    )
    BadAddress.objects.create(address=person.email, since=AT, answer=ANSWER, next_try_at=AT, message=message)


def test_mail_choice_is_saved(cast):
    client = signed_in(cast.maidstone_lead)

    page = client.post(reverse("accounts:mail_choice"), {"choice": "SINGLE"}, follow=True)

    assert "Your choice is saved." in page.content.decode()
    cast.maidstone_lead.refresh_from_db()
    assert cast.maidstone_lead.mail_choice == "SINGLE"


@pytest.mark.parametrize("choice", ["", "NEVER"])
def test_mail_choice_offers_no_silence(cast, choice):
    page = signed_in(cast.maidstone_lead).post(reverse("accounts:mail_choice"), {"choice": choice})

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["choice"]


def test_profile_leads_to_mail_and_calendar(cast):
    page = signed_in(cast.maidstone_lead).get(reverse("accounts:profile")).content.decode()

    assert f'href="{reverse("accounts:mail_choice")}"' in page
    assert f'href="{reverse("accounts:calendar")}"' in page


def test_calendar_make_shows_the_address_this_once(cast):
    client = signed_in(cast.maidstone_lead)

    made = client.post(reverse("accounts:calendar_make"))
    again = client.get(reverse("accounts:calendar")).content.decode()

    address = re.search(r"http://localhost:8000/calendar/([\w-]{43})\.ics", made.content.decode())
    assert f"webcal://localhost:8000/calendar/{address[1]}.ics" in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert address[1] not in again and "An address is in use" in again and "Not yet" in again


def test_calendar_make_in_place_of_another_says_that_the_old_one_stopped(cast):
    client = signed_in(cast.maidstone_lead)

    pages = [client.post(reverse("accounts:calendar_make")).content.decode() for _ in range(2)]

    assert ["The old address has stopped working." in page for page in pages] == [False, True]


def test_calendar_revoke_says_so_and_offers_a_new_one(cast):
    person = cast.maidstone_lead
    contact.make_calendar_feed(person=person, by=person, at=AT)

    page = signed_in(person).post(reverse("accounts:calendar_revoke"), follow=True).content.decode()

    assert "The address no longer works." in page and "Make a private address" in page
    assert CalendarFeed.objects.get().revoked_at


def test_calendar_revoke_without_one_is_a_sentence(cast):
    answer = signed_in(cast.maidstone_lead).post(reverse("accounts:calendar_revoke"))

    assert answer.status_code == 409
    assert "You have no calendar address in use." in answer.content.decode()


@pytest.mark.parametrize("path", ["/", "/profile/mail/", "/profile/", "/cases/", "/reminders/", "/nowhere/"])
def test_a_person_who_cannot_be_reached_is_told_so_on_every_page(cast, path):
    """Found by looking: only two pages said it."""
    make_unreachable(cast.officer)

    page = signed_in(cast.officer).get(path).content.decode()

    assert page.count("We cannot reach you at officer@opcc.example.org.") == 1
    assert (ANSWER in page) == (path in {"/", "/profile/mail/"})
    assert ('href="/profile/mail/">What you can do</a>' in page) == (path not in {"/", "/profile/mail/"})
    assert "We cannot reach you" not in signed_in(cast.maidstone_lead).get(path).content.decode()


def test_a_person_without_a_role_who_cannot_be_reached_is_told_so(cast):
    Membership.objects.filter(user=cast.maidstone_lead).update(ended_at=AT)
    make_unreachable(cast.maidstone_lead)

    assert "We cannot reach you" in signed_in(cast.maidstone_lead).get("/profile/").content.decode()


def test_the_banner_costs_those_who_are_reached_no_question(cast, django_assert_num_queries):
    client = signed_in(cast.maidstone_lead)
    with CaptureQueriesContext(connection) as reached:
        client.get("/rounds/")
    make_unreachable(cast.maidstone_lead)

    with django_assert_num_queries(len(reached) + 1):
        client.get("/rounds/")
    assert [
        one["sql"] for one in reached if "records_badaddress" in one["sql"] and "accounts_membership" not in one["sql"]
    ] == []


def test_people_pages_show_who_cannot_be_reached(cast):
    make_unreachable(cast.maidstone_lead)
    client = signed_in(cast.officer)

    whole = client.get(reverse("accounts:people_list")).content.decode()
    filtered = client.get(reverse("accounts:people_list"), {"account": "unreached"})
    person = client.get(cast.maidstone_lead.get_absolute_url()).content.decode()
    log = client.get(reverse("notice_list")).content.decode()

    assert whole.count("Cannot be reached</strong>") == 1
    assert [row.full_name for row in filtered.context["page_obj"]] == ["Lee Lead"]
    assert "Cannot be reached by e-mail since 4 May 2020" in person and ANSWER in person
    assert "1 letter not delivered" in person
    assert "1 person cannot be reached by e-mail" in log


def test_people_list_csv_says_who_can_be_reached(cast):
    make_unreachable(cast.maidstone_lead)

    answer = signed_in(cast.maidstone_lead).get(reverse("accounts:people_list"), {"format": "csv"})

    reached = {line.split(",")[0]: line.rsplit(",", 1)[1] for line in answer.content.decode("utf-8-sig").splitlines()}
    assert reached == {"Name": "Can be reached", "Cy Certifier": "yes", "Lee Lead": "no", "Mo Contributor": "yes"}
