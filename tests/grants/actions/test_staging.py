"""Scores given alone, agreed in moderation, settled with thresholds and places (V3, X3)."""

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError

from grants.actions import business_cases, staging
from grants.enums import CaseStatus
from grants.models import Assessment, ModeratedScore, StageResult
from grants.queries import duties
from grants.queries import staging as reads
from records.enums import ObligationKind
from records.models import Event, Obligation
from records.refusals import Refused
from tests.kept import kept
from tests.make import staging as make

pytestmark = pytest.mark.django_db
LATER = make.SCORED_AT


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """A round with a gate, scores with a threshold, moderation, and the commissioner."""

    def build(rules):
        return {
            "gate": make.gate(rules, 1, evaluators=2),
            "scored": make.scored(rules, 2, evaluators=2, pass_percent=Decimal(60)),
            "moderation": make.stage(rules, 3, "MODERATION", places=1),
            "decision": make.stage(rules, 4, "COMMISSIONER"),
        }

    with kept(django_db_blocker):
        world = make.world(build)
        world.case = make.sent_in(world)
        world.other_case = make.sent_in(world, world.swale)
        yield world


@pytest.fixture
def world(kept_world, db):
    return deepcopy(kept_world)


def first(world):
    return make.project_of(world.case)


def through_gate(world):
    """Both projects through the gate."""
    for case in (world.case, world.other_case):
        make.both_score(world, make.project_of(case), world.gate, True)
    make.settle(world, world.gate)


def both_scored(world, mine=(5, 3), theirs=(4, 4)):
    through_gate(world)
    for case, scores in ((world.case, mine), (world.other_case, theirs)):
        make.both_score(world, make.project_of(case), world.scored, *scores)


def states(project):
    return [step.state for step in reads.standing_of(reads.project_for_stages(project)).steps]


def test_save_assessment_takes_the_case_into_evaluation_whose_work_was_owed_when_it_came_in(world):
    staging.save_assessment(
        project=first(world), stage=world.gate, scores=make.marks(world.gate, True, None), by=world.officer, at=LATER
    )

    world.case.refresh_from_db()
    owed = Obligation.objects.open().get(kind=ObligationKind.STAGE_WORK)
    assert world.case.status == CaseStatus.UNDER_EVALUATION
    assert [row.is_met for row in Assessment.objects.get().scores.all()] == [True]
    assert (owed.period, owed.due_on, owed.title) == ("1", date(2020, 3, 23), f"Gate 1: {world.round.name}")


def test_finish_assessment_wants_every_criterion(world):
    with pytest.raises(Refused, match=r"Safeguarding: say whether it is met before you finish."):
        make.score(first(world), world.gate, world.officer, True, None)
    with pytest.raises(Refused, match=r"Constitution: say why it is not met."):
        make.score(first(world), world.gate, world.officer, False, True)
    assert make.score(first(world), world.gate, world.officer, True).finished_at == LATER


def test_scores_of_others_are_seen_only_after_ones_own_are_finished(world):
    make.score(first(world), world.gate, world.officer, True)
    project = reads.project_for_stages(first(world))

    assert [row.by for row in reads.seen_by(world.officer, project, world.gate)] == [world.officer]
    assert reads.seen_by(world.other_officer, project, world.gate) == []
    assert reads.seen_by(world.pcc, project, world.gate) == []

    make.score(first(world), world.gate, world.other_officer, True)
    project = reads.project_for_stages(first(world))
    assert len(reads.seen_by(world.pcc, project, world.gate)) == 2


def test_minimum_evaluators_bites_and_scoring_is_complete_after_them(world):
    make.score(first(world), world.gate, world.officer, True)
    with pytest.raises(Refused, match=r"No project is ready to be settled in this stage."):
        make.settle(world, world.gate)
    make.score(first(world), world.gate, world.other_officer, True)

    with pytest.raises(Refused, match="Enough evaluators have finished"):
        make.score(first(world), world.gate, world.head, True)
    assert [row.outcome for row in make.settle(world, world.gate)] == ["PASSED"]


def test_drop_assessment_lets_the_stage_go_on_without_an_evaluator(world):
    mine = staging.save_assessment(project=first(world), stage=world.gate, scores={}, by=world.officer, at=LATER)
    with pytest.raises(Refused, match="Only the evaluator or the head of commissioning"):
        staging.drop_assessment(assessment=mine, reason="Ill", by=world.other_officer, at=LATER)

    staging.drop_assessment(assessment=mine, reason="Ill", by=world.head, at=LATER)

    assert not Assessment.objects.exists()
    assert Event.objects.get(verb="scoring_dropped").reason == "Ill"


def test_gate_bites_and_names_what_is_not_met(world):
    make.both_score(world, make.project_of(world.other_case), world.gate, True)
    for person in (world.officer, world.other_officer):
        make.score(first(world), world.gate, person, True, False, why="No policy sent")

    make.settle(world, world.gate)

    assert states(make.project_of(world.other_case)) == ["done", "now", "later", "later"]
    assert states(first(world)) == ["failed", "stopped", "stopped", "stopped"]
    assert StageResult.objects.get(outcome="FAILED").note == "Not met: Safeguarding"


