"""Every write of a direct award: proposing, advising, sending, deciding (C9, R4, V8, X2, X3)."""

from decimal import Decimal

from django.db import transaction

from plans import actions as plan_actions
from plans import rules as plan_rules
from plans.queries import reporting_record
from records import obligations, workflow
from records.actions import log, next_reference, record_decision
from records.calendar import add_working_days, london_day
from records.enums import APPROVING, DecisionOutcome, ObligationKind
from records.refusals import refuse_if
from records.words import day_in_words, pounds

from ..enums import DIRECT_AWARD_MOVES, AwardStatus, DirectAwardStatus, Window
from ..letters import decisions as letters
from ..models import Award, DirectAward, DirectAwardSource, LimitException
from ..notices import direct as notices
from ..queries import direct as queries
from ..rules import awards as award_rules
from ..rules import direct as rules
from . import awards, schedules, standards
from .locks import lock_sources

DECISION_WORKING_DAYS = 10
WRITTEN = ("stream", "rule_set", "recipient", "title", "purpose", "reason", "outcomes", "starts_on", "ends_on")
ASKED_ABOUT = ("stream", "rule_set", "recipient", "title", "purpose", "reason", "starts_on", "ends_on")
NO_ADVICE = {
    "recommended": "",
    "advice": "",
    "advised_by": None,
    "advised_at": None,
    "cfo_comment": "",
    "cfo_by": None,
    "cfo_at": None,
}


@transaction.atomic
def propose_direct_award(*, money, priorities=(), by, at, is_example=False, **written):
    """Write a proposal; `money` is (source, first day, last day, pounds) rows, `written` its words and days."""
    refuse_if(rules.why_not_propose(user=by))
    _check(written, money)
    proposal = DirectAward.objects.create(
        reference=next_reference("DA", written["starts_on"].year),
        proposed_at=at,
        proposed_by=by,
        is_example=is_example,
        **written,
    )
    _write_money(proposal, money, priorities)
    total = sum(row[3] for row in money)
    log(proposal, "proposed", by=by, at=at, summary=f"Direct award proposed: {proposal.title}, {pounds(total)}"[:500])
    return proposal


def _check(written, money):
    """Refuse words, days or money that the rules do not allow; the sources are locked first."""
    known = lock_sources(row[0].pk for row in money)
    money = [(known[source.pk], *rest) for source, *rest in money]
    refuse_if(rules.why_not_propose_so(**{name: written[name] for name in ASKED_ABOUT}))
    asked = {name: written[name] for name in ("stream", "starts_on", "ends_on")}
    refuse_if(rules.why_not_these_sources(money, **asked))
    refuse_if(rules.why_not_within_limits(written["rule_set"], money, written["starts_on"]))


def _write_money(proposal, money, priorities):
    DirectAwardSource.objects.filter(direct_award=proposal).delete()
    DirectAwardSource.objects.bulk_create(
        DirectAwardSource(
            direct_award=proposal, number=number, funding_source=source, starts_on=first, ends_on=last, amount=amount
        )
        for number, (source, first, last, amount) in enumerate(money, start=1)
    )
    proposal.priorities.set(priorities)


def _locked(proposal):
    """The proposal as it now is, locked."""
    return queries.with_joins(DirectAward.objects.select_for_update(of=("self",))).get(pk=proposal.pk)


def money_in(proposal):
    """The proposal's money as (source, first day, last day, pounds) rows."""
    return [(row.funding_source, row.starts_on, row.ends_on, row.amount) for row in proposal.sources.all()]


@transaction.atomic
def change_direct_award(*, proposal, money, priorities=(), by, at, **written):
    """Write the proposal anew; advice given on what it said before is asked for again."""
    lock_sources(row[0].pk for row in money)
    proposal = _locked(proposal)
    refuse_if(rules.why_not_change(proposal, user=by, on=london_day(at)), proposal)
    _check(written, money)
    changes = {name: [str(getattr(proposal, name)), str(written[name])] for name in WRITTEN}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    before, after = (sum(row[3] for row in rows) for rows in (money_in(proposal), money))
    if before != after:
        changes["total"] = [str(before), str(after)]
    had_advice = bool(proposal.advice)
    for name, value in {**written, **NO_ADVICE}.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=[*WRITTEN, *NO_ADVICE])
    _write_money(proposal, money, priorities)
    summary = "Proposal changed" + ("; advice and comment are asked for again" if had_advice else "")
    log(proposal, "changed", by=by, at=at, summary=summary, changes=changes)
    return proposal


