"""When officers may evaluate, recommend and send a case for decision: every sentence once (C2, X3)."""

from decimal import Decimal

import pytest

from accounts.models import Membership
from grants.actions import evaluations
from grants.models import Project
from grants.rules import evaluations as rules
from tests.make import accounts
from tests.make import awards as make

pytestmark = pytest.mark.django_db
ON = make.BEFORE.date()
UNDECLARED = "Declare your interests in this business case before you work on it."
NOT_AN_OFFICER = "Only commissioning officers evaluate business cases."


def draft(world):
    return make.cases.business_case(world.cast, world.round, status="DRAFT")


def decided(world):
    case = make.awaiting_decision(world)
    make.approve(world, make.projects(case)[0])
    case.refresh_from_db()
    return case


def conflicted(world):
    case = make.submitted_case(world)
    evaluations.declare_interest(case=case, has_interest=True, details="Family", by=world.officer, at=make.BEFORE)
    return case


@pytest.mark.parametrize(
    ("before", "by", "sentence"),
    [
        (make.submitted_case, "officer", ""),
        (make.submitted_case, "pcc", ""),
        (make.submitted_case, "finance", "Only people who evaluate, advise or decide declare their interests."),
        (draft, "officer", "This business case is not with the office, so there is nothing to declare yet."),
        (make.declared_case, "officer", "You have already declared your interests in this business case."),
    ],
)
def test_why_not_declare_interest(world, before, by, sentence):
    assert rules.why_not_declare_interest(before(world), user=getattr(world, by), on=ON) == sentence


@pytest.mark.parametrize(
    ("has_interest", "details", "sentence"),
    [(False, "", ""), (True, "Family", ""), (True, " ", "Say what your interest is.")],
)
def test_why_not_declare_so(has_interest, details, sentence):
    assert rules.why_not_declare_so(has_interest, details) == sentence


@pytest.mark.parametrize(
    ("before", "by", "sentence"),
    [
        (make.declared_case, "officer", ""),
        (make.declared_case, "head", UNDECLARED),
        (make.declared_case, "pcc", NOT_AN_OFFICER),
        (conflicted, "officer", "You declared an interest in this business case, so somebody else works on it."),
        (make.under_evaluation, "officer", "This business case is already being evaluated."),
        (decided, "officer", "Only a submitted business case can be evaluated."),
    ],
)
def test_why_not_begin(world, before, by, sentence):
    assert rules.why_not_begin(before(world), user=getattr(world, by), on=ON) == sentence


def test_why_not_begin_for_ones_own_organisation(world):
    case = make.declared_case(world)
    Membership.objects.create(
        user=world.other_officer, organisation=world.council, role="SIGNATORY", started_at=accounts.LONG_AGO
    )

    assert rules.why_not_begin(case, user=world.other_officer, on=ON) == (
        "You belong to Safer Maidstone Partnership, so somebody else works on this business case."
    )


@pytest.mark.parametrize(
    ("before", "by", "sentence"),
    [
        (make.under_evaluation, "officer", ""),
        (make.under_evaluation, "head", UNDECLARED),
        (make.declared_case, "officer", "Begin the evaluation of this business case first."),
    ],
)
def test_why_not_evaluate(world, before, by, sentence):
    project = make.projects(before(world))[0]

    assert rules.why_not_evaluate(project, user=getattr(world, by), on=ON) == sentence


def test_why_not_recommend_before_an_evaluation(world):
    project = make.projects(make.under_evaluation(world))[0]

    assert rules.why_not_recommend(project, user=world.officer, on=ON) == (
        "Evaluate this project before you recommend on it."
    )


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ({}, ""),
        ({"need": " "}, "Write what you found about the need."),
        ({"outcomes": "", "value_for_money": ""}, "Write what you found about the outcomes and value for money."),
    ],
)
def test_why_not_record_evaluation(found, sentence):
    whole = {"need": "N", "outcomes": "O", "value_for_money": "V"}

    assert rules.why_not_record_evaluation(**{**whole, **found}) == sentence


