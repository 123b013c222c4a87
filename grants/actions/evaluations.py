"""Every write of evaluation: interests, findings, recommendations, the finance comment, sending for decision."""

from django.db import transaction

from records import obligations, workflow
from records.actions import log
from records.calendar import add_working_days, london_day
from records.enums import ObligationKind
from records.models import Obligation
from records.refusals import refuse_if
from records.words import pounds

from ..enums import CASE_MOVES, CaseStatus
from ..models import Evaluation, InterestDeclaration, Recommendation
from ..notices import decisions as notices
from ..queries import spend
from ..rules import awards as award_rules
from ..rules import evaluations as rules
from ..rules import spend as spend_rules

DECISION_WORKING_DAYS = 10


@transaction.atomic
def declare_interest(*, case, has_interest, details="", by, at):
    """Record what ties the person has to the applicant, before the papers are worked on."""
    refuse_if(rules.why_not_declare_interest(case, user=by, on=london_day(at)), case)
    refuse_if(rules.why_not_declare_so(has_interest, details), case)
    row = InterestDeclaration.objects.create(
        case=case, user=by, has_interest=has_interest, details=details.strip() if has_interest else "", at=at
    )
    words = "an interest" if has_interest else "no interest"
    log(case, "interest_declared", by=by, at=at, summary=f"{by.full_name} declared {words}")
    return row


@transaction.atomic
def begin_evaluation(*, case, by, at):
    """Take a submitted case into evaluation."""
    refuse_if(rules.why_not_begin(case, user=by, on=london_day(at)), case)
    return workflow.move(
        case,
        CaseStatus.UNDER_EVALUATION,
        moves=CASE_MOVES,
        verb="evaluation_begun",
        by=by,
        at=at,
        summary="Evaluation begun",
    )


@transaction.atomic
def record_evaluation(*, project, need, outcomes, value_for_money, risks="", by, at):
    """Write this officer's findings on the project; a second time replaces their own."""
    refuse_if(rules.why_not_evaluate(project, user=by, on=london_day(at)), project.case)
    refuse_if(
        rules.why_not_record_evaluation(need=need, outcomes=outcomes, value_for_money=value_for_money), project.case
    )
    found = {"need": need, "outcomes": outcomes, "value_for_money": value_for_money, "risks": risks, "at": at}
    row, _ = Evaluation.objects.update_or_create(project=project, by=by, defaults=found)
    log(project, "evaluated", by=by, at=at, summary=f"Project {project.number} evaluated")
    return row


@transaction.atomic
def recommend(*, project, outcome, amount=None, advice, conditions="", justification="", by, at):
    """Write the officers' advice on the project, with what is known of unspent money on that day.

    New advice needs a new finance comment.
    """
    refuse_if(rules.why_not_recommend(project, user=by, on=london_day(at)), project.case)
    wrong = rules.why_not_recommend_so(
        project, outcome=outcome, amount=amount, advice=advice, conditions=conditions, justification=justification
    )
    refuse_if(wrong, project.case)
    row, _ = Recommendation.objects.update_or_create(
        project=project,
        defaults={
            "outcome": outcome,
            "amount": amount,
            "advice": advice,
            "conditions": conditions,
            "spend_history": _spend_known(project.case),
            "by": by,
            "at": at,
            "cfo_comment": "",
            "cfo_by": None,
            "cfo_at": None,
        },
    )
    if justification.strip():
        project.officer_justification = justification.strip()
        project.save(update_fields=["officer_justification"])
    sum_words = f", {pounds(amount)}" if amount is not None else ""
    log(
        project,
        "recommended",
        by=by,
        at=at,
        summary=f"Project {project.number}: recommended {row.get_outcome_display().lower()}{sum_words}",
    )
    return row


def _spend_known(case):
    past = spend.history_of(case.organisation)
    return {"rows": spend.frozen(past), "warning": spend_rules.hold_back_warning(past, case.round.rule_set)}


@transaction.atomic
def comment_on_finance(*, project, comment, by, at):
    """Write the chief finance officer's comment beside the recommendation."""
    refuse_if(rules.why_not_comment_on_finance(project, user=by, on=london_day(at)), project.case)
    refuse_if("" if comment.strip() else "Write your comment on the money.", project.case)
    row = Recommendation.objects.select_for_update().get(project=project)
    row.cfo_comment, row.cfo_by, row.cfo_at = comment.strip(), by, at
    row.save(update_fields=["cfo_comment", "cfo_by", "cfo_at"])
    log(project, "finance_commented", by=by, at=at, summary=f"Project {project.number}: comment on the money")
    return row


@transaction.atomic
def send_for_decision(*, case, by, at):
    """Hand the evaluated case to the commissioner; a decision is then owed by the office."""
    refuse_if(rules.why_not_send_for_decision(case, user=by, on=london_day(at)), case)
    workflow.move(
        case,
        CaseStatus.AWAITING_DECISION,
        moves=CASE_MOVES,
        verb="sent_for_decision",
        by=by,
        at=at,
        summary="Sent for decision",
    )
    obligations.close(case, ObligationKind.EVALUATION, at=at, by=by, closing="Sent for decision")
    owe_decision(case, at=at)
    notices.case_sent_for_decision(case, at=at)
    return case


def owe_decision(case, *, at):
    """Write the office's obligation to decide on the case, unless it is already owed."""
    if Obligation.objects.open().about(case).filter(kind=ObligationKind.DECISION).exists():
        return
    obligations.owe(
        case,
        ObligationKind.DECISION,
        title=f"Decide on {case.title} ({case.organisation.name})",
        due_on=add_working_days(london_day(at), DECISION_WORKING_DAYS),
        link=case.get_absolute_url(),
        anchor="sent for decision",
    )


@transaction.atomic
def take_back(*, case, reason, by, at):
    """Take the case back from the commissioner to evaluate it again."""
    refuse_if(rules.why_not_take_back(case, user=by, on=london_day(at)), case)
    refuse_if(award_rules.why_no_reason(reason), case)
    workflow.move(
        case,
        CaseStatus.UNDER_EVALUATION,
        moves=CASE_MOVES,
        verb="taken_back",
        by=by,
        at=at,
        reason=reason,
        summary="Taken back from the commissioner",
    )
    obligations.close(case, ObligationKind.DECISION, at=at, by=by, closing="Taken back by officers")
    obligations.owe(
        case,
        ObligationKind.EVALUATION,
        title=f"Evaluate {case.title} ({case.organisation.name})",
        due_on=add_working_days(london_day(at), DECISION_WORKING_DAYS),
        link=case.get_absolute_url(),
        anchor="taken back",
    )
    notices.case_taken_back(case, reason=reason, at=at)
    return case
