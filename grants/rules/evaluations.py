"""When officers may evaluate, recommend and send a case for decision (C2, X3)."""

from accounts import access
from accounts.roles import Permission
from records.enums import APPROVING, DecisionOutcome
from records.words import pounds

from ..enums import CASE_WITH_OFFICE, CaseStatus, EvidenceStrength, ProjectStatus
from ..models import Evaluation, Project, Recommendation
from ..queries import duties, staging
from . import clashes, reaching

MAY_DECLARE = (Permission.CASE_EVALUATE, Permission.DECISION_MAKE, Permission.DECISION_ADVISE_FINANCE)
NOT_AN_OFFICER = "Only commissioning officers evaluate business cases."


def why_not_declare_interest(case, *, user, on):
    """Say why the person may not declare now, or nothing."""
    declares = any(access.may(user, permission) for permission in MAY_DECLARE)
    if not declares and not (access.is_office(user) and duties.is_staged(case)):
        return "Only people who evaluate, advise or decide declare their interests."
    if case.status not in CASE_WITH_OFFICE:
        return "This business case is not with the office, so there is nothing to declare yet."
    if duties.interest_of(user, case):
        return "You have already declared your interests in this business case."
    return ""


def why_not_declare_so(has_interest, details):
    """Say what is missing in a declaration, or nothing."""
    if has_interest and not details.strip():
        return "Say what your interest is."
    return ""


def why_conflicted(case, user):
    """Say which tie to the applicant keeps the person away from the papers, or nothing."""
    if access.belongs_to(user, case.organisation):
        return f"You belong to {case.organisation.name}, so somebody else works on this business case."
    declared = duties.interest_of(user, case)
    if declared and declared.has_interest:
        return "You declared an interest in this business case, so somebody else works on it."
    return ""


def why_undeclared(case, user):
    """Say that the person has still to declare their interests in the case, or nothing."""
    if duties.interest_of(user, case) is None:
        return "Declare your interests in this business case before you work on it."
    return ""


def why_not_work(case, user):
    """Say why this person may not work on the papers of the case, or nothing."""
    if not access.may(user, Permission.CASE_EVALUATE):
        return NOT_AN_OFFICER
    return why_conflicted(case, user) or why_undeclared(case, user)


def why_not_begin(case, *, user, on):
    """Say why evaluation cannot begin now, or nothing."""
    if case.status == CaseStatus.UNDER_EVALUATION:
        return "This business case is already being evaluated."
    if case.status != CaseStatus.SUBMITTED:
        return "Only a submitted business case can be evaluated."
    return why_not_work(case, user)


def why_not_evaluate(project, *, user, on):
    """Say why this person cannot evaluate the project now, or nothing."""
    if reason := _why_not_now(project, user):
        return reason
    if duties.is_staged(project.case):
        return "This round is decided in stages. Work on the project in its stage instead."
    return ""


def _why_not_now(project, user):
    if project.case.status != CaseStatus.UNDER_EVALUATION:
        return "Begin the evaluation of this business case first."
    if project.status != ProjectStatus.PROPOSED:
        return "This project has already been decided, so its evaluation stays as it is."
    return why_not_work(project.case, user)


def why_not_recommend(project, *, user, on):
    """Say why this person cannot recommend on the project now, or nothing."""
    if reason := _why_not_now(project, user):
        return reason
    if duties.is_staged(project.case):
        return reaching.why_not_ready(staging.known_standing(project))
    if not Evaluation.objects.filter(project=project).exists():
        return "Evaluate this project before you recommend on it."
    return ""


def why_not_record_evaluation(*, need, outcomes, value_for_money):
    """Say what is missing in an evaluation, or nothing."""
    missing = [
        words
        for words, text in (
            ("the need", need),
            ("the outcomes", outcomes),
            ("value for money", value_for_money),
        )
        if not text.strip()
    ]
    return f"Write what you found about {' and '.join(missing)}." if missing else ""


def needs_justification(project):
    """Say whether the project states neither a priority nor evidence, and no officer has justified it yet (C2)."""
    weak = project.evidence_strength in ("", EvidenceStrength.NONE)
    return weak and not project.officer_justification and not project.priorities.exists()


