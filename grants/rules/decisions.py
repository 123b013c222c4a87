"""When a project may be decided, for how much, and when a decision is published (C4, C5, X2, X3)."""

from accounts import access
from accounts.roles import Permission
from plans import rules as plan_rules
from records.enums import APPROVING, DecisionOutcome
from records.words import pounds

from ..enums import AwardStatus, CaseStatus, ProjectStatus, Window
from ..models import Recommendation
from ..queries import bidding, duties, money, staging
from . import clashes, evaluations, limits, reaching, sources


def why_not_decide(project, *, user, on):
    """Say why this person cannot decide on the project now, or nothing."""
    case = project.case
    if project.status == ProjectStatus.DEFERRED:
        return "This project waits for the applicant's answer to the question asked."
    if project.status != ProjectStatus.PROPOSED:
        return "This project has already been decided. A decision is never changed."
    if case.status != CaseStatus.AWAITING_DECISION:
        return "Officers have not sent this business case for decision yet."
    standing = standing_if_staged(project)
    if reason := _why_not_advised(project, standing):
        return reason
    sentence, _ = plan_rules.why_not_decide_as(user, stream=case.round.stream, amount=None, on=on)
    return sentence or _why_not_in_stages(project, standing, user) or _why_not_separate(project, user)


def standing_if_staged(project):
    """Where the project stands among the stages of its round, or None where there are none."""
    if not duties.is_staged(project.case):
        return None
    return staging.known_standing(project)


def advice_on(project):
    """The (advice, comment on the money) a decision rests on; of what failed a stage, what that stage said."""
    row = Recommendation.objects.filter(project=project).first()
    if row is not None:
        return row.advice, row.cfo_comment
    standing = standing_if_staged(project)
    return (f"{reaching.went_no_further(standing)}.", "") if standing and standing.failed else ("", "")


def _why_not_advised(project, standing):
    """A recommendation with the comment on the money comes first, but for what failed a stage and costs nothing."""
    if standing and standing.failed:
        return ""
    if standing and (reason := reaching.why_not_ready(standing)):
        return reason
    advice = Recommendation.objects.filter(project=project).first()
    if advice is None or not advice.cfo_comment:
        return "This project needs a recommendation with the chief finance officer's comment first."
    return ""


def _why_not_in_stages(project, standing, user):
    """The rules of the round say who decides on this sum, and everybody declares before the papers open."""
    if standing is None:
        return ""
    declared = evaluations.why_conflicted(project.case, user) or evaluations.why_undeclared(project.case, user)
    return declared or reaching.why_not_decide_in_stage(standing, user)


def _why_not_separate(project, user):
    """Say why somebody else must decide (X3), or nothing."""
    case = project.case
    if reason := plan_rules.why_not_decide_after(user, duties.advisers_of([project.pk])):
        return reason
    if reason := evaluations.why_conflicted(case, user):
        return reason
    if user.pk in duties.releasers_of(money.award_of(case.round, case.organisation)):
        return "You released money of this award, so somebody else decides on it."
    return ""


def why_not_decide_so(project, *, outcome, amount, reason, purpose, conditions, question, user, on):
    """Say what is wrong with the decision as worded, or nothing."""
    if outcome not in DecisionOutcome.values:
        return "Choose what you decide."
    if not reason.strip():
        return "Write the reason for the decision."
    standing = standing_if_staged(project)
    if standing and (wrong := reaching.why_only_declined(standing, outcome)):
        return wrong
    if outcome in APPROVING:
        if not purpose.strip():
            return "Write the purpose of the spend."
        wrong = evaluations.why_not_sum(project, outcome=outcome, amount=amount, conditions=conditions)
        return wrong or why_not_approve(project, amount=amount, user=user, on=on)
    if outcome == DecisionOutcome.DEFERRED and not question.strip():
        return "Write the question the applicant should answer."
    if outcome == DecisionOutcome.RETAINED:
        return why_not_retain(project, amount=amount)
    return "" if amount is None else "Give a sum only where you approve."


def why_not_approve(project, *, amount, user, on):
    """Say which limit or clash forbids this sum, or nothing; ask with the parents locked."""
    case = project.case
    sentence, _ = plan_rules.why_not_decide_as(user, stream=case.round.stream, amount=amount, on=on)
    return sentence or clashes.why_not_approve(project) or why_not_award_now(project, amount=amount)


