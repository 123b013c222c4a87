"""The decision on an extension: the register, the option, the letter, what is owed from then on (S2, X3)."""

from django.db import transaction

from plans import queries as reporting
from plans import rules as plan_rules
from records import obligations, workflow
from records.actions import log, record_decision
from records.calendar import DAY, add_working_days, london_day
from records.enums import DecisionOutcome
from records.models import Decision
from records.refusals import refuse_if
from records.words import day_in_words

from ... import queries
from ...enums import (
    EXTENSION_MOVES,
    OFFERS,
    OPTION_MOVES,
    ExtensionOutcome,
    ExtensionStatus,
    ExtensionStepKind,
    OptionStatus,
)
from ...letters import extensions as letters
from ...models import ExtensionCase, ExtensionRuling, ExtensionStep
from ...notices import extensions as notices
from ...queries import extensions
from ...queries import steps as dating
from ...rules import extensions as rules
from .. import steps
from ..contracts import arm_extension_decision
from .locks import lock
from .opening import ANSWER, SECOND, settle
from .preparing import need_of

O = ExtensionOutcome  # noqa: E741 (the outcomes, many times over)
K = ExtensionStepKind
REGISTER = {
    O.OFFER: DecisionOutcome.APPROVED,
    O.OFFER_SHORTER: DecisionOutcome.APPROVED_LOWER,
    O.DECLINE: DecisionOutcome.DECLINED,
    O.DEFER: DecisionOutcome.DEFERRED,
    O.LAPSE: DecisionOutcome.DECLINED,
    O.OUTSIDE: DecisionOutcome.APPROVED,
}
SECOND_DAYS = 5  # working days a second approver has
NOT_TAKEN = "Decided without it"


@transaction.atomic
def decide(
    *,
    case,
    outcome,
    reason,
    months=None,
    ends_on=None,
    amount=None,
    purpose="",
    legal_basis="",
    question="",
    defer_until=None,
    interests="",
    is_key=False,
    by,
    at,
):
    """Decide an extension case; the register, the letter, what is owed and who is told follow in the same breath."""
    case, on = lock(case), london_day(at)
    refuse_if(rules.why_not_decide(case, user=by, on=on), case)
    months = case.option.months if outcome == O.OFFER else months if outcome == O.OFFER_SHORTER else None
    ends_on = ends_on if outcome == O.OUTSIDE else None
    amount = amount if outcome in OFFERS or outcome == O.OUTSIDE else None
    worded = {"purpose": purpose, "legal_basis": legal_basis, "question": question, "defer_until": defer_until}
    so = {"outcome": outcome, "months": months, "ends_on": ends_on, "amount": amount, "reason": reason}
    refuse_if(rules.why_not_decide_so(case, **so, **worded, user=by, on=on), case)
    decision = _register(case, so, worded, interests=interests, is_key=is_key, by=by, at=at)
    safe = dating.last_safe_day(case.decide_by, notice_needed=case.notice_needed) if outcome == O.DEFER else None
    ruling = ExtensionRuling.objects.create(
        case=case,
        number=next_number(case),
        outcome=outcome,
        decision=decision,
        months=months,
        ends_on=ends_on,
        legal_basis=legal_basis.strip() if outcome == O.OUTSIDE else "",
        safe_until=safe,
    )
    FOLLOW[outcome](case, ruling, defer_until, by=by, at=at)
    if is_key:
        decision.refresh_from_db()
        letters.decision_notice(ruling, by=by, at=at)
    ruling.refresh_from_db()
    return ruling


def next_number(case):
    last = ExtensionRuling.objects.filter(case=case).order_by("-number").first()
    return last.number + 1 if last else 1


def title_of(case):
    what = f"option {case.option.number}" if case.option else "extension outside the original terms"
    return f"{case.contract.reference} {case.contract.name}: {what}"[:300]


