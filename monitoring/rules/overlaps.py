"""When an officer may say what a pair of work is, and take it further (C7)."""

from accounts import access
from accounts.roles import Permission
from grants.queries import retaining as retain_queries

from ..enums import PAIR_MOVES, PairStatus
from ..queries import overlap_pairs as queries

NOT_AN_OFFICER = "Only commissioning officers say what an overlap is."
ALREADY = {
    PairStatus.CONFIRMED: "This overlap is already confirmed.",
    PairStatus.DISMISSED: "This overlap is already dismissed.",
}


def why_not_judge(pair, to, *, user, on):
    """Say why this person cannot confirm or dismiss the pair now, or nothing."""
    if not access.may(user, Permission.OVERLAP_MANAGE):
        return NOT_AN_OFFICER
    if to not in PAIR_MOVES[pair.status]:
        return ALREADY[PairStatus(pair.status)]
    return why_conflicted([pair.first, pair.second], user)


def why_conflicted(works, user):
    """Nobody judges work of their own organisation, or where they declared an interest."""
    cases = {case.pk: case for case in queries.cases_of(works).values()}
    for case in cases.values():
        if access.belongs_to(user, case.organisation):
            return f"You belong to {case.organisation.name}, so somebody else looks at this."
    if declared := retain_queries.with_interest(user, cases):
        return f"You declared an interest in {cases[min(declared)].reference}, so somebody else looks at this."
    return ""


def why_no_reason(reason):
    """Say that a reason is missing, or nothing."""
    return "" if reason.strip() else "Write why."


def why_not_retain(pair, projects, *, user):
    """Say why no proposal to retain money can be started from the pair, or nothing."""
    if not access.may(user, Permission.OVERLAP_MANAGE):
        return NOT_AN_OFFICER
    if pair.status != PairStatus.CONFIRMED:
        return "Confirm this overlap first."
    if not projects:
        return "No project of this overlap waits for a decision, so there is no money to retain."
    return ""
