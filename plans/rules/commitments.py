"""When a commitment line is written, decided, paid from and ended (V8, X2)."""

from accounts import access
from accounts.roles import Permission
from records.enums import APPROVING
from records.words import day_in_words, pounds

from .plan import why_not_decide_after, why_not_decide_as, why_not_edit, why_not_release_after, why_not_these_days

NO_FUTURE = "Give a day that has come, not one ahead."


def why_not_write_commitment(commitment, *, user):
    """Why this person cannot write the line; "" when they can. None asks about a new one."""
    if why := why_not_edit(user):
        return why
    if commitment is not None and commitment.decision_id:
        return "This commitment was decided, so it stays as it was decided. Enter another line for more money."
    return "" if commitment is None or not commitment.ended_on else "This commitment has ended."


def why_not_commit_so(*, stream, funding_source, purpose, reason):
    """What is wrong with the line as typed; "" when it can stand: no source pays beyond its purpose (X2)."""
    if not purpose.strip():
        return "Say what the money is for."
    if not reason.strip():
        return "Say why the office pays it without a round or an award."
    if funding_source is not None and not funding_source.may_pay_for(stream):
        return f"{funding_source.name} may not be spent on {stream.name}. Choose another source."
    return ""


def why_not_comment_on_commitment(commitment, *, user):
    """Why this person gives no finance comment on the line now; "" when they can."""
    if not access.may(user, Permission.DECISION_ADVISE_FINANCE):
        return "Only the chief finance officer comments on the money."
    return "This commitment is decided already." if commitment.decision_id else ""


def why_not_decide_commitment(commitment, *, user, on, proposers, comment):
    """Why this person cannot decide on the line now; "" when they can. `comment`: the finance comment, an event."""
    if commitment.decision_id:
        return "This commitment is decided already. A decision is never changed."
    if commitment.ended_on:
        return "This commitment has ended."
    if commitment.amount is None:
        return "The sum is not known, so nothing can be approved. Enter it first."
    if commitment.funding_source_id is None:
        return "No source of funds is named, so nothing can be approved. Enter it first."
    if comment is None:
        return "This commitment needs the chief finance officer's comment first."
    sentence, _ = why_not_decide_as(user, stream=commitment.stream, amount=commitment.amount, on=on)
    return sentence or why_not_decide_after(user, {*proposers, comment.by_id})


def why_not_decide_commitment_so(commitment, *, outcome, amount, reason, above):
    """What is wrong with the decision as worded; "" when it can stand. `above`: why the source cannot promise it."""
    if not reason.strip():
        return "Write the reason for the decision."
    if outcome not in APPROVING:
        return ""
    if amount is None or amount <= 0:
        return "Give the sum you approve."
    if amount > commitment.amount:
        return f"{pounds(commitment.amount)} was asked for. Approve that or less."
    if outcome == "APPROVED_LOWER" and amount == commitment.amount:
        return "This is the whole sum. Approve it in full, or give a lower sum."
    if outcome != "APPROVED_LOWER" and amount < commitment.amount:
        return "This is less than was asked for. Choose to approve at a lower sum."
    return above


def why_not_record_cost(commitment, *, user, advisers=(), deciders=()):
    """Why this person records no cost of the line now; "" when they can."""
    if not access.may(user, Permission.INSTALMENT_RELEASE):
        return "Only finance officers record what is paid."
    if commitment.decision_id is None or not commitment.decision.approves:
        return "No decision approves this commitment, so nothing is paid from it."
    return why_not_release_after(user, advisers, deciders)


def why_not_this_cost(commitment, *, on, amount, paid, day):
    """What is wrong with a cost as typed; "" when it can stand. `paid` is what arose so far."""
    source = commitment.funding_source
    if on > day:
        return NO_FUTURE
    if commitment.ended_on and on > commitment.ended_on:
        return f"This commitment ended on {day_in_words(commitment.ended_on)}, so it pays nothing after that."
    if not source.may_pay_for(commitment.stream):
        return f"{source.name} may not be spent on {commitment.stream.name}. Choose another source."
    if not source.starts_on <= on <= source.ends_on:
        return (
            f"{source.name} may be spent from {day_in_words(source.starts_on)} to {day_in_words(source.ends_on)}, "
            f"and this cost is of {day_in_words(on)}."
        )
    approved = commitment.decision.amount
    if paid + amount > approved:
        return f"Only {pounds(approved - paid)} of the {pounds(approved)} approved is left."
    return ""


def why_not_end_commitment(commitment, *, user):
    """Why the line cannot be ended now; "" when it can."""
    if why := why_not_edit(user):
        return why
    return "This commitment has ended already." if commitment.ended_on else ""


def why_not_end_so(commitment, *, ended_on, reason, last_cost_on):
    """What is wrong with the end as typed; "" when it can stand."""
    if last_cost_on and why_not_these_days(last_cost_on, ended_on):
        return f"A cost of {day_in_words(last_cost_on)} is recorded, so it cannot end before that day."
    return "" if reason.strip() else "Say why. It stays in the history."
