"""When money may be retained, by whom, in one sentence each (C7, X3)."""

from datetime import date
from decimal import Decimal

import pytest

from grants.enums import CaseStatus, RetainStatus
from grants.models import BusinessCase, InterestDeclaration, RetainProposal
from grants.queries import retaining as queries
from grants.rules import retaining as rules
from tests.kept import kept
from tests.make import awards as make_awards
from tests.make import retaining as make

pytestmark = pytest.mark.django_db
ON = date(2020, 3, 20)
OFFICERS_ALONE = "Only commissioning officers propose that money is retained."


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """A proposal the chief finance officer has commented on, about three projects; three cases more."""
    with kept(django_db_blocker):
        here = make.world()
        here.theatre = make.theatre_projects(here)
        here.made = make.commented(here, here.theatre)
        yield here


def parts_of(world):
    return queries.parts_of(world.made)


def standing(world, status, **more):
    RetainProposal.objects.filter(pk=world.made.pk).update(status=status, **more)
    world.made.refresh_from_db()


def uncommented(world):
    standing(world, RetainStatus.RECOMMENDED, cfo_comment="", cfo_by=None, cfo_at=None)


def draft(world):
    standing(world, RetainStatus.DRAFT)


def test_why_not_start(world):
    assert [rules.why_not_start(user=user) for user in (world.officer, world.head, world.finance, world.pcc)] == [
        "", "", OFFICERS_ALONE, OFFICERS_ALONE,
    ]  # fmt: skip


DRAFTED = [
    ("", lambda world: None, "officer"),
    (OFFICERS_ALONE, lambda world: None, "finance"),
    ("was withdrawn", lambda world: standing(world, RetainStatus.WITHDRAWN), "officer"),
    ("has already been decided", lambda world: standing(world, RetainStatus.DECIDED), "officer"),
    ("waits for a decision, so it stays", lambda world: standing(world, RetainStatus.RECOMMENDED), "officer"),
    ("You declared an interest in BC-2020-002", lambda world: interest(world, world.officer), "officer"),
    ("BC-2020-002 has not been sent for decision", lambda world: case_as(world, "UNDER_EVALUATION"), "officer"),
    ("BC-2020-002/1 is declined", lambda world: declined(world), "officer"),
]


def interest(world, person):
    case = world.theatre[1].case
    InterestDeclaration.objects.filter(case=case, user=person).delete()
    InterestDeclaration.objects.create(
        case=case, user=person, has_interest=True, details="A friend", at=make_awards.BEFORE
    )


def case_as(world, status):
    BusinessCase.objects.filter(pk=world.theatre[1].case_id).update(status=CaseStatus(status))


def declined(world):
    """The second project decided by a decision of its own, as if its case still waited."""
    make_awards.decline(world, make.fresh(world.theatre)[1])
    case_as(world, "AWAITING_DECISION")


@pytest.mark.parametrize(("sentence", "arrange", "who"), DRAFTED)
def test_why_not_recommend(world, sentence, arrange, who):
    draft(world)
    arrange(world)

    why = rules.why_not_recommend(world.made, parts_of(world), user=getattr(world, who), on=ON)

    assert why == sentence if not sentence else sentence in why


COMMENTED = [
    ("", uncommented, "cfo"),
    ("Only the chief finance officer comments on the money.", uncommented, "officer"),
    ("Officers have not recommended on this proposal yet.", draft, "cfo"),
    ("You recommended this", lambda world: standing(world, "RECOMMENDED", recommended_by=world.cfo), "cfo"),
    ("You declared an interest", lambda world: interest(world, world.cfo), "cfo"),
]


@pytest.mark.parametrize(("sentence", "arrange", "who"), COMMENTED)
def test_why_not_comment(world, sentence, arrange, who):
    arrange(world)

    why = rules.why_not_comment(world.made, parts_of(world), user=getattr(world, who), on=ON)

    assert why == sentence if not sentence else sentence in why


