"""The stages of one project on the evaluation page, each with the buttons of whoever asks."""

from accounts import access
from accounts.roles import Permission
from plans.enums import StageKind

from ..queries import scoring
from ..queries import staging as queries
from ..rules import panels as panel_rules
from ..rules import staging as rules
from .acting import move


def stage_steps(project, standing, user, on):
    """Every step of the project with the buttons of this person, for the evaluation page."""
    return [
        {
            "step": step,
            "moves": step_moves(project, standing, step, user, on),
            "scores": seen_scores(project, step.stage, user),
            "agreed": agreed_scores(project, standing, step.stage),
        }
        for step in standing.steps
    ]


def seen_scores(project, stage, user):
    """Each evaluator's scores that this person may see, criterion by criterion."""
    if stage.kind not in scoring.WORKED_ON:
        return []
    titles = {criterion.pk: criterion for criterion in stage.criteria.all()}
    return [
        {"row": row, "cells": [{"criterion": titles[score.criterion_id], "score": score} for score in row.scores.all()]}
        for row in queries.seen_by(user, project, stage)
    ]


def agreed_scores(project, standing, stage):
    """The agreed scores of a moderation, criterion by criterion."""
    if stage.kind != StageKind.MODERATION:
        return []
    scored = queries.scored_before([step.stage for step in standing.before], stage)
    rows = {row.criterion_id: row for row in project.moderated_scores.all()}
    return [{"criterion": c, "row": rows[c.pk]} for c in scored.criteria.all() if c.pk in rows]


def step_moves(project, standing, step, user, on):
    """What this person could do in one step: only in the one that is now to be done."""
    stage, args = step.stage, [project.case.reference, project.number, step.stage.number]
    if step.state != queries.NOW or (standing.deciding and stage.pk == standing.deciding.pk):
        return []
    if stage.kind in scoring.WORKED_ON and access.may(user, Permission.CASE_EVALUATE):
        return _scoring_moves(project, standing, stage, args, user, on)
    if stage.kind == StageKind.MODERATION and access.may(user, Permission.CASE_EVALUATE):
        why = rules.why_not_moderate(standing, stage, user=user, on=on)
        return [move("Agree the scores", "moderation_edit", args, why)]
    enters = Permission.DECISION_MAKE if stage.kind in scoring.DECIDING else Permission.CASE_EVALUATE
    if stage.kind in scoring.ENTERED | scoring.DECIDING and access.may(user, enters):
        why = panel_rules.why_not_record(standing, stage, user=user, on=on)
        return [move("Enter the result", "stage_record", args, why)]
    return []


def _scoring_moves(project, standing, stage, args, user, on):
    rows = queries.assessments_of(project, stage)
    mine = next((row for row in rows if row.by_id == user.pk), None)
    moves = []
    if mine is None or mine.finished_at is None:
        why = rules.why_not_assess(standing, stage, user=user, on=on)
        moves.append(move("Go on scoring" if mine else "Score", "assessment_edit", args, why))
    elif not rules.why_not_reopen(standing, stage, user=user, on=on):
        moves.append(move("Open your verdict again", "assessment_reopen", args, "", style="secondary"))
    for row in rows:
        if not row.finished_at and not rules.why_not_drop(standing, row, user=user, on=on):
            label = f"Set aside the scores of {row.by.full_name}"
            moves.append(move(label, "assessment_drop", [*args, row.pk], "", style="secondary"))
    return moves
