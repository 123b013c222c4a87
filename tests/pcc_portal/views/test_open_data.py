"""Pages and files of contracts as open data."""

import json
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.make import accounts, evidence, plans
from tests.make import services as make

pytestmark = pytest.mark.django_db
QUERIES = 12


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        cast = accounts.cast()
        plan = plans.plan(cast)
        rich = evidence.rich_contract(cast, plan)
        bare = make.contract(cast, plan, key="bare", provider=None, is_example=True)
        yield SimpleNamespace(cast=cast, plan=plan, rich=rich, bare=bare)
        transaction.set_rollback(True)


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(world.cast.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_open_contracting_says_what_each_release_leaves_out(client, world):
    rows = {row.contract.key: row.left_out for row in client.get("/contracts/open-contracting/").context["rows"]}

    assert rows == {
        "rich": (
            "The value: it is not known for every day of the agreed term",
            "1 document without a copy for the public",
        ),
        "bare": (
            "The provider: none is entered",
            "The value: it is not known for every day of the agreed term",
            "The published notices: none is entered",
        ),
    }


def test_open_contracting_says_when_the_prefix_is_not_registered(client, settings):
    warning = "begin with a prefix that is not registered"
    assert warning in client.get("/contracts/open-contracting/").content.decode()

    settings.OCDS_PREFIX = "ocds-abc123"
    assert warning not in client.get("/contracts/open-contracting/").content.decode()


def test_open_contracting_all_leaves_example_data_out(client, world):
    answer = client.get("/contracts/open-contracting.json")

    package = json.loads(answer.content)
    assert [release["contracts"][0]["id"] for release in package["releases"]] == [world.rich.reference]
    assert package["uri"] == "http://localhost:8000/contracts/open-contracting.json"
    assert answer["Content-Disposition"] == 'attachment; filename="open-contracting.json"'
    assert answer["Content-Type"] == "application/json; charset=utf-8"


def test_open_contracting_one_holds_that_contract(client, world):
    package = json.loads(client.get(f"/contracts/{world.bare.reference}/open-contracting.json").content)

    assert [release["contracts"][0]["title"] for release in package["releases"]] == ["EXAMPLE DATA: Support service"]
    assert client.get("/contracts/CT-1999-001/open-contracting.json").status_code == 404


def test_open_contracting_asks_the_same_for_two_contracts_and_for_five(client, world):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            client.get("/contracts/open-contracting/")
        return len(caught)

    before = asked()
    for number in range(3):
        make.contract(world.cast, world.plan, key=f"more-{number}")

    assert (before, asked()) == (QUERIES, QUERIES)
