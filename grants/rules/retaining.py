"""When the office may retain the money of several projects to fund one provider itself (C7, X3)."""

from decimal import Decimal

from accounts import access
from accounts.roles import Permission
from plans import rules as plan_rules
from records.enums import APPROVING, DecisionOutcome
from records.words import pounds

from ..enums import CASE_WITH_OFFICE, CaseStatus, DirectAwardStatus, ProjectStatus, RetainStatus
from ..queries import money
from ..queries import retaining as queries
from . import decisions

NOT_AN_OFFICER = "Only commissioning officers propose that money is retained."
OUTCOMES = (DecisionOutcome.RETAINED, DecisionOutcome.DECLINED)
STANDING = {
    RetainStatus.RECOMMENDED: "This proposal waits for a decision, so it stays as it was recommended.",
    RetainStatus.DECIDED: "This proposal has already been decided. A decision is never changed.",
    RetainStatus.WITHDRAWN: "This proposal was withdrawn.",
}


def why_not_start(*, user):
    """Say why this person proposes nothing, or nothing."""
    return "" if access.may(user, Permission.OVERLAP_MANAGE) else NOT_AN_OFFICER


def why_not_change(proposal, *, user, on):
    """Say why the proposal cannot be changed now, or nothing."""
    return why_not_start(user=user) or STANDING.get(proposal.status, "")


def why_not_write_so(rows, *, title, why, provider, provider_name, user, proposal=None):
    """Say what is wrong with the proposal as written, or nothing; `rows` are (project, pounds)."""
    for words, text in (("a title", title), ("why the office should keep the money", why)):
        if not text.strip():
            return f"Write {words}."
    if provider is None and not provider_name.strip():
        return "Say which provider or project the office would fund instead."
    return why_conflicted([project for project, _ in rows], provider, user) or why_not_these(rows, proposal)


def why_not_these(rows, proposal=None):
    """Say which project's money cannot be retained, or nothing; several of one allocation count together."""
    if not rows:
        return "Choose at least one project."
    elsewhere = queries.other_proposals([project for project, _ in rows], proposal)
    pots = money.pots_of([project.case.allocation for project, _ in rows if project.case.allocation])
    taken: dict[tuple, Decimal] = {}
    for project, amount in rows:
        if project.pk in elsewhere:
            return f"{project.reference} already stands in {elsewhere[project.pk]}."
        key = (project.case.allocation_id, project.case.window)
        taken[key] = taken.get(key, money.ZERO) + (amount or money.ZERO)
        if why := why_not_take(project, amount, together=taken[key], pot=pots.get(project.case.allocation_id)):
            return why
    return ""


def why_not_take(project, amount, *, together=None, pot=None):
    """Say why this sum of one project cannot be retained, or nothing; `together`: with others of its allocation."""
    case = project.case
    if project.status != ProjectStatus.PROPOSED:
        return f"{project.reference} is {project.get_status_display().lower()}, so its money cannot be retained."
    if case.status not in CASE_WITH_OFFICE:
        return f"{case.reference} is not with the office, so none of its money can be retained."
    if amount is None or amount <= 0:
        return f"Enter the sum to retain of {project.reference}."
    if amount > project.amount_requested:
        return f"{project.reference} asks for {pounds(project.amount_requested)}, so no more of it can be retained."
    return decisions.why_not_retain(project, amount=amount if together is None else together, pot=pot)


def why_conflicted(projects, provider, user):
    """Nobody works on money of their own organisation, or where they declared an interest."""
    if provider is not None and access.belongs_to(user, provider):
        return f"You belong to {provider.name}, so somebody else works on this."
    cases = {project.case_id: project.case for project in projects}
    for case in cases.values():
        if access.belongs_to(user, case.organisation):
            return f"You belong to {case.organisation.name}, so somebody else works on this."
    if declared := sorted(cases[pk].reference for pk in queries.with_interest(user, cases)):
        return f"You declared an interest in {declared[0]}, so somebody else works on this."
    return ""


