"""Interests, findings, advice, the finance comment, sending for decision (C2, X3)."""

from datetime import date

import pytest

from grants.actions import evaluations
from grants.enums import CaseStatus
from grants.models import Evaluation, Recommendation
from records.enums import ObligationKind
from records.models import Event, Notice, Obligation
from tests.make import awards as make

pytestmark = pytest.mark.django_db


def test_declare_interest_is_kept_with_its_details(world):
    case = make.submitted_case(world)

    row = evaluations.declare_interest(
        case=case, has_interest=True, details=" Family ", by=world.officer, at=make.BEFORE
    )

    assert (row.has_interest, row.details) == (True, "Family")
    assert Event.objects.get(verb="interest_declared").summary == "Ola Officer declared an interest"


def test_record_evaluation_a_second_time_replaces_ones_own(world):
    project = make.projects(make.under_evaluation(world))[0]
    for need in ("First", "Second"):
        evaluations.record_evaluation(
            project=project, need=need, outcomes="O", value_for_money="V", by=world.officer, at=make.BEFORE
        )

    assert [row.need for row in Evaluation.objects.all()] == ["Second"]


def test_recommend_again_needs_a_new_finance_comment(world):
    project = make.projects(make.recommended(world))[0]
    assert Recommendation.objects.get().cfo_by == world.cfo

    evaluations.recommend(project=project, outcome="DECLINED", advice="No", by=world.officer, at=make.BEFORE)

    advice = Recommendation.objects.get()
    assert (advice.outcome, advice.amount, advice.cfo_comment, advice.cfo_by) == ("DECLINED", None, "", None)


def test_recommend_keeps_the_officer_s_justification(world):
    project = make.projects(make.under_evaluation(world))[0]
    evaluations.record_evaluation(
        project=project, need="N", outcomes="O", value_for_money="V", by=world.officer, at=make.BEFORE
    )

    evaluations.recommend(
        project=project, outcome="DECLINED", advice="No", justification="A pilot", by=world.officer, at=make.BEFORE
    )

    project.refresh_from_db()
    assert project.officer_justification == "A pilot"


def test_send_for_decision_owes_the_office_a_decision(world):
    case = make.awaiting_decision(world)

    owed = Obligation.objects.open().get(kind=ObligationKind.DECISION)
    told = set(Notice.objects.filter(rule="case_sent_for_decision").values_list("person__email", flat=True))
    assert case.status == CaseStatus.AWAITING_DECISION
    assert (owed.organisation, owed.due_on, owed.subject_id) == (None, date(2020, 3, 23), case.pk)
    assert told == {world.pcc.email, world.chief_executive.email}


def test_take_back_turns_the_obligation_round(world):
    case = make.awaiting_decision(world)

    evaluations.take_back(case=case, reason="New figures", by=world.officer, at=make.BEFORE)

    assert case.status == CaseStatus.UNDER_EVALUATION
    assert Event.objects.get(verb="taken_back").reason == "New figures"
    assert [row.kind for row in Obligation.objects.open().about(case)] == [ObligationKind.EVALUATION]
