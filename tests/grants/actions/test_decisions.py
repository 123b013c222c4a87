"""Decisions and what follows from them in the same breath (C4, C5, C7, X3)."""

from datetime import date
from decimal import Decimal

import pytest

from grants.actions import decisions
from grants.enums import AwardStatus, CaseStatus, ProjectStatus
from grants.models import Award, Project
from records.enums import ObligationKind
from records.models import Notice, Obligation
from tests.make import awards as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    return make.world()


def decide(world, project, outcome, **wording):
    fields = {"reason": "Because", "by": world.pcc, "at": make.DECIDED_AT, **wording}
    return decisions.decide_project(project=project, outcome=outcome, **fields)


def test_decide_project_approval_makes_the_award_with_its_lines_and_instalments(world):
    case = make.awaiting_decision(world, ("1000.01", "500"))
    first, _ = make.projects(case)

    decision = make.approve(world, first)

    award = Award.objects.get()
    assert (award.status, award.payee, award.recipient) == (AwardStatus.MADE, world.council, world.maidstone)
    assert (award.starts_on, award.ends_on) == (date(2020, 4, 1), date(2021, 3, 31))
    assert [(line.title, line.amount) for line in award.lines.all()] == [("Safer nights", Decimal("1000.01"))]
    assert [(row.number, row.amount, row.condition) for row in award.instalments.order_by("number")] == [
        (1, Decimal("500.01"), "TERMS_ACCEPTED"),
        (2, Decimal("500.00"), "MID_YEAR_SATISFACTORY"),
    ]
    assert [(row.funding_source, row.amount) for row in award.sources.all()] == [(world.own, Decimal("1000.01"))]
    assert (decision.outcome, decision.amount, decision.post) == (
        "APPROVED",
        Decimal("1000.01"),
        world.body.commissioner_title,
    )
    assert (decision.advice, decision.cfo_comment) == ("Fund it", "Affordable")
    assert Project.objects.get(pk=first.pk).status == ProjectStatus.APPROVED
    case.refresh_from_db()
    assert case.status == CaseStatus.AWAITING_DECISION
    assert not Notice.objects.filter(person=world.maidstone_lead, rule__startswith="award").exists()


def test_decide_project_second_approval_joins_the_same_instalments(world):
    case = make.awaiting_decision(world, ("1000.01", "500"))

    for project in make.projects(case):
        make.approve(world, project)

    award = Award.objects.get()
    assert [row.amount for row in award.instalments.order_by("number")] == [Decimal("750.01"), Decimal("750.00")]
    assert [
        (line.instalment.number, line.award_line.number, line.amount)
        for row in award.instalments.order_by("number")
        for line in row.lines.order_by("award_line__number")
    ] == [
        (1, 1, Decimal("500.01")),
        (1, 2, Decimal("250.00")),
        (2, 1, Decimal("500.00")),
        (2, 2, Decimal("250.00")),
    ]
    case.refresh_from_db()
    assert (case.status, case.decided_at) == (CaseStatus.DECIDED, make.DECIDED_AT)


def test_decide_project_approval_owes_the_returns_of_the_rule_set_once(world):
    make.made_award(world, ("1000", "500"))

    rows = Obligation.objects.filter(kind=ObligationKind.RETURN).order_by("due_on")
    assert [(row.period, row.period_ends_on, row.opens_on, row.due_on, row.organisation) for row in rows] == [
        ("MID_YEAR", date(2020, 9, 30), date(2020, 9, 30), date(2020, 10, 30), world.maidstone),
        ("YEAR_END", date(2021, 3, 31), date(2021, 3, 31), date(2021, 4, 30), world.maidstone),
    ]