def _register(case, so, worded, *, interests, is_key, by, at):
    """Write the decision into the register, with the advice it rests on and the post and delegation it was made in."""
    amount, outcome, contract = so["amount"], so["outcome"], case.contract
    delegation = None
    if contract.stream:
        _, delegation = plan_rules.why_not_decide_as(by, stream=contract.stream, amount=amount, on=london_day(at))
    outside = "It takes effect only once a second approver, who is somebody else, agrees."
    return record_decision(
        title=title_of(case),
        outcome=REGISTER[outcome],
        amount=amount,
        reason=so["reason"].strip(),
        purpose=worded["purpose"].strip() if amount is not None else "",
        conditions=outside if outcome == O.OUTSIDE else "",
        question=worded["question"].strip() if outcome == O.DEFER else "",
        interests=interests.strip(),
        is_key=is_key,
        post=delegation.get_post_display() if delegation else letters.post_of(by, contract, on=london_day(at)),
        delegation_reference=delegation.reference if delegation else "",
        advice=case.advice,
        cfo_comment=case.cfo_comment,
        by=by,
        at=at,
    )


def _stamp_told(decision, *, by, at):
    """The provider has been told: from now on the decision may be published."""
    Decision.objects.filter(pk=decision.pk).update(offered_at=at, offered_by=by)
    decision.refresh_from_db()


def _offer(case, ruling, _, *, by, at):
    """Offer the option to the provider by letter; its signatory owes an answer."""
    starts_on, ends_on = extensions.period_of(case, outcome=ruling.outcome, months=ruling.months, ends_on=None)
    answer_by = _offer_answer_by(london_day(at), starts_on)
    ExtensionRuling.objects.filter(pk=ruling.pk).update(answer_by=answer_by)
    ruling.refresh_from_db()
    ruling.case = case
    _move_option(case, OptionStatus.OFFERED, "offered", ruling, by=by, at=at)
    decided(case, ruling, need=_need(case, ruling), by=by, at=at)
    paper = letters.offer(ruling, starts_on=starts_on, ends_on=ends_on, returns=returns_of(case.contract), by=by, at=at)
    keep_letter(ruling, paper, by=by, at=at)
    owed = obligations.owe(
        case,
        ANSWER,
        title=f"Accept or refuse the extension of {case.contract.name}"[:300],
        organisation=case.contract.provider,
        due_on=answer_by,
        link=case.get_absolute_url(),
        period="offer",
        starts_on=starts_on,
        ends_on=ends_on,
        anchor="offered",
    )
    notices.offered(ruling, paper=paper, owed=owed, ends_on=ends_on, at=at)


def _offer_answer_by(on, starts_on):
    usual, last = add_working_days(on, dating.ANSWER_DAYS), dating.last_working_day(starts_on - DAY)
    return min(usual, last) if last > on else starts_on - DAY


def _refuse_extension(case, ruling, _, *, by, at):
    """Tell the provider by letter that there is no extension; the contract ends when its term does."""
    if case.option:
        to = OptionStatus.LAPSED if ruling.outcome == O.LAPSE else OptionStatus.DECLINED
        _move_option(case, to, to.lower(), ruling, by=by, at=at)
    decided(case, ruling, need=_need(case, ruling), by=by, at=at)
    ends_on = queries.term(case.contract).ends_on
    ruling.case = case
    paper = letters.no_extension(ruling, ends_on=ends_on, by=by, at=at)
    keep_letter(ruling, paper, by=by, at=at)
    notices.not_extended(ruling, paper=paper, ends_on=ends_on, at=at)


def _defer(case, ruling, defer_until, *, by, at):
    """Put the decision off; the step towards it moves, the decide-by day does not."""
    ExtensionCase.objects.filter(pk=case.pk).update(deferred_until=defer_until)
    step = ExtensionStep.objects.get(case=case, kind=K.DECISION)
    steps.move_step(case, step, defer_until, by=by, at=at, reason=ruling.decision.question)
    summary = f"{case}: to be decided by {day_in_words(defer_until)}"
    log(case, "deferred", by=by, at=at, reason=ruling.decision.reason, summary=summary)
    _stamp_told(ruling.decision, by=by, at=at)
    ruling.case = case
    notices.deferred(ruling, until=defer_until, at=at)


