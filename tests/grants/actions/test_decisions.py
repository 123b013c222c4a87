"""Decisions and what follows from them in the same breath (C4, C5, C7, X3)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grants.actions import decisions
from grants.enums import AwardStatus, CaseStatus, ProjectStatus, Window
from grants.models import Allocation, AllocationMovement, Award, Project
from plans.models import Delegation, SensitivePeriod
from records.enums import DecisionOutcome, ObligationKind, PaperKind
from records.models import Decision, Event, Notice, Obligation, Paper
from records.refusals import Refused
from tests.make import awards as make

pytestmark = pytest.mark.django_db


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


def test_decide_project_at_a_lower_sum_uses_that_sum(world):
    project = make.projects(make.awaiting_decision(world))[0]

    decision = make.approve(world, project, "9507.55")

    award = Award.objects.get()
    assert (decision.outcome, decision.amount) == (DecisionOutcome.APPROVED_LOWER, Decimal("9507.55"))
    assert [row.amount for row in award.instalments.order_by("number")] == [Decimal("4753.78"), Decimal("4753.77")]


def test_decide_project_under_a_delegation_records_it(world):
    project = make.projects(make.awaiting_decision(world))[0]
    Delegation.objects.create(
        reference="DEL-1", body=world.body, post="CHIEF_EXECUTIVE", stream=world.crg, limit=10000,
        starts_on=date(2020, 1, 1),
    )  # fmt: skip

    decision = make.approve(world, project, by=world.chief_executive)

    assert (decision.post, decision.delegation_reference) == ("Chief executive", "DEL-1")


def test_decide_project_as_a_key_decision_keeps_a_numbered_notice(world):
    project = make.projects(make.awaiting_decision(world))[0]

    decision = make.approve(world, project, is_key=True, interests="I live in the area")

    paper = Paper.objects.get(kind=PaperKind.DECISION_NOTICE)
    assert decision.notice_number == 1
    assert (paper.subject_type, paper.subject_id) == ("records.Decision", decision.pk)
    for words in ("It meets the need shown", "Fewer crimes", "Fund it", "Affordable", "I live in the area"):
        assert words in paper.html


def test_decide_project_deferred_asks_the_applicant(world):
    case = make.awaiting_decision(world)

    decision = decide(world, make.projects(case)[0], "DEFERRED", question="Who delivers?")

    project = make.projects(case)[0]
    owed = Obligation.objects.open().get(kind=ObligationKind.DEFERRED_QUESTION)
    told = set(Notice.objects.filter(rule="project_deferred").values_list("person__email", flat=True))
    case.refresh_from_db()
    assert (project.status, project.decision) == (ProjectStatus.DEFERRED, decision)
    assert (owed.organisation, owed.due_on) == (world.maidstone, date(2020, 4, 3))
    assert told == {world.maidstone_lead.email, world.maidstone_contributor.email}
    assert case.status == CaseStatus.AWAITING_DECISION
    assert not Obligation.objects.open().filter(kind=ObligationKind.DECISION).exists()
    assert not Award.objects.exists()


def test_answer_question_proposes_the_project_again_and_the_office_owes_a_decision(world):
    case = make.awaiting_decision(world)
    decide(world, make.projects(case)[0], "DEFERRED", question="Who delivers?")

    at = make.DECIDED_AT + timedelta(days=3)
    decisions.answer_question(project=make.projects(case)[0], answer="We do", by=world.maidstone_lead, at=at)

    project = make.projects(case)[0]
    assert (project.status, project.answer) == (ProjectStatus.PROPOSED, "We do")
    assert not Obligation.objects.open().filter(kind=ObligationKind.DEFERRED_QUESTION).exists()
    assert Obligation.objects.open().get(kind=ObligationKind.DECISION).due_on == date(2020, 4, 6)
    assert make.approve(world, project).approves


def test_decide_project_declined_tells_at_once_and_gives_nothing(world):
    case = make.awaiting_decision(world)

    decision = make.decline(world, make.projects(case)[0])

    decision.refresh_from_db()
    case.refresh_from_db()
    assert (decision.amount, decision.offered_at, decision.offered_by) == (None, make.DECIDED_AT, world.pcc)
    assert Notice.objects.filter(rule="project_declined", person=world.maidstone_lead).count() == 1
    assert case.status == CaseStatus.DECIDED
    assert not Award.objects.exists()


def test_decide_project_retained_moves_the_money_to_the_office(world):
    project = make.projects(make.awaiting_decision(world))[0]

    decision = decide(world, project, "RETAINED")

    allocation = Allocation.objects.get(pk=world.allocation.pk)
    movement = AllocationMovement.objects.get()
    assert (allocation.amount, allocation.main_amount) == (Decimal("29661"), Decimal("16440"))
    assert (allocation.tactical_amount, allocation.opened_amount) == (Decimal("13220"), Decimal("39661"))
    assert (movement.kind, movement.amount, movement.decision) == ("RETAINED", Decimal("10000"), decision)
    assert Notice.objects.filter(rule="project_retained", person=world.maidstone_lead).count() == 1


def test_decide_project_refused_leaves_no_trace(world):
    project = make.projects(make.awaiting_decision(world))[0]
    events = Event.objects.count()

    with pytest.raises(Refused, match="more than the £10,000 asked for"):
        decide(world, project, "APPROVED_LOWER", amount=Decimal("10001"), purpose="P")

    assert (Decision.objects.count(), Event.objects.count()) == (0, events)
    assert Project.objects.get().status == ProjectStatus.PROPOSED


def test_decide_project_closes_the_office_s_obligation_with_the_last_project(world):
    first, second = make.projects(make.awaiting_decision(world, ("1000", "2000")))
    owed = Obligation.objects.open().filter(kind=ObligationKind.DECISION)

    make.approve(world, first)
    assert owed.count() == 1
    make.decline(world, second)

    assert owed.count() == 0
    assert Notice.objects.filter(rule="case_decided", person=world.officer).count() == 1


def test_decide_project_in_the_tactical_window_adds_a_line_that_never_waits(world):
    award = make.live_award(world)

    line = make.tactical_line(world, "2000")

    row = line.instalment_lines.get().instalment
    variation = award.variations.get()
    decision = Decision.objects.get(pk=line.decision_id)
    assert (line.award, line.window, line.number) == (award, Window.TACTICAL, 2)
    assert (row.number, row.amount, row.due_on) == (3, Decimal("2000"), make.TACTICAL_AT.date())
    assert (row.condition_row_type, row.condition_row_id) == ("grants.TermsAcceptance", award.acceptance.pk)
    assert (variation.kind, variation.before, variation.after["awarded"]) == (
        "LINE_ADDED", {"awarded": "10000.00"}, "12000.00",
    )  # fmt: skip
    assert decision.offered_at == make.TACTICAL_AT
    assert Notice.objects.filter(rule="award_line_added", person=world.maidstone_signatory).count() == 1
    assert Obligation.objects.filter(kind=ObligationKind.RETURN).count() == 2


@pytest.mark.parametrize(
    ("month", "periods"), [(9, ["MID_YEAR", "YEAR_END"]), (10, ["YEAR_END"])], ids=["before", "after"]
)
def test_decide_project_tactical_after_mid_year_owes_the_year_end_only(world, month, periods):
    at = make.TACTICAL_AT.replace(month=month)

    make.tactical_line(world, at=at)

    owed = Obligation.objects.filter(kind=ObligationKind.RETURN).order_by("due_on")
    assert [row.period for row in owed] == periods


def test_publish_decision_waits_out_a_sensitive_period_and_offers_do_not(world):
    SensitivePeriod.objects.create(key="e", name="the election", starts_on=date(2020, 3, 1), ends_on=date(2020, 5, 7))
    award = make.released_award(world)
    decision = award.lines.get().decision

    with pytest.raises(Refused, match="Publicity waits until 7 May 2020 has passed because of the election"):
        decisions.publish_decision(decision=decision, by=world.officer, at=make.RELEASED_AT)
    after = make.RELEASED_AT.replace(month=5, day=8)
    decision = decisions.publish_decision(decision=decision, by=world.officer, at=after)

    assert (decision.published_at, decision.published_by) == (after, world.officer)