@transaction.atomic
def advise_on_direct_award(*, proposal, outcome, advice, by, at):
    """Write the officers' advice; new advice needs a new comment on the money."""
    proposal = _locked(proposal)
    refuse_if(rules.why_not_advise(proposal, user=by, on=london_day(at)), proposal)
    refuse_if(rules.why_not_advise_so(outcome=outcome, advice=advice), proposal)
    given = {**NO_ADVICE, "recommended": outcome, "advice": advice.strip(), "advised_by": by, "advised_at": at}
    for name, value in given.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=list(given))
    summary = f"Recommended: {proposal.get_recommended_display().lower()}"
    log(proposal, "advised", by=by, at=at, summary=summary)
    notices.comment_wanted(proposal, at=at)
    return proposal


@transaction.atomic
def comment_on_direct_award(*, proposal, comment, by, at):
    """Write the chief finance officer's comment on the money."""
    proposal = _locked(proposal)
    refuse_if(rules.why_not_comment(proposal, user=by, on=london_day(at)), proposal)
    refuse_if("" if comment.strip() else "Write your comment on the money.", proposal)
    proposal.cfo_comment, proposal.cfo_by, proposal.cfo_at = comment.strip(), by, at
    proposal.save(update_fields=["cfo_comment", "cfo_by", "cfo_at"])
    log(proposal, "finance_commented", by=by, at=at, summary="Comment on the money")
    return proposal


@transaction.atomic
def send_direct_award(*, proposal, by, at):
    """Hand the proposal to the commissioner; the office owes a decision from now."""
    lock_sources(row[0].pk for row in money_in(proposal))
    proposal = _locked(proposal)
    refuse_if(rules.why_not_send(proposal, money_in(proposal), user=by, on=london_day(at)), proposal)
    workflow.move(
        proposal,
        DirectAwardStatus.AWAITING_DECISION,
        moves=DIRECT_AWARD_MOVES,
        verb="sent_for_decision",
        by=by,
        at=at,
        summary="Sent for decision",
    )
    obligations.owe(
        proposal,
        ObligationKind.DECISION,
        title=f"Decide on a direct award: {proposal.title} ({proposal.recipient.name})"[:300],
        due_on=add_working_days(london_day(at), DECISION_WORKING_DAYS),
        link=proposal.get_absolute_url(),
        anchor="sent for decision",
    )
    notices.sent_for_decision(proposal, amount=queries.total_of(proposal), at=at)
    return proposal


@transaction.atomic
def take_back_direct_award(*, proposal, reason, by, at):
    """Take the proposal back from the commissioner to change it."""
    return _leave(proposal, DirectAwardStatus.DRAFT, rules.why_not_take_back, "Taken back", reason, by=by, at=at)


@transaction.atomic
def withdraw_direct_award(*, proposal, reason, by, at):
    """Give the proposal up."""
    return _leave(proposal, DirectAwardStatus.WITHDRAWN, rules.why_not_withdraw, "Withdrawn", reason, by=by, at=at)


def _leave(proposal, to, why_not, word, reason, *, by, at):
    proposal = _locked(proposal)
    refuse_if(why_not(proposal, user=by, on=london_day(at)), proposal)
    refuse_if(award_rules.why_no_reason(reason), proposal)
    was = proposal.status
    verb = word.lower().replace(" ", "_")
    workflow.move(proposal, to, moves=DIRECT_AWARD_MOVES, verb=verb, by=by, at=at, reason=reason.strip(), summary=word)
    obligations.close(proposal, ObligationKind.DECISION, at=at, by=by, closing=f"{word} by officers")
    if was == DirectAwardStatus.AWAITING_DECISION:
        notices.no_longer_waiting(proposal, word=word.lower(), reason=reason, at=at)
    return proposal


