"""When money may be awarded without a round: who proposes, advises and decides, from which sources (C9, R4, V8, X2)."""

from accounts import access
from accounts.enums import OrganisationKind
from accounts.roles import Permission
from plans import rules as plan_rules
from plans.enums import MoneySetBy, Severity, StreamStanding
from records import calendar
from records.enums import APPROVING, DecisionOutcome
from records.words import day_in_words, listed, pounds

from ..enums import DirectAwardStatus
from ..queries import direct as queries
from ..queries import periods
from ..queries import sources as source_queries
from . import limits, sources

D = DirectAwardStatus
NOT_AN_OFFICER = "Only commissioning officers propose direct awards."
OUTCOMES = (
    DecisionOutcome.APPROVED,
    DecisionOutcome.APPROVED_LOWER,
    DecisionOutcome.APPROVED_CONDITIONS,
    DecisionOutcome.DECLINED,
)
STANDING = {
    D.AWAITING_DECISION: "This proposal waits for a decision, so it stays as it was sent.",
    D.DECIDED: "This proposal has already been decided. A decision is never changed.",
    D.WITHDRAWN: "This proposal was withdrawn.",
}


def why_not_propose(*, user):
    """Say why this person proposes no direct award, or nothing."""
    return "" if access.may(user, Permission.AWARD_OFFER) else NOT_AN_OFFICER


def why_not_change(proposal, *, user, on):
    """Say why the proposal cannot be changed now, or nothing."""
    return why_not_propose(user=user) or STANDING.get(proposal.status, "")


def why_not_propose_so(*, stream, rule_set, recipient, starts_on, ends_on, title, purpose, reason):
    """Say what is wrong with the proposal as written, apart from its money; or nothing."""
    for words, text in (("a title", title), ("the purpose", purpose), ("the reason for no round", reason)):
        if not text.strip():
            return f"Write {words}."
    if ends_on <= starts_on:
        return "The last day must be after the first day."
    return (
        why_not_stream(stream)
        or why_not_under(rule_set, stream)
        or why_not_recipient(rule_set, recipient)
        or why_not_so_long(rule_set, starts_on, ends_on)
    )


def why_not_stream(stream):
    """M1: nothing is awarded from a stream that was discontinued."""
    if stream.standing == StreamStanding.DISCONTINUED:
        return f"{stream.name} is discontinued, so nothing is awarded from it."
    return ""


def why_not_under(rule_set, stream):
    """The rules must be for direct awards, of the same plan, with terms and instalments."""
    if rule_set.money_set_by != MoneySetBy.DIRECT:
        return (
            f"Under {rule_set.name} money is set otherwise ({_lower(rule_set.get_money_set_by_display())}). "
            "Choose rules for direct awards, or open a round."
        )
    if rule_set.plan_id != stream.plan_id:
        return f"{rule_set.name} belongs to another plan than {stream.name}."
    if rule_set.terms_id is None:
        return f"{rule_set.name} names no terms and conditions, so no award can be made."
    if not rule_set.instalment_rules.filter(for_tactical=False).exists():
        return f"{rule_set.name} says nothing about instalments, so no award can be made."
    return ""


def why_not_recipient(rule_set, recipient):
    """Kinds and areas of the rules hold for direct awards too; a closed organisation receives nothing."""
    if recipient.kind == OrganisationKind.OFFICE:
        return "The office does not award money to itself."
    kinds = rule_set.open_to_kinds
    if kinds and recipient.kind not in kinds:
        open_to = listed([_lower(OrganisationKind(kind).label) for kind in kinds])
        return f"{rule_set.name} is only for organisations of these kinds: {open_to}."
    wanted = {area.casefold() for area in rule_set.open_to_areas}
    if wanted and not wanted & {area.casefold() for area in recipient.areas}:
        return f"{rule_set.name} is only for organisations that work in {listed(list(rule_set.open_to_areas))}."
    return ""


def why_not_so_long(rule_set, starts_on, ends_on):
    """The least and the most months of the rules, or nothing."""
    least, most = rule_set.months_least, rule_set.months_most
    if least and ends_on < calendar.period_end(starts_on, least):
        return f"{rule_set.name} asks for at least {least} months."
    if most and ends_on > calendar.period_end(starts_on, most):
        return f"{rule_set.name} allows at most {most} months."
    return ""