def _go_outside(case, ruling, _, *, by, at):
    """Decided, and without effect until a second approver agrees."""
    need = _need(case, ruling)
    workflow.move(
        case,
        ExtensionStatus.AWAITING_SECOND,
        moves=EXTENSION_MOVES,
        verb="decided",
        by=by,
        at=at,
        reason=ruling.decision.reason,
        summary=f"{case}: {ruling.get_outcome_display().lower()}, waits for the second approver",
        notice_needed=need.needed,
        notice_working=need.words,
        deferred_until=None,
    )
    steps.meet(case, K.DECISION, by=by, at=at, note=f"Decided: {ruling.decision.reference}")
    settle(case, by=by, at=at, closing=f"Decided: {ruling.decision.reference}")
    owed = obligations.owe(
        case,
        SECOND,
        title=f"Approve a second time: {case.contract.name} outside its original terms"[:300],
        due_on=add_working_days(london_day(at), SECOND_DAYS),
        link=case.get_absolute_url(),
        period="second",
        anchor=f"decided by {ruling.decision.made_by.full_name}"[:120],
    )
    ruling.case = case
    notices.second_needed(ruling, owed=owed, by=by, at=at)


FOLLOW = {
    O.OFFER: _offer,
    O.OFFER_SHORTER: _offer,
    O.DECLINE: _refuse_extension,
    O.LAPSE: _refuse_extension,
    O.DEFER: _defer,
    O.OUTSIDE: _go_outside,
}


def _move_option(case, to, verb, ruling, *, by, at):
    contract = case.contract
    workflow.move(
        case.option,
        to,
        moves=OPTION_MOVES,
        verb=verb,
        by=by,
        at=at,
        reason=ruling.decision.reason,
        summary=f"Option {case.option.number} of {contract.name}: {ruling.get_outcome_display().lower()}",
    )
    case.option.contract = contract


def _need(case, ruling):
    return need_of(
        case,
        outcome=ruling.outcome,
        months=ruling.months,
        ends_on=ruling.ends_on,
        amount=ruling.decision.amount,
    )


def decided(case, ruling, *, need, by, at):
    """The case is decided: its steps, its diary and the history of the contract say so."""
    outcome, number = ruling.get_outcome_display(), ruling.decision.reference
    workflow.move(
        case,
        ExtensionStatus.DECIDED,
        moves=EXTENSION_MOVES,
        verb="decided",
        by=by,
        at=at,
        reason=ruling.decision.reason,
        summary=f"{case}: {outcome.lower()} ({number})",
        notice_needed=need.needed,
        notice_working=need.words if need.working else case.notice_working,
        deferred_until=None,
    )
    log(case.contract, "extension_decided", by=by, at=at, reason=ruling.decision.reason,
        summary=f"{outcome} ({number})")  # fmt: skip
    steps.meet(case, K.DECISION, by=by, at=at, note=f"Decided: {number}")
    steps.drop(case, K.PROVIDER_ASKED, K.EVIDENCE, K.ADVICE, K.FINANCE, by=by, at=at, note=NOT_TAKEN)
    if need.needed is False:
        steps.drop(case, K.NOTICE, by=by, at=at, note="No notice is needed")
    settle(case, by=by, at=at, closing=f"Decided: {number}")
    arm_extension_decision(contract=case.contract, by=by, at=at, reason=f"Decided: {number}")


def keep_letter(ruling, paper, *, by, at):
    """The letter goes with the decision, which makes its step met and the provider told."""
    ExtensionRuling.objects.filter(pk=ruling.pk).update(letter=paper)
    steps.meet(ruling.case, K.LETTER, by=by, at=at, note="The letter went with the decision")
    _stamp_told(ruling.decision, by=by, at=at)


def returns_of(contract):
    """The returns the contract asks for, in words for the letter; "" where it asks for none."""
    if contract.reporting is None and contract.rule_set is None:
        return ""
    return "; ".join(reporting.in_words(pattern) for pattern in reporting.patterns_kept(contract))
