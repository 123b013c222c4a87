"""The office's pages of complaints: the same questions for any number of rows, and restricted ones nowhere (P2)."""

import csv
import io
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from monitoring.actions import concerns as actions
from monitoring.queries import concern_work
from tests.make import accounts
from tests.make import concerns as make

pytestmark = pytest.mark.django_db
PAGES = {
    ("officer", "/complaints/"): 7,
    ("officer", "/complaints/complaints.csv"): 4,
    ("officer", "/complaints/figures/"): 7,
    ("provider_lead", "/complaints/"): 7,
}
SECRET = "Silvergate refuge"


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        assert connection.settings_dict["NAME"].startswith(connection.settings_dict["TEST"]["NAME"])
        make.delivered()
        yield SimpleNamespace(cast=accounts.cast())
        transaction.set_rollback(True)


@pytest.fixture
def world(made):
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)


def some(cast, number):
    """So many complaints that the provider was told of, each with an answer and a change agreed."""
    for one in range(number):
        concern = make.answered(cast, make.taken_up(cast, make.ordinary(cast, about=f"Service {one}")))
        actions.agree_learning(
            concern=concern, action="Call", by_office=True, due_on=make.DUE, by=cast.officer, at=make.ANSWERED
        )


def asked(client, path):
    with CaptureQueriesContext(connection) as caught:
        response = client.get(path)
    assert response.status_code == 200
    return len(caught)


@pytest.mark.parametrize("rows", [1, 3])
def test_concern_pages_ask_the_same_for_any_number_of_rows(signed_in, cast, rows):
    some(cast, rows)

    assert {key: asked(signed_in(getattr(cast, key[0])), key[1]) for key in PAGES} == PAGES


def test_concern_show_asks_at_most_twenty_questions(signed_in, cast):
    concern = make.answered(cast)

    assert asked(signed_in(cast.officer), concern.get_absolute_url()) <= 20


def test_concern_list_csv_names_no_complainant_and_no_restricted_complaint(signed_in, cast):
    make.taken_up(cast)
    make.restricted(cast, about=SECRET)

    text = signed_in(cast.officer).get("/complaints/complaints.csv").content.decode("utf-8-sig")
    [header, line] = csv.reader(io.StringIO(text))
    assert dict(zip(header, line, strict=True))["Reference"] == "CM-2020-001"
    assert [word for word in ("Cara", "cara@example.org", SECRET) if word in text] == []


def test_concern_pages_show_a_restricted_complaint_to_its_two_people_alone(signed_in, cast):
    concern = make.restricted(cast, about=SECRET)

    for path in ("/complaints/", "/complaints/?words=Silvergate", concern.get_absolute_url()):
        assert SECRET in signed_in(cast.finance).get(path).content.decode()
    for person in (cast.other_officer, cast.head, cast.pcc):
        client = signed_in(person)
        assert client.get(concern.get_absolute_url()).status_code == 404
        assert SECRET not in client.get("/complaints/").content.decode()
        assert concern_work.office_work(person, make.DUE) == {}


def test_concern_work_waits_for_whoever_answers_the_stage(cast):
    make.taken_up(cast)
    new = make.ordinary(cast, about="Another")

    headings = {
        name: set(concern_work.office_work(getattr(cast, name), make.DUE)) for name in ("officer", "head", "pcc")
    }
    assert headings == {"officer": {concern_work.TAKE_UP}, "head": {concern_work.TAKE_UP}, "pcc": set()}
    assert [work.due_on for work in concern_work.partner_work(cast.provider_lead, make.DUE)[concern_work.ANSWER]] == [
        make.DUE
    ]
    make.taken_up(cast, new, level=4)
    assert set(concern_work.office_work(cast.pcc, make.DUE)) == {concern_work.ANSWER}


def test_concern_show_gives_the_organisation_no_address_of_the_complainant(signed_in, cast):
    concern = make.taken_up(cast)

    page = signed_in(cast.provider_lead).get(concern.get_absolute_url()).content.decode()

    assert "Nobody called me back for three weeks." in page
    assert "cara@example.org" not in page