@transaction.atomic
def decide_direct_award(
    *, proposal, outcome, reason, amount=None, purpose="", conditions="", interests="", is_key=False, by, at
):
    """Decide on the proposal; approved, it becomes an award in the same breath. Without `amount`, the whole sum."""
    lock_sources(row[0].pk for row in money_in(proposal))
    proposal = _locked(proposal)
    on, money = london_day(at), money_in(proposal)
    refuse_if(rules.why_not_decide(proposal, user=by, on=on), proposal)
    if amount is None and outcome == DecisionOutcome.APPROVED:
        amount = queries.total_of(proposal)
    wording = {"purpose": purpose, "conditions": conditions}
    wrong = rules.why_not_decide_so(
        proposal, money, outcome=outcome, amount=amount, reason=reason, user=by, on=on, **wording
    )
    refuse_if(wrong, proposal)
    decision = _record(proposal, outcome, amount, {**wording, "interests": interests, "is_key": is_key}, reason, by, at)
    workflow.move(
        proposal,
        DirectAwardStatus.DECIDED,
        moves=DIRECT_AWARD_MOVES,
        verb=outcome.lower(),
        by=by,
        at=at,
        reason=reason.strip(),
        summary=decision.get_outcome_display(),
        decision=decision,
    )
    obligations.close(proposal, ObligationKind.DECISION, at=at, by=by, closing="Decided")
    if decision.approves:
        make_award(proposal, money, decision, by=by, at=at)
    else:
        awards.stamp_offered([decision.pk], by=by, at=at)
    if decision.is_key:
        letters.notice_of_direct_award(decision, proposal, by=by, at=at)
    notices.decided(proposal, decision, at=at)
    decision.refresh_from_db()
    return decision


def _record(proposal, outcome, amount, wording, reason, by, at):
    """Write the decision with the advice it rests on, and the post and delegation it was made in."""
    amount = amount if outcome in APPROVING else None
    _, delegation = plan_rules.why_not_decide_as(by, stream=proposal.stream, amount=amount, on=london_day(at))
    title = proposal.stream.plan.body.commissioner_title
    return record_decision(
        title=f"{proposal.reference} {proposal.title} ({proposal.recipient.name})"[:300],
        outcome=outcome,
        amount=amount,
        reason=reason.strip(),
        post=delegation.get_post_display() if delegation else title,
        delegation_reference=delegation.reference if delegation else "",
        advice=proposal.advice,
        cfo_comment=proposal.cfo_comment,
        by=by,
        at=at,
        **wording,
    )


def make_award(proposal, money, decision, *, by, at):
    """Make the award of an approved proposal: a line for each period, each source paying its part of the sum."""
    plan_actions.freeze_rules(rule_set=proposal.rule_set, at=at, by=by)
    award = Award.objects.create(
        reference=next_reference("AW", proposal.starts_on.year),
        stream=proposal.stream,
        rule_set=proposal.rule_set,
        terms=proposal.rule_set.terms,
        recipient=proposal.recipient,
        payee=proposal.recipient.payee,
        title=proposal.title,
        purpose=decision.purpose,
        reason=proposal.reason,
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        reporting=reporting_record(proposal.rule_set),
        status=AwardStatus.MADE,
        made_at=at,
    )
    proposal.award = award
    proposal.save(update_fields=["award"])
    standards.write_standards(award)
    summary = f"Award made for {award.recipient.name}, directly ({proposal.reference})"
    log(award, "made", by=by, at=at, summary=summary)
    money = rules.at_sum(money, decision.amount)
    for days, shares in by_period(money):
        _add_period(award, decision, days, shares, by=by, at=at)
    for limit, excess in rules.exceptions_in(proposal, money):
        LimitException.objects.create(award=award, on=limit.on, amount=excess, reason=decision.reason, by=by, at=at)
    schedules.owe_returns(award, window=Window.MAIN, at=at)
    return award


def by_period(money):
    """[(days, [(source, pounds)])]: who pays what in each period, the earliest first."""
    found: dict[tuple, dict] = {}
    for source, first, last, amount in money:
        shares = found.setdefault((first, last), {})
        shares[source] = shares.get(source, Decimal(0)) + amount
    return [(days, list(found[days].items())) for days in sorted(found)]


def _add_period(award, decision, days, shares, *, by, at):
    """One line of the award; it names its days where they are not the whole of the award."""
    whole = days == (award.starts_on, award.ends_on)
    line = awards.add_line(
        award=award,
        decision=decision,
        title=award.title if whole else f"{award.title[:230]}, {day_in_words(days[0])} to {day_in_words(days[1])}",
        amount=sum(part for _, part in shares),
        shares=shares,
        days=None if whole else days,
        by=by,
        at=at,
    )
    schedules.schedule_instalments(line, at=at)
