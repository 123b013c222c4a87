"""How many questions each page asks of the database: few, and the same for one row and for a thousand.

The limits: 12 for a list and a case, 20 for a home page, a dashboard and the pages that gather a whole subject.
"""

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation, User
from grants.models import Award, BusinessCase, Round
from records.models import Decision, Notice
from services.models import Contract
from tests.conftest import FULL_STRENGTH_ALONE
from tests.make import many

pytestmark = pytest.mark.django_db
SMALL, LARGE, GATHERED = 12, 20, 25
ROWS = pytest.mark.parametrize(
    "rows", [1, 3, pytest.param(1000, marks=[*FULL_STRENGTH_ALONE, pytest.mark.slow, pytest.mark.long])]
)

LISTS = {
    ("officer", "/rounds/"): 6,
    ("maidstone_lead", "/rounds/"): 6,
    ("officer", "/cases/"): 8,
    ("maidstone_lead", "/cases/"): 8,
    ("officer", "/decisions/"): 6,
    ("officer", "/awards/"): 7,
    ("maidstone_lead", "/awards/"): 7,
    ("officer", "/payments/"): 7,
    ("finance", "/payments/"): 7,
    ("officer", "/returns/"): 8,
    ("officer", "/returns/owed/"): 9,
    ("maidstone_lead", "/returns/"): 8,
    ("officer", "/contracts/"): 11,
    ("provider_lead", "/contracts/"): 11,
    ("officer", "/organisations/"): 7,
    ("officer", "/people/"): 9,
    ("head", "/people/"): 9,
    ("officer", "/people/invitations/"): 6,
    ("officer", "/notices/"): 8,
    ("pcc", "/dashboard/allocated/"): 7,
    ("pcc", "/dashboard/committed/"): 9,
    ("pcc", "/dashboard/released/"): 7,
    ("pcc", "/dashboard/spent/"): 7,
    ("pcc", "/dashboard/unspent/"): 7,
}
DOWNLOADS = {
    ("officer", "/rounds/?format=csv"): 4,
    ("officer", "/cases/?format=csv"): 4,
    ("officer", "/decisions/?format=csv"): 4,
    ("officer", "/awards/?format=csv"): 4,
    ("finance", "/payments/?format=csv"): 4,
    ("officer", "/returns/returns.csv"): 4,
    ("officer", "/returns/owed/owed.csv"): 5,
    ("officer", "/contracts/?format=csv"): 7,
    ("officer", "/organisations/?format=csv"): 5,
    ("officer", "/people/?format=csv"): 5,
    ("officer", "/notices/?format=csv"): 4,
    ("pcc", "/dashboard/committed/?format=csv"): 8,
    ("pcc", "/dashboard/spent/?format=csv"): 6,
}
HOMES = {
    ("officer", "/"): 23,
    ("head", "/"): 23,
    ("cfo", "/"): 14,
    ("pcc", "/"): 14,
    ("finance", "/"): 9,
    ("auditor", "/"): 9,
    ("maidstone_lead", "/"): 17,
    ("maidstone_certifier", "/"): 6,
    ("maidstone_signatory", "/"): 8,
}
DASHBOARDS = {("pcc", "/dashboard/"): 20, ("officer", "/plan/"): 20, ("maidstone_lead", "/plan/"): 18}
CASES = {("officer", "case"): 12, ("maidstone_lead", "case"): 12}
LONG = {("officer", "award"): 20, ("maidstone_lead", "award"): 16, ("officer", "monitoring_return"): 11}
LONG |= {("maidstone_lead", "workbook"): 15, ("maidstone_lead", "upload"): 18}
ROUNDS = {("officer", "round"): 16, ("maidstone_lead", "round"): 14}

# What is asked of `?page=`, and the page that answers.
ASKED_PAGES = {"2": "second", "999999": "last", "-1": "first", "abc": "first"}
FORMULA = '=HYPERLINK("http://example.org/","1")'
PLANTED = {
    Organisation: "name", User: "full_name", Round: "name", BusinessCase: "title", Decision: "title",
    Award: "title", Contract: "name", Notice: "heading",
}  # fmt: skip


def signed_in(world, name):
    client = Client()
    client.force_login(getattr(world, name), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def asked(world, table):
    """The number of queries each page of the table takes; a word without a slash names a subject of the world."""
    return {(name, page): queries(signed_in(world, name), path_of(world, page)) for name, page in table}


def path_of(world, page):
    return page if "/" in page else getattr(world, page).get_absolute_url()


def queries(client, path):
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(path)
    assert answer.status_code == 200, path
    return len(caught)


def listed(client, path):
    """How many rows a list holds on all its pages."""
    return client.get(path).context["page_obj"].paginator.count


def plant(words):
    """These words as the name of everything that has one, past every form."""
    with many.asleep(*PLANTED) as cursor:
        for model, field in PLANTED.items():
            table = model._meta.db_table
            cursor.execute(f'UPDATE "{table}" SET "{field}" = %s || \' \' || id', [words])


def test_budgets_are_kept_by_the_literal_numbers():
    assert max({**LISTS, **CASES, **DOWNLOADS}.values()) <= SMALL
    assert max({**DASHBOARDS, **LONG, **ROUNDS}.values()) <= LARGE
    assert max(HOMES.values()) <= GATHERED


@ROWS
def test_lists_and_downloads_ask_the_same_for_any_number_of_rows(rows):
    world = many.years(rows)

    assert asked(world, LISTS | DOWNLOADS) == LISTS | DOWNLOADS
    assert {(name, path) for name, path in LISTS if listed(signed_in(world, name), path) < rows} == set()


@ROWS
def test_home_pages_ask_the_same_for_any_amount_of_work(rows):
    world = many.work(rows)

    assert asked(world, HOMES) == HOMES


@ROWS
@pytest.mark.parametrize(
    ("make", "table"),
    [
        pytest.param(many.streams, DASHBOARDS, id="dashboards"),
        pytest.param(many.projects, CASES, id="cases"),
        pytest.param(many.lines, LONG, id="awards-and-returns"),
        pytest.param(many.invited, ROUNDS, id="rounds"),
    ],
)
def test_pages_of_one_subject_ask_the_same_for_any_number_of_parts(rows, make, table):
    world = make(rows)

    assert asked(world, table) == table


def test_lists_answer_any_page_number_with_the_last_or_the_first():
    world = many.years(60)

    for path, name in {path: name for name, path in LISTS}.items():
        client = signed_in(world, name)
        last = client.get(path).context["page_obj"].paginator.num_pages
        answers = [client.get(f"{path}?page={page}") for page in ASKED_PAGES]
        expected = [{"first": 1, "second": min(2, last), "last": last}[end] for end in ASKED_PAGES.values()]

        assert {answer.status_code for answer in answers} == {200}, path
        assert [answer.context["page_obj"].number for answer in answers] == expected, path


def test_downloads_hold_every_row_and_no_live_formula():
    world = many.years(30)
    plant(FORMULA)

    for name, path in DOWNLOADS:
        client = signed_in(world, name)
        _header, *lines = csv.reader(io.StringIO(client.get(path).content.decode("utf-8-sig")))
        cells = [cell for line in lines for cell in line]

        assert len(lines) == listed(client, re.sub(r"\?format=csv|returns\.csv|owed\.csv", "", path)), path
        assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@", "-", "\t"))] == [], path
        assert any(cell.startswith(f"'{FORMULA}") for cell in cells), path