@pytest.mark.parametrize(
    ("advised", "sentence"),
    [
        ({}, ""),
        ({"outcome": ""}, "Choose what you recommend."),
        ({"advice": ""}, "Write your advice to the commissioner."),
        ({"outcome": "DECLINED"}, "Give a sum only where you recommend approval."),
        ({"outcome": "DECLINED", "amount": None}, ""),
        ({"amount": None}, "Give the sum in pounds; an unknown sum cannot be approved."),
        ({"amount": Decimal("10001")}, "£10,001 is more than the £10,000 asked for. Give that sum or a lower one."),
        ({"outcome": "APPROVED_CONDITIONS"}, "Write the conditions."),
    ],
)
def test_why_not_recommend_so(world, advised, sentence):
    project = make.projects(make.submitted_case(world))[0]
    whole = {"outcome": "APPROVED", "amount": Decimal("10000"), "advice": "A", "conditions": "", "justification": ""}

    assert rules.why_not_recommend_so(project, **{**whole, **advised}) == sentence


@pytest.mark.parametrize(
    ("strength", "priority", "officer", "justification", "sentence"),
    [
        ("NONE", False, "", "", "This project names neither a priority nor evidence. Write why it should be funded."),
        ("NONE", False, "", "Because", ""),
        ("NONE", False, "Because", "", ""),
        ("NONE", True, "", "", ""),
        ("SOME", False, "", "", ""),
    ],
)
def test_why_not_recommend_so_without_priority_or_evidence(world, strength, priority, officer, justification, sentence):
    project = make.projects(make.submitted_case(world))[0]
    project.evidence_strength, project.officer_justification = strength, officer
    if not priority:
        project.priorities.clear()

    whole = {"outcome": "APPROVED", "amount": Decimal("10000"), "advice": "A", "conditions": ""}
    assert rules.why_not_recommend_so(project, justification=justification, **whole) == sentence


def evaluated_only(world):
    case = make.under_evaluation(world)
    evaluations.record_evaluation(
        project=make.projects(case)[0], need="N", outcomes="O", value_for_money="V", by=world.officer, at=make.BEFORE
    )
    return case


@pytest.mark.parametrize(
    ("before", "by", "sentence"),
    [
        (make.recommended, "cfo", ""),
        (make.recommended, "officer", "Only the chief finance officer comments on the money."),
        (
            make.awaiting_decision,
            "cfo",
            "The chief finance officer comments while the business case is being evaluated.",
        ),
        (evaluated_only, "cfo", "Officers have not recommended on this project yet."),
    ],
)
def test_why_not_comment_on_finance(world, before, by, sentence):
    project = make.projects(before(world))[0]

    assert rules.why_not_comment_on_finance(project, user=getattr(world, by), on=ON) == sentence


def uncommented(world):
    case = evaluated_only(world)
    evaluations.recommend(
        project=make.projects(case)[0], outcome="DECLINED", advice="No", by=world.officer, at=make.BEFORE
    )
    return case


@pytest.mark.parametrize(
    ("before", "by", "sentence"),
    [
        (make.recommended, "officer", ""),
        (make.recommended, "cfo", NOT_AN_OFFICER),
        (make.submitted_case, "officer", "Only a business case being evaluated can be sent for decision."),
        (evaluated_only, "officer", "Project 1 (Safer nights) has no recommendation yet."),
        (uncommented, "officer", "Project 1 (Safer nights) waits for the chief finance officer's comment."),
    ],
)
def test_why_not_send_for_decision(world, before, by, sentence):
    assert rules.why_not_send_for_decision(before(world), user=getattr(world, by), on=ON) == sentence


def test_why_not_send_for_decision_without_projects(world):
    case = make.under_evaluation(world)
    Project.objects.filter(case=case).delete()

    assert rules.why_not_send_for_decision(case, user=world.officer, on=ON) == (
        "This business case has no project left to decide."
    )


def half_decided(world):
    case = make.awaiting_decision(world, ("1000", "2000"))
    make.approve(world, make.projects(case)[0])
    return case


@pytest.mark.parametrize(
    ("before", "by", "sentence"),
    [
        (make.awaiting_decision, "officer", ""),
        (make.awaiting_decision, "pcc", NOT_AN_OFFICER),
        (make.recommended, "officer", "Only a business case that waits for a decision can be taken back."),
        (
            half_decided,
            "officer",
            "The commissioner has already acted on a project of this case, so it stays there.",
        ),
    ],
)
def test_why_not_take_back(world, before, by, sentence):
    assert rules.why_not_take_back(before(world), user=getattr(world, by), on=ON) == sentence
