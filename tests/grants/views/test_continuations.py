"""Pages of what follows awards: few questions, the same for one row and three; advice stays inside the office."""

from copy import deepcopy
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.kept import kept
from tests.make import continuations as make

pytestmark = pytest.mark.django_db
LIST, SHOW = 9, 20


@pytest.fixture(scope="module")
def kept_awards(django_db_setup, django_db_blocker):
    """An award that waits for an event (one decision), then one of three years as well (three in all)."""
    with kept(django_db_blocker):
        world = make.world()
        world.six = make.six_months(world)
        yield world


@pytest.fixture
def world(kept_awards, db):
    return deepcopy(kept_awards)


def asked(person, path):
    """The page, and how many questions it took."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        response = client.get(path)
    assert response.status_code == 200
    return response.content.decode(), len(found)


@pytest.mark.parametrize("who", ["officer", "maidstone_lead"])
def test_continuation_list_asks_the_same_for_one_and_three(world, who):
    person = getattr(world.cast, who)
    page, few = asked(person, "/what-follows/")
    assert page.count("CN-2020-001") == 2  # the address and the words of the link

    make.three_years(world)
    page, more = asked(person, "/what-follows/")

    assert (page.count("CN-20"), few <= LIST, more) == (6, True, few)


def test_continuation_show_keeps_advice_inside_the_office(world):
    row = make.row(world.six)
    make.advised(world, row, amount=20000, at=make.at(2020, 8, 3))
    address = row.get_absolute_url()

    inside, questions = asked(world.cast.officer, address)
    outside, _ = asked(world.cast.maidstone_lead, address)

    assert ("The work goes well." in inside, "Affordable." in inside) == (True, True)
    assert ("The work goes well." in outside, "Affordable." in outside, "History" in outside) == (False, False, False)
    assert questions <= SHOW


def test_continuation_list_as_csv(world):
    client = Client()
    client.force_login(world.cast.officer, backend="allauth.account.auth_backends.AuthenticationBackend")

    lines = client.get("/what-follows/?format=csv").content.decode().splitlines()

    assert lines[0].startswith("\ufeffReference,Award,Recipient")
    assert lines[1].split(",")[5:10] == ["2020-10-01", "2021-03-31", "Not advised on yet", "2020-05-07", "2020-09-02"]


def test_award_show_tells_what_follows(world):
    make.moved(world, make.row(world.six).event, date(2021, 5, 6))
    make.swept(date(2020, 4, 16))

    page, _ = asked(world.cast.maidstone_lead, world.six.get_absolute_url())

    assert "The election is expected on 6 May 2021, after the latest safe day." in page