def test_reopen_assessment_where_evaluators_of_a_gate_differ(world):
    make.score(first(world), world.gate, world.officer, True)
    make.score(first(world), world.gate, world.other_officer, True, False, why="No policy")
    with pytest.raises(Refused, match="No project is ready"):
        make.settle(world, world.gate)

    staging.reopen_assessment(
        project=first(world), stage=world.gate, reason="The policy was in the annex", by=world.other_officer, at=LATER
    )
    make.score(first(world), world.gate, world.other_officer, True)

    assert [row.outcome for row in make.settle(world, world.gate)] == ["PASSED"]
    assert Event.objects.get(verb="scoring_reopened").reason == "The policy was in the annex"


def test_agree_scores_asks_for_a_reason_where_evaluators_differ(world):
    both_scored(world)
    given = make.marks(world.scored, 4)

    with pytest.raises(Refused, match=r"Evidence of need: the evaluators gave 3 and 5. Say why 4 is agreed."):
        staging.agree_scores(project=first(world), stage=world.moderation, agreed=given, by=world.officer, at=LATER)
    make.agree(world, first(world), world.moderation, world.scored, 4)

    mean = StageResult.objects.get(stage=world.scored)
    assert (mean.outcome, mean.percent) == ("RECORDED", Decimal("80.00"))
    assert [row.score for row in ModeratedScore.objects.all()] == [4, 4]


def test_agree_scores_needs_no_reason_where_all_gave_the_same(world):
    both_scored(world)

    make.agree(world, make.project_of(world.other_case), world.moderation, world.scored, 4, why="")

    assert ModeratedScore.objects.count() == 2


def test_pass_percent_bites_on_the_agreed_score(world):
    both_scored(world)
    make.agree(world, first(world), world.moderation, world.scored, 3)
    make.agree(world, make.project_of(world.other_case), world.moderation, world.scored, 2)

    make.settle(world, world.moderation)

    passed, failed = StageResult.objects.filter(stage=world.moderation).order_by("place")
    assert (passed.outcome, passed.percent, passed.place) == ("PASSED", Decimal("60.00"), 1)
    assert (failed.outcome, failed.percent) == ("FAILED", Decimal("40.00"))
    assert failed.note == "40% of the best possible score, and 60% is needed, place 2"


def test_places_bite_and_a_tie_at_the_last_place_goes_on_and_says_so(world):
    both_scored(world)
    make.agree(world, first(world), world.moderation, world.scored, 5)
    with pytest.raises(Refused, match=r"Places are given together, and .* is not ready: the evaluators agree"):
        make.settle(world, world.moderation)
    make.agree(world, make.project_of(world.other_case), world.moderation, world.scored, 5)

    results = make.settle(world, world.moderation)

    words = "100% of the best possible score, place 1, shared with 1 other: all who share the last place go on"
    assert [(row.outcome, row.place, row.note) for row in results] == [("PASSED", 1, words)] * 2


def test_places_bite_on_the_second(world):
    both_scored(world)
    make.agree(world, first(world), world.moderation, world.scored, 5)
    make.agree(world, make.project_of(world.other_case), world.moderation, world.scored, 4)

    results = make.settle(world, world.moderation)

    assert [(row.outcome, row.note) for row in results] == [
        ("PASSED", "100% of the best possible score, place 1"),
        ("FAILED", "80% of the best possible score, place 2, and 1 goes on"),
    ]


def test_places_wait_while_more_cases_may_come_in(world):
    both_scored(world)
    make.agree(world, first(world), world.moderation, world.scored, 5)

    with pytest.raises(Refused, match="More business cases may come in until 31 March 2020"):
        make.settle(world, world.moderation, at=make.SCORED_AT - timedelta(days=7))


def test_settle_stage_closes_the_work_owed_and_owes_the_next(world):
    through_gate(world)

    assert [row.period for row in Obligation.objects.open().filter(kind=ObligationKind.STAGE_WORK)] == ["2"]


def test_results_and_settled_scores_never_change_in_the_database(world):
    through_gate(world)

    for statement in (
        "UPDATE grants_stageresult SET outcome = 'PASSED'",
        "DELETE FROM grants_stageresult",
        "UPDATE grants_assessment SET comment = 'Otherwise'",
        "UPDATE grants_score SET is_met = false",
    ):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_case_whose_stages_have_begun_is_not_returned(world):
    request = [("NEED", None, "Say more")]
    make.score(first(world), world.gate, world.officer, True)

    with pytest.raises(Refused, match="every applicant is judged on what was sent in"):
        business_cases.return_business_case(case=world.case, requests=request, by=world.officer, at=LATER)
    returned = business_cases.return_business_case(case=world.other_case, requests=request, by=world.officer, at=LATER)
    assert returned.status == CaseStatus.RETURNED


def test_places_wait_for_a_case_that_is_with_its_applicant(world):
    request = [("NEED", None, "Say more")]
    make.both_score(world, first(world), world.gate, True)
    make.settle(world, world.gate)
    business_cases.return_business_case(case=world.other_case, requests=request, by=world.officer, at=LATER)
    make.both_score(world, first(world), world.scored, 4)
    make.agree(world, first(world), world.moderation, world.scored, 4)

    with pytest.raises(Refused, match="is not ready: it is with the applicant for changes"):
        make.settle(world, world.moderation)


def test_whoever_scored_does_not_decide_and_does_not_release(world):
    through_gate(world)

    assert {world.officer.pk, world.other_officer.pk} <= duties.advisers_of([first(world).pk])
