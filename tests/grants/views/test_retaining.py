"""Pages of money the office would retain (C7)."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grants.models import RetainProposal
from grants.queries import retaining as queries
from records.models import Decision, Paper
from tests.kept import kept
from tests.make import retaining as make

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """Three partnerships, each with a project of the same company that waits for a decision."""
    with kept(django_db_blocker):
        here = make.world()
        here.theatre = make.theatre_projects(here)
        yield here


@pytest.fixture(autouse=True)
def without_second_step(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def as_(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(response):
    return " ".join(response.content.decode().split())


def counted(client, address):
    """(page, questions asked of the database), once the first visit has warmed what is kept."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    return text(page), len(asked)


def test_retain_list_costs_the_same_for_one_row_and_three(world):
    projects = world.theatre
    make.started(world, projects[:1])
    one, first = counted(as_(world.officer), "/retain/")
    make.started(world, projects[1:2])
    make.started(world, projects[2:])
    three, then = counted(as_(world.officer), "/retain/")

    assert (first, then) == (first, first)
    assert first <= 8
    assert (one.count("RP-2020-00"), three.count("RP-2020-00")) == (2, 6)


def test_retain_list_as_csv_names_sums_and_provider(world):
    make.started(world, world.theatre)

    rows = as_(world.officer).get("/retain/?format=csv").content.decode("utf-8-sig").splitlines()

    assert rows[1] == f"RP-2020-001,One play for the whole county,{make.THEATRE},In preparation,21000.00,,2020-03-10,,"


def test_retain_choose_names_the_provider_of_three_and_leads_to_its_projects(world):
    page, asked = counted(as_(world.officer), "/retain/choose/")

    assert asked <= 12
    assert f"{make.THEATRE}<span" in page
    shared = queries.shared_providers()
    assert [(one.name, len(one.organisations), one.references) for one in shared] == [
        (make.THEATRE, 3, ["BC-2020-001/1", "BC-2020-002/1", "BC-2020-003/1"])
    ]
    assert "/retain/new/?project=BC-2020-001%2F1&amp;project=BC-2020-002%2F1" in page


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Example Stage Ltd", "The Example Stage", True),
        ("Example & Stage C.I.C.", "Example and Stage", True),
        ("Example Stage", "Example Stages", False),
    ],
)
def test_provider_mark(left, right, same):
    assert (queries.provider_mark(left) == queries.provider_mark(right)) is same


def test_retain_new_writes_a_proposal_of_the_projects_named(world):
    first, second, third = world.theatre
    address = f"/retain/new/?project={first.reference}&project={second.reference}&provider=Example+Stage"
    client = as_(world.officer)

    page = text(client.get(address))
    assert 'value="9,000"' in page
    assert 'value="Example Stage"' in page
    words = {"title": "One tour", "provider_name": "Example Stage", "why": "The same play"}
    sums = {f"amount_{first.pk}": "8500", f"amount_{second.pk}": "", "another": third.reference.lower()}
    client.post(address, {**words, **sums})

    made = RetainProposal.objects.get()
    assert {part.project_id: part.amount for part in queries.parts_of(made)} == {
        first.pk: Decimal("8500"),
        third.pk: Decimal("5000"),
    }


def test_retain_show_says_what_each_would_lose_and_costs_the_same_for_three(world):
    one = make.started(world, world.theatre[:1])
    _, first = counted(as_(world.officer), one.get_absolute_url())
    queries.RetainPart.objects.filter(proposal=one).delete()
    made = make.started(world, world.theatre)

    page, then = counted(as_(world.officer), made.get_absolute_url())

    assert (then, first) == (first, then)
    assert then <= 20
    for said in ("£39,661 to <strong>£30,661</strong>", "£26,440 to <strong>£17,440</strong>", "22.7%"):
        assert said in page, said


def test_retain_decide_shows_the_decision_once_more_then_makes_it(world):
    made = make.commented(world, world.theatre)
    client, address = as_(world.pcc), f"{made.get_absolute_url()}decide/"
    chosen = [str(project.pk) for project in world.theatre[:2]]
    given = {"outcome": "RETAINED", "projects": chosen, "reason": "One tour costs less"}

    page, asked = counted(client, address)
    assert asked <= 60
    assert page.count("govuk-checkboxes__input") == 4
    check = text(client.post(address, given))
    assert "Check this decision before you make it" in check
    assert "<strong>£16,000</strong>" in check
    assert not Paper.objects.filter(kind="RETAIN_LETTER").exists()
    client.post(address, {**given, "confirm": "yes"})

    retained = queries.retained_of(queries.parts_of(RetainProposal.objects.get()))
    assert retained == Decimal("16000")
    letter = Paper.objects.get(kind="RETAIN_LETTER", subject_id=world.theatre[0].pk)
    assert as_(world.maidstone_lead).get(f"/papers/{letter.pk}/").status_code == 200
    assert as_(world.swale_lead).get(f"/papers/{letter.pk}/").status_code == 404
    assert f"/papers/{letter.pk}/" in text(as_(world.maidstone_lead).get(world.theatre[0].case.get_absolute_url()))


def test_retain_decide_says_who_declares_first(world):
    made = make.commented(world, world.theatre)

    page = as_(world.cfo).get(f"{made.get_absolute_url()}decide/", follow=True)

    assert "You evaluated or advised on this, so somebody else decides it." in text(page)


def test_retain_award_stands_filled_in_from_the_proposal(world):
    made = make.decided(world, world.theatre)

    page = text(as_(world.officer).get(f"{made.get_absolute_url()}award/"))

    for said in ('value="One play for the whole county"', 'value="21,000"', '<option value="own" selected>'):
        assert said in page, said


def test_decision_show_leads_back_to_the_proposal(world):
    make.decided(world, world.theatre, outcome="DECLINED")
    decision = Decision.objects.get(outcome="DECLINED")

    assert "/retain/RP-2020-001/" in text(as_(world.officer).get(decision.get_absolute_url()))
