"""Organisations added and put right."""

from datetime import date

import pytest

from accounts.actions import organisations
from accounts.models import Organisation
from records.models import Event
from records.refusals import Refused
from tests.accounts.places import AT

pytestmark = pytest.mark.django_db
FIELDS = {
    "name": "Harbour Youth Trust",
    "kind": "CHARITY",
    "areas": ["Dover", "Thanet"],
    "accountable_body": None,
    "note": "",
    "public_address_hidden": False,
}


def add(cast, by=None, numbers=None, **fields):
    return organisations.add_organisation(
        fields={**FIELDS, **fields},
        aliases=["HYT"],
        numbers=numbers or {"GB-CHC": ["0123456"]},
        by=by or cast.officer,
        at=AT,
    )


def change(cast, organisation, *, aliases=("HYT",), numbers=None, renamed_on=None, **fields):
    return organisations.change_organisation(
        organisation=organisation,
        fields={**FIELDS, **fields},
        aliases=aliases,
        numbers={"GB-CHC": ["0123456"]} if numbers is None else numbers,
        renamed_on=renamed_on,
        by=cast.officer,
        at=AT,
    )


def test_add_organisation_writes_row_names_numbers_and_event(cast):
    added = add(cast)

    assert (added.key, added.name, added.areas) == ("harbour-youth-trust", "Harbour Youth Trust", ["Dover", "Thanet"])
    assert list(added.other_names.values_list("name", "kind")) == [("HYT", "ALIAS")]
    assert list(added.identifiers.values_list("scheme", "number")) == [("GB-CHC", "0123456")]
    assert Event.objects.get().summary == "Harbour Youth Trust added"


@pytest.mark.parametrize(
    ("name", "key"), [("Harbour, Youth Trust!", "harbour-youth-trust-2"), ("Add", "add-2"), ("日本", "organisation")]
)
def test_add_organisation_finds_a_free_key(cast, name, key):
    add(cast)

    assert add(cast, name=name, numbers={"GB-COH": ["1"]}).key == key


def test_add_organisation_refused(cast):
    with pytest.raises(Refused):
        add(cast, by=cast.maidstone_lead)

    assert not Organisation.objects.filter(name=FIELDS["name"]).exists()


def test_change_organisation_says_what_changed(cast):
    added = add(cast)

    changed = change(cast, added, areas=["Dover"], aliases=["Harbour"], numbers={"GB-COH": ["00000001"]})

    assert list(changed.other_names.values_list("name", flat=True)) == ["Harbour"]
    assert Event.objects.get(verb="changed").changes == {
        "areas": ["Dover, Thanet", "Dover"],
        "other_names": ["HYT (also known as)", "Harbour (also known as)"],
        "numbers": ["GB-CHC-0123456", "GB-COH-00000001"],
    }


def test_change_organisation_without_a_change_writes_no_event(cast):
    change(cast, add(cast))

    assert not Event.objects.filter(verb="changed").exists()


def test_change_organisation_renamed_keeps_the_former_name(cast):
    renamed = change(cast, add(cast), name="Harbour Trust", renamed_on=date(2020, 4, 1))

    former = renamed.other_names.get(kind="FORMER")
    assert (renamed.name, former.name, former.until) == ("Harbour Trust", "Harbour Youth Trust", date(2020, 4, 1))


def test_change_organisation_corrected_keeps_no_former_name(cast):
    corrected = change(cast, add(cast), name="Harbour Youths Trust")

    assert not corrected.other_names.filter(kind="FORMER").exists()
