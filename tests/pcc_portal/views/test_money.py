"""The money pages: every figure opens its rows and agrees with them; the same questions for any number of rows."""

import csv
import io
import re
from copy import deepcopy
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pcc_portal.queries import money_sources
from plans.models import SourceMovement
from tests.kept import kept
from tests.make import awards as make
from tests.make import money, opportunities

PAGES = {
    "/money/": 20,
    "/money/sources/own/": 20,
    "/money/streams/crg-csp/": 20,
    "/money/rows/promised/": 20,
    "/money/years/": 20,
    "/money/years/all/": 20,
    "/money/half-years/": 20,
    "/money/half-years/released/": 20,
    "/money/forecast/": 20,
    "/money/commitments/": 12,
    "/opportunities/": 12,
}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A paid award of two projects and a commitment, both from the office's own money."""
    with kept(django_db_blocker):
        world = make.world()
        world.award = make.paid_award(world, ("10000", "5000.50"))
        money.decided(world.cast, money.commitment(world.cast, world))
        yield world


@pytest.fixture
def world(made, db):
    return deepcopy(made)


@pytest.fixture
def signed_in(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False

    def sign_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def grow(world, first, last):
    """More past awards, commitments with costs, and opportunities."""
    for n in range(first, last):
        money.cost(world.cast, money.decided(world.cast, money.commitment(world.cast, world, title=f"Line {n}")))
        opportunities.opportunity(world.cast, world, fund=f"Fund {n}")
        make.recorded_award(world, n + 10)


def asked(client):
    found = {}
    for path in PAGES:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path).status_code == 200, path
        found[path] = len(caught)
    return found


def test_money_pages_ask_the_same_for_one_row_and_for_three(world, signed_in):
    grow(world, 0, 1)
    client = signed_in(world.pcc)
    one = asked(client)
    make.made_award(world, organisation=world.swale)
    grow(world, 1, 3)

    assert asked(client) == one
    assert {path: n for path, n in one.items() if n > PAGES[path]} == {}


COLUMNS = {"promised": "Promised", "released": "Gone out", "spent": "Reported as spent", "returned": "Returned",
           "unspent": "Unspent"}  # fmt: skip


def test_money_show_opens_rows_that_agree_to_the_penny(world, signed_in):
    client = signed_in(world.auditor)
    page = client.get("/money/").content.decode()

    links = re.findall(r'href="(/money/rows/[^"]+)"[^>]*>(?:at least )?£([\d,.]+)', page)

    assert {(link.split("/")[3], shown) for link, shown in links} >= {
        ("promised", "27,000.50"), ("released", "7,500.25"), ("unspent", "7,500.25"),
    }  # fmt: skip
    for link, shown in set(links):
        url = link.replace("&amp;", "&")
        rows = list(csv.DictReader(io.StringIO(client.get(f"{url}&format=csv").content.decode("utf-8-sig"))))
        column = COLUMNS[url.split("/")[3]]
        assert sum(Decimal(row[column]) for row in rows) == Decimal(shown.replace(",", "")), url


def test_money_source_warns_of_a_gap(world, signed_in):
    world.own.amount = Decimal("26000")
    world.own.save()

    page = text_of(signed_in(world.head).get("/money/sources/own/"))

    assert "£1,000.50 more is promised than this source holds" in page
    assert "beyond the over-commitment it allows, so nothing more can be promised from it" in page


def test_source_move_shows_the_gap_over_the_form_until_somebody_says_how_it_is_met(world, signed_in):
    client = signed_in(world.officer)
    typed = {"kind": "REDUCED", "amount": "475000", "on": "2020-06-01", "reason": "The funder's letter"}

    refused = text_of(client.post("/money/sources/own/change/", typed))
    moved = client.post("/money/sources/own/change/", {**typed, "gap_met_by": "From reserves"})

    assert "a gap of £2,000.50. Say how the gap is met." in refused
    assert moved.url == "/money/sources/own/"
    assert SourceMovement.objects.get().amount == Decimal("475000.00")
    assert money_sources.source_line(world.own).gap == Decimal("2000.50")


def test_money_years_as_csv_holds_the_table(world, signed_in):
    answer = signed_in(world.cfo).get("/money/years/?format=csv")

    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert lines == [["Source of funds", "2020/21", "Together"], ["Own budget", "27000.50", "27000.50"]]


def test_money_halves_as_csv_hold_every_row_with_its_day(world, signed_in):
    client = signed_in(world.finance)

    text = client.get("/money/half-years/?from=2020-04-01&format=csv").content.decode("utf-8-sig")
    page = text_of(client.get("/money/half-years/released/?from=2020-04-01&source=own"))

    _header, row = csv.reader(io.StringIO(text))
    assert row[:7] == [
        "Own budget", "2020-04-01", "2020-09-30", "Gone out", "2020-04-01", "Award", world.award.reference,
    ]  # fmt: skip
    assert row[9] == "7500.25"
    assert "1 April 2020 to 30 September 2020: £7,500.25" in page


@pytest.mark.parametrize(
    "path",
    [
        "/money/rows/nothing/",
        "/money/years/2050-04-01/",
        "/money/years/all/?key=unknown",
        "/money/half-years/nothing/",
        "/money/commitments/unknown/acts/decide/",
        "/money/rows/promised/?stream=unknown",
    ],
)
def test_money_pages_answer_404_to_what_is_not_there(world, signed_in, path):
    assert signed_in(world.pcc).get(path).status_code == 404