def why_not_these_sources(rows, *, stream, starts_on, ends_on):
    """Say what is wrong with the money: (source, first day, last day, pounds) rows; ask with the sources locked."""
    if not rows:
        return "Enter at least one source of funds with its sum."
    wanted: dict[int, list] = {}
    for source, first, last, amount in rows:
        if amount <= 0:
            return f"Enter the sum that {source.name} pays."
        if last < first or first < starts_on or last > ends_on:
            return f"What {source.name} pays must fall within {day_in_words(starts_on)} to {day_in_words(ends_on)}."
        if why := why_not_in_time(source, first, last):
            return why
        wanted.setdefault(source.pk, [source, 0])[1] += amount
    for source, amount in wanted.values():
        if why := sources.why_not_promise(source, stream=stream, amount=amount):
            return why
    return ""


def why_not_in_time(source, first, last):
    """A source pays for its own time; after its end only where its money may be carried over (X2)."""
    if first < source.starts_on:
        return f"{source.name} begins on {day_in_words(source.starts_on)}, so it pays for no time before that."
    if last > source.ends_on and not source.carry_over_allowed:
        return (
            f"{source.name} ends on {day_in_words(source.ends_on)} and may not be carried over, so it pays only for "
            "time until then. Let another source pay for what follows."
        )
    return ""


def beyond_limits(rule_set, rows, starts_on):
    """[(limit, pounds over)] of the limits a direct award goes over: its whole, and each of its years."""
    total = sum(row[3] for row in rows)
    years: dict = {}
    for _, first, _, amount in rows:
        year = periods.year_of(first, starts_on)
        years[year] = years.get(year, 0) + amount
    content = {
        "total": total,
        "projects": [
            {
                "number": 1,
                "total": total,
                "starts_on": starts_on.isoformat(),
                "ends_on": starts_on.isoformat(),
                "profile_lines": [{"starts_on": year.isoformat(), "amount": sum_} for year, sum_ in years.items()],
            }
        ],
    }
    found = limits.beyond_limits(content, list(rule_set.limits.all()), year_start=starts_on)
    return [(limit, excess) for limit, _, excess in found]


def limit_sentences(found, severity):
    """What goes over limits of one severity, in sentences."""
    return [
        f"This award is {pounds(excess)} over the limit of {pounds(limit.amount)} ({_lower(limit.get_on_display())})."
        for limit, excess in found
        if limit.severity == severity
    ]


def why_not_within_limits(rule_set, rows, starts_on):
    """A blocking limit refuses; the others are told to who decides."""
    return next(iter(limit_sentences(beyond_limits(rule_set, rows, starts_on), Severity.BLOCK)), "")


def why_not_advise(proposal, *, user, on):
    """Say why this person gives no advice now, or nothing."""
    return why_not_change(proposal, user=user, on=on) or why_conflicted(proposal, user)


def why_conflicted(proposal, user):
    """Nobody works on money for their own organisation."""
    if access.belongs_to(user, proposal.recipient):
        return f"You belong to {proposal.recipient.name}, so somebody else works on this."
    return ""


def why_not_advise_so(*, outcome, advice):
    """Say what is missing in the advice, or nothing."""
    if outcome not in OUTCOMES:
        return "Choose what you recommend."
    return "" if advice.strip() else "Write your advice to the commissioner."


def why_not_comment(proposal, *, user, on):
    """Say why this person does not comment on the money now, or nothing."""
    if not access.may(user, Permission.DECISION_ADVISE_FINANCE):
        return "Only the chief finance officer comments on the money."
    if proposal.status != D.DRAFT:
        return STANDING[proposal.status]
    if not proposal.advice:
        return "Officers have not given their advice on this proposal yet."
    return why_conflicted(proposal, user)


def why_not_send(proposal, rows, *, user, on):
    """Say why the proposal cannot go to the commissioner now, or nothing."""
    if why := why_not_change(proposal, user=user, on=on) or why_conflicted(proposal, user):
        return why
    if not proposal.advice:
        return "Write the officers' advice first."
    if not proposal.cfo_comment:
        return "The chief finance officer has not commented on the money yet."
    return why_not_stand(proposal, rows)


