"""Every write of a decision: on each project, its answer, its publication (C4, C5, C7, X3)."""

from django.db import transaction

from plans import rules as plan_rules
from records import obligations, workflow
from records.actions import log, record_decision
from records.calendar import add_working_days, london_day
from records.enums import APPROVING, DecisionOutcome, ObligationKind
from records.models import Decision
from records.refusals import refuse_if
from records.words import pounds

from ..enums import CASE_MOVES, PROJECT_MOVES, CaseStatus, MovementKind, ProjectStatus, StageOutcome, Window
from ..letters import decisions as letters
from ..letters.retaining import retain_letter
from ..models import AllocationMovement, Project
from ..notices import decisions as notices
from ..rules import decisions as rules
from . import awards
from .evaluations import owe_decision
from .locks import lock_case_money
from .staging import owe_stage_work, write_result

STATUS_OF = {
    DecisionOutcome.APPROVED: ProjectStatus.APPROVED,
    DecisionOutcome.APPROVED_LOWER: ProjectStatus.APPROVED,
    DecisionOutcome.APPROVED_CONDITIONS: ProjectStatus.APPROVED,
    DecisionOutcome.DEFERRED: ProjectStatus.DEFERRED,
    DecisionOutcome.DECLINED: ProjectStatus.DECLINED,
    DecisionOutcome.RETAINED: ProjectStatus.RETAINED,
}
STAGE_OUTCOMES = {
    DecisionOutcome.APPROVED: StageOutcome.PASSED,
    DecisionOutcome.APPROVED_LOWER: StageOutcome.PASSED,
    DecisionOutcome.APPROVED_CONDITIONS: StageOutcome.PASSED,
    DecisionOutcome.DECLINED: StageOutcome.FAILED,
    DecisionOutcome.RETAINED: StageOutcome.FAILED,
}
UNDECIDED = (ProjectStatus.PROPOSED, ProjectStatus.DEFERRED)


@transaction.atomic
def decide_project(
    *,
    project,
    outcome,
    reason,
    amount=None,
    purpose="",
    conditions="",
    question="",
    interests="",
    is_key=False,
    advised=None,
    by,
    at,
):
    """Decide on one project: money, award, instalments and obligations follow in the same breath.

    Without `amount`, approval in full and retention mean the sum asked for. `advised`: the (advice, comment on the
    money) it rests on, where that is not the recommendation on the project alone.
    """
    award = lock_case_money(project.case)
    project.status = Project.objects.select_for_update().get(pk=project.pk).status
    case, on = project.case, london_day(at)
    refuse_if(rules.why_not_decide(project, user=by, on=on), case)
    if amount is None and outcome in (DecisionOutcome.APPROVED, DecisionOutcome.RETAINED):
        amount = project.amount_requested
    wording = {"purpose": purpose, "conditions": conditions, "question": question}
    wrong = rules.why_not_decide_so(project, outcome=outcome, amount=amount, reason=reason, user=by, on=on, **wording)
    refuse_if(wrong, case)
    standing = rules.standing_if_staged(project)
    advised = advised or rules.advice_on(project)
    decision = _record(project, outcome, amount, reason, interests, is_key, wording, advised, by=by, at=at)
    workflow.move(
        project,
        STATUS_OF[outcome],
        moves=PROJECT_MOVES,
        verb=outcome.lower(),
        by=by,
        at=at,
        reason=reason,
        summary=f"Project {project.number}: {decision.get_outcome_display().lower()}",
        decision=decision,
    )
    project.case = case
    if standing and standing.deciding and not standing.failed:
        outcome_of = STAGE_OUTCOMES.get(outcome)
        if outcome_of:
            write_result(project, standing.deciding, outcome_of, note=decision.reference, by=by, at=at)
    _follow(project, decision, amount, award, waits=bool(standing and standing.after), by=by, at=at)
    owe_stage_work(case.round, at=at)
    decision.refresh_from_db()
    if decision.is_key:
        letters.decision_notice(decision, project, by=by, at=at)
    _settle_case(case, by=by, at=at)
    return decision


