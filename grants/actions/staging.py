"""Every write of a stage that is scored: assessments, agreed scores, settling; and what the office owes (V3, X4)."""

from django.db import transaction

from plans.enums import StageKind
from records import obligations
from records.actions import log
from records.calendar import add_working_days, london_day
from records.enums import ObligationKind
from records.models import Obligation
from records.refusals import refuse_if

from ..enums import CaseStatus, StageOutcome
from ..models import Assessment, ModeratedScore, Round, Score, StageResult
from ..queries import boards, staging
from ..rules import staging as rules
from .evaluations import begin_evaluation

STAGE_WORKING_DAYS = 10


def lock_round(round):
    """One at a time moves a round through its stages: its projects are judged beside each other."""
    Round.objects.select_for_update().get(pk=round.pk)


def fresh(project):
    """The project with its round locked, and where it stands now."""
    lock_round(project.case.round)
    project = staging.project_for_stages(project)
    return project, staging.standing_of(project)


@transaction.atomic
def save_assessment(*, project, stage, scores, comment="", by, at):
    """Keep one evaluator's scores so far; `scores` is {criterion id: (score or met, comment)}.

    The first of them takes the business case into evaluation.
    """
    project, standing = fresh(project)
    refuse_if(rules.why_not_assess(standing, stage, user=by, on=london_day(at)), project.case)
    refuse_if(rules.why_not_score_so(stage, scores), project.case)
    if project.case.status == CaseStatus.SUBMITTED:
        begin_evaluation(case=project.case, by=by, at=at)
    assessment, begun = Assessment.objects.get_or_create(
        project=project, stage=stage, by=by, defaults={"started_at": at}
    )
    assessment.comment = comment.strip()
    assessment.save(update_fields=["comment"])
    _write_scores(assessment, scores)
    if begun:
        log(project, "scoring_begun", by=by, at=at, summary=f"Project {project.number}, {stage.name}: begun")
    owe_stage_work(project.case.round, at=at)
    return assessment


def _write_scores(assessment, scores):
    is_gate = assessment.stage.kind == StageKind.GATE
    assessment.scores.all().delete()
    rows = []
    for criterion in assessment.stage.criteria.all():
        score, comment = scores.get(criterion.pk, (None, ""))
        if score is not None:
            said = {"is_met": score} if is_gate else {"score": score}
            rows.append(Score(assessment=assessment, criterion=criterion, comment=comment.strip(), **said))
    Score.objects.bulk_create(rows)


@transaction.atomic
def finish_assessment(*, project, stage, scores, comment="", by, at):
    """Close one evaluator's scores for good; from now on they see those of the others."""
    refuse_if(rules.why_not_finish_so(stage, scores), project.case)
    assessment = save_assessment(project=project, stage=stage, scores=scores, comment=comment, by=by, at=at)
    assessment.finished_at = at
    assessment.save(update_fields=["finished_at"])
    log(project, "scoring_finished", by=by, at=at, summary=f"Project {project.number}, {stage.name}: finished")
    return assessment


@transaction.atomic
def drop_assessment(*, assessment, reason, by, at):
    """Set unfinished scores aside, so that nobody waits for an evaluator who cannot go on."""
    project, stage, of = assessment.project, assessment.stage, assessment.by
    project, standing = fresh(project)
    assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    refuse_if(rules.why_not_drop(standing, assessment, user=by, on=london_day(at), reason=reason), project.case)
    assessment.delete()
    words = f"Project {project.number}, {stage.name}: scores of {of.full_name} set aside"
    log(project, "scoring_dropped", by=by, at=at, reason=reason, summary=words)
    owe_stage_work(project.case.round, at=at)
    return project


@transaction.atomic
def reopen_assessment(*, project, stage, reason, by, at):
    """Open one's own verdict on a gate again, where the evaluators differ."""
    project, standing = fresh(project)
    refuse_if(rules.why_not_reopen(standing, stage, user=by, on=london_day(at), reason=reason), project.case)
    assessment = Assessment.objects.get(project=project, stage=stage, by=by)
    assessment.finished_at = None
    assessment.save(update_fields=["finished_at"])
    words = f"Project {project.number}, {stage.name}: opened again, since the evaluators differ"
    log(project, "scoring_reopened", by=by, at=at, reason=reason, summary=words)
    return assessment


