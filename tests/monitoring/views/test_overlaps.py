"""Pages of possible overlaps: facts first, words when asked for, one pair side by side (C7)."""

from copy import deepcopy

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monitoring.actions import overlap_pairs as actions
from monitoring.models import OverlapPair
from tests.kept import kept
from tests.make import frozen
from tests.make import overlaps as make
from tests.make import retaining as make_retaining

pytestmark = pytest.mark.django_db
AT = make_retaining.STARTED_AT


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """Three submitted cases of the same company as compared work; each test makes its pairs."""
    with kept(django_db_blocker):
        here = make_retaining.world()
        here.theatre = make_retaining.theatre_projects(here, waits=False)
        here.works = [make.work(project) for project in here.theatre]
        yield here


@pytest.fixture
def world(kept_world, settings):
    """The same for one test; what it changes is undone."""
    settings.SECOND_FACTOR_REQUIRED = False
    with transaction.atomic():
        yield deepcopy(kept_world)
        transaction.set_rollback(True)


def as_(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(response):
    return " ".join(response.content.decode().split())


def counted(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    return text(page), len(asked)


def test_overlap_list_shows_facts_first_and_words_when_asked_for(world):
    first, second, third = world.works
    facts = make.pair(first, second)
    words = make.pair(first, third, make.WORDS)
    gone = make.pair(second, third)
    actions.dismiss_pair(pair=gone, reason="Another play", by=world.officer, at=AT)
    client = as_(world.officer)

    def shown(query):
        page = text(client.get(f"/overlaps/{query}"))
        return [pair.pk for pair in (facts, words, gone) if f'href="/overlaps/{pair.pk}/"' in page]

    assert shown("") == [facts.pk]
    assert shown("?evidence=TEXT") == [words.pk]
    assert shown("?evidence=ALL") == [facts.pk, words.pk]
    assert shown("?evidence=SCHOOL") == []
    assert shown("?evidence=PROVIDER") == [facts.pk]
    assert shown("?status=DISMISSED") == [gone.pk]
    assert shown("?q=thanet&evidence=ALL") == [words.pk]


def test_overlap_list_costs_the_same_for_one_row_and_three(world):
    first, second, third = world.works
    make.pair(first, second)
    _, one = counted(as_(world.officer), "/overlaps/")
    make.pair(first, third)
    make.pair(second, third)
    page, three = counted(as_(world.officer), "/overlaps/")

    assert (one, page.count("Same provider</span>")) == (three, 3)
    assert three <= 8


def test_overlap_list_as_csv_says_why(world):
    make.pair(world.works[0], world.works[1])

    rows = as_(world.reader).get("/overlaps/?format=csv").content.decode("utf-8-sig").splitlines()

    assert rows[1].startswith("BC-2020-001/1,Play about knives in csp-maidstone,Safer Maidstone Partnership,")
    assert "Same provider,Both name Example Stage Theatre Company.,Found," in rows[1]


def test_overlap_show_marks_what_matches_side_by_side(world):
    pair = make.pair(world.works[0], world.works[1], make.SAME, make.WORDS)

    page, asked = counted(as_(world.officer), pair.get_absolute_url())

    assert asked <= 20
    assert page.index("Same provider") < page.index("Similar words")
    for said in (
        "Both name Example Stage Theatre Company.",
        "A <mark>play</mark> about knives for <mark>pupils</mark>",
        "<mark>Pupils</mark> watch a <mark>play</mark> on knife crime",
    ):
        assert said in page, said


def test_overlap_show_leads_to_a_proposal_once_confirmed(world):
    make.pair(world.works[0], world.works[2])
    pair = make.pair(world.works[0], world.works[1])
    client, address = as_(world.officer), pair.get_absolute_url()
    assert "Propose to retain the money" not in text(client.get(address))

    client.post(f"{address}confirm/", {"reason": "The same play"})

    page, asked = counted(client, address)
    assert asked <= 20
    assert f"Confirmed</strong> by {world.officer.full_name}" in page
    assert "/retain/new/?project=BC-2020-001%2F1&amp;project=BC-2020-002%2F1&amp;project=BC-2020-003%2F1" in page
    assert OverlapPair.objects.get(pk=pair.pk).reason == "The same play"


def test_overlap_show_keeps_closed_papers_closed(world):
    frozen.thaw(world.csp_rules)
    world.csp_rules.stages.create(kind="SCORED", number=1, name="Scores")
    pair = make.pair(world.works[0], world.works[1])

    page = text(as_(world.officer).get(pair.get_absolute_url()))

    assert "Declare your interests in this business case before you open its papers." in page
    assert "<mark>" not in page
