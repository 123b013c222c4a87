"""Organisations on screen."""

import pytest
from django.urls import reverse

from accounts.models import Organisation, OrganisationName
from tests.make.accounts import organisation

from .test_invitations import signed_in

pytestmark = pytest.mark.django_db
ENTRY = {
    "name": "Harbour Youth Trust",
    "kind": "CHARITY",
    "areas": "Dover,  Thanet , Dover",
    "aliases": "HYT\n\nHarbour",
    "number_chc": "0123456, 7654321",
}


def keys(page):
    return [row.key for row in page.context["page_obj"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=CSP", ["csp-maidstone", "csp-swale"]),
        ("area=Swale", ["csp-swale"]),
        ("words=OLD+swale", ["csp-swale"]),
        ("kind=CSP&area=Nowhere", ["csp-maidstone", "csp-swale"]),
        ("words=nothing-like-it", []),
        ("kind=CSP&sort=-name", ["csp-swale", "csp-maidstone"]),
    ],
)
def test_organisation_list_filters_and_sorts(cast, query, found):
    OrganisationName.objects.create(organisation=cast.swale, name="Old Swale Board", kind="FORMER")

    page = signed_in(cast.officer).get(reverse("accounts:organisation_list") + f"?{query}")

    assert keys(page) == found


def test_organisation_list_counts_people_once(cast):
    cast.maidstone_lead.memberships.create(
        organisation=cast.maidstone, role="CERTIFIER", started_at="2020-01-01T00:00Z"
    )

    page = signed_in(cast.reader).get(reverse("accounts:organisation_list") + "?words=Safer+Maidstone")

    assert [row.people for row in page.context["page_obj"]] == [3]


@pytest.mark.parametrize("rows", [1, 3])
def test_organisation_list_asks_the_same_of_the_database_however_long(cast, rows, django_assert_num_queries):
    for number in range(rows):
        organisation(f"trust-{number}", f"Trust {number}", "CHARITY")
    client = signed_in(cast.officer)

    with django_assert_num_queries(7):
        page = client.get(reverse("accounts:organisation_list") + "?words=trust")

    assert len(keys(page)) == rows


def test_organisation_list_as_csv(cast):
    answer = signed_in(cast.auditor).get(reverse("accounts:organisation_list") + "?format=csv&kind=CSP")

    assert answer.content.decode("utf-8-sig").splitlines() == [
        "Name,Kind,Areas,Accountable body,People,Example",
        "Safer Maidstone Partnership,Community Safety Partnership,Maidstone,Maidstone Borough Council,3,no",
        "Swale Community Safety Partnership,Community Safety Partnership,Swale,Swale Borough Council,2,no",
    ]


def test_organisation_show_tells_who_is_paid_and_who_acts(cast, django_assert_max_num_queries):
    client = signed_in(cast.officer)

    with django_assert_max_num_queries(14):
        page = client.get(cast.maidstone.get_absolute_url()).content.decode()

    assert "Maidstone Borough Council" in page
    assert "Lee Lead" in page
    assert "Invite somebody" in page


def test_organisation_new_adds(cast):
    answer = signed_in(cast.officer).post(reverse("accounts:organisation_new"), ENTRY, follow=True)

    added = Organisation.objects.get(name="Harbour Youth Trust")
    assert answer.redirect_chain == [("/organisations/harbour-youth-trust/", 302)]
    assert added.areas == ["Dover", "Thanet"]
    assert sorted(added.other_names.values_list("name", flat=True)) == ["HYT", "Harbour"]
    assert sorted(added.identifiers.values_list("number", flat=True)) == ["0123456", "7654321"]


def test_organisation_new_refuses_a_known_name_and_number(cast):
    client = signed_in(cast.officer)
    client.post(reverse("accounts:organisation_new"), ENTRY)

    page = client.post(reverse("accounts:organisation_new"), {**ENTRY, "name": "HARBOUR youth  Trust"}).content.decode()

    assert page.count("There is an organisation of this name already. Look for it in the list.") == 2
    assert page.count("0123456 is the number of Harbour Youth Trust.") == 2


def test_organisation_edit_shows_and_saves_the_entry(cast):
    client = signed_in(cast.officer)
    client.post(reverse("accounts:organisation_new"), ENTRY)
    address = reverse("accounts:organisation_edit", args=["harbour-youth-trust"])

    shown = client.get(address).context["form"].initial
    client.post(address, {**ENTRY, "name": "Harbour Trust", "renamed_on": "2020-04-01", "number_chc": "0123456"})

    saved = Organisation.objects.get(key="harbour-youth-trust")
    assert (shown["areas"], shown["number_chc"]) == ("Dover, Thanet", "0123456, 7654321")
    assert saved.name == "Harbour Trust"
    assert saved.other_names.get(kind="FORMER").name == "Harbour Youth Trust"
    assert saved.identifiers.count() == 1
