"""Writes towards a decision on time to come: the business case, advice, finance, exceptions (R1, R2)."""

from django.db import transaction

from records import obligations, workflow
from records.actions import log
from records.calendar import london_day
from records.enums import ObligationKind
from records.refusals import refuse_if
from records.words import pounds

from ..enums import CONTINUATION_MOVES, ContinuationChoice, ContinuationStatus
from ..models import Continuation, LimitException
from ..notices import continuations as notices
from ..queries import continuations as queries
from ..queries import results
from ..rules import awards as award_rules
from ..rules import continuations as rules
from . import continuation_days

S, GO_ON = ContinuationStatus, ContinuationChoice.GO_ON
STALE = "Somebody else has saved this since you opened it. Look at it again, then save."
NO_ADVICE = {"recommended": "", "recommended_amount": None, "advice": "", "advised_by": None, "advised_at": None}
NO_COMMENT = {"cfo_comment": "", "cfo_by": None, "cfo_at": None}


def locked(continuation):
    """The row as it stands now, ours until the transaction ends."""
    rows = queries.with_joins(Continuation.objects.select_for_update(of=("self",)))
    return rows.get(pk=continuation.pk)


@transaction.atomic
def save_continuation(*, continuation, need, changes, plans_for_year, asked_amount, version=None, by, at):
    """Save the draft of the business case; a second editor's stale save is refused (X6)."""
    continuation = locked(continuation)
    refuse_if(rules.why_not_write(continuation, user=by, on=london_day(at)), continuation)
    refuse_if(STALE if version is not None and version != continuation.version else "", continuation)
    fields = {"need": need, "changes": changes, "plans_for_year": plans_for_year, "asked_amount": asked_amount}
    for name, value in fields.items():
        setattr(continuation, name, value.strip() if isinstance(value, str) else value)
    continuation.version += 1
    continuation.save(update_fields=[*fields, "version"])
    log(continuation, "saved", by=by, at=at, summary="Business case saved")
    return continuation


@transaction.atomic
def submit_continuation(*, continuation, by, at):
    """Send the business case in; what the returns say so far is frozen with it (R2, X6)."""
    continuation = locked(continuation)
    refuse_if(rules.why_not_submit(continuation, user=by, on=london_day(at)), continuation)
    asked = f": {pounds(continuation.asked_amount)}" if continuation.asked_amount is not None else ""
    workflow.move(
        continuation,
        S.SUBMITTED,
        moves=CONTINUATION_MOVES,
        verb="submitted",
        by=by,
        at=at,
        summary=f"Business case sent in{asked}",
        submitted_at=at,
        submitted_by=by,
        results=results.results_so_far(continuation.award),
    )
    obligations.close(continuation, ObligationKind.CONTINUATION_CASE, at=at, by=by, closing="Sent in")
    notices.case_submitted(continuation, at=at)
    return continuation


@transaction.atomic
def ask_continuation(*, continuation, due_on, reason, by, at):
    """Ask the recipient for a business case before what follows the end is decided."""
    continuation = locked(continuation)
    refuse_if(rules.why_not_ask(continuation, user=by, on=london_day(at), due_on=due_on), continuation)
    if continuation.case_due_on:
        obligations.close(
            continuation, ObligationKind.CONTINUATION_CASE, at=at, by=by, closing="Asked for on another day"
        )
    continuation.case_due_on = due_on
    continuation.save(update_fields=["case_due_on"])
    continuation_days.owe_case(continuation)
    return continuation_days.open_case(continuation, by=by, at=at, reason=reason.strip())


@transaction.atomic
def return_continuation(*, continuation, reason, by, at):
    """Send the business case back to the recipient, with what should change."""
    continuation = locked(continuation)
    refuse_if(rules.why_not_return(continuation, user=by, on=london_day(at)), continuation)
    refuse_if(award_rules.why_no_reason(reason), continuation)
    workflow.move(
        continuation,
        S.OPEN,
        moves=CONTINUATION_MOVES,
        verb="returned",
        by=by,
        at=at,
        reason=reason.strip(),
        summary="Business case sent back to be changed",
        submitted_at=None,
        submitted_by=None,
        results=[],
    )
    continuation_days.owe_case(continuation)
    notices.case_returned(continuation, reason=reason.strip(), at=at)
    return continuation


