"""Every write of money the office would retain: proposing, deciding, the direct award that follows (C7)."""

from django.db import transaction

from plans import rules as plan_rules
from records import obligations, workflow
from records.actions import log, next_reference, record_decision
from records.calendar import add_working_days, london_day
from records.enums import DecisionOutcome, ObligationKind
from records.refusals import refuse_if
from records.words import pounds

from ..enums import RETAIN_MOVES, RetainStatus
from ..models import BusinessCase, RetainPart, RetainProposal
from ..notices import retaining as notices
from ..queries import retaining as queries
from ..rules import awards as award_rules
from ..rules import retaining as rules
from . import decisions, direct
from .locks import lock_money_of_cases

DECISION_WORKING_DAYS = 10
NO_COMMENT = {"cfo_comment": "", "cfo_at": None, "cfo_by": None}
NOT_RECOMMENDED = {**NO_COMMENT, "recommended_at": None, "recommended_by": None}


@transaction.atomic
def start_retain_proposal(*, rows, title, why, provider=None, provider_name="", by, at):
    """Begin a proposal; `rows` are (project, pounds to retain of it)."""
    words = {"title": title.strip(), "why": why.strip(), "provider": provider, "provider_name": provider_name.strip()}
    refuse_if(rules.why_not_start(user=by))
    refuse_if(rules.why_not_write_so(rows, user=by, **words))
    reference = next_reference("RP", london_day(at).year)
    proposal = RetainProposal.objects.create(reference=reference, started_at=at, started_by=by, **words)
    _write_parts(proposal, rows)
    total = sum(amount for _, amount in rows)
    log(proposal, "started", by=by, at=at, summary=f"Proposed to retain {pounds(total)}: {proposal.title}"[:500])
    return proposal


def _write_parts(proposal, rows):
    RetainPart.objects.filter(proposal=proposal).delete()
    RetainPart.objects.bulk_create(
        RetainPart(proposal=proposal, project=project, amount=amount) for project, amount in rows
    )


def _locked(proposal):
    """The proposal as it now is, locked."""
    rows = RetainProposal.objects.select_for_update(of=("self",))
    return queries.with_joins(rows).get(pk=proposal.pk)


@transaction.atomic
def change_retain_proposal(*, proposal, rows, title, why, provider=None, provider_name="", by, at):
    """Write the proposal anew while officers prepare it."""
    proposal = _locked(proposal)
    words = {"title": title.strip(), "why": why.strip(), "provider": provider, "provider_name": provider_name.strip()}
    refuse_if(rules.why_not_change(proposal, user=by, on=london_day(at)), proposal)
    refuse_if(rules.why_not_write_so(rows, user=by, proposal=proposal, **words), proposal)
    changes = {name: [str(getattr(proposal, name) or ""), str(value or "")] for name, value in words.items()}
    was = {part.project.reference: pounds(part.amount) for part in queries.parts_of(proposal)}
    now = {project.reference: pounds(amount) for project, amount in rows}
    for reference in sorted({*was, *now}):
        changes[reference] = [was.get(reference, ""), now.get(reference, "")]
    for name, value in words.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=list(words))
    _write_parts(proposal, rows)
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    log(proposal, "changed", by=by, at=at, summary="Proposal changed", changes=changes)
    return proposal


@transaction.atomic
def recommend_retaining(*, proposal, by, at):
    """Recommend to the commissioner that the office retains the money; what each would lose stays in the log."""
    proposal = _locked(proposal)
    parts = queries.parts_of(proposal)
    refuse_if(rules.why_not_recommend(proposal, parts, user=by, on=london_day(at)), proposal)
    losses = queries.losses_of(parts)
    workflow.move(
        proposal,
        RetainStatus.RECOMMENDED,
        moves=RETAIN_MOVES,
        verb="recommended",
        by=by,
        at=at,
        summary=f"Recommended: retain {pounds(queries.total_of(parts))}",
        changes={loss.organisation.name: [pounds(loss.before), pounds(loss.after)] for loss in losses},
        recommended_at=at,
        recommended_by=by,
    )
    obligations.owe(
        proposal,
        ObligationKind.RETAIN_DECISION,
        title=f"Decide whether to retain money: {proposal.title}"[:300],
        due_on=add_working_days(london_day(at), DECISION_WORKING_DAYS),
        link=proposal.get_absolute_url(),
        anchor="recommended",
    )
    notices.comment_wanted(proposal, amount=queries.total_of(parts), at=at)
    return proposal


@transaction.atomic
def comment_on_retaining(*, proposal, comment, by, at):
    """Write the chief finance officer's comment; the commissioner is told that the proposal waits."""
    proposal = _locked(proposal)
    parts = queries.parts_of(proposal)
    refuse_if(rules.why_not_comment(proposal, parts, user=by, on=london_day(at)), proposal)
    refuse_if("" if comment.strip() else "Write your comment on the money.", proposal)
    proposal.cfo_comment, proposal.cfo_by, proposal.cfo_at = comment.strip(), by, at
    proposal.save(update_fields=["cfo_comment", "cfo_by", "cfo_at"])
    log(proposal, "finance_commented", by=by, at=at, summary="Comment on the money")
    notices.waits_for_decision(proposal, amount=queries.total_of(parts), at=at)
    return proposal


