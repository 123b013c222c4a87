"""The decision on time to come and everything that follows from it, in one breath (R2, V5-V7, X2, X3)."""

from django.db import transaction

from plans import rules as plan_rules
from plans.enums import ConditionKind
from records import workflow
from records.actions import log, record_decision
from records.calendar import london_day
from records.enums import APPROVING, DecisionOutcome
from records.refusals import refuse_if
from records.words import day_in_words, pounds

from ..enums import (
    CONTINUATION_MOVES,
    INSTALMENT_MOVES,
    ContinuationChoice,
    ContinuationStatus,
    InstalmentStatus,
)
from ..letters import continuations as letters
from ..models import Allocation, InstalmentLine, Variation
from ..notices import continuations as notices
from ..queries import continuations as queries
from ..queries import money, payments, sources
from ..queries.money import ZERO
from ..rules import continuations as rules
from . import awards, continuation_days, instalments, schedules, variations
from .continuations import locked
from .locks import lock_award, lock_sources

GO_ON, REAPPLY, END = ContinuationChoice.GO_ON, ContinuationChoice.REAPPLY, ContinuationChoice.END
APPROVED = ConditionKind.CONTINUATION_APPROVED
OTHERS_END = "The award ends before that"


@transaction.atomic
def decide_continuation(
    *,
    continuation,
    choice,
    reason,
    amount=None,
    purpose="",
    conditions="",
    round=None,
    interests="",
    is_key=False,
    by,
    at,
):
    """Decide: go on, apply again (in `round`, or in one to come), or end. Gives the decision.

    `amount` in pounds is for the time to come; without it the sum asked for is meant, or what the award sets apart.
    """
    continuation = _locked_with_money(continuation)
    on = london_day(at)
    refuse_if(rules.why_not_decide(continuation, user=by, on=on), continuation)
    asked = continuation.sum_in_question
    amount = (asked if amount is None else amount) if choice == GO_ON else None
    wrong = rules.why_not_decide_so(
        continuation, choice=choice, amount=amount, purpose=purpose, reason=reason, round=round, user=by, on=on
    )
    refuse_if(wrong, continuation)
    outcome = _outcome(choice, amount, asked, conditions)
    decision = _record(
        continuation,
        outcome,
        amount,
        reason=reason.strip(),
        purpose=purpose.strip() if choice == GO_ON else "",
        conditions=conditions.strip() if choice == GO_ON else "",
        interests=interests.strip(),
        is_key=is_key,
        by=by,
        at=at,
    )
    effect = queries.effect_of(continuation, choice)
    workflow.move(
        continuation,
        ContinuationStatus.DECIDED,
        moves=CONTINUATION_MOVES,
        verb="decided",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"{continuation_days.title_of(continuation)}: {ContinuationChoice(choice).label.lower()}"[:500],
        choice=choice,
        decision=decision,
        reapply_round=round if choice == REAPPLY else None,
    )
    continuation = queries.with_joins(type(continuation).objects.all()).get(pk=continuation.pk)
    continuation_days.close_owed(continuation, closing=f"Decided: {decision.reference}", by=by, at=at)
    _follow(continuation, effect, amount, by=by, at=at)
    decision.refresh_from_db()
    return decision


def _locked_with_money(continuation):
    """Lock everything the decision may draw on, in the one order of the house: source, allocation, award."""
    award = continuation.award
    lock_sources(award.sources.values_list("funding_source_id", flat=True))
    if award.allocation_id:
        Allocation.objects.select_for_update().get(pk=award.allocation_id)
    lock_award(award)
    return locked(continuation)


def _outcome(choice, amount, asked, conditions):
    if choice != GO_ON:
        return DecisionOutcome.DECLINED
    if conditions.strip():
        return DecisionOutcome.APPROVED_CONDITIONS
    lower = amount is not None and asked is not None and amount < asked
    return DecisionOutcome.APPROVED_LOWER if lower else DecisionOutcome.APPROVED


def _record(continuation, outcome, amount, **wording):
    """Write the decision with the advice it rests on, and the post and delegation it was made in."""
    award, approves = continuation.award, outcome in APPROVING
    by, at = wording["by"], wording["at"]
    _, delegation = plan_rules.why_not_decide_as(by, stream=award.stream, amount=amount, on=london_day(at))
    commissioner = award.stream.plan.body.commissioner_title
    return record_decision(
        title=f"{continuation_days.title_of(continuation)} ({award.recipient.name})"[:300],
        outcome=outcome,
        amount=(amount if amount is not None else ZERO) if approves else None,
        post=delegation.get_post_display() if delegation else commissioner,
        delegation_reference=delegation.reference if delegation else "",
        advice=continuation.advice,
        cfo_comment=continuation.cfo_comment,
        **wording,
    )


def _follow(continuation, effect, amount, *, by, at):
    """Do what was chosen; recipient and payee are told at once, with the letter."""
    award = lock_award(continuation.award)
    continuation.award = award
    cancelled = []
    if continuation.choice == GO_ON and continuation.is_extension:
        _extend(continuation, effect, amount, by=by, at=at)
    elif continuation.choice == GO_ON:
        _fund_year(continuation, amount, by=by, at=at)
    elif not continuation.is_extension:
        cancelled = _end_award(continuation, effect, by=by, at=at)
    awards.stamp_offered([continuation.decision_id], by=by, at=at)
    continuation = queries.with_joins(type(continuation).objects.all()).get(pk=continuation.pk)
    paying = queries.paying_for(continuation.award, continuation) if continuation.choice == GO_ON else ()
    paper = letters.continuation_letter(continuation, by=by, at=at, cancelled=cancelled, instalments=paying)
    notices.decided(continuation, paper=paper, words=_words(continuation, amount), at=at)