@transaction.atomic
def advise_continuation(*, continuation, recommended, amount=None, advice, by, at):
    """Write the officers' advice and hand it over for decision; the chief finance officer comments next.

    `amount` in pounds is what officers recommend; without it the sum asked for is meant, or what is set apart.
    """
    continuation = locked(continuation)
    refuse_if(rules.why_not_advise(continuation, user=by, on=london_day(at)), continuation)
    if recommended == GO_ON and amount is None:
        amount = continuation.sum_in_question
    wrong = rules.why_not_advise_so(continuation, recommended=recommended, amount=amount, advice=advice)
    refuse_if(wrong, continuation)
    amount = amount if recommended == GO_ON else None
    words = ContinuationChoice(recommended).label
    workflow.move(
        continuation,
        S.AWAITING_DECISION,
        moves=CONTINUATION_MOVES,
        verb="advised",
        by=by,
        at=at,
        summary=f"Officers recommend: {words.lower()}" + (f", {pounds(amount)}" if amount is not None else ""),
        recommended=recommended,
        recommended_amount=amount,
        advice=advice.strip(),
        advised_by=by,
        advised_at=at,
        **NO_COMMENT,
    )
    notices.advised(continuation, at=at)
    return continuation


@transaction.atomic
def take_back_continuation(*, continuation, reason, by, at):
    """Take the advice back, with a reason; it is prepared again, and the money commented on again."""
    continuation = locked(continuation)
    refuse_if(rules.why_not_take_back(continuation, user=by, on=london_day(at)), continuation)
    refuse_if(award_rules.why_no_reason(reason), continuation)
    back_to = S.SUBMITTED if continuation.submitted_at else S.WAITING if continuation.is_extension else S.OPEN
    workflow.move(
        continuation,
        back_to,
        moves=CONTINUATION_MOVES,
        verb="advice_taken_back",
        by=by,
        at=at,
        reason=reason.strip(),
        summary="Advice taken back",
        **NO_ADVICE,
        **NO_COMMENT,
    )
    notices.taken_back(continuation, reason=reason.strip(), at=at)
    return continuation


@transaction.atomic
def comment_on_continuation(*, continuation, comment, by, at):
    """Write the chief finance officer's comment beside the advice."""
    continuation = locked(continuation)
    refuse_if(rules.why_not_comment(continuation, user=by, on=london_day(at)), continuation)
    refuse_if("" if comment.strip() else "Write your comment on the money.", continuation)
    continuation.cfo_comment, continuation.cfo_by, continuation.cfo_at = comment.strip(), by, at
    continuation.save(update_fields=["cfo_comment", "cfo_by", "cfo_at"])
    log(continuation, "finance_commented", by=by, at=at, summary="Comment on the money")
    return continuation


@transaction.atomic
def except_continuation(*, continuation, reason, by, at):
    """Allow the sum asked for above the limits it goes over, with the reason (R1). Gives the exceptions."""
    continuation = locked(continuation)
    refuse_if(rules.why_not_except(continuation, user=by, on=london_day(at)), continuation)
    refuse_if(award_rules.why_no_reason(reason), continuation)
    made = []
    for found in rules.needing_exception(continuation):
        more = found.over - found.allowed
        row = LimitException.objects.create(
            award=continuation.award,
            continuation=continuation,
            on=found.limit.on,
            amount=more,
            reason=reason.strip(),
            by=by,
            at=at,
        )
        summary = f"{pounds(more)} above the limit allowed: {row.get_on_display().lower()}"
        log(continuation, "exception_given", by=by, at=at, reason=reason.strip(), summary=summary)
        made.append(row)
    return made