def why_not_recommend(proposal, parts, *, user, on):
    """Say why the proposal cannot go to the commissioner now, or nothing: all its cases must wait for a decision."""
    if why := why_not_change(proposal, user=user, on=on):
        return why
    projects = [part.project for part in parts]
    if why := why_conflicted(projects, proposal.provider, user):
        return why
    for case in sorted({part.project.case for part in parts}, key=lambda case: case.reference):
        if case.status != CaseStatus.AWAITING_DECISION:
            return (
                f"{case.reference} has not been sent for decision. Finish its evaluation and send it first, "
                "so that the commissioner decides on all of them together."
            )
    return why_not_these([(part.project, part.amount) for part in parts], proposal)


def why_not_comment(proposal, parts, *, user, on):
    """Say why this person does not comment on the money now, or nothing."""
    if not access.may(user, Permission.DECISION_ADVISE_FINANCE):
        return "Only the chief finance officer comments on the money."
    if proposal.status != RetainStatus.RECOMMENDED:
        return STANDING.get(proposal.status, "Officers have not recommended on this proposal yet.")
    if user.pk == proposal.recommended_by_id:
        return "You recommended this, so somebody else comments on the money."
    return why_conflicted([part.project for part in parts], proposal.provider, user)


def why_not_take_back(proposal, *, user, on):
    """Say why the proposal cannot be taken back from the commissioner, or nothing."""
    if why := why_not_start(user=user):
        return why
    if proposal.status != RetainStatus.RECOMMENDED:
        return STANDING.get(proposal.status, "This proposal is not with the commissioner.")
    return ""


def why_not_withdraw(proposal, *, user, on):
    """Say why the proposal cannot be given up, or nothing."""
    if why := why_not_start(user=user):
        return why
    return "" if proposal.status in queries.OPEN else STANDING[proposal.status]


def why_not_decide(proposal, parts, *, user, on):
    """Say why this person cannot decide on the proposal now, or nothing."""
    if proposal.status != RetainStatus.RECOMMENDED:
        return STANDING.get(proposal.status, "Officers have not recommended on this proposal yet.")
    if not proposal.cfo_comment:
        return "This proposal waits for the chief finance officer's comment."
    if why := plan_rules.why_not_decide_after(user, queries.advisers_of(proposal)):
        return why
    if why := why_conflicted([part.project for part in parts], proposal.provider, user):
        return why
    for part in parts:
        if why := decisions.why_not_decide(part.project, user=user, on=on):
            return why if len(parts) == 1 else f"{part.project.reference}: {why}"
    return ""


def why_not_decide_so(*, outcome, chosen, reason):
    """Say what is wrong with the decision as worded, or nothing; `chosen` are the parts to retain."""
    if outcome not in OUTCOMES:
        return "Choose what you decide."
    if not reason.strip():
        return "Write the reason for the decision."
    if outcome == DecisionOutcome.RETAINED and not chosen:
        return "Choose at least one project whose money is retained."
    return ""


def why_not_award(proposal, parts, *, user, on):
    """Say why no direct award can be started from the proposal now, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return "Only commissioning officers propose direct awards."
    if proposal.status != RetainStatus.DECIDED:
        return STANDING.get(proposal.status, "A direct award is proposed once the money is retained.")
    if not queries.retained_of(parts):
        return "No money was retained, so there is none to award."
    known = proposal.direct_award
    if known and not has_failed(known):
        return f"{known.reference} is already proposed with this money."
    return ""


def has_failed(direct_award):
    """Whether a direct award came to nothing, so that its money is free again."""
    refused = direct_award.decision_id and direct_award.decision.outcome not in APPROVING
    return direct_award.status == DirectAwardStatus.WITHDRAWN or bool(refused)


def why_not_award_so(parts, rows):
    """Say why this money is not what was retained, or nothing; `rows` are (source, first, last, pounds)."""
    has, asked = queries.retained_of(parts), sum((row[3] for row in rows), money.ZERO)
    if asked > has:
        return f"{pounds(asked)} is more than the {pounds(has)} retained. Propose that sum or a lower one."
    return ""
