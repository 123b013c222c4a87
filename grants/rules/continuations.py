"""When a decision on time to come may be written for, advised on and made (R1, R2, V5, X3)."""

from accounts import access
from accounts.roles import Permission
from plans import rules as plan_rules
from plans.enums import Severity
from records.words import day_in_words, listed, pounds

from ..enums import (
    AwardStatus,
    ContinuationChoice,
    ContinuationKind,
    ContinuationStatus,
    RoundStatus,
)
from ..queries import continuations as queries
from ..queries import duties, money, results, sources
from . import sources as source_rules

S = ContinuationStatus
GO_ON, REAPPLY = ContinuationChoice.GO_ON, ContinuationChoice.REAPPLY
OFFICERS_ONLY = "Only commissioning officers and the head of commissioning prepare this decision."
SETTLED = {
    S.DECIDED: "This has been decided. A decision is never changed.",
    S.CANCELLED: "This is no longer needed, so nothing can be done here.",
}
NOT_IN_FORCE = "This award is not in force any more, so there is nothing to decide about it."


def event_too_late(continuation):
    """Say that what the decision waits for falls after the latest safe day, or nothing; shown on every page (V5)."""
    if not continuation.is_event_too_late:
        return ""
    return (
        f"{continuation.event.name} is expected on {day_in_words(continuation.expected_on)}. That is after the latest "
        f"safe day for this decision. Decide by {day_in_words(continuation.safe_by)}, without waiting for it."
    )


def _why_standing(continuation, wanted, sentence):
    """Say why it does not stand where it should, or nothing."""
    if continuation.status in SETTLED:
        return SETTLED[continuation.status]
    if continuation.award.status not in (AwardStatus.LIVE, AwardStatus.SUSPENDED):
        return NOT_IN_FORCE
    return "" if continuation.status in wanted else sentence


def _why_of_recipient(continuation, user):
    if access.belongs_to(user, continuation.award.recipient) or access.belongs_to(user, continuation.award.payee):
        return f"You belong to {continuation.award.recipient.name} or its payee, so somebody else acts here."
    return ""


# The recipient


def why_not_write(continuation, *, user, on):
    """Say why this person cannot write the business case now, or nothing."""
    recipient = continuation.award.recipient
    if access.is_office(user) or not access.may(user, Permission.CASE_WRITE, recipient):
        return f"Only contributors and leads of {recipient.name} write this business case."
    waiting = "The business case is not open yet."
    if continuation.status == S.WAITING and (day := queries.opens_on(continuation)):
        waiting = f"The business case opens on {day_in_words(day)}."
    if continuation.status in (S.SUBMITTED, S.AWAITING_DECISION):
        waiting = "The business case is with the office. An officer can send it back to be changed."
    return _why_standing(continuation, {S.OPEN}, waiting)


def why_not_submit(continuation, *, user, on):
    """Say why the business case cannot be sent now, or nothing; limits that need an exception never stop it."""
    recipient = continuation.award.recipient
    if access.is_office(user) or not access.may(user, Permission.CASE_SUBMIT, recipient):
        return f"Only a lead of {recipient.name} sends this business case."
    if why := why_not_write(continuation, user=user, on=on):
        return why
    return _why_incomplete(continuation)


def _why_incomplete(continuation):
    """Say what the business case still lacks, or nothing."""
    if not continuation.need.strip():
        return "Say why the work is still needed."
    if not continuation.plans_for_year.strip():
        return "Say what is planned."
    if continuation.asked_amount is None and (continuation.amount is not None or continuation.is_extension):
        return "Give the sum that is needed."
    if continuation.asked_amount is not None and continuation.asked_amount <= 0:
        return "Give a sum above nought."
    asks_more = continuation.amount is not None and (continuation.asked_amount or 0) > continuation.amount
    if asks_more and not continuation.changes.strip():
        return f"The award sets {pounds(continuation.amount)} apart. Say what changed, so that more is needed."
    for found in queries.over_limits(continuation, continuation.asked_amount):
        if found.limit.severity == Severity.BLOCK:
            return f"{found.sentence} Ask for less."
    return ""


# The officers


def why_not_ask(continuation, *, user, on, due_on=None):
    """Say why the recipient cannot be asked for a business case by an officer, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return OFFICERS_ONLY
    asked = "The recipient has been asked already."
    if why := _why_standing(continuation, {S.WAITING}, asked):
        return why
    if due_on is None:
        return ""
    if due_on < on:
        return "Give a day that is not past."
    if due_on > continuation.safe_by:
        return f"Give a day no later than {day_in_words(continuation.safe_by)}, the latest safe day for the decision."
    return ""


def why_not_return(continuation, *, user, on):
    """Say why the business case cannot be sent back to the recipient, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return OFFICERS_ONLY
    sentence = "Only a business case that was sent in, and not yet advised on, goes back to the recipient."
    return _why_standing(continuation, {S.SUBMITTED}, sentence)


