"""Reads about the stages of a decision: where each project stands, for whom it waits, what it scored (V3, X1)."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from plans.enums import StageKind
from plans.models import DecisionStage

from ..enums import CASE_WITH_OFFICE, CaseStatus, ProjectStatus, StageOutcome
from ..models import Assessment, Project, StageResult
from . import scoring

DONE, FAILED, NOW, LATER, STOPPED = "done", "failed", "now", "later", "stopped"
COLOURS = {DONE: "green", FAILED: "red", NOW: "blue", LATER: "grey", STOPPED: "grey"}
LABELS = {
    DONE: "Passed",
    FAILED: "Goes no further",
    NOW: "Now",
    LATER: "Not yet",
    STOPPED: "Not reached",
}
IN_PLAY = frozenset({ProjectStatus.PROPOSED, ProjectStatus.DEFERRED})
KEPT_CASES = CASE_WITH_OFFICE | {CaseStatus.RETURNED, CaseStatus.DECIDED}


def stages_of(rule_set, *, guided=False):
    """The stages of a rule set in order, with criteria, `guided` also with what each score means.

    Empty where projects are evaluated freely.
    """
    deep = "criteria__guides" if guided else "criteria"
    rows = DecisionStage.objects.filter(rule_set=rule_set).prefetch_related(deep)
    return list(rows.order_by("number"))


def with_work(projects):
    """Projects with all that their stages read."""
    assessments = Assessment.objects.select_related("by").prefetch_related("scores").order_by("started_at", "pk")
    return projects.select_related("case__organisation", "case__round__rule_set", "lot", "decision").prefetch_related(
        "budget_lines",
        "moderated_scores",
        Prefetch("stage_results", StageResult.objects.select_related("by")),
        Prefetch("assessments", assessments),
    )


@dataclass(frozen=True)
class Step:
    """One stage as it concerns one project: its state, its result, for whom it waits."""

    stage: DecisionStage
    state: str
    result: Any = None
    waits_for: str = ""

    @property
    def colour(self):
        return COLOURS[self.state]

    @property
    def label(self):
        if self.state == DONE and self.result and self.result.outcome == StageOutcome.RECORDED:
            return "Recorded"
        return LABELS[self.state]


@dataclass
class Standing:
    """Where one project stands: the stages that concern it, in order.

    `before` lead to the decision, `deciding` is the stage of the decision itself (None: whoever may decide),
    `after` are second bodies that are asked once it is made.
    """

    project: Project
    before: list = field(default_factory=list)
    deciding: DecisionStage | None = None
    after: list = field(default_factory=list)
    decided: Any = None

    @property
    def now(self):
        """The step before the decision that is to be done, or None."""
        return next((step for step in self.before if step.state == NOW), None)

    @property
    def failed(self):
        """The step at which the project goes no further, or None."""
        return next((step for step in self.before if step.state == FAILED), None)

    @property
    def is_ready(self):
        """Whether every stage before the decision is passed."""
        return self.failed is None and self.now is None

    @property
    def pending(self):
        """The second body that is still to be asked after the decision, or that did not agree; or None."""
        return next((step for step in self.after if step.state != DONE), None)

    @property
    def steps(self):
        """Every step, the decision among them, as pages list them."""
        shown = list(self.before)
        if self.deciding:
            state = DONE if self.decided else STOPPED if self.failed else NOW if self.is_ready else LATER
            waits = "The decision is made" if state == NOW else ""
            shown.append(Step(self.deciding, state, self.decided, waits))
        return [*shown, *self.after]

    def step(self, stage):
        """The step of a stage, or None where the stage does not concern the project."""
        return next((step for step in self.steps if step.stage.pk == stage.pk), None)

    @cached_property
    def amount(self):
        return self.project.amount_requested

    @property
    def latest(self):
        """The newest share reached, in per cent, with its stage: what a ranking goes by; or (None, None)."""
        for step in reversed(self.before):
            if step.result and step.result.percent is not None:
                return step.result.percent, step.stage
        return None, None


def standing_of(project, stages=None):
    """Where the project stands; read it through `with_work` where there are many."""
    stages = stages_of(project.case.round.rule_set_id) if stages is None else stages
    results = {row.stage_id: row for row in project.stage_results.all()}
    here = _concerned(stages, project.amount_requested)
    deciding = next((stage for stage in reversed(here) if stage.kind in scoring.DECIDING), None)
    standing = Standing(project, deciding=deciding, decided=results.get(deciding.pk) if deciding else None)
    standing.before = _before(project, here, deciding, results)
    last = deciding.number if deciding else None
    for stage in here:
        if last is not None and stage.number > last and stage.kind == StageKind.SECOND_BODY:
            standing.after.append(_after(stage, standing.decided, results.get(stage.pk)))
    return standing


def _concerned(stages, amount):
    """The stages that concern a project of this sum; a moderation only where there is something to moderate."""
    here = [stage for stage in stages if scoring.concerns(stage, amount)]
    return [stage for stage in here if stage.kind != StageKind.MODERATION or scored_before(here, stage)]


def scored_before(stages, moderation):
    """The scored stage that a moderation moderates: the nearest one before it, or None."""
    earlier = [stage for stage in stages if stage.number < moderation.number and stage.kind == StageKind.SCORED]
    return earlier[-1] if earlier else None


def _before(project, here, deciding, results):
    """The steps up to the decision."""
    steps, is_open = [], True
    path = [stage for stage in here if deciding is None or stage.number < deciding.number]
    failed = any(stage.pk in results and results[stage.pk].outcome == StageOutcome.FAILED for stage in path)
    for index, stage in enumerate(path):
        result = results.get(stage.pk)
        follower = path[index + 1] if index + 1 < len(path) else None
        if result:
            state = FAILED if result.outcome == StageOutcome.FAILED else DONE
        elif failed:
            state = STOPPED
        elif is_open and stage.kind == StageKind.SCORED and _is_moderation(follower) and is_complete(project, stage):
            state = DONE
        else:
            state, is_open = (NOW if is_open else LATER), False
        waits = waiting_words(project, stage, path) if state == NOW else ""
        steps.append(Step(stage, state, result, waits))
    return steps


def _is_moderation(stage):
    return stage is not None and stage.kind == StageKind.MODERATION


def _after(stage, decided, result):
    if result:
        return Step(stage, FAILED if result.outcome == StageOutcome.FAILED else DONE, result)
    if decided is None:
        return Step(stage, LATER)
    if decided.outcome == StageOutcome.FAILED:
        return Step(stage, STOPPED)
    return Step(stage, NOW, None, f"{stage.body} says whether it agrees")


def assessments_of(project, stage):
    """The evaluators' work on the project in the stage, in the order they began."""
    return [row for row in project.assessments.all() if row.stage_id == stage.pk]


