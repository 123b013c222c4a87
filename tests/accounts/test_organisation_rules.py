"""Why an organisation may not be added or changed."""

import pytest

from accounts import rules
from accounts.enums import OrganisationKind

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "kind", "sentence"),
    [
        ("officer", OrganisationKind.CHARITY, ""),
        ("head", OrganisationKind.CSP, ""),
        ("officer", OrganisationKind.OFFICE, "The office comes from the plan file. Choose another kind."),
        ("finance", OrganisationKind.CSP, "Only a commissioning officer may add or change organisations."),
        ("maidstone_lead", OrganisationKind.CSP, "Only a commissioning officer may add or change organisations."),
    ],
)
def test_why_not_add_organisation(cast, who, kind, sentence):
    assert rules.why_not_add_organisation(kind=kind, user=getattr(cast, who)) == sentence


@pytest.mark.parametrize(
    ("who", "where", "kind", "sentence"),
    [
        ("officer", "maidstone", OrganisationKind.CHARITY, ""),
        ("officer", "office", OrganisationKind.OFFICE, ""),
        (
            "officer",
            "maidstone",
            OrganisationKind.OFFICE,
            "An organisation cannot become the office, nor the office another organisation.",
        ),
        (
            "officer",
            "office",
            OrganisationKind.CSP,
            "An organisation cannot become the office, nor the office another organisation.",
        ),
        (
            "maidstone_lead",
            "maidstone",
            OrganisationKind.CSP,
            "Only a commissioning officer may add or change organisations.",
        ),
    ],
)
def test_why_not_change_organisation(cast, who, where, kind, sentence):
    found = rules.why_not_change_organisation(getattr(cast, where), kind=kind, user=getattr(cast, who))

    assert found == sentence
