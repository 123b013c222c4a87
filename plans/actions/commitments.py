"""Every write of a commitment line: entered, commented on, decided, paid from case by case, ended (V8)."""

from django.db import transaction

from records.actions import log, record_decision
from records.calendar import london_day
from records.enums import APPROVING
from records.refusals import refuse_if
from records.words import day_in_words, pounds

from ..models import CommitmentCost, CommitmentLine
from ..queries import commitments as queries
from ..queries.sources import NOUGHT
from ..rules import commitments as rules
from ..rules import why_not_decide_as
from .plan import free_key, told


def lock(commitment):
    """The line as it now is, locked."""
    return CommitmentLine.objects.select_for_update(of=("self",)).select_related(
        "stream", "funding_source", "decision"
    ).get(pk=commitment.pk)  # fmt: skip


@transaction.atomic
def enter_commitment(*, stream, funding_source, title, purpose, reason, year, by, at, **details):
    """Enter money to be promised without an award; it pays nothing before it is decided.

    `details` are columns of the line: recipient, rule_set, case_by_case, amount, note, source.
    """
    refuse_if(rules.why_not_write_commitment(None, user=by))
    refuse_if(rules.why_not_commit_so(stream=stream, funding_source=funding_source, purpose=purpose, reason=reason))
    row = CommitmentLine.objects.create(
        key=free_key(CommitmentLine, f"{title} {year}"),
        stream=stream,
        funding_source=funding_source,
        title=title,
        purpose=purpose,
        reason=reason,
        year=year,
        **{"source": "Entered in the portal", **details},
    )
    log(row, queries.ADDED, by=by, at=at, reason=reason, summary=f"Commitment entered: {title}, {pounds(row.amount)}")
    return row


@transaction.atomic
def edit_commitment(*, commitment, why, by, at, **fields):
    """Change a line that is not decided; a comment on the money is asked for anew."""
    commitment = lock(commitment)
    refuse_if(rules.why_not_write_commitment(commitment, user=by), commitment)
    asked = {name: fields.get(name, getattr(commitment, name)) for name in ("stream", "funding_source", "purpose")}
    refuse_if(rules.why_not_commit_so(**asked, reason=fields.get("reason", commitment.reason)), commitment)
    changes = {
        name: [_word(getattr(commitment, name)), _word(value)]
        for name, value in fields.items()
        if getattr(commitment, name) != value
    }
    if not changes:
        return commitment
    for name, value in fields.items():
        setattr(commitment, name, value)
    commitment.save(update_fields=sorted(fields))
    log(commitment, queries.CHANGED, by=by, at=at, reason=why, summary="Commitment changed", changes=changes)
    return commitment


def _word(value):
    return getattr(value, "key", None) or (str(value) if hasattr(value, "pk") else told(value))


@transaction.atomic
def comment_on_commitment(*, commitment, comment, by, at):
    """Keep the chief finance officer's comment on the money of the line."""
    commitment = lock(commitment)
    refuse_if(rules.why_not_comment_on_commitment(commitment, user=by), commitment)
    refuse_if("" if comment.strip() else "Write the comment on the money.", commitment)
    log(commitment, queries.COMMENTED, by=by, at=at, reason=comment.strip(), summary="Finance comment given")
    return commitment


@transaction.atomic
def decide_commitment(*, commitment, outcome, amount, reason, by, at, above=""):
    """Decide on the line through the register of decisions; `above` says why its source cannot promise the sum."""
    commitment, on = lock(commitment), london_day(at)
    comment = queries.comment_on(commitment)
    wrong = rules.why_not_decide_commitment(
        commitment, user=by, on=on, proposers=queries.proposers_of(commitment), comment=comment
    )
    refuse_if(wrong, commitment)
    so = {"outcome": outcome, "amount": amount, "reason": reason, "above": above}
    refuse_if(rules.why_not_decide_commitment_so(commitment, **so), commitment)
    approves = outcome in APPROVING
    _, delegation = why_not_decide_as(by, stream=commitment.stream, amount=amount, on=on)
    decision = record_decision(
        title=f"{commitment.title} ({commitment.year})"[:300],
        outcome=outcome,
        amount=amount if approves else None,
        purpose=commitment.purpose,
        reason=reason,
        advice=commitment.reason,
        cfo_comment=comment.reason,
        delegation_reference=delegation.reference if delegation else "",
        by=by,
        at=at,
    )
    was = commitment.amount
    commitment.decision = decision
    commitment.amount = amount if approves else NOUGHT
    commitment.ended_on = None if approves else on
    commitment.save(update_fields=["decision", "amount", "ended_on"])
    changes = {"amount": [str(was), str(commitment.amount)], "decision": ["", decision.reference]}
    log(commitment, "decided", by=by, at=at, reason=reason, summary=decision.get_outcome_display(), changes=changes)
    return decision


@transaction.atomic
def record_cost(*, commitment, on, amount, what, by, at, invoice=""):
    """Record one cost of a decided line; a cost is never edited."""
    commitment = lock(commitment)
    deciders = {commitment.decision.made_by_id} if commitment.decision_id else set()
    wrong = rules.why_not_record_cost(commitment, user=by, advisers=queries.advisers_of(commitment), deciders=deciders)
    refuse_if(wrong, commitment)
    so_far, _ = queries.paid(commitment)
    wrong = rules.why_not_this_cost(commitment, on=on, amount=amount, paid=so_far, day=london_day(at))
    refuse_if(wrong, commitment)
    cost = CommitmentCost.objects.create(
        commitment=commitment, number=commitment.costs.count() + 1, on=on, amount=amount, what=what, invoice=invoice,
        at=at, by=by,
    )  # fmt: skip
    words = f"Cost of {day_in_words(on)}: {what}, {pounds(amount)}"
    changes = {"costs": [str(so_far), str(so_far + amount)]}
    log(commitment, "cost_recorded", by=by, at=at, summary=words[:500], changes=changes)
    return cost


@transaction.atomic
def end_commitment(*, commitment, ended_on, reason, by, at):
    """End a line; costs after that day are refused."""
    commitment = lock(commitment)
    refuse_if(rules.why_not_end_commitment(commitment, user=by), commitment)
    _, last = queries.paid(commitment)
    refuse_if(rules.why_not_end_so(commitment, ended_on=ended_on, reason=reason, last_cost_on=last), commitment)
    commitment.ended_on = ended_on
    commitment.save(update_fields=["ended_on"])
    changes = {"ended_on": ["", ended_on.isoformat()]}
    words = f"Commitment ends on {day_in_words(ended_on)}"
    log(commitment, "ended", by=by, at=at, reason=reason, summary=words, changes=changes)
    return commitment
