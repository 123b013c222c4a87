"""Low scores suggest an offer: once the decision was told, the agreed score before the mean (B1)."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from monitoring.enums import TriggerKind
from monitoring.queries import capacity_causes as reads
from plans.models import Criterion
from records.models import Decision
from tests.kept import kept
from tests.make import capacity as make
from tests.make import staging

pytestmark = pytest.mark.django_db
K = TriggerKind
ON = date(2020, 11, 20)


def found(world):
    return {(cause.organisation_id, cause.about): cause.reason for cause in reads.causes(ON)}


@pytest.fixture(scope="module")
def kept_scores(django_db_setup, django_db_blocker):
    """Two projects scored 1 of 5, sent for decision; of one the evaluators agreed on 4 for the need."""

    def build(rules):
        return {"scored": staging.scored(rules, 1), "decision": staging.stage(rules, 2, "COMMISSIONER")}

    with kept(django_db_blocker):
        world = staging.world(build)
        world.low, world.high = staging.sent_in(world), staging.sent_in(world, world.swale)
        for case in (world.low, world.high):
            staging.score(staging.project_of(case), world.scored, world.officer, 1)
        need = Criterion.objects.get(stage=world.scored, title="Evidence of need")
        staging.project_of(world.high).moderated_scores.create(
            stage=world.scored, criterion=need, score=4, by=world.officer, at=staging.SCORED_AT
        )
        staging.settle(world, world.scored)
        for case in (world.low, world.high):
            case.refresh_from_db()
            staging.waiting_for_decision(world, case)
        world.offer = make.offer(world.cast)
        yield world


@pytest.fixture
def scores(kept_scores, db):
    return deepcopy(kept_scores)


def low_on(world, **more):
    return world.offer.triggers.create(kind=K.LOW_SCORE, **{"words": "need", "below_percent": 50, **more})


def test_causes_a_low_score_counts_once_the_decision_was_told(scores):
    low_on(scores)
    assert found(scores) == {}

    staging.decide(scores, staging.project_of(scores.low), outcome="DECLINED")

    [(whose, _about)], [line] = zip(*found(scores).items(), strict=True)
    project = staging.project_of(scores.low)
    assert whose == scores.maidstone.pk
    assert line == f"“{project.title}” ({project.reference}) scored 1 of 5 on “Evidence of need”."


def test_causes_a_low_score_of_an_approved_project_waits_for_the_offer(scores):
    low_on(scores, below_percent=100)
    project = staging.project_of(scores.high)
    staging.decide(scores, project)
    assert found(scores) == {}

    Decision.objects.filter(projects=project).update(offered_at=staging.SCORED_AT, offered_by=scores.officer)

    assert {whose for whose, _about in found(scores)} == {scores.swale.pk}


def test_causes_the_agreed_score_counts_before_the_mean(scores):
    low_on(scores, words="")
    project = staging.project_of(scores.high)
    staging.decide(scores, project, outcome="DECLINED")

    [line] = found(scores).values()
    assert line == f"“{project.title}” ({project.reference}) scored 1 of 5 on “Value for money”."


@pytest.mark.parametrize(
    ("wanted", "score", "calls"),
    [
        ({"words": "NEED"}, "2.4", True),
        ({"words": "need"}, "2.5", False),
        ({"words": "money"}, "1", False),
        ({"criterion_id": 7}, "1", True),
        ({"criterion_id": 8}, "1", False),
        ({"criterion_id": 7, "words": "money"}, "1", False),
    ],
)
def test_is_low(wanted, score, calls):
    trigger = SimpleNamespace(**{"criterion_id": None, "words": "", "below_percent": 50, **wanted})

    assert reads.is_low(trigger, 7, "Evidence of need", Decimal(score), 5) is calls