DECIDED = [
    ("", lambda world: None, "pcc"),
    ("Only the commissioner, or a post with a recorded delegation", lambda world: None, "finance"),
    ("No delegation is recorded for your post", lambda world: None, "chief_executive"),
    ("You evaluated or advised on this", lambda world: None, "cfo"),
    ("You evaluated or advised on this", lambda world: standing(world, "RECOMMENDED", started_by=world.pcc), "pcc"),
    ("You evaluated or advised on this", lambda world: standing(world, "RECOMMENDED", recommended_by=world.pcc), "pcc"),
    ("waits for the chief finance officer's comment", uncommented, "pcc"),
    ("Officers have not recommended on this proposal yet.", draft, "pcc"),
    ("You declared an interest in BC-2020-002", lambda world: interest(world, world.pcc), "pcc"),
    ("BC-2020-002/1: Officers have not sent", lambda world: case_as(world, "UNDER_EVALUATION"), "pcc"),
]


@pytest.mark.parametrize(("sentence", "arrange", "who"), DECIDED)
def test_why_not_decide(world, sentence, arrange, who):
    arrange(world)

    why = rules.why_not_decide(world.made, parts_of(world), user=getattr(world, who), on=ON)

    assert why == sentence if not sentence else sentence in why


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, ""),
        ({"outcome": "DECLINED", "chosen": []}, ""),
        ({"outcome": "APPROVED"}, "Choose what you decide."),
        ({"reason": " "}, "Write the reason for the decision."),
        ({"chosen": []}, "Choose at least one project whose money is retained."),
    ],
)
def test_why_not_decide_so(given, sentence):
    assert rules.why_not_decide_so(**{"outcome": "RETAINED", "chosen": [1], "reason": "R", **given}) == sentence


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, ""),
        ({"title": " "}, "Write a title."),
        ({"why": ""}, "Write why the office should keep the money."),
        ({"provider_name": ""}, "Say which provider or project the office would fund instead."),
    ],
)
def test_why_not_write_so(world, given, sentence):
    words = {"title": "T", "why": "W", "provider": None, "provider_name": "P", **given}
    rows = [(project, Decimal("100")) for project in make.fresh(world.theatre)]

    assert rules.why_not_write_so(rows, user=world.officer, proposal=world.made, **words) == sentence


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("7000", ""),
        ("0", "Enter the sum to retain of BC-2020-002/1."),
        ("7000.01", "BC-2020-002/1 asks for £7,000, so no more of it can be retained."),
    ],
)
def test_why_not_take(world, amount, sentence):
    assert rules.why_not_take(make.fresh(world.theatre)[1], Decimal(amount)) == sentence


def test_why_not_these_counts_projects_of_one_allocation_together(world):
    """Two projects, each of which fits, do not fit together into the main window."""
    both = make.projects_of_one_case(make_awards.world(world.cast, world), 2)
    rows = [(project, Decimal("1000")) for project in both]
    for project in both:
        project.case.allocation.main_amount = Decimal("1500")

    assert [rules.why_not_these([row]) for row in rows] == ["", ""]
    assert (
        rules.why_not_these(rows) == "Only £1,500 is left in that part of the allocation, so no more can be retained."
    )


def test_why_not_these_a_project_stands_in_one_open_proposal(world):
    rows = [(project, Decimal("100")) for project in make.fresh(world.theatre)]

    assert rules.why_not_these(rows) == f"BC-2020-001/1 already stands in {world.made.reference}."
    assert rules.why_not_these(rows, world.made) == ""
    assert rules.why_not_these([]) == "Choose at least one project."


def test_why_not_award(world):
    asked = {"user": world.officer, "on": ON}
    assert rules.why_not_award(world.made, parts_of(world), **asked) == (
        "This proposal waits for a decision, so it stays as it was recommended."
    )

    make.decide(world, world.made, only=[world.theatre[0]])
    made = RetainProposal.objects.get(pk=world.made.pk)

    assert rules.why_not_award(made, parts_of(world), **asked) == ""
    assert rules.why_not_award(made, parts_of(world), user=world.pcc, on=ON) == (
        "Only commissioning officers propose direct awards."
    )
    assert (
        rules.why_not_award(made, parts_of(world)[1:], **asked) == "No money was retained, so there is none to award."
    )
    paid = [(world.own, None, None, Decimal("9000")), (world.own, None, None, Decimal("1"))]
    assert rules.why_not_award_so(parts_of(world), paid[:1]) == ""
    assert rules.why_not_award_so(parts_of(world), paid) == (
        "£9,001 is more than the £9,000 retained. Propose that sum or a lower one."
    )
