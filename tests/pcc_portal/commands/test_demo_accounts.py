"""Invented people for a demonstration: one for each role, with passwords that stay."""

import json
import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import RoleName
from accounts.models import User
from tests.make import accounts as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings, tmp_path):
    settings.DEMONSTRATION = True
    settings.PCC_VAR = tmp_path
    return tmp_path


@pytest.fixture
def organisations(db):
    office = make.organisation("office", "Office", "OFFICE")
    council = make.organisation("example-council", "Example Council", "LOCAL_AUTHORITY", is_example=True)
    make.organisation("csp-real", "Real Partnership", "CSP")
    make.organisation("example-csp", "Example Partnership", "CSP", accountable_body=council, is_example=True)
    make.organisation("example-third", "Example Third Party", "STATUTORY_THIRD_PARTY", is_example=True)
    make.organisation("example-provider", "Example Provider", "PROVIDER", is_example=True)
    return office


def run():
    printed = StringIO()
    call_command("demo_accounts", stdout=printed)
    return printed.getvalue()


def listed(place):
    return json.loads((place / "demo-accounts.json").read_text())


def test_demo_accounts_makes_one_for_each_role(place, organisations):
    printed = run()

    rows = listed(place)
    assert {row["role"] for row in rows} == {role.label for role in RoleName}
    assert len(rows) == 16
    assert [row["organisation"] for row in rows][8:] == [
        *["Example Partnership"] * 3,
        "Example Council",
        *["Example Third Party"] * 3,
        "Example Provider",
    ]
    for row in rows:
        person = User.objects.get(email=row["email"])
        assert person.is_example
        assert person.check_password(row["password"])
        assert row["email"] in printed
    assert stat.S_IMODE((place / "demo-accounts.json").stat().st_mode) == 0o600


def test_demo_accounts_again_changes_nothing(place, organisations):
    run()
    before = (listed(place), list(User.objects.order_by("pk").values_list("password", flat=True)))

    run()

    assert (listed(place), list(User.objects.order_by("pk").values_list("password", flat=True))) == before


def test_demo_accounts_gives_a_changed_password_back(place, organisations):
    run()
    row = listed(place)[0]
    person = User.objects.get(email=row["email"])
    person.set_password("changed during the demonstration")
    person.save()

    run()

    person.refresh_from_db()
    assert person.check_password(row["password"])


def test_demo_accounts_takes_the_people_a_plan_file_brought(place, organisations):
    person = make.person("head@example.org", "Hed Example", RoleName.HEAD_OF_COMMISSIONING, organisations)
    User.objects.filter(pk=person.pk).update(is_example=True, password="!")

    run()

    assert [row["email"] for row in listed(place) if row["role"] == "Head of commissioning"] == ["head@example.org"]


def test_demo_accounts_leaves_real_people_alone(place, organisations):
    real = make.person("head@example.org", "Real Head", RoleName.HEAD_OF_COMMISSIONING, organisations)

    run()

    real.refresh_from_db()
    assert real.check_password(make.PASSWORD)
    assert "head@example.org" not in [row["email"] for row in listed(place)]


def test_demo_accounts_refuses_where_work_is_done(place, organisations, settings):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="This is not a demonstration"):
        run()

    assert not User.objects.exists()


def test_demo_accounts_asks_for_a_plan_first(place, db):
    with pytest.raises(CommandError, match="Load a plan file first"):
        run()
