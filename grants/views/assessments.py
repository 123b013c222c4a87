"""One project in one stage: score it, agree the scores, enter what a panel or second body said."""

from django.contrib import messages
from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if
from records.words import listed

from ..actions import panels, staging
from ..forms.staging import AssessmentForm, ModerationForm, StageRecordForm
from ..queries import decisions as decision_queries
from ..queries import scoring
from ..queries import staging as queries
from ..rules import panels as panel_rules
from ..rules import staging as rules
from .acting import act_page, attempt, reason_page
from .closed_papers import EvaluationPage, refuse_closed
from .evaluations import back_to, get_case, page_of


def get_work(request, reference, number, stage):
    """(project, its standing, the stage): of a case the person may see, with all that its stages read."""
    case = refuse_closed(get_case(request, reference))
    projects = queries.with_work(decision_queries.projects_of(case))
    project = projects.filter(number=number).first()
    stages = queries.stages_of(case.round.rule_set_id, guided=True)
    chosen = next((row for row in stages if row.number == stage), None)
    if project is None or chosen is None:
        raise Http404("There is no such stage of this project.")
    project.case = case
    return project, queries.standing_of(project, stages), chosen


def refuse(why, project):
    """Refuse with the sentence, back to the evaluation page of the project's case."""
    refuse_if(why, EvaluationPage(project.case))


def work_page(request, project, stage, form, *, title, lead="", **more):
    """An act on one project in one stage, with what the applicant wrote beside it."""
    return act_page(
        request,
        form,
        title=f"{title}: {project.title}",
        caption=f"{project.case.reference}, project {project.number}",
        lead=lead,
        back=page_of(project.case),
        template="grants/assessment_edit.html",
        project=project,
        case=project.case,
        stage=stage,
        **more,
    )


@access.require(Permission.CASE_EVALUATE)
@require_http_methods(["GET", "POST"])
def assessment_edit(request, reference, number, stage):
    """One evaluator scores one project, alone; finishing shows the others' scores."""
    project, standing, stage = get_work(request, reference, number, stage)
    refuse_if(
        rules.why_not_assess(standing, stage, user=request.user, on=timezone.localdate()), EvaluationPage(project.case)
    )
    mine = next((row for row in queries.assessments_of(project, stage) if row.by_id == request.user.pk), None)
    form = AssessmentForm(request.POST if request.method == "POST" else None, stage=stage, initial=initial_of(mine))
    if request.method == "POST" and form.is_valid():
        finishes = "finish" in request.POST
        action = staging.finish_assessment if finishes else staging.save_assessment
        said = {"scores": form.given(), "comment": form.cleaned_data["comment"]}
        given = {"project": project, "stage": stage, "by": request.user, "at": timezone.now(), **said}
        if attempt(form, action, **given) is not None:
            words = "are finished" if finishes else "are saved. Finish them when you are ready"
            messages.success(request, f"Your scores of project {number} {words}.")
            return back_to(project.case)
    needed = scoring.evaluators_of(stage)
    lead = f"{needed} evaluators score this, each alone." if needed > 1 else ""
    return work_page(request, project, stage, form, title=stage.name, lead=lead)


def initial_of(assessment):
    """What the evaluator saved before."""
    if assessment is None:
        return None
    found = {"comment": assessment.comment}
    for row in assessment.scores.all():
        value = row.score if row.is_met is None else "yes" if row.is_met else "no"
        found |= {f"score_{row.criterion_id}": value, f"words_{row.criterion_id}": row.comment}
    return found


@access.require(Permission.CASE_EVALUATE)
@require_http_methods(["GET", "POST"])
def assessment_drop(request, reference, number, stage, pk):
    """Set an evaluator's unfinished scores aside, with the reason."""
    project, standing, stage = get_work(request, reference, number, stage)
    row = next((row for row in queries.assessments_of(project, stage) if row.pk == pk), None)
    if row is None:
        raise Http404("There are no such scores.")
    refuse_if(
        rules.why_not_drop(standing, row, user=request.user, on=timezone.localdate()), EvaluationPage(project.case)
    )
    return reason_page(
        request,
        staging.drop_assessment,
        subject=EvaluationPage(project.case),
        title=f"Set aside the scores of {row.by.full_name}",
        caption=f"{project.reference}, {stage.name}",
        done="The unfinished scores are set aside.",
        assessment=row,
        by=request.user,
        at=timezone.now(),
    )


