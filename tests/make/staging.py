"""Rounds that are decided in stages, walked through them by the real actions."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

from grants.actions import decisions, evaluations, panels, staging
from grants.models import Project
from plans.models import Criterion, DecisionStage, RuleSet, ScoreGuide

from . import accounts, cases, plans

SCORED_AT = datetime(2020, 4, 6, 9, 0, tzinfo=UTC)
MET_ON = date(2020, 4, 3)
CRITERIA = (("Evidence of need", 60), ("Value for money", 40))


def stage(rule_set, number, kind, *, criteria=(), **fields):
    """One stage of a rule set; `criteria` are (title, weight) scored from 0 to 5."""
    fields.setdefault("name", f"{kind.replace('_', ' ').capitalize()} {number}")
    if kind == "SCORED":
        fields.setdefault("evaluators", 1)
    row = DecisionStage.objects.create(rule_set=rule_set, number=number, kind=kind, **fields)
    for place, (title, weight) in enumerate(criteria, start=1):
        criterion = Criterion.objects.create(
            stage=row, number=place, title=title, weight=weight, guidance="Read closely"
        )
        ScoreGuide.objects.create(criterion=criterion, score=5, meaning="Shown beyond doubt")
    return row


def gate(rule_set, number, **fields):
    return stage(rule_set, number, "GATE", criteria=[("Constitution", 1), ("Safeguarding", 1)], **fields)


def scored(rule_set, number, **fields):
    return stage(rule_set, number, "SCORED", criteria=CRITERIA, **fields)


def own_rules(rules):
    """A copy of a rule set with its instalments and returns, not frozen by anybody's round."""
    children = [*rules.instalment_rules.all(), *rules.reporting_rules.all()]
    copy = RuleSet.objects.get(pk=rules.pk)
    copy.pk, copy.key, copy.frozen_at = None, f"{rules.key}-{RuleSet.objects.count()}", None
    copy._state.adding = True
    copy.save()
    for row in children:
        row.pk, row.rule_set, row._state.adding = None, copy, True
        row.save()
    return copy


def world(build, *, round=True, **details):
    """The cast, the plan and a round whose rule set has the stages that `build(rule_set)` writes, by name.

    `build` gives a dictionary of stages, which the world names.
    """
    cast = accounts.cast()
    plan = plans.plan(cast)
    stages = build(plan.csp_rules)
    made = cases.round_(cast, plan, **details) if round else None
    return SimpleNamespace(**{**vars(plan), **vars(cast), "cast": cast, "plan": plan, "round": made, **stages})


def declare(world, case, *people, at=SCORED_AT):
    """These people, or all who evaluate and decide, have no interest in the case."""
    for person in people or (world.officer, world.other_officer, world.head, world.cfo, world.pcc):
        evaluations.declare_interest(case=case, has_interest=False, by=person, at=at)


def sent_in(world, organisation=None, amounts=("10000",), *, declared=True, **details):
    """A submitted case of the round, in which the office's people have declared no interest."""
    amounts = [Decimal(amount) for amount in amounts]
    case = cases.business_case(world.cast, world.round, organisation=organisation, amounts=amounts, **details)
    if declared:
        declare(world, case)
    return case


def project_of(case, number=1):
    return Project.objects.select_related("case__round__rule_set", "case__organisation").get(case=case, number=number)


def marks(stage, *scores, why=""):
    """The same score on every criterion, or one each: what the actions take."""
    criteria = list(stage.criteria.all())
    scores = scores if len(scores) > 1 else scores * len(criteria)
    return {criterion.pk: (score, why) for criterion, score in zip(criteria, scores, strict=True)}


def score(project, stage, by, *scores, why="", at=SCORED_AT):
    """One evaluator's finished scores."""
    given = marks(stage, *scores, why=why)
    return staging.finish_assessment(project=project, stage=stage, scores=given, by=by, at=at)


def both_score(world, project, stage, first, second=None):
    """Two evaluators' finished scores, the same on every criterion."""
    score(project, stage, world.officer, first)
    score(project, stage, world.other_officer, first if second is None else second)


def settle(world, stage, *, at=SCORED_AT):
    """The stage settled for every project that is ready."""
    return staging.settle_stage(round=world.round, stage=stage, by=world.officer, at=at)


def agree(world, project, stage, scored, *scores, why="They met and agreed", at=SCORED_AT):
    """The agreed scores of a moderation."""
    return staging.agree_scores(
        project=project, stage=stage, agreed=marks(scored, *scores, why=why), by=world.officer, at=at
    )


def record(world, project, stage, *, passed=True, by=None, note="Agreed", at=SCORED_AT, **facts):
    """What a panel or second body said."""
    said = {"held_on": MET_ON, "who": "Four members", **facts}
    return panels.record_stage(
        project=project, stage=stage, passed=passed, note=note, by=by or world.officer, at=at, **said
    )


def advise(world, project, *, at=SCORED_AT, **advised):
    """A recommendation for the full sum, with the comment on the money."""
    advised = {"outcome": "APPROVED", "amount": project.amount_requested, "advice": "Fund it", **advised}
    evaluations.recommend(project=project, by=world.officer, at=at, **advised)
    evaluations.comment_on_finance(project=project, comment="Affordable", by=world.cfo, at=at)


def waiting_for_decision(world, case, *, at=SCORED_AT):
    """Every project that is through its stages advised on, and the case sent for decision."""
    for project in Project.objects.filter(case=case).order_by("number"):
        project = project_of(case, project.number)
        if not project.stage_results.filter(outcome="FAILED").exists():
            advise(world, project, at=at)
    return evaluations.send_for_decision(case=case, by=world.officer, at=at)


def decide(world, project, *, outcome="APPROVED", by=None, at=SCORED_AT):
    """A decision of the commissioner, or of `by`."""
    worded = {"reason": "Best value", "purpose": "Fewer crimes" if outcome == "APPROVED" else ""}
    return decisions.decide_project(project=project, outcome=outcome, by=by or world.pcc, at=at, **worded)
