"""The page of all contracts on a line of time."""

import csv
import io
import re
from datetime import date
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans.models import CommissioningBody
from tests.make import accounts, plans
from tests.make import services as make

pytestmark = pytest.mark.django_db
PATH = "/contracts/timeline/"
QUERIES = {"officer": 12, "provider_lead": 12}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A contract of the provider and one of somebody else."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = accounts.cast()
        plan = plans.plan(cast)
        mine = make.contract(cast, plan, key="mine")
        theirs = make.contract(
            cast, plan, key="theirs", provider=cast.yot, name="Other service", starts_on=date(2016, 4, 1), options=[]
        )
        yield SimpleNamespace(cast=cast, plan=plan, mine=mine, theirs=theirs)
        transaction.set_rollback(True)


def signed_in(world, name="officer"):
    client = Client()
    client.force_login(getattr(world.cast, name), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(world, name="officer", query=""):
    answer = signed_in(world, name).get(PATH + query)
    assert answer.status_code == 200
    return answer


def references(answer):
    return [row.contract.key for row in answer.context["page_obj"]]


class Ids(HTMLParser):
    """The ids of a page, and the ids its labels name."""

    def __init__(self):
        super().__init__()
        self.ids, self.named, self.inline = [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.named += (given.get("aria-labelledby") or "").split()
        self.inline += [tag] if "style" in given else []


def test_timeline_shows_every_contract_to_the_office_and_its_own_to_a_provider(world):
    assert references(page(world)) == ["theirs", "mine"]
    assert references(page(world, "provider_lead")) == ["mine"]
    assert "Other service" not in page(world, "provider_lead").content.decode()


def test_timeline_draws_each_contract_for_three_widths_with_a_title_and_no_style_of_its_own(world):
    html = page(world).content.decode()

    read = Ids()
    read.feed(html)
    assert html.count(f'<title id="timeline-wide-{world.mine.pk}-title">{world.mine.reference} Support service') == 1
    assert html.count(f'timeline-narrow-{world.mine.pk}-desc">Agreed from 1 April 2019 to 31 March 2022.') == 1
    assert len(read.ids) == len(set(read.ids))
    assert set(read.named) <= set(read.ids)
    assert read.inline == []


def test_timeline_asks_what_runs_past_a_day(world):
    answer = page(world, query="?ends_after=2022-03-31")

    assert references(answer) == ["mine"]
    assert re.sub(r"\s+", " ", answer.content.decode()).count(
        "<strong>0 agreed to run past 31 March 2022</strong>; 1 more could, if its open options are taken up."
    )


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("?ends_after_day=31&ends_after_month=3&ends_after_year=2019", ["mine"]),
        ("?ends_before=2020-01-01", ["theirs"]),
        ("?provider=yot", ["theirs"]),
        ("?stream=crg-csp", ["theirs", "mine"]),
        ("?ends_after=2030-01-01", []),
        ("?ends_after=nonsense", ["theirs", "mine"]),
    ],
)
def test_timeline_is_narrowed(world, query, keys):
    assert references(page(world, query=query)) == keys


def test_timeline_offers_the_end_of_the_office_as_a_day_to_ask_about(world):
    with transaction.atomic():
        CommissioningBody.objects.update(ends_on=date(2128, 5, 6))
        html = page(world).content.decode()
        transaction.set_rollback(True)

    assert '<a class="govuk-link" href="?ends_after=2128-05-06">What ends after 6 May 2128 (' in html
    assert "ends_after=2128" not in page(world).content.decode()


def test_timeline_csv_holds_the_dates_of_the_table(world):
    text = page(world, query="?format=csv").content.decode("utf-8-sig")

    theirs, mine = csv.DictReader(io.StringIO(text))
    assert mine["Reference"] == world.mine.reference
    assert (mine["Starts"], mine["First term ends"], mine["Agreed end"]) == ("2019-04-01", "2022-03-31", "2022-03-31")
    assert mine["Options open"] == (
        "1: 2022-04-01 to 2023-03-31; 2: 2023-04-01 to 2024-03-31; 3: 2024-04-01 to 2025-03-31"
    )
    assert (mine["Latest possible end"], mine["Next decision by"]) == ("2025-03-31", "2021-09-30")
    assert (theirs["Agreed end"], theirs["Latest possible end"], theirs["Next decision by"]) == (
        "2019-03-31",
        "2019-03-31",
        "",
    )


@pytest.mark.parametrize("name", QUERIES)
def test_timeline_asks_the_same_for_one_contract_and_for_three(world, name):
    client = signed_in(world, name)

    def asked():
        with CaptureQueriesContext(connection) as caught:
            client.get(PATH)
        return len(caught)

    before = asked()
    with transaction.atomic():
        for number in range(3):
            make.contract(world.cast, world.plan, key=f"more-{number}", starts_on=date(2018, 1, 31))
        after = asked()
        transaction.set_rollback(True)

    assert (before, after) == (QUERIES[name], QUERIES[name])