@access.require(Permission.CASE_EVALUATE)
@require_http_methods(["GET", "POST"])
def assessment_reopen(request, reference, number, stage):
    """Open one's own verdict on a gate again, where the evaluators differ."""
    project, standing, stage = get_work(request, reference, number, stage)
    refuse_if(
        rules.why_not_reopen(standing, stage, user=request.user, on=timezone.localdate()), EvaluationPage(project.case)
    )
    return reason_page(
        request,
        staging.reopen_assessment,
        subject=EvaluationPage(project.case),
        title="Open your verdict again",
        caption=f"{project.reference}, {stage.name}",
        done="Your verdict is open again. Finish it once you agree.",
        project=project,
        stage=stage,
        by=request.user,
        at=timezone.now(),
    )


@access.require(Permission.CASE_EVALUATE)
@require_http_methods(["GET", "POST"])
def moderation_edit(request, reference, number, stage):
    """The evaluators' scores side by side, and the score they agree."""
    project, standing, stage = get_work(request, reference, number, stage)
    refuse(rules.why_not_moderate(standing, stage, user=request.user, on=timezone.localdate()), project)
    scored = queries.scored_before([step.stage for step in standing.before], stage)
    table = side_by_side(project, scored)
    agreed = {row.criterion_id: row for row in project.moderated_scores.all()}
    form = ModerationForm(
        request.POST if request.method == "POST" else None,
        criteria=scored.criteria.all(),
        given={row["criterion"].pk: row["words"] for row in table["rows"]},
        initial=agreed_before(agreed, table),
    )
    if request.method == "POST" and form.is_valid():
        given = {"project": project, "stage": stage, "by": request.user, "at": timezone.now(), "agreed": form.given()}
        if attempt(form, staging.agree_scores, **given) is not None:
            messages.success(request, f"The agreed scores of project {number} are saved.")
            return back_to(project.case)
    return work_page(request, project, stage, form, title=stage.name, table=table)


def side_by_side(project, scored):
    """Each criterion with every evaluator's score and words, how far apart they are, and the mean."""
    finished = queries.finished_of(project, scored)
    rows = []
    for criterion in scored.criteria.all():
        cells = [score for row in finished for score in row.scores.all() if score.criterion_id == criterion.pk]
        scores = [cell.score for cell in cells]
        spread = max(scores) - min(scores)
        apart = f"{spread} apart" if spread else "all the same"
        words = f"The evaluators gave {listed([str(score) for score in scores])}: {apart}."
        mean = scoring.mean(scores).quantize(scoring.HUNDREDTH)
        rows.append({"criterion": criterion, "cells": cells, "spread": spread, "words": words, "mean": mean})
    return {"evaluators": [row.by for row in finished], "rows": rows, "comments": [r for r in finished if r.comment]}


def agreed_before(agreed, table):
    """The agreed scores so far, or the one score that all evaluators gave."""
    found = {}
    for row in table["rows"]:
        key, before = row["criterion"].pk, agreed.get(row["criterion"].pk)
        if before:
            found |= {f"score_{key}": before.score, f"words_{key}": before.reason}
        elif not row["spread"]:
            found[f"score_{key}"] = row["cells"][0].score
    return found


@access.require(Permission.CASE_EVALUATE, Permission.DECISION_MAKE)
@require_http_methods(["GET", "POST"])
def stage_record(request, reference, number, stage):
    """Enter what a panel, a second body or an earlier decider said of one project."""
    project, standing, stage = get_work(request, reference, number, stage)
    refuse(panel_rules.why_not_record(standing, stage, user=request.user, on=timezone.localdate()), project)
    form = StageRecordForm(request.POST if request.method == "POST" else None, stage=stage)
    if request.method == "POST" and form.is_valid():
        said = {"project": project, "stage": stage, "by": request.user, "at": timezone.now(), **form.said()}
        if attempt(form, panels.record_stage, **said) is not None:
            messages.success(request, f"{stage.name}: recorded for project {number}.")
            return back_to(project.case)
    return work_page(request, project, stage, form, title=stage.name, lead=stage.guidance)