@transaction.atomic
def take_back_retaining(*, proposal, reason, by, at):
    """Take the proposal back to change it; recommendation and comment are asked for again."""
    why_not, draft = rules.why_not_take_back, RetainStatus.DRAFT
    return _leave(proposal, draft, why_not, "Taken back", reason, by=by, at=at, **NOT_RECOMMENDED)


@transaction.atomic
def withdraw_retaining(*, proposal, reason, by, at):
    """Give the proposal up; its business cases stay as they are."""
    return _leave(proposal, RetainStatus.WITHDRAWN, rules.why_not_withdraw, "Withdrawn", reason, by=by, at=at)


def _leave(proposal, to, why_not, word, reason, *, by, at, **stamps):
    proposal = _locked(proposal)
    refuse_if(why_not(proposal, user=by, on=london_day(at)), proposal)
    refuse_if(award_rules.why_no_reason(reason), proposal)
    was, verb = proposal.status, word.lower().replace(" ", "_")
    workflow.move(
        proposal, to, moves=RETAIN_MOVES, verb=verb, by=by, at=at, reason=reason.strip(), summary=word, **stamps
    )
    obligations.close(proposal, ObligationKind.RETAIN_DECISION, at=at, by=by, closing=f"{word} by officers")
    if was == RetainStatus.RECOMMENDED:
        notices.no_longer_waiting(proposal, word=word.lower(), reason=reason, at=at)
    return proposal


@transaction.atomic
def decide_retaining(*, proposal, outcome, reason, projects=None, interests="", is_key=False, by, at):
    """Decide on the proposal in one breath: the money of these projects (all unless said) moves, or all stays.

    Each project retained gets its decision; its partnership is told in confidence with a letter.
    """
    lock_money_of_cases(_cases_of(proposal))
    proposal = _locked(proposal)
    parts = queries.parts_of(proposal)
    wanted = None if projects is None else {project.pk for project in projects}
    chosen = [part for part in parts if wanted is None or part.project_id in wanted]
    refuse_if(rules.why_not_decide(proposal, parts, user=by, on=london_day(at)), proposal)
    refuse_if(rules.why_not_decide_so(outcome=outcome, chosen=chosen, reason=reason), proposal)
    words = {"reason": reason.strip(), "interests": interests.strip(), "is_key": is_key}
    if outcome == DecisionOutcome.RETAINED:
        _retain(proposal, chosen, words, by=by, at=at)
    else:
        _decline(proposal, parts, words, by=by, at=at)
    retained = queries.retained_of(parts)
    workflow.move(
        proposal,
        RetainStatus.DECIDED,
        moves=RETAIN_MOVES,
        verb=outcome.lower(),
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"{pounds(retained)} retained" if retained else "Declined: nothing is retained",
    )
    obligations.close(proposal, ObligationKind.RETAIN_DECISION, at=at, by=by, closing="Decided")
    notices.decided(proposal, retained=retained, reason=reason.strip(), at=at)
    return proposal


def _cases_of(proposal):
    cases = BusinessCase.objects.filter(projects__retain_parts__proposal=proposal)
    return list(cases.select_related("round__funding_source", "organisation").distinct().order_by("pk"))


def _retain(proposal, chosen, words, *, by, at):
    """Decide on each chosen project; the parts keep their decisions."""
    for part in chosen:
        part.decision = decisions.decide_project(
            project=part.project,
            outcome=DecisionOutcome.RETAINED,
            amount=part.amount,
            advised=(proposal.why, proposal.cfo_comment),
            by=by,
            at=at,
            **words,
        )
        part.save(update_fields=["decision"])


def _decline(proposal, parts, words, *, by, at):
    """One decision that nothing is retained; every part names it, and each project still waits for its own."""
    stream = parts[0].project.case.round.stream
    _, delegation = plan_rules.why_not_decide_as(by, stream=stream, amount=None, on=london_day(at))
    decision = record_decision(
        title=f"{proposal.reference} {proposal.title}"[:300],
        outcome=DecisionOutcome.DECLINED,
        amount=None,
        post=delegation.get_post_display() if delegation else stream.plan.body.commissioner_title,
        delegation_reference=delegation.reference if delegation else "",
        advice=proposal.why,
        cfo_comment=proposal.cfo_comment,
        by=by,
        at=at,
        **words,
    )
    for part in parts:
        part.decision = decision
        part.save(update_fields=["decision"])


@transaction.atomic
def propose_retained_award(*, proposal, money, by, at, **written):
    """Propose the direct award with the money retained; it is advised on and decided like any other (C9)."""
    proposal = _locked(proposal)
    parts = queries.parts_of(proposal)
    refuse_if(rules.why_not_award(proposal, parts, user=by, on=london_day(at)), proposal)
    refuse_if(rules.why_not_award_so(parts, money), proposal)
    example = any(part.project.case.organisation.is_example for part in parts)
    award = direct.propose_direct_award(money=money, is_example=example, by=by, at=at, **written)
    proposal.direct_award = award
    proposal.save(update_fields=["direct_award"])
    log(proposal, "award_proposed", by=by, at=at, summary=f"Direct award {award.reference} proposed")
    return award