@transaction.atomic
def agree_scores(*, project, stage, agreed, by, at):
    """Write the scores the evaluators agreed in moderation; `agreed` is {criterion id: (score, reason)}.

    The scored stage before it is thereby closed, with the mean of what the evaluators gave.
    """
    project, standing = fresh(project)
    refuse_if(rules.why_not_moderate(standing, stage, user=by, on=london_day(at)), project.case)
    scored = staging.scored_before([step.stage for step in standing.before], stage)
    refuse_if(rules.why_not_agree_so(project, scored, agreed), project.case)
    for criterion in scored.criteria.all():
        score, reason = agreed[criterion.pk]
        said = {"stage": stage, "score": score, "reason": reason.strip(), "by": by, "at": at}
        ModeratedScore.objects.update_or_create(project=project, criterion=criterion, defaults=said)
    if not standing.step(scored).result:
        share = staging.mean_percent(project, scored)
        write_result(project, scored, StageOutcome.RECORDED, percent=share, note="Before moderation", by=by, at=at)
    words = f"Project {project.number}, {stage.name}: scores agreed"
    log(project, "scores_agreed", by=by, at=at, summary=words)
    return project


def write_result(project, stage, outcome, *, by, at, note="", **facts):
    """Write what a stage said of a project, for good, and log it."""
    row = StageResult.objects.create(project=project, stage=stage, outcome=outcome, note=note, by=by, at=at, **facts)
    label = StageOutcome(outcome).label.lower()
    words = f"Project {project.number}, {stage.name}: {label}{f' ({note})' if note else ''}"
    changes = {"stage": [None, stage.name], "outcome": [None, outcome]}
    log(project, "stage_settled", by=by, at=at, summary=words[:300], changes=changes)
    return row


@transaction.atomic
def settle_stage(*, round, stage, by, at):
    """Say of every project that is ready whether it goes on, by gate, score, agreed score, place. Gives the results."""
    lock_round(round)
    stages = staging.stages_of(round.rule_set_id)
    board = boards.board_of(round, stages, stage)
    refuse_if(rules.why_not_settle(round, board, user=by, on=london_day(at)), round)
    results = [_settle(entry, by=by, at=at) for entry in board.waiting if entry.is_ready]
    owe_stage_work(round, at=at)
    return results


def _settle(entry, *, by, at):
    project, stage = entry.project, entry.stage
    if stage.kind == StageKind.GATE:
        unmet = staging.unmet(project, stage)
        note = f"Not met: {', '.join(criterion.title for criterion in unmet)}" if unmet else ""
        outcome = StageOutcome.FAILED if unmet else StageOutcome.PASSED
        return write_result(project, stage, outcome, note=note, by=by, at=at)
    verdict = entry.verdict
    outcome = StageOutcome.PASSED if verdict.passed else StageOutcome.FAILED
    facts = {"percent": entry.share, "place": verdict.place, "note": verdict.words}
    return write_result(project, stage, outcome, by=by, at=at, **facts)


def owe_stage_work(round, *, at):
    """Owe the office's work at each stage where a project waits; close what nothing waits for any more (X4)."""
    stages = staging.stages_of(round.rule_set_id)
    if not stages:
        return
    standings = [row for row in staging.standings_of(round, stages) if _with_officers(row)]
    owed = Obligation.objects.open().about(round).filter(kind=ObligationKind.STAGE_WORK)
    owed = set(owed.values_list("period", flat=True))
    for stage in stages:
        waits = any(step.state == staging.NOW and step.stage.pk == stage.pk for row in standings for step in _due(row))
        if waits and str(stage.number) not in owed:
            _owe(round, stage, at=at)
        elif not waits and str(stage.number) in owed:
            closing = "No project waits in this stage"
            obligations.close(round, ObligationKind.STAGE_WORK, at=at, closing=closing, period=str(stage.number))


def _with_officers(standing):
    """Whether the officers still have something to do for the project: before the decision, or with a second body."""
    if standing.project.case.status in rules.WITH_OFFICERS:
        return standing.project.status in staging.IN_PLAY
    return standing.decided is not None


def _due(standing):
    return standing.after if standing.decided else standing.before


def _owe(round, stage, *, at):
    obligations.owe(
        round,
        ObligationKind.STAGE_WORK,
        title=f"{stage.name}: {round.name}"[:300],
        due_on=add_working_days(london_day(at), STAGE_WORKING_DAYS),
        link=f"{round.get_absolute_url()}stages/{stage.number}/",
        period=str(stage.number),
        anchor="the day the first project came to this stage",
    )