def why_not_award_now(project, *, amount):
    """Say why the money of the round cannot carry this sum, or nothing; ask with the parents locked.

    Asked at the decision, and again where a second body agreed later.
    """
    case = project.case
    if why := why_not_fund(case.round) or why_not_award(case):
        return why
    if bidding.by_bids(case.round):  # what was approved and waits for a second body holds its money already
        why = "" if project.status == ProjectStatus.APPROVED else limits.why_not_over(project, amount)
    else:
        why = why_not_within(case.allocation, case.window, case.round.rule_set, amount)
    return why or sources.why_not_promise_in(case.round, amount=amount)


def why_not_fund(round):
    """Say why a source of funds of the round cannot pay for its stream (X2), or nothing."""
    shared = [share.funding_source for share in round.shares.select_related("funding_source").order_by("pk")]
    if not shared and round.funding_source is None:
        return "The round names no source of funds, so nothing can be approved from it."
    for source in shared or [round.funding_source]:
        if not source.may_pay_for(round.stream):
            return (
                f"{source.name} may be spent on {_lower(source.get_purpose_display())}, "
                f"and {round.stream.name} is for {_lower(round.stream.get_purpose_display())}."
            )
    return ""


def _lower(words):
    return words[:1].lower() + words[1:]


def why_not_award(case):
    """Say why no award can carry the approved sum, or nothing."""
    rule_set = case.round.rule_set
    if rule_set.terms_id is None:
        return "The rule set of this round names no terms and conditions, so no award can be made."
    if case.window == Window.MAIN and not rule_set.instalment_rules.filter(for_tactical=False).exists():
        return "The rule set of this round says nothing about instalments, so no award can be made."
    award = money.award_of(case.round, case.organisation)
    if award and award.status in (AwardStatus.SUSPENDED, AwardStatus.CLOSED):
        return f"The award {award.reference} is {_lower(award.get_status_display())}, so nothing can be added to it."
    return ""


def why_not_within(allocation, window, rule_set, amount):
    """Say which part of the allocation the sum would break (C5), or nothing."""
    if allocation is None:
        return "No allocation is recorded for this organisation in the round, so nothing can be approved."
    pot = money.pot_of(allocation)
    part = pot.part(window)
    if part.limit is None or pot.whole.limit is None:
        return "The allocation is not published. Record its sum before approving anything from it."
    if window == Window.TACTICAL:
        if allocation.opened_amount is None:
            return "The allocation as opened is not known, so the tactical pot has no limit to keep to."
        share = rule_set.tactical_limit(allocation.opened_amount)
        if part.awarded + amount > share:
            return (
                f"Only {pounds(max(share - part.awarded, money.ZERO))} is left of the largest tactical pot allowed, "
                f"{pounds(share)} of the {pounds(allocation.opened_amount)} opened."
            )
    if amount > part.left:
        name = "tactical pot" if window == Window.TACTICAL else "main window"
        return f"Only {pounds(part.left)} is left in the {name} of this allocation. Approve a lower sum."
    if amount > pot.whole.left:
        return f"Only {pounds(pot.whole.left)} is left of the whole allocation. Approve a lower sum."
    return ""


def why_not_retain(project, *, amount, pot=None):
    """Say why the money cannot be retained by the office (C7), or nothing; ask with the allocation locked.

    `pot` where the allocation's parts are known already.
    """
    allocation = project.case.allocation
    if allocation is None:
        return "No allocation is recorded for this organisation, so there is no money to retain."
    pot = pot or money.pot_of(allocation)
    part = pot.part(project.case.window)
    if part.amount is None or pot.whole.amount is None:
        return "The allocation is not published, so no money can be retained from it."
    if amount is None or amount <= 0:
        return "Give the sum the office retains."
    left = min(part.left, pot.whole.left, part.amount, pot.whole.amount)
    if amount > left:
        return f"Only {pounds(left)} is left in that part of the allocation, so no more can be retained."
    return ""


def why_not_answer(project, *, user, on):
    """Say why the applicant cannot answer the commissioner's question now, or nothing."""
    if not access.may(user, Permission.CASE_WRITE, project.case.organisation) or access.is_office(user):
        return "Only the applicant answers a question on its project."
    if project.status != ProjectStatus.DEFERRED:
        return "No question on this project waits for an answer."
    return ""


def why_not_publish(decision, *, user, on):
    """Say why the decision cannot be published now, or nothing. Offers and payments never ask this."""
    if not access.may(user, Permission.DECISION_PUBLISH):
        return "Only commissioning officers publish decisions."
    if decision.is_recorded:
        return "This decision was recorded from a published source, so there is nothing to publish."
    if decision.published_at:
        return "This decision has already been published."
    if decision.outcome == DecisionOutcome.DEFERRED:
        return "A deferral is not published; the decision that follows it is."
    if decision.offered_at is None:
        return "Tell the recipient first: a decision is published after it was offered."
    return plan_rules.why_not_publish_on(on)