def _words(continuation, amount):
    """The decision in a sentence or two, for those who are told."""
    award, decision = continuation.award, continuation.decision
    if continuation.choice == GO_ON:
        days = f"{day_in_words(continuation.starts_on)} to {day_in_words(continuation.ends_on)}"
        money = f" with {pounds(amount)}" if amount else ""
        return f"{award.title} goes on from {days}{money}. The reason is in the letter ({decision.reference})."
    end = f"{award.title} ends on {day_in_words(award.ends_on)}."
    if continuation.choice == END:
        return f"{end} The reason is in the letter ({decision.reference})."
    if continuation.reapply_round:
        return f"{end} {award.recipient.name} can apply again in {continuation.reapply_round.name}."
    return f"{end} {award.recipient.name} can apply again in a round that is to come; the office will say when."


def _extend(continuation, effect, amount, *, by, at):
    """A line and one instalment of its own for the time added; the end moves, the first return stays due (V5-V7)."""
    award, decision = continuation.award, continuation.decision
    line = _add_line(continuation, amount, title=f"Extension to {day_in_words(effect.ends_on)}", by=by, at=at)
    _pay_in_one(continuation, line, at=at)
    variations.move_end(award, ends_on=effect.ends_on, reason=decision.reason, decision=decision, by=by, at=at)


def _fund_year(continuation, amount, *, by, at):
    """Let the money of the year flow: as set apart, lower, or more by a line of its own (R2)."""
    planned = continuation.amount or ZERO
    if amount is not None and continuation.amount is not None and amount < planned:
        _lower_year(continuation, amount, by=by, at=at)
    elif amount is not None and amount > planned:
        title = f"Year {continuation.number}: more than was set apart" if planned else f"Year {continuation.number}"
        _pay_in_one(continuation, _add_line(continuation, amount - planned, title=title, by=by, at=at), at=at)
    instalments.meet_condition(award=continuation.award, condition=APPROVED, row=continuation, by=by, at=at)


def _add_line(continuation, amount, *, title, by, at):
    """One more line of the award, for these days alone, shared between its sources as the rest is."""
    award, decision = continuation.award, continuation.decision
    awarded = money.total(award.lines)
    shares = [(row.funding_source, row.amount) for row in award.sources.select_related("funding_source").order_by("pk")]
    days = (continuation.starts_on, continuation.ends_on)
    line = awards.add_line(
        award=award, decision=decision, title=title, amount=amount, shares=shares, days=days, by=by, at=at
    )
    type(continuation).objects.filter(pk=continuation.pk).update(line=line)
    _vary(
        continuation,
        "LINE_ADDED",
        before={"awarded": str(awarded)},
        after={"awarded": str(awarded + amount), "line": line.title},
        summary=f"Added: {line.title}, {pounds(amount)}",
        by=by,
        at=at,
    )
    return line


def _vary(continuation, kind, *, before, after, summary, by, at):
    award, decision = continuation.award, continuation.decision
    Variation.objects.create(
        award=award,
        number=award.variations.count() + 1,
        kind=kind,
        reason=decision.reason,
        before=before,
        after=after,
        decision=decision,
        by=by,
        at=at,
    )
    log(award, "varied", by=by, at=at, reason=decision.reason, summary=summary)


def _pay_in_one(continuation, line, *, at):
    """One instalment pays the line; this very decision is the row that meets its condition (V6)."""
    due_on = max(continuation.starts_on, london_day(at))
    part = payments.Part(line.amount, APPROVED, due_on, continuation.starts_on, continuation.ends_on)
    instalment = schedules.new_instalment(continuation.award, part, at=at)
    InstalmentLine.objects.create(instalment=instalment, award_line=line, amount=line.amount)
    return instalment


def _lower_year(continuation, amount, *, by, at):
    """Put smaller instalments of the same days and conditions in the place of those of the year."""
    award, decision = continuation.award, continuation.decision
    rows = list(queries.paying_for(award, continuation).prefetch_related("lines"))
    for row, whole in zip(rows, sources.split(amount, [row.amount for row in rows]), strict=True):
        workflow.move(
            row,
            InstalmentStatus.CANCELLED,
            moves=INSTALMENT_MOVES,
            verb="cancelled",
            by=by,
            at=at,
            reason=decision.reason,
            summary=f"Instalment {row.number} cancelled: the year goes on with a lower sum",
        )
        if whole:
            part = payments.Part(
                whole, row.condition, row.due_on, row.covers_from, row.covers_to, row.event_id, row.event_days
            )
            lines = list(row.lines.all())
            made = schedules.new_instalment(award, part, at=at)
            for line, share in zip(lines, sources.split(whole, [line.amount for line in lines]), strict=True):
                InstalmentLine.objects.create(instalment=made, award_line=line.award_line, amount=share)
    _vary(
        continuation,
        "YEAR_LOWERED",
        before={f"year {continuation.number}": str(continuation.amount)},
        after={f"year {continuation.number}": str(amount)},
        summary=f"Year {continuation.number} lowered from {pounds(continuation.amount)} to {pounds(amount)}",
        by=by,
        at=at,
    )


def _end_award(continuation, effect, *, by, at):
    """The award ends with the year; what would pay for later time is cancelled. Gives those instalments."""
    award, decision = continuation.award, continuation.decision
    words = {"reason": decision.reason, "by": by, "at": at}
    for row in award.continuations.undecided().select_for_update(of=("self",)):
        row.award = award
        continuation_days.cancel(row, reason=OTHERS_END, by=by, at=at)
    cancelled = variations.cancel_after(award, ends_on=effect.ends_on, **words)
    variations.move_end(award, ends_on=effect.ends_on, decision=decision, **words)
    return cancelled
