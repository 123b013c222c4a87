"""What anybody can do without an account: the form, its limits, and the complainant's own page (P2)."""

import re
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from monitoring.models import Concern
from monitoring.queries import concern_links as links
from monitoring.views import concern_limits as limits
from records import documents
from tests.make import accounts
from tests.make import concerns as make

pytestmark = pytest.mark.django_db
SAID = {
    "about": "The support service", "what_happened": "Nobody called.", "restriction": "NONE", "may_tell_provider": "no",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        assert connection.settings_dict["NAME"].startswith(connection.settings_dict["TEST"]["NAME"])
        yield SimpleNamespace(cast=accounts.cast())
        transaction.set_rollback(True)


@pytest.fixture
def world(made):
    cache.clear()
    make.delivered()
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)


def send(client, **changes):
    return client.post("/complain/write/", {**SAID, **changes})


def page_of(concern):
    return f"/complain/follow/{links.token_of(concern)}/"


@pytest.mark.parametrize("path", ["/complain/", "/complain/write/", "follow"])
def test_complain_keeps_nothing_in_the_browser_and_offers_the_way_out(world, client, path):
    response = client.get(page_of(make.ordinary(world.cast)) if path == "follow" else path)

    assert (response.status_code, response["Referrer-Policy"]) == (200, "same-origin")
    assert response["Cache-Control"] == "no-store, private"
    assert set(response.cookies) <= {"csrf"}
    page = response.content.decode()
    assert page.count("data-leave") == 1 and 'href="https://www.bbc.co.uk/weather"' in page


def test_complain_write_asks_the_browser_to_remember_nothing(client, world):
    page = client.get("/complain/write/").content.decode()

    controls = re.findall(r"<(?:input|textarea)[^>]*>", page.partition('id="main-content"')[2])
    typed = [tag for tag in controls if not re.search('type="(hidden|radio|file|submit)"', tag)]
    assert len(typed) >= 9
    assert [tag for tag in typed if 'autocomplete="off"' not in tag] == []


def test_complain_write_leads_to_the_private_page_with_the_reference(client, world):
    response = send(client)

    concern = Concern.objects.get()
    assert response.url == f"{page_of(concern)}?sent=1"
    assert concern.reference in client.get(response.url).content.decode()


def test_complain_write_keeps_a_file_that_may_be_kept_and_no_other(client, world):
    send(client, upload=SimpleUploadedFile("letter.txt", b"Dear sirs"))
    refused = send(client, about="Again", upload=SimpleUploadedFile("letter.exe", b"MZ"))

    assert [row.name for row in documents.about(Concern.objects.get())] == ["letter.txt"]
    assert "The selected file must be" in refused.content.decode()


def test_complain_write_with_the_trap_filled_keeps_nothing_and_says_so(client, world):
    response = send(client, website="http://example.org")

    assert (response.status_code, Concern.objects.count()) == (200, 0)
    assert "Leave the last box empty" in response.content.decode()


def test_complain_write_takes_five_an_hour_from_one_address(client, world):
    answers = [send(client, about=f"Service {number}").status_code for number in range(limits.OF_ONE + 1)]

    assert answers == [302] * limits.OF_ONE + [429]
    assert Concern.objects.count() == limits.OF_ONE


def test_over_counts_each_address_and_all_together_by_the_hour(world):
    hour = make.RECEIVED
    few = [limits.over("192.0.2.1", hour) for _ in range(limits.OF_ONE + 1)]
    others = [limits.over(f"198.51.100.{number}", hour) for number in range(limits.OF_ALL)]

    assert few == [False] * limits.OF_ONE + [True]
    assert others.count(True) == limits.OF_ONE + 1
    assert not limits.over("192.0.2.1", make.TAKEN_UP)


def test_complain_follow_says_why_the_next_stage_has_to_wait(client, world):
    concern = make.ordinary(world.cast)

    response = client.post(page_of(concern), {"do": "next", "reason": "Now"})

    assert "There is no stage to go on from." in response.content.decode()


def test_complain_follow_withdraws(client, world):
    concern = make.ordinary(world.cast)

    assert client.post(page_of(concern), {"do": "withdraw"}).status_code == 302
    assert make.fresh(concern).status == "WITHDRAWN"