def why_not_recommend_so(project, *, outcome, amount, advice, conditions, justification):
    """Say what is wrong with a recommendation, or nothing."""
    if outcome not in DecisionOutcome.values:
        return "Choose what you recommend."
    if not advice.strip():
        return "Write your advice to the commissioner."
    if duties.is_staged(project.case):
        standing = staging.known_standing(project)
        if reason := reaching.why_only_declined(standing, outcome):
            return reason
    if outcome not in APPROVING:
        return "" if amount is None else "Give a sum only where you recommend approval."
    if needs_justification(project) and not justification.strip():
        return "This project names neither a priority nor evidence. Write why it should be funded."
    wrong = why_not_sum(project, outcome=outcome, amount=amount, conditions=conditions)
    return wrong or clashes.why_not_approve(project)


def why_not_sum(project, *, outcome, amount, conditions):
    """Say what is wrong with an approved sum, recommended or decided, or nothing."""
    asked = project.amount_requested
    if amount is None or amount <= 0:
        return "Give the sum in pounds; an unknown sum cannot be approved."
    if amount > asked:
        return f"{pounds(amount)} is more than the {pounds(asked)} asked for. Give that sum or a lower one."
    if outcome == DecisionOutcome.APPROVED and amount != asked:
        return f"Approved in full means {pounds(asked)}. Choose a lower sum, or give {pounds(asked)}."
    if outcome == DecisionOutcome.APPROVED_LOWER and amount == asked:
        return f"{pounds(asked)} is the full sum asked for. Choose approved in full, or give a lower sum."
    if outcome == DecisionOutcome.APPROVED_CONDITIONS and not conditions.strip():
        return "Write the conditions."
    return ""


def why_not_comment_on_finance(project, *, user, on):
    """Say why the person cannot comment on the money of the project now, or nothing."""
    if not access.may(user, Permission.DECISION_ADVISE_FINANCE):
        return "Only the chief finance officer comments on the money."
    if project.case.status != CaseStatus.UNDER_EVALUATION:
        return "The chief finance officer comments while the business case is being evaluated."
    if reason := why_conflicted(project.case, user):
        return reason
    if duties.is_staged(project.case) and (reason := why_undeclared(project.case, user)):
        return reason
    if not Recommendation.objects.filter(project=project).exists():
        return "Officers have not recommended on this project yet."
    return ""


def why_not_send_for_decision(case, *, user, on):
    """Say why the case cannot go to the commissioner now, or nothing."""
    if not access.may(user, Permission.CASE_EVALUATE):
        return NOT_AN_OFFICER
    if case.status != CaseStatus.UNDER_EVALUATION:
        return "Only a business case being evaluated can be sent for decision."
    if reason := why_conflicted(case, user):
        return reason
    waiting = Project.objects.filter(case=case, status=ProjectStatus.PROPOSED).order_by("number")
    if not waiting.exists():
        return "This business case has no project left to decide."
    if duties.is_staged(case):
        return _why_not_send_staged(case, waiting)
    bare = waiting.filter(recommendation__isnull=True).first()
    if bare:
        return f"Project {bare.number} ({bare.title}) has no recommendation yet."
    silent = waiting.filter(recommendation__cfo_comment="").first()
    if silent:
        return f"Project {silent.number} ({silent.title}) waits for the chief finance officer's comment."
    return ""


def _why_not_send_staged(case, waiting):
    """In stages: each project has failed one, or is through all of them, advised on and commented."""
    stages = staging.stages_of(case.round.rule_set_id)
    for project in staging.with_work(waiting.select_related("recommendation")):
        standing = staging.standing_of(project, stages)
        if standing.failed:
            continue
        if reason := reaching.why_not_ready(standing):
            return f"Project {project.number} ({project.title}): {reason}"
        advice = getattr(project, "recommendation", None)
        if advice is None:
            return f"Project {project.number} ({project.title}) has no recommendation yet."
        if not advice.cfo_comment:
            return f"Project {project.number} ({project.title}) waits for the chief finance officer's comment."
    return ""


def why_not_take_back(case, *, user, on):
    """Say why officers cannot take the case back from the commissioner, or nothing."""
    if not access.may(user, Permission.CASE_EVALUATE):
        return NOT_AN_OFFICER
    if case.status != CaseStatus.AWAITING_DECISION:
        return "Only a business case that waits for a decision can be taken back."
    if Project.objects.filter(case=case).exclude(status=ProjectStatus.PROPOSED).exists():
        return "The commissioner has already acted on a project of this case, so it stays there."
    return ""
