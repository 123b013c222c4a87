"""When the scores of a stage may be given, agreed and settled (V3, X3)."""

from accounts import access
from accounts.enums import RoleName
from accounts.roles import Permission
from plans.enums import StageKind
from records.words import day_in_words

from ..enums import CaseStatus, ProjectStatus, RoundStatus
from ..queries import scoring, staging
from . import evaluations

NO_SUCH_STAGE = "This stage does not concern the project."
WITH_OFFICERS = (CaseStatus.SUBMITTED, CaseStatus.UNDER_EVALUATION)


def why_not_now(standing, stage):
    """Say why the project is not at the stage, or nothing."""
    step = standing.step(stage)
    if step is None:
        return NO_SUCH_STAGE
    if step.state == staging.FAILED:
        return f"The project went no further at {stage.name}."
    if standing.failed:
        return f"The project went no further at {standing.failed.stage.name}."
    if step.state == staging.DONE:
        return f"{stage.name} is over for this project."
    if step.state != staging.NOW:
        earlier = standing.now.stage.name if standing.now else "The decision"
        return f"{earlier} comes first: {stage.name} follows it."
    return ""


def why_not_work_on(standing, stage, user):
    """Say why this person does no work on the project in the stage now, or nothing."""
    case = standing.project.case
    if case.status not in WITH_OFFICERS:
        return f"This business case is {lower(case.get_status_display())}, so no stage of it can be worked on."
    if standing.project.status != ProjectStatus.PROPOSED:
        return "This project has already been decided, so its stages stay as they are."
    return evaluations.why_not_work(case, user) or why_not_now(standing, stage)


def lower(words):
    return words[:1].lower() + words[1:]


def why_not_assess(standing, stage, *, user, on):
    """Say why this person cannot score the project in the stage now, or nothing."""
    if stage.kind not in scoring.WORKED_ON:
        return f"{stage.name} is not scored by evaluators."
    if why := _why_not_scored_before(standing, stage, user) or why_not_work_on(standing, stage, user):
        return why
    rows = staging.assessments_of(standing.project, stage)
    if not any(row.by_id == user.pk for row in rows) and staging.is_complete(standing.project, stage):
        return "Enough evaluators have finished, so scoring is complete and nobody begins any more."
    return ""


def _why_not_scored_before(standing, stage, user):
    mine = [row for row in staging.assessments_of(standing.project, stage) if row.by_id == user.pk]
    if any(row.finished_at for row in mine):
        return "You have finished this project in this stage. What you scored stays as it is."
    return ""


def why_not_score_so(stage, scores):
    """Say what is wrong with some scores, or nothing; `scores` is {criterion id: (score or met, comment)}."""
    for criterion in stage.criteria.all():
        score, _comment = scores.get(criterion.pk, (None, ""))
        if score is None or stage.kind == StageKind.GATE:
            continue
        if not 0 <= score <= criterion.highest:
            return f"{criterion.title}: give a score from 0 to {criterion.highest}."
    return ""


def why_not_finish_so(stage, scores):
    """Say what is missing before the evaluator's work is finished, or nothing."""
    if why := why_not_score_so(stage, scores):
        return why
    for criterion in stage.criteria.all():
        score, comment = scores.get(criterion.pk, (None, ""))
        if score is None:
            asked = "say whether it is met" if stage.kind == StageKind.GATE else "give a score"
            return f"{criterion.title}: {asked} before you finish."
        if score is False and not comment.strip():
            return f"{criterion.title}: say why it is not met."
    return ""


def why_not_drop(standing, assessment, *, user, on, reason=None):
    """Say why an evaluator's unfinished work cannot be set aside, or nothing."""
    heads = RoleName.HEAD_OF_COMMISSIONING in access.posts_of(user)
    if assessment.by_id != user.pk and not heads:
        return "Only the evaluator or the head of commissioning sets unfinished scores aside."
    if assessment.finished_at:
        return "These scores are finished, so they stay."
    return _why_no_reason(reason)


def _why_no_reason(reason):
    return "Say why: the reason is kept in the history." if reason is not None and not reason.strip() else ""


def why_not_reopen(standing, stage, *, user, on, reason=None):
    """Say why an evaluator cannot open their own verdict on a gate again, or nothing: only where they differ."""
    if stage.kind != StageKind.GATE:
        return "Scores that are finished stay as they are; differences are settled in moderation."
    if why := why_not_work_on(standing, stage, user):
        return why
    if not any(row.by_id == user.pk for row in staging.finished_of(standing.project, stage)):
        return "You have not finished this gate, so there is nothing to open again."
    if not staging.differing(standing.project, stage):
        return "The evaluators agree, so the gate stays as it is."
    return _why_no_reason(reason)


def why_not_moderate(standing, stage, *, user, on):
    """Say why the agreed scores cannot be written now, or nothing."""
    if stage.kind != StageKind.MODERATION:
        return f"{stage.name} is no moderation."
    return why_not_work_on(standing, stage, user)


def why_not_agree_so(project, scored, agreed):
    """Say what is wrong with agreed scores, or nothing; `agreed` is {criterion id: (score, reason)}.

    A reason is needed where the evaluators differ, or the agreed score is nobody's.
    """
    given = staging.scores_of(project, scored)
    for criterion in scored.criteria.all():
        score, reason = agreed.get(criterion.pk, (None, ""))
        if score is None:
            return f"{criterion.title}: give the score that was agreed."
        if not 0 <= score <= criterion.highest:
            return f"{criterion.title}: give a score from 0 to {criterion.highest}."
        if set(given[criterion.pk]) != {score} and not reason.strip():
            shown = " and ".join(str(number) for number in sorted(set(given[criterion.pk])))
            return f"{criterion.title}: the evaluators gave {shown}. Say why {score} is agreed."
    return ""


def why_not_settle(round, board, *, user, on):
    """Say why the stage of the round cannot be settled now, or nothing."""
    if not access.may(user, Permission.CASE_EVALUATE):
        return evaluations.NOT_AN_OFFICER
    if board.stage.kind not in scoring.SETTLED_TOGETHER:
        return f"{board.stage.name} is entered, not settled."
    ready = [entry for entry in board.waiting if entry.is_ready]
    if not ready:
        return "No project is ready to be settled in this stage."
    return why_not_cut(round, board, on=on) if board.most is not None else ""


def why_not_cut(round, board, *, on):
    """Say why places cannot be given yet, or nothing: all who compete must be there."""
    if why := why_more_may_come(round, on=on):
        return why
    late = next((entry for entry in board.waiting if not entry.is_ready), None)
    if late is None:
        return ""
    step = late.standing.now
    where = step.waits_for if step and step.stage.pk == late.stage.pk else f"it is at {step.stage.name}" if step else ""
    if late.project.case.status == CaseStatus.RETURNED:
        where = "it is with the applicant for changes"
    return f"Places are given together, and {late.project.reference} is not ready: {lower(where)}."


def why_more_may_come(round, *, on):
    """Say until when more business cases may still come in, or nothing."""
    if round.status == RoundStatus.OPEN and round.deadline_on and on <= round.deadline_on:
        return f"More business cases may come in until {day_in_words(round.deadline_on)}, so no places are given yet."
    sent = round.cases.filter(first_submitted_at__isnull=False).values("organisation")
    late = round.late_acceptances.filter(until__gte=on).exclude(organisation__in=sent).order_by("until").last()
    if late:
        return f"A late business case may come in until {day_in_words(late.until)}, so no places are given yet."
    return ""
