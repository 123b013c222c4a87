"""When a project may be decided and for how much: every sentence once (C4, C5, X2, X3)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import Membership
from grants.actions import awards, decisions
from grants.enums import Window
from grants.models import Allocation, InterestDeclaration, Project
from grants.rules import decisions as rules
from plans.models import Delegation, SensitivePeriod
from tests.make import accounts, frozen
from tests.make import awards as make

pytestmark = pytest.mark.django_db
ON = make.DECIDED_AT.date()
FULL = {"outcome": "APPROVED", "amount": Decimal("10000"), "purpose": "P", "reason": "R"}
EMPTY = {"conditions": "", "question": ""}
NOT_A_POST = "Only the commissioner, or a post with a recorded delegation, decides on spend."


def first(case):
    return make.projects(case)[0]


def said(world, project, *, by=None, **worded):
    return rules.why_not_decide_so(project, user=by or world.pcc, on=ON, **{**FULL, **EMPTY, **worded})


@pytest.mark.parametrize(
    ("before", "by", "sentence"),
    [
        (make.awaiting_decision, "pcc", ""),
        (make.recommended, "pcc", "Officers have not sent this business case for decision yet."),
        (
            make.awaiting_decision,
            "officer",
            "Only the commissioner, or a post with a recorded delegation, decides on spend.",
        ),
        (
            make.awaiting_decision,
            "cfo",
            "No delegation is recorded for your post on this day, so the commissioner decides.",
        ),
    ],
)
def test_why_not_decide(world, before, by, sentence):
    project = first(before(world))

    assert rules.why_not_decide(project, user=getattr(world, by), on=ON) == sentence


def test_why_not_decide_a_deferred_project(world):
    project = first(make.awaiting_decision(world))
    asked = {"outcome": "DEFERRED", "reason": "Unclear", "question": "Who?"}
    decisions.decide_project(project=project, by=world.pcc, at=make.DECIDED_AT, **asked)

    assert rules.why_not_decide(project, user=world.pcc, on=ON) == (
        "This project waits for the applicant's answer to the question asked."
    )


def test_why_not_decide_twice(world):
    case = make.awaiting_decision(world, ("1000", "2000"))
    make.approve(world, first(case))

    assert rules.why_not_decide(first(case), user=world.pcc, on=ON) == (
        "This project has already been decided. A decision is never changed."
    )


def test_why_not_decide_without_the_finance_comment(world):
    project = first(make.awaiting_decision(world))
    project.recommendation.cfo_comment = ""
    project.recommendation.cfo_at = project.recommendation.cfo_by = None
    project.recommendation.save()

    assert rules.why_not_decide(project, user=world.pcc, on=ON) == (
        "This project needs a recommendation with the chief finance officer's comment first."
    )


def give(world, person, role, organisation=None):
    Membership.objects.create(
        user=person, role=role, organisation=organisation or world.office, started_at=accounts.LONG_AGO
    )
    if hasattr(person, "_current_memberships"):
        del person._current_memberships


@pytest.mark.parametrize(("adviser"), ["officer", "cfo"])
def test_why_not_decide_after_advising(world, adviser):
    person = getattr(world, adviser)
    project = first(make.awaiting_decision(world))
    give(world, person, "COMMISSIONER")

    assert rules.why_not_decide(project, user=person, on=ON) == (
        "You evaluated or advised on this, so somebody else decides it."
    )


def test_why_not_decide_for_ones_own_organisation(world):
    project = first(make.awaiting_decision(world))
    give(world, world.pcc, "LEAD", world.maidstone)

    assert rules.why_not_decide(project, user=world.pcc, on=ON) == (
        "You belong to Safer Maidstone Partnership, so somebody else works on this business case."
    )


def test_why_not_decide_with_a_declared_interest(world):
    project = first(make.awaiting_decision(world))
    InterestDeclaration.objects.create(
        case=project.case, user=world.pcc, has_interest=True, details="Family", at=make.BEFORE
    )

    assert rules.why_not_decide(project, user=world.pcc, on=ON) == (
        "You declared an interest in this business case, so somebody else works on it."
    )


def test_why_not_decide_after_releasing(world):
    make.released_award(world)
    project = first(make.awaiting_decision(world, ("500",), window=Window.TACTICAL, at=make.TACTICAL_AT))
    give(world, world.finance, "COMMISSIONER")

    assert rules.why_not_decide(project, user=world.finance, on=make.TACTICAL_AT.date()) == (
        "You released money of this award, so somebody else decides on it."
    )


@pytest.mark.parametrize(
    ("worded", "sentence"),
    [
        ({}, ""),
        ({"outcome": "MAYBE"}, "Choose what you decide."),
        ({"reason": " "}, "Write the reason for the decision."),
        ({"purpose": ""}, "Write the purpose of the spend."),
        ({"amount": None}, "Give the sum in pounds; an unknown sum cannot be approved."),
        ({"amount": Decimal(0)}, "Give the sum in pounds; an unknown sum cannot be approved."),
        (
            {"amount": Decimal("10000.01")},
            "£10,000.01 is more than the £10,000 asked for. Give that sum or a lower one.",
        ),
        (
            {"amount": Decimal("9000")},
            "Approved in full means £10,000. Choose a lower sum, or give £10,000.",
        ),
        (
            {"outcome": "APPROVED_LOWER"},
            "£10,000 is the full sum asked for. Choose approved in full, or give a lower sum.",
        ),
        ({"outcome": "APPROVED_LOWER", "amount": Decimal("1")}, ""),
        ({"outcome": "APPROVED_CONDITIONS"}, "Write the conditions."),
        ({"outcome": "APPROVED_CONDITIONS", "conditions": "C"}, ""),
        ({"outcome": "DEFERRED", "amount": None}, "Write the question the applicant should answer."),
        ({"outcome": "DEFERRED", "amount": None, "question": "Who?"}, ""),
        ({"outcome": "DECLINED"}, "Give a sum only where you approve."),
        ({"outcome": "DECLINED", "amount": None}, ""),
        ({"outcome": "RETAINED", "amount": None}, "Give the sum the office retains."),
        ({"outcome": "RETAINED", "amount": Decimal("26440")}, ""),
        (
            {"outcome": "RETAINED", "amount": Decimal("26440.01")},
            "Only £26,440 is left in that part of the allocation, so no more can be retained.",
        ),
    ],
)
def test_why_not_decide_so(world, worded, sentence):
    assert said(world, first(make.awaiting_decision(world)), **worded) == sentence


def test_why_not_decide_so_above_a_delegation(world):
    Delegation.objects.create(
        reference="DEL-1", body=world.body, post="CHIEF_EXECUTIVE", limit=9999, starts_on=date(2020, 1, 1)
    )

    assert said(world, first(make.awaiting_decision(world)), by=world.chief_executive) == (
        "Your delegation DEL-1 goes up to £9,999 and this is £10,000, so the commissioner decides."
    )


def spoil_source(project):
    project.case.round.funding_source = None


def victims_source(project):
    project.case.round.funding_source = project.case.round.stream.plan.sources.get(key="victims")


def no_terms(project):
    project.case.round.rule_set.terms_id = None


def no_instalments(project):
    frozen.thaw()
    project.case.round.rule_set.instalment_rules.all().delete()


def no_allocation(project):
    project.case.allocation = None


def unknown_allocation(project):
    project.case.allocation.amount = None


def unknown_part(project):
    project.case.allocation.main_amount = None


def small_whole(project):
    project.case.allocation.amount = Decimal("9999")


def small_main(project):
    project.case.allocation.main_amount = Decimal("9999")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (spoil_source, "The round names no source of funds, so nothing can be approved from it."),
        (
            victims_source,
            (
                "Victims grant may be spent on support for victims only, "
                "and Community Safety Partnerships is for crime and disorder reduction."
            ),
        ),
        (no_terms, "The rule set of this round names no terms and conditions, so no award can be made."),
        (no_instalments, "The rule set of this round says nothing about instalments, so no award can be made."),
        (
            no_allocation,
            "No allocation is recorded for this organisation in the round, so nothing can be approved.",
        ),
        (
            unknown_allocation,
            "The allocation is not published. Record its sum before approving anything from it.",
        ),
        (unknown_part, "The allocation is not published. Record its sum before approving anything from it."),
        (
            small_main,
            "Only £9,999 is left in the main window of this allocation. Approve a lower sum.",
        ),
        (small_whole, "Only £9,999 is left of the whole allocation. Approve a lower sum."),
    ],
)
def test_why_not_approve(world, spoil, sentence):
    project = first(make.awaiting_decision(world))
    spoil(project)

    assert said(world, project) == sentence


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (no_allocation, "No allocation is recorded for this organisation, so there is no money to retain."),
        (unknown_allocation, "The allocation is not published, so no money can be retained from it."),
    ],
)
def test_why_not_retain(world, spoil, sentence):
    project = first(make.awaiting_decision(world))
    spoil(project)

    assert rules.why_not_retain(project, amount=Decimal("1")) == sentence


@pytest.mark.parametrize(
    ("opened", "tactical", "amount", "sentence"),
    [
        ("39661", "13220", "13220", ""),
        (
            "39661",
            "13220",
            "13220.01",
            "Only £13,220 is left in the tactical pot of this allocation. Approve a lower sum.",
        ),
        (
            "39661",
            "20000",
            "13220.34",
            "Only £13,220.33 is left of the largest tactical pot allowed, £13,220.33 of the £39,661 opened.",
        ),
        (None, "100", "1", "The allocation as opened is not known, so the tactical pot has no limit to keep to."),
    ],
)
def test_why_not_within_the_tactical_pot(world, opened, tactical, amount, sentence):
    allocation = Allocation.objects.get(pk=world.allocation.pk)
    allocation.opened_amount = None if opened is None else Decimal(opened)
    allocation.tactical_amount = Decimal(tactical)

    assert rules.why_not_within(allocation, Window.TACTICAL, world.csp_rules, Decimal(amount)) == sentence


def test_why_not_award_on_a_suspended_one(world):
    award = make.live_award(world)
    awards.suspend_award(award=award, reason="R", by=world.officer, at=make.RELEASED_AT)
    case = make.awaiting_decision(world, ("500",), window=Window.TACTICAL, at=make.TACTICAL_AT)

    assert rules.why_not_award(case) == f"The award {award.reference} is suspended, so nothing can be added to it."


@pytest.mark.parametrize(
    ("deferred", "by", "sentence"),
    [
        (True, "maidstone_contributor", ""),
        (True, "swale_lead", "Only the applicant answers a question on its project."),
        (True, "officer", "Only the applicant answers a question on its project."),
        (False, "maidstone_lead", "No question on this project waits for an answer."),
    ],
)
def test_why_not_answer(world, deferred, by, sentence):
    project = first(make.awaiting_decision(world))
    if deferred:
        asked = {"outcome": "DEFERRED", "reason": "Unclear", "question": "Who?"}
        decisions.decide_project(project=project, by=world.pcc, at=make.DECIDED_AT, **asked)

    assert rules.why_not_answer(project, user=getattr(world, by), on=ON) == sentence


def test_why_not_publish(world):
    case = make.awaiting_decision(world, ("1000", "2000", "3000"))
    approved, deferred, declined = make.projects(case)
    made = make.approve(world, approved)
    asked = {"outcome": "DEFERRED", "reason": "Unclear", "question": "Who?"}
    asked = decisions.decide_project(project=deferred, by=world.pcc, at=make.DECIDED_AT, **asked)
    told = make.decline(world, declined)

    def why(decision, by=world.officer, on=ON):
        return rules.why_not_publish(decision, user=by, on=on)

    told.refresh_from_db()
    assert why(told, by=world.pcc) == "Only commissioning officers publish decisions."
    assert why(made) == "Tell the recipient first: a decision is published after it was offered."
    assert why(asked) == "A deferral is not published; the decision that follows it is."
    assert why(told) == ""
    SensitivePeriod.objects.create(key="e", name="the election", starts_on=ON, ends_on=ON + timedelta(days=1))
    assert why(told).startswith("Publicity waits until 21 March 2020 has passed because of the election.")
    told.published_at = make.DECIDED_AT
    assert why(told) == "This decision has already been published."
    told.is_recorded = True
    assert why(told) == "This decision was recorded from a published source, so there is nothing to publish."


def test_why_not_decide_counts_a_lapsed_award_as_free_again(world):
    award = make.offered_award(world, ("26440",))
    awards.decline_award(award=award, reason="R", by=world.maidstone_signatory, at=make.ACCEPTED_AT)

    allocation = Allocation.objects.get(pk=world.allocation.pk)
    assert rules.why_not_within(allocation, Window.MAIN, world.csp_rules, Decimal("26440")) == ""
    assert Project.objects.get().status == "APPROVED"
