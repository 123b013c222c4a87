"""Every URL name, every actor: what is answered, asked by a real request (rows: tests/doors/)."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from random import Random

import pytest
from django.conf import settings
from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, include, path, resolve, reverse
from django.urls.exceptions import Resolver404

from tests import doors
from tests.conftest import TORTURE_AT_FULL_STRENGTH
from tests.doors import ACTORS, Door, World
from tests.make import delivered

# The mark makes pytest-django set up the test database; the helper below keeps it from opening a
# transaction for each test, since all doors share one world.
pytestmark = pytest.mark.django_db
DOORS = [row for area in doors.areas() for row in area.DOORS]
METHODS = ("GET", "POST")
# `./run torture` asks every actor at every door; `./run test` asks at half of them one of each answer and the visitor,
# drawn by this seed.
SEED = os.environ.get("PCC_DOORS_SEED", "1")


def url_names(patterns: list, namespace: str = "") -> Iterator[str]:
    """Every name of the resolver; a pattern without a name is shown by its route."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            below = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from url_names(entry.url_patterns, below)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}" if entry.name else f"(no name) {namespace}{entry.pattern}"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    """One world for all doors, in a transaction that never commits."""
    makers = {key: make for area in doors.areas() for key, make in getattr(area, "WORLD", {}).items()}
    with django_db_blocker.unblock(), override_settings(SECOND_FACTOR_REQUIRED=False), transaction.atomic():
        assert connection.settings_dict["NAME"].startswith(connection.settings_dict["TEST"]["NAME"])
        delivered.everything()
        yield World(makers)
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(world: World) -> None:
    """In place of pytest-django's transaction for each test."""


@pytest.fixture(scope="module")
def sessions(world: World) -> dict[str, str]:
    """The session cookie of each actor, signed in once."""
    keys = {}
    for actor in ACTORS:
        client = Client()
        if person := world.person(actor):
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            keys[actor] = client.session.session_key
    return keys


def ask(row: Door, method: str, actor: str, world: World, sessions: dict[str, str]) -> str:
    """Ask the door as the actor, then undo whatever it did."""
    address = reverse(row.name, kwargs=row.kwargs(world)) + (f"?{row.query}" if row.query else "")
    posted = row.posted(world) if method == "POST" else None
    client = Client()
    if actor in sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[actor]
    with transaction.atomic():
        if row.given:
            row.given(world)
        response = client.generic(method, address) if posted is None else client.post(address, posted)
        answer = answer_of(response)
        transaction.set_rollback(True)
    return answer


def answer_of(response: HttpResponse) -> str:
    """The response in one word of the table."""
    if response.status_code == 200:
        return "page"
    if response.status_code in (301, 302, 303):
        if leads_to(response.url) == "account_login":
            return "sign in"
        levels = [message.level for message in messages.get_messages(response.wsgi_request)]
        return "sentence" if messages.ERROR in levels else "moved"
    return "sentence" if response.status_code == 409 else str(response.status_code)


def leads_to(url: str) -> str:
    """The URL name behind an address."""
    try:
        return resolve(url.partition("?")[0]).view_name
    except Resolver404:
        return ""


def test_doors_every_name_has_a_row() -> None:
    names = set(url_names(get_resolver().url_patterns))
    rows = {row.name for row in DOORS}

    assert not names - rows, f"these URL names have no row in tests/doors/: {sorted(names - rows)}"
    assert not rows - names, f"these rows name no URL: {sorted(rows - names)}"


def test_doors_no_row_twice() -> None:
    assert [row for row, times in Counter(map(str, DOORS)).items() if times > 1] == []


def test_doors_a_name_without_row_would_be_found() -> None:
    planted = [path("a/", lambda request: None, name="new_door"), path("b/", include([path("c/", lambda r: None)]))]

    assert list(url_names(planted)) == ["new_door", "(no name) c/"]


@pytest.mark.parametrize(
    ("answers", "actor", "answer"),
    [
        ("page: *", "visitor", "sign in"),
        ("page: *", "reader", "page"),
        ("page: office; 403: reader; 404: *", "reader", "403"),
        ("403: reader; page: office; 404: *", "reader", "403"),
        ("404: *; page: visitor", "visitor", "page"),
        ("page: office; 403: officers; 404: *", "head", "403"),
        ("page: office; 403: officers; 404: *", "stranger", "404"),
    ],
)
def test_doors_answers_are_read(answers: str, actor: str, answer: str) -> None:
    assert doors.read_answers(answers)[actor] == answer


@pytest.mark.parametrize("answers", ["page: office", "welcome: *", "page: nobody"])
def test_doors_a_careless_row_is_refused(answers: str) -> None:
    with pytest.raises(ValueError):
        doors.read_answers(answers)


def asked_at(row: Door, *, everybody: bool = TORTURE_AT_FULL_STRENGTH) -> list[str]:
    """Who is asked at a door: everybody, or one of each answer and the visitor."""
    if everybody:
        return list(ACTORS)
    by_answer = defaultdict(list)
    for actor, answer in row.expected().items():
        by_answer[answer].append(actor)
    drawn = Random(f"{SEED} {row}")
    chosen = {"visitor"} | {actor for few in by_answer.values() for actor in drawn.sample(few, 1)}
    return [actor for actor in ACTORS if actor in chosen]


def test_doors_asked_at_leaves_no_answer_out() -> None:
    for row in DOORS:
        few, expected = asked_at(row, everybody=False), row.expected()

        assert {expected[actor] for actor in few} == set(expected.values())
        assert "visitor" in few
        assert asked_at(row, everybody=True) == list(ACTORS)


def drawn_now(rows: list, share: float) -> list:
    """In `./run torture` all rows; in `./run test` those the seed draws, so that it stays short."""
    names = [" ".join(map(str, row)) if isinstance(row, tuple) else str(row) for row in rows]
    drawn = [row for row, name in zip(rows, names, strict=True) if Random(f"{SEED} {name}").random() < share]
    return rows if TORTURE_AT_FULL_STRENGTH else drawn


@pytest.mark.torture
@pytest.mark.parametrize("row", drawn_now(DOORS, 0.5), ids=str)
def test_doors_answer(row: Door, world: World, sessions: dict[str, str]) -> None:
    expected = row.expected()

    answers = {actor: ask(row, row.method, actor, world, sessions) for actor in asked_at(row)}

    wrong = [
        f"{who}: {answers[who]}, the table says {expected[who]}" for who in answers if answers[who] != expected[who]
    ]
    assert not wrong, "\n".join([str(row), f"(seed {SEED})", *wrong])


UNLISTED = [
    (row, method)
    for row in {row.name: row for row in reversed(DOORS)}.values()
    for method in METHODS
    if (row.name, method) not in {(other.name, other.method) for other in DOORS}
]


@pytest.mark.torture
@pytest.mark.parametrize(("row", "method"), drawn_now(UNLISTED, 0.25), ids=lambda value: str(value))
def test_doors_other_methods_are_refused(row: Door, method: str, world: World, sessions: dict[str, str]) -> None:
    welcome = [actor for actor, answer in row.expected().items() if answer in ("page", "moved", "sentence")]

    answers = {actor: ask(row, method, actor, world, sessions) for actor in welcome[:2]}

    assert set(answers.values()) <= {"405"}, f"{method} {row.name} is open but has no row: {answers}"