def why_not_advise(continuation, *, user, on):
    """Say why this person cannot advise now, or nothing.

    Without a business case officers advise on an extension, or once a year's business case is overdue.
    """
    if not access.may(user, Permission.AWARD_OFFER):
        return OFFICERS_ONLY
    if why := _why_of_recipient(continuation, user):
        return why
    if continuation.status == S.AWAITING_DECISION:
        return "Advice has been given. Take it back first, with a reason."
    waiting = {S.SUBMITTED}
    if continuation.is_extension:
        waiting.add(S.WAITING)
    if continuation.case_due_on and continuation.case_due_on < on:
        waiting.add(S.OPEN)
    return _why_standing(continuation, waiting, f"{continuation.award.recipient.name} has not sent its business case.")


def why_not_advise_so(continuation, *, recommended, amount, advice):
    """Say what is wrong with the advice as worded, or nothing."""
    if recommended not in queries.CHOICES_OF[ContinuationKind(continuation.kind)]:
        return "Choose what you recommend."
    if not advice.strip():
        return "Write the advice to the decider."
    if recommended != GO_ON:
        return ""
    if continuation.status == S.OPEN:
        return f"{continuation.award.recipient.name} has sent no business case, so going on cannot be recommended."
    if amount is None and (continuation.is_extension or continuation.amount is not None):
        return "Give the sum you recommend."
    return _why_not_sum(continuation, amount)


def _why_not_sum(continuation, amount):
    """Say why a sum is not one that can be approved, whoever decides, or nothing."""
    if amount is not None and amount <= 0:
        return "Give a sum above nought."
    asked = continuation.asked_amount
    if asked is not None and amount is not None and amount > asked:
        return f"{continuation.award.recipient.name} asked for {pounds(asked)}. Give no more than that."
    return ""


def why_not_take_back(continuation, *, user, on):
    """Say why the advice cannot be taken back, or nothing."""
    if not (access.may(user, Permission.AWARD_OFFER) or access.may(user, Permission.DECISION_MAKE)):
        return "Only officers, and those who may decide, send this back to be prepared again."
    return _why_standing(continuation, {S.AWAITING_DECISION}, "No advice has been given yet.")


def why_not_comment(continuation, *, user, on):
    """Say why this person cannot comment on the money now, or nothing."""
    if not access.may(user, Permission.DECISION_ADVISE_FINANCE):
        return "Only the chief finance officer comments on the money."
    if why := _why_of_recipient(continuation, user):
        return why
    if continuation.cfo_at and continuation.is_undecided:
        return "The chief finance officer has commented already."
    return _why_standing(continuation, {S.AWAITING_DECISION}, "No advice has been given yet.")


def why_not_except(continuation, *, user, on):
    """Say why this person cannot allow a sum above a limit now, or nothing (R1)."""
    if not access.may(user, Permission.EXCEPTION_APPROVE):
        return "Only the head of commissioning, the chief executive or the commissioner allows a sum above a limit."
    if why := _why_of_recipient(continuation, user):
        return why
    asked = {S.SUBMITTED, S.AWAITING_DECISION}
    if why := _why_standing(continuation, asked, "No business case has been sent in yet."):
        return why
    return "" if needing_exception(continuation) else "The sum asked for needs no exception."


def needing_exception(continuation):
    """The limits the sum asked for goes over that an exception would allow, and has not."""
    over = queries.over_limits(continuation, continuation.asked_amount)
    return [row for row in over if row.limit.severity == Severity.NEEDS_EXCEPTION and not row.is_allowed]


# The decision


def why_not_decide(continuation, *, user, on):
    """Say why this person cannot decide now, or nothing."""
    if why := _why_standing(continuation, {S.AWAITING_DECISION}, "Officers have not advised on this yet."):
        return why
    if not continuation.cfo_at:
        return "The chief finance officer’s comment is needed first."
    sentence, _ = plan_rules.why_not_decide_as(user, stream=continuation.award.stream, amount=None, on=on)
    return sentence or _why_not_separate(continuation, user)


def _why_not_separate(continuation, user):
    """Say why somebody else must decide (X3), or nothing."""
    if why := _why_of_recipient(continuation, user):
        return why
    if why := plan_rules.why_not_decide_after(user, {continuation.advised_by_id, continuation.cfo_by_id}):
        return why
    if user.pk in duties.releasers_of(continuation.award):
        return "You released money of this award, so somebody else decides on it."
    return ""


