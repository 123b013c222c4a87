"""People on screen."""

import pytest
from django.urls import reverse

from accounts.models import Membership, User
from tests.make.accounts import person

from .test_invitations import signed_in

pytestmark = pytest.mark.django_db


def names(page):
    return [row.full_name for row in page.context["page_obj"]]


def test_people_list_of_a_lead_is_the_organisation(cast):
    page = signed_in(cast.maidstone_lead).get(reverse("accounts:people_list"))

    assert names(page) == ["Cy Certifier", "Lee Lead", "Mo Contributor"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=natory", ["Sig Natory", "Sue Natory", "Yo Natory"]),
        ("organisation=csp-swale", ["Col Certifier", "Sam Stranger"]),
        ("role=FINANCE_OFFICER", ["Fin Ance"]),
        ("role=LEAD&words=stranger", ["Sam Stranger"]),
        ("account=closed", []),
        ("words=nobody-at-all", []),
    ],
)
def test_people_list_filters(cast, query, found):
    page = signed_in(cast.officer).get(reverse("accounts:people_list") + f"?{query}")

    assert names(page) == found


def test_people_list_sorts_downwards(cast):
    page = signed_in(cast.maidstone_lead).get(reverse("accounts:people_list") + "?sort=-name")

    assert names(page) == ["Mo Contributor", "Lee Lead", "Cy Certifier"]


def test_people_list_as_csv(cast):
    User.objects.filter(pk=cast.maidstone_lead.pk).update(full_name="=cmd()")

    answer = signed_in(cast.maidstone_lead).get(reverse("accounts:people_list") + "?format=csv&words=cmd")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith('\'=cmd(),lead@maidstone.example.org,,"Lead, Safer Maidstone Partnership"')
    assert len(lines) == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_people_list_asks_the_same_of_the_database_however_long(cast, rows, django_assert_num_queries):
    Membership.objects.exclude(user=cast.swale_lead).filter(organisation=cast.swale).delete()
    for number in range(rows - 1):
        person(f"more{number}@swale.example.org", f"More {number}", "CONTRIBUTOR", cast.swale)
    client = signed_in(cast.swale_lead)

    with django_assert_num_queries(9):
        page = client.get(reverse("accounts:people_list"))

    assert len(names(page)) == rows


def test_person_show_tells_why_a_role_cannot_end(cast):
    page = signed_in(cast.officer).get(cast.maidstone_lead.get_absolute_url()).content.decode()

    assert "Lee Lead is the only lead of Safer Maidstone Partnership." in page


def test_person_show_stranger_is_not_found(cast):
    assert signed_in(cast.swale_lead).get(cast.maidstone_lead.get_absolute_url()).status_code == 404


def test_person_close_needs_a_reason(cast):
    address = reverse("accounts:person_close", args=[cast.maidstone_contributor.pk])

    page = signed_in(cast.officer).post(address, {})

    assert page.content.decode().count("Say why") == 2
    cast.maidstone_contributor.refresh_from_db()
    assert cast.maidstone_contributor.is_active is True


def test_person_close_happy_path(cast):
    address = reverse("accounts:person_close", args=[cast.maidstone_contributor.pk])

    answer = signed_in(cast.officer).post(address, {"reason": "Left"}, follow=True)

    assert "The account of Mo Contributor is closed." in answer.content.decode()
    cast.maidstone_contributor.refresh_from_db()
    assert cast.maidstone_contributor.is_active is False


def test_person_close_of_the_last_lead_says_a_sentence(cast):
    address = reverse("accounts:person_close", args=[cast.maidstone_lead.pk])

    answer = signed_in(cast.officer).post(address, {"reason": "Left"}, follow=True)

    assert answer.redirect_chain == [(cast.maidstone_lead.get_absolute_url(), 302)]
    assert "is the only lead of Safer Maidstone Partnership" in answer.content.decode()


def test_membership_start_and_end(cast):
    client = signed_in(cast.maidstone_lead)

    client.post(reverse("accounts:membership_start", args=[cast.maidstone_contributor.pk]), {"role": "CERTIFIER"})
    given = cast.maidstone_contributor.memberships.get(role="CERTIFIER")
    client.post(reverse("accounts:membership_end", args=[given.pk]), {"reason": "Only for May"})

    given.refresh_from_db()
    assert given.ended_at is not None


def test_membership_start_twice_is_said_at_the_form(cast):
    address = reverse("accounts:membership_start", args=[cast.maidstone_contributor.pk])

    page = signed_in(cast.maidstone_lead).post(address, {"role": "CONTRIBUTOR"}).content.decode()

    assert "Mo Contributor is already contributor of Safer Maidstone Partnership." in page


def test_membership_end_of_a_stranger_is_not_found(cast):
    address = reverse("accounts:membership_end", args=[cast.maidstone_contributor.memberships.get().pk])

    assert signed_in(cast.swale_lead).post(address, {"reason": "x"}).status_code == 404


def test_profile_saves_own_details(cast):
    client = signed_in(cast.maidstone_lead)

    answer = client.post(reverse("accounts:profile"), {"full_name": "Lee L", "telephone": "01622"}, follow=True)

    assert "Your details are saved." in answer.content.decode()
    cast.maidstone_lead.refresh_from_db()
    assert (cast.maidstone_lead.full_name, cast.maidstone_lead.telephone) == ("Lee L", "01622")
