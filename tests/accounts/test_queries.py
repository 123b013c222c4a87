"""Who sees whom."""

import pytest

from accounts import queries
from accounts.models import Organisation, OrganisationIdentifier, OrganisationName, User
from records.enums import Audience
from tests.make import accounts as make_accounts

pytestmark = pytest.mark.django_db


def keys(rows):
    return sorted(rows.values_list("key", flat=True))


@pytest.mark.parametrize(
    ("who", "managed"),
    [
        ("maidstone_lead", ["csp-maidstone"]),
        ("maidstone_contributor", []),
        ("chief_executive", ["office"]),
        ("auditor", []),
        ("officer", ["csp-maidstone", "csp-swale", "maidstone-council", "provider", "swale-council", "yot"]),
        ("head", ["csp-maidstone", "csp-swale", "maidstone-council", "office", "provider", "swale-council", "yot"]),
    ],
)
def test_managed_by(cast, who, managed):
    assert keys(queries.managed_by(getattr(cast, who))) == managed


def test_people_visible_to_a_lead_are_those_of_the_organisation(cast):
    seen = queries.people_visible_to(cast.maidstone_lead)

    assert set(seen) == {cast.maidstone_lead, cast.maidstone_contributor, cast.maidstone_certifier}


def test_people_visible_to_the_office_are_all(cast):
    assert queries.people_visible_to(cast.officer).count() == User.objects.count() == 20


def test_roles_shown_to_a_lead_leave_out_other_organisations(cast):
    cast.swale_lead.memberships.create(organisation=cast.maidstone, role="CERTIFIER", started_at="2020-01-01T00:00Z")
    people = queries.people_visible_to(cast.maidstone_lead).prefetch_related(queries.roles_shown(cast.maidstone_lead))

    roles = people.get(pk=cast.swale_lead.pk).current_roles

    assert [(role.organisation.key, role.role) for role in roles] == [("csp-maidstone", "CERTIFIER")]


@pytest.mark.parametrize("words", ["Safer Maid", "safer maid", "Old Maidstone", "777", "Maidst"])
def test_find_organisations_by_any_name_number_or_area(cast, words):
    OrganisationName.objects.create(organisation=cast.maidstone, name="Old Maidstone Board", kind="FORMER")
    OrganisationIdentifier.objects.create(organisation=cast.maidstone, scheme="GB-LAE", number="0777")

    found = queries.find_organisations(Organisation.objects.filter(kind="CSP"), words)

    assert keys(found) == ["csp-maidstone"]


def test_areas_are_each_named_once(cast):
    assert queries.areas() == ["Maidstone", "Swale"]


def test_people_for_the_signatory_asks_the_payee(cast):
    assert list(queries.people_for(Audience.SIGNATORY, cast.maidstone)) == [cast.maidstone_signatory]


@pytest.mark.parametrize("audience", Audience)
def test_people_book_knows_the_same_people_as_people_for(cast, audience):
    make_accounts.person(cast.maidstone_lead.email, "Lee Lead", "CONTRIBUTOR", cast.maidstone)
    cast.maidstone_contributor.memberships.update(ended_at=cast.maidstone_lead.date_joined)
    User.objects.filter(pk=cast.other_officer.pk).update(is_active=False)
    book = queries.people_book()

    for organisation in [None, *Organisation.objects.all()]:
        expected = queries.people_for(audience, organisation).order_by("pk")
        assert sorted(book(audience, organisation), key=lambda person: person.pk) == list(expected)
