"""Two databases that differ in a restricted complaint alone answer everybody else in the same bytes (P2).

Every door of the portal is asked twice, in a world without and in a world with the complaint: pages, searches, counts,
downloads. Before it is asked, life goes on in both: an ordinary complaint, a letter, a file, a duty take their numbers,
so that a number the restricted one had used up would show. `./run test` asks some doors, drawn by a seed; `./run
torture` all of them; at each two of the people, drawn too.
"""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse

from accounts.queries import people_for
from monitoring.actions import concerns
from monitoring.models import Concern
from plans.models import ConcernLevel
from records import delivery, documents, notices, obligations
from records.enums import ObligationKind
from records.models import Message, Obligation
from tests import doors
from tests.conftest import TORTURE_AT_FULL_STRENGTH
from tests.doors import ACTORS, Door, World
from tests.make import delivered
from tests.records import files

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.torture]
SEED = os.environ.get("PCC_DOORS_SEED", "1")
PARTS = 6 if TORTURE_AT_FULL_STRENGTH else 1
DRAWN = 16
NAMED = {"chief_executive", "head"}  # who handles the restricted complaint; everybody else is asked
SEES = ["visitor", "lead", "provider", "officer", "finance", "pcc", "auditor"]
DOORS = [row for area in doors.areas() for row in area.DOORS if row.method == "GET"]
# What differs from one answer to the next whatever is in the database: the form's token, and the time of day.
PASSING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|\b\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]m)?\b')


def test_the_people_asked_are_all_but_those_named() -> None:
    assert not NAMED & set(SEES)
    assert set(SEES) <= set(ACTORS)


@pytest.fixture
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    """A world for the doors of one test, in a transaction that never commits."""
    makers = {key: make for area in doors.areas() for key, make in getattr(area, "WORLD", {}).items()}
    with django_db_blocker.unblock(), override_settings(SECOND_FACTOR_REQUIRED=False), transaction.atomic():
        delivered.everything()
        yield World(makers)
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(world: World) -> None:
    """In place of pytest-django's transaction for each test."""


@pytest.fixture
def sessions(world: World) -> dict[str, str]:
    keys = {}
    for actor in SEES:
        client = Client()
        if person := world.person(actor):
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            keys[actor] = client.session.session_key
    return keys