def finished_of(project, stage):
    return [row for row in assessments_of(project, stage) if row.finished_at]


def is_complete(project, stage):
    """Whether enough evaluators have finished and nobody is still at it: nobody begins any more."""
    rows = assessments_of(project, stage)
    finished = sum(row.finished_at is not None for row in rows)
    return finished >= scoring.evaluators_of(stage) and finished == len(rows)


def seen_by(user, project, stage):
    """The scores this person may see: all once scoring is complete or they have finished; before that their own."""
    rows = assessments_of(project, stage)
    mine = [row for row in rows if row.by_id == user.pk]
    if is_complete(project, stage) or any(row.finished_at for row in mine):
        return [row for row in rows if row.finished_at or row in mine]
    return mine


def waiting_words(project, stage, path=()):
    """For whom or what a stage waits, in a sentence."""
    if stage.kind in scoring.WORKED_ON:
        return _evaluators_words(project, stage)
    if stage.kind == StageKind.MODERATION:
        scored = scored_before(list(path), stage)
        agreed = scored is not None and moderated_percent(project, scored) is not None
        return "The scores are agreed; the stage can be settled" if agreed else "The evaluators agree their scores"
    if stage.kind == StageKind.PUBLIC_VOTE:
        return "The result of the vote is entered"
    if stage.kind == StageKind.PANEL:
        return "The panel meets, and its result is entered"
    if stage.kind == StageKind.SECOND_BODY:
        return f"{stage.body} says whether it agrees"
    who = stage.get_post_display() if stage.post else "The commissioner"
    return f"{who} says whether it goes on"


def _evaluators_words(project, stage):
    needed, rows = scoring.evaluators_of(stage), assessments_of(project, stage)
    finished = sum(row.finished_at is not None for row in rows)
    if is_complete(project, stage):
        if stage.kind == StageKind.GATE and differing(project, stage):
            return f"The evaluators differ on “{differing(project, stage)[0].title}”"
        return "Every evaluator has finished; the stage can be settled"
    begun = len(rows) - finished
    more = f"; {begun} at work" if begun else ""
    return f"{finished} of {needed} evaluator{'' if needed == 1 else 's'} finished{more}"


def differing(project, stage):
    """The criteria of a gate on which its evaluators differ."""
    rows = finished_of(project, stage)
    return [criterion for criterion in stage.criteria.all() if len({met_in(row, criterion) for row in rows}) > 1]


def met_in(assessment, criterion):
    return next((row.is_met for row in assessment.scores.all() if row.criterion_id == criterion.pk), None)


def is_met(project, gate):
    """Whether every evaluator found every criterion of the gate met."""
    rows = finished_of(project, gate)
    return all(met_in(row, criterion) for row in rows for criterion in gate.criteria.all())


def unmet(project, gate):
    """The criteria of a gate that its evaluators found not met."""
    rows = finished_of(project, gate)
    return [criterion for criterion in gate.criteria.all() if not all(met_in(row, criterion) for row in rows)]


def scores_of(project, stage):
    """{criterion id: [score of each evaluator who has finished]}."""
    found: dict[int, list[int]] = {criterion.pk: [] for criterion in stage.criteria.all()}
    for assessment in finished_of(project, stage):
        for row in assessment.scores.all():
            if row.score is not None:
                found.setdefault(row.criterion_id, []).append(row.score)
    return found


def mean_percent(project, stage):
    """What the evaluators' scores come to on average, in per cent; None while one is missing."""
    means = {key: scoring.mean(scores) for key, scores in scores_of(project, stage).items()}
    return scoring.score_percent(list(stage.criteria.all()), means)


def moderated_percent(project, scored):
    """What the agreed scores come to, in per cent; None while one is missing."""
    agreed = {row.criterion_id: row.score for row in project.moderated_scores.all()}
    return scoring.score_percent(list(scored.criteria.all()), agreed)


def has_begun(case):
    """Whether anybody has begun to judge a project of the case."""
    begun = Assessment.objects.filter(project__case=case).exists()
    return begun or StageResult.objects.filter(project__case=case).exists()


def project_for_stages(project):
    """The project with its stages' work, freshly read."""
    return with_work(Project.objects.filter(pk=project.pk)).get()


def known_standing(project):
    """Where the project stands: as its page has read it once (`project.standing`), else freshly read."""
    return getattr(project, "standing", None) or standing_of(project_for_stages(project))


def standings_of(round, stages):
    """Where every project of the round stands that was sent in and not withdrawn, by reference."""
    rows = with_work(Project.objects.filter(case__round=round, case__status__in=KEPT_CASES))
    rows = rows.order_by("case__reference", "number")
    return [standing_of(project, stages) for project in rows]