def _record(project, outcome, amount, reason, interests, is_key, wording, advised, *, by, at):
    """Write the decision with the advice it rests on and the post and delegation it was made in."""
    case, (advice, comment) = project.case, advised
    _, delegation = plan_rules.why_not_decide_as(
        by, stream=case.round.stream, amount=amount if outcome in APPROVING else None, on=london_day(at)
    )
    title = case.round.stream.plan.body.commissioner_title
    return record_decision(
        title=f"{project.reference} {project.title} ({case.organisation.name})"[:300],
        outcome=outcome,
        amount=amount if outcome in APPROVING else None,
        reason=reason.strip(),
        interests=interests.strip(),
        is_key=is_key,
        post=delegation.get_post_display() if delegation else title,
        delegation_reference=delegation.reference if delegation else "",
        advice=advice,
        cfo_comment=comment,
        by=by,
        at=at,
        **wording,
    )


def _follow(project, decision, amount, award, *, waits, by, at):
    """Do what the outcome asks for; everything but an approval is told at once.

    `waits`: a second body has still to agree; its agreement makes the award.
    """
    if decision.approves and waits:
        return
    if decision.approves:
        awards.approve_into_award(project=project, decision=decision, award=award, by=by, at=at)
        return
    awards.stamp_offered([decision.pk], by=by, at=at)
    if decision.outcome == DecisionOutcome.DEFERRED:
        due_on = add_working_days(london_day(at), project.case.round.rule_set.query_working_days)
        obligations.owe(
            project,
            ObligationKind.DEFERRED_QUESTION,
            title=f"Answer the question about {project.title}"[:300],
            organisation=project.case.organisation,
            due_on=due_on,
            link=project.case.get_absolute_url(),
            anchor="deferred",
        )
        notices.project_deferred(project, decision, due_on=due_on, at=at)
    elif decision.outcome == DecisionOutcome.RETAINED:
        _retain(project, decision, amount, by=by, at=at)
        paper = retain_letter(project, decision, amount=amount, by=by, at=at)
        notices.project_retained(project, decision, amount=amount, paper=paper, at=at)
    else:
        notices.project_declined(project, decision, at=at)


def _retain(project, decision, amount, *, by, at):
    """Move the money from the organisation's pot to the office's; the allocation is locked (C7)."""
    case = project.case
    allocation, part = case.allocation, "tactical_amount" if case.window == Window.TACTICAL else "main_amount"
    AllocationMovement.objects.create(
        allocation=allocation,
        kind=MovementKind.RETAINED,
        window=case.window,
        amount=amount,
        reason=decision.reason,
        decision=decision,
        by=by,
        at=at,
    )
    allocation.amount -= amount
    setattr(allocation, part, getattr(allocation, part) - amount)
    allocation.save(update_fields=["amount", part])
    log(
        allocation,
        "retained",
        by=by,
        at=at,
        reason=decision.reason,
        summary=f"{pounds(amount)} retained by the office ({decision.reference})",
    )


def _settle_case(case, *, by, at):
    """When nothing is left to decide the case is decided; while it waits for answers the office owes nothing."""
    left = set(Project.objects.filter(case=case, status__in=UNDECIDED).values_list("status", flat=True))
    if ProjectStatus.PROPOSED in left:
        return
    closing = "Waits for the applicant's answer" if left else "Decided"
    obligations.close(case, ObligationKind.DECISION, at=at, by=by, closing=closing)
    if left:
        return
    workflow.move(
        case,
        CaseStatus.DECIDED,
        moves=CASE_MOVES,
        verb="decided",
        by=by,
        at=at,
        summary="Every project decided",
        decided_at=at,
    )
    notices.case_decided(case, at=at)


@transaction.atomic
def answer_question(*, project, answer, by, at):
    """The applicant answers a deferral; the project is proposed again and the office owes a decision."""
    refuse_if(rules.why_not_answer(project, user=by, on=london_day(at)), project.case)
    refuse_if("" if answer.strip() else "Write your answer.", project.case)
    workflow.move(
        project,
        ProjectStatus.PROPOSED,
        moves=PROJECT_MOVES,
        verb="question_answered",
        by=by,
        at=at,
        summary=f"Project {project.number}: question answered",
        changes={"answer": [project.answer, answer.strip()]},
        answer=answer.strip(),
    )
    obligations.close(project, ObligationKind.DEFERRED_QUESTION, at=at, by=by, closing="Answered")
    owe_decision(project.case, at=at)
    notices.question_answered(project, at=at)
    return project


@transaction.atomic
def publish_decision(*, decision, by, at):
    """Publish a decision the recipient already knows; this alone waits out a sensitive period."""
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    refuse_if(rules.why_not_publish(decision, user=by, on=london_day(at)), decision)
    decision.published_at, decision.published_by = at, by
    decision.save(update_fields=["published_at", "published_by"])
    log(decision, "published", by=by, at=at, summary=f"{decision.reference} published")
    return decision