class Numbers:
    """The series from which rows take their numbers: they do not go back with a transaction, so the test does it."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
            names = [name for (name,) in cursor.fetchall()]
            cursor.execute(
                " UNION ALL ".join(f"SELECT '{name}', last_value, is_called FROM \"{name}\"" for name in names)
            )
            self.rows = cursor.fetchall()

    def put_back(self) -> None:
        with connection.cursor() as cursor:
            values = ", ".join(["(%s, %s, %s)"] * len(self.rows))
            flat = [value for row in self.rows for value in row]
            cursor.execute(f"SELECT setval(n::regclass, v, c) FROM (VALUES {values}) AS t(n, v, c)", flat)


def restricted_complaint(world: World) -> Concern:
    """A restricted complaint with everything that can hang on it, its letters written."""
    at, _ = world.now, world.cast
    concern = concerns.receive_concern(
        about="Example service",
        what_happened="Somebody was harmed during a visit.",
        name="Ann Example",
        email="ann@example.org",
        restriction="SAFEGUARDING",
        at=at,
    )
    officer, deputy = concern.named_officer, concern.deputy
    assert {officer, deputy} == {getattr(world.cast, ACTORS[name]) for name in NAMED}
    upload = files.upload("what-happened.pdf", files.PDF)
    concerns.add_file(concern=concern, upload=upload, by=officer, at=at)
    level = next(row for row in ConcernLevel.objects.order_by("number") if row.answered_by != "PROVIDER")
    about = {"theme": "SAFETY", "organisation": world.cast.maidstone}
    concerns.take_up(concern=concern, level=level, words="We look into it.", by=officer, at=at, **about)
    concerns.agree_learning(concern=concern, action="Train", by_office=True, due_on=world.today, by=officer, at=at)
    assert Message.everything.filter(sealed=True, person=None).exists()
    return concern


def life_goes_on(world: World) -> None:
    """What happens next in both worlds takes the next numbers."""
    at, officer = world.now, world.cast.officer
    concerns.receive_concern(about="Example service", what_happened="Nobody rang back.", email="b@example.org", at=at)
    documents.store(upload=files.upload("note.pdf", files.PDF), subject=world.cast.maidstone, by=officer, at=at)
    obligations.owe(world.cast.maidstone, ObligationKind.RETURN, title="Another", due_on=world.today, period="next")
    notices.tell(people=[officer], rule="test", subject=officer, heading="A word", body="Words.", at=at)
    delivery.compose(at=at)


def days_pass(world: World) -> None:
    """The reminders of the next weeks are written and put into letters, in both worlds alike."""
    for days in (20, 40):
        later = world.now + timedelta(days=days)
        obligations.climb_ladders(on=later.date(), at=later, people_for=people_for)
        delivery.compose(at=later)


def bytes_of(row: Door, kwargs: dict, actor: str, sessions: dict[str, str]) -> tuple:
    """Everything a person can see of an answer."""
    client = Client()
    if actor in sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[actor]
    address = reverse(row.name, kwargs=kwargs) + (f"?{row.query}" if row.query else "")
    response = client.generic("GET", address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = [response.get(name) for name in ("Location", "Content-Type", "Content-Disposition")]
    return response.status_code, *headers, PASSING.sub(b"", body)


def answers(row: Door, world: World, sessions: dict[str, str], actors: list[str]) -> dict[str, tuple]:
    """What each person is answered at a door, life having gone on; then everything is as before."""
    numbers = Numbers()
    with transaction.atomic():
        life_goes_on(world)
        if row.given:
            row.given(world)
        kwargs = row.kwargs(world)
        found = {actor: bytes_of(row, kwargs, actor, sessions) for actor in actors}
        transaction.set_rollback(True)
    numbers.put_back()
    return found


def chosen(part: int) -> list[tuple[Door, list[str]]]:
    """The doors of a part, each with who is asked there."""
    drawn = Random(f"restricted {SEED}")
    if TORTURE_AT_FULL_STRENGTH:
        return [(row, drawn.sample(SEES, 2)) for row in DOORS[part::PARTS]]
    always = [row for row in DOORS if row.name.startswith(("monitoring:concern", "home", "assurance", "reminder"))]
    rows = list(
        {str(row): row for row in [*drawn.sample(always, min(6, len(always))), *drawn.sample(DOORS, DRAWN)]}.values()
    )
    return [(row, drawn.sample(SEES, 2)) for row in rows]


@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_else_is_answered_in_the_same_bytes(part, world, sessions, tmp_path) -> None:
    with override_settings(MEDIA_ROOT=tmp_path), transaction.atomic():
        asked = chosen(part)
        for row, _ in asked:
            row.kwargs(world)  # what a door needs is there before the worlds part
        numbers = Numbers()
        with transaction.atomic():
            days_pass(world)
            without = {str(row): answers(row, world, sessions, actors) for row, actors in asked}
            transaction.set_rollback(True)
        numbers.put_back()
        with transaction.atomic():
            restricted_complaint(world)
            days_pass(world)
            assert Obligation.everything.filter(sealed=True).count() >= 2
            among = {str(row): answers(row, world, sessions, actors) for row, actors in asked}
            transaction.set_rollback(True)
        numbers.put_back()
        told = [
            (row, actor)
            for row, actors in asked
            for actor in actors
            if without[str(row)][actor] != among[str(row)][actor]
        ]
        # A door that answers otherwise each time it is asked tells nothing of the complaint; there may be few such.
        with transaction.atomic():
            days_pass(world)
            again = {(str(row), actor): answers(row, world, sessions, [actor])[actor] for row, actor in told}
            transaction.set_rollback(True)
        numbers.put_back()
        transaction.set_rollback(True)

    leaks = [f"{row} to {actor}" for row, actor in told if again[str(row), actor] == without[str(row)][actor]]
    assert not leaks, "\n".join(leaks)
    assert len(told) <= len(asked) // 10, [f"{row} to {actor}" for row, actor in told]


def test_those_named_do_see_it(world) -> None:
    with transaction.atomic():
        concern = restricted_complaint(world)
        client = Client()
        client.force_login(concern.named_officer, backend="allauth.account.auth_backends.AuthenticationBackend")

        page = client.get(concern.get_absolute_url())
        pages = SimpleNamespace(own=page.content.decode(), status=page.status_code)
        transaction.set_rollback(True)

    assert pages.status == 200
    assert concern.reference in pages.own and "Somebody was harmed" in pages.own