def why_not_decide_so(continuation, *, choice, amount, purpose, reason, round, user, on):
    """Say what is wrong with the decision as worded, or nothing; ask with award and money locked."""
    if choice not in queries.CHOICES_OF[ContinuationKind(continuation.kind)]:
        return "Choose what you decide."
    if not reason.strip():
        return "Write the reason for the decision."
    if choice == REAPPLY:
        return why_not_apply_again(continuation, round)
    if choice != GO_ON:
        return ""
    if not purpose.strip():
        return "Write the purpose of the spend."
    if amount is None and (continuation.is_extension or continuation.amount is not None):
        return "Give the sum you approve."
    return _why_not_sum(continuation, amount) or why_not_go_on(continuation, amount=amount, user=user, on=on)


def why_not_go_on(continuation, *, amount, user, on):
    """Say which rule forbids going on with this sum, or nothing."""
    sentence, _ = plan_rules.why_not_decide_as(user, stream=continuation.award.stream, amount=amount, on=on)
    return (
        sentence
        or why_not_monitored(continuation, on=on)
        or why_not_within(continuation, amount)
        or _why_ended(continuation, on)
        or why_not_pay(continuation, amount)
    )


def why_not_monitored(continuation, *, on):
    """Say which return stands in the way of the next year, or nothing: each must be found satisfactory (R2)."""
    rules = continuation.award.rule_set
    if continuation.is_extension or not rules.continuation_needs_satisfactory:
        return ""
    rows = results.monitoring_of(continuation.award, on=on)
    start = "The next year cannot be approved: "
    for row in rows:
        if row.is_missing:
            return f"{start}{row.title} was due on {day_in_words(row.due_on)} and has not been sent."
        if not row.is_fine:
            return f"{start}{row.title} ({row.reference}) is not satisfactory. It stands as: {_lower(row.standing)}."
    if not any(row.is_satisfactory for row in rows):
        return f"{start}no return of this award has been found satisfactory yet. Ask for one."
    return ""


def _lower(words):
    return words[:1].lower() + words[1:]


def why_not_within(continuation, amount):
    """Say which limit on one year the sum breaks without an exception, or nothing (R1)."""
    for found in queries.over_limits(continuation, amount):
        if found.is_allowed:
            continue
        if found.limit.severity == Severity.BLOCK:
            return f"{found.sentence} Approve a lower sum."
        return f"{found.sentence} It needs an exception first, or a lower sum."
    return ""


def warnings(continuation, amount):
    """What the sum goes over, as sentences to read before advising or deciding."""
    found = []
    for row in queries.over_limits(continuation, amount):
        if row.limit.severity == Severity.WARN:
            found.append(f"{row.sentence} The limit only warns.")
        elif row.is_allowed:
            found.append(f"{row.sentence} An exception allows it.")
        else:
            found.append(
                f"{row.sentence} It needs an exception." if row.limit.severity != Severity.BLOCK else row.sentence
            )
    return found


def _why_ended(continuation, on):
    """Say that an award that has ended is not extended any more, or nothing."""
    end = continuation.award.ends_on
    if continuation.is_extension and on > end:
        return (
            f"The award ended on {day_in_words(end)}, so it can no longer be extended. Its recipient can apply again."
        )
    return ""


def why_not_pay(continuation, amount):
    """Say why the sources of the award cannot pay new money for that time, or nothing (X2)."""
    award = continuation.award
    if not amount or (continuation.amount is not None and amount <= continuation.amount):
        return ""
    if award.status != AwardStatus.LIVE:
        return "The award is suspended. Lift the suspension before more money is added to it."
    shares = list(award.sources.select_related("funding_source").order_by("pk"))
    if not shares:
        return "The award names no source of funds, so nothing can be added to it."
    new = amount - (continuation.amount or money.ZERO)
    for share, part in zip(shares, sources.split(new, [share.amount for share in shares]), strict=True):
        source = share.funding_source
        if why := source_rules.why_not_promise(source, stream=award.stream, amount=part):
            return why
        if continuation.is_extension and source.ends_on < continuation.starts_on and not source.carry_over_allowed:
            return (
                f"{source.name} ends on {day_in_words(source.ends_on)} and may not be carried over, "
                "so it cannot pay for that time."
            )
    return ""


def why_not_apply_again(continuation, round):
    """Say why the recipient cannot be sent to this round, or nothing; no round is one that is to come."""
    if round is None:
        return ""
    if round.is_recorded or round.status not in (RoundStatus.DRAFT, RoundStatus.OPEN):
        return f"{round.name} takes no business cases any more. Choose another round, or none yet."
    return ""


def why_not_close(award):
    """Say what of the time to come is not decided, so that the award cannot be closed, or nothing."""
    open_ones = [row.reference for row in award.continuations.undecided().order_by("starts_on")]
    return f"What follows has not been decided: {listed(open_ones)}." if open_ones else ""