def why_not_stand(proposal, rows):
    """Say what is wrong with the proposal as it stands, its money included, or nothing."""
    fields = ("stream", "rule_set", "recipient", "starts_on", "ends_on", "title", "purpose", "reason")
    return (
        why_not_propose_so(**{name: getattr(proposal, name) for name in fields})
        or why_not_these_sources(rows, stream=proposal.stream, starts_on=proposal.starts_on, ends_on=proposal.ends_on)
        or why_not_within_limits(proposal.rule_set, rows, proposal.starts_on)
    )


def why_not_take_back(proposal, *, user, on):
    """Say why officers cannot take the proposal back now, or nothing."""
    if why := why_not_propose(user=user):
        return why
    return "" if proposal.status == D.AWAITING_DECISION else "This proposal is not with the commissioner."


def why_not_withdraw(proposal, *, user, on):
    """Say why the proposal cannot be withdrawn now, or nothing."""
    if why := why_not_propose(user=user):
        return why
    return "" if proposal.status in (D.DRAFT, D.AWAITING_DECISION) else STANDING[proposal.status]


def why_not_decide(proposal, *, user, on):
    """Say why this person cannot decide on the proposal now, or nothing."""
    if proposal.status != D.AWAITING_DECISION:
        return STANDING.get(proposal.status, "Officers have not sent this proposal for decision yet.")
    sentence, _ = plan_rules.why_not_decide_as(user, stream=proposal.stream, amount=None, on=on)
    return (
        sentence
        or plan_rules.why_not_decide_after(user, queries.advisers_of_proposal(proposal))
        or why_conflicted(proposal, user)
    )


def why_not_decide_so(proposal, rows, *, outcome, amount, reason, purpose, conditions, user, on):
    """Say what is wrong with the decision as worded, or nothing; ask with the sources locked."""
    if outcome not in OUTCOMES:
        return "Choose what you decide."
    if not reason.strip():
        return "Write the reason for the decision."
    if outcome not in APPROVING:
        return "" if amount is None else "Give a sum only where you approve."
    if not purpose.strip():
        return "Write the purpose of the spend."
    asked = sum(row[3] for row in rows)
    if why := why_not_sum(asked, outcome=outcome, amount=amount, conditions=conditions):
        return why
    sentence, _ = plan_rules.why_not_decide_as(user, stream=proposal.stream, amount=amount, on=on)
    rows = at_sum(rows, amount)
    return sentence or why_not_stand(proposal, rows) or why_not_exception(proposal, rows, user)


def why_not_sum(asked, *, outcome, amount, conditions):
    """Say what is wrong with the sum for this outcome, or nothing."""
    if amount is None or amount <= 0:
        return "Give the sum in pounds; an unknown sum cannot be approved."
    if amount > asked:
        return f"{pounds(amount)} is more than the {pounds(asked)} proposed. Give that sum or a lower one."
    if outcome == DecisionOutcome.APPROVED and amount != asked:
        return f"Approved in full means {pounds(asked)}. Choose a lower sum, or give {pounds(asked)}."
    if outcome == DecisionOutcome.APPROVED_LOWER and amount == asked:
        return f"{pounds(asked)} is the full sum proposed. Choose approved in full, or give a lower sum."
    if outcome == DecisionOutcome.APPROVED_CONDITIONS and not conditions.strip():
        return "Write the conditions."
    return ""


def at_sum(rows, amount):
    """The rows at a lower sum: each source and period pays its share of it, to the penny."""
    parts = source_queries.split(amount, [row[3] for row in rows])
    paid = [(source, first, last, part) for (source, first, last, _), part in zip(rows, parts, strict=True)]
    return [row for row in paid if row[3]]


def exceptions_in(proposal, rows):
    """[(limit, pounds over)] of limits that need an exception."""
    found = beyond_limits(proposal.rule_set, rows, proposal.starts_on)
    return [(limit, excess) for limit, excess in found if limit.severity == Severity.NEEDS_EXCEPTION]


def why_not_exception(proposal, rows, user):
    """Above a limit that needs an exception, only who may give one approves; the reason is kept with it (R1)."""
    found = exceptions_in(proposal, rows)
    if not found or access.may(user, Permission.EXCEPTION_APPROVE):
        return ""
    return limit_sentences(found, Severity.NEEDS_EXCEPTION)[0] + " Only somebody who gives exceptions may approve it."


def _lower(words):
    return words[:1].lower() + words[1:]
