"""Why an officer may not remind of a return, or move its date, just now."""

from .. import queries
from ..enums import OwedState, ReturnStatus
from ..models import MonitoringReturn
from .returns import no_reason
from .reviews import SENT, WAIVED, not_an_officer_for, why_not_waive

NOTHING_OWED = {
    ReturnStatus.SUBMITTED: "It has been submitted, so the recipient owes nothing just now.",
    ReturnStatus.REVIEWED: "It has been reviewed, so nothing is owed.",
    ReturnStatus.WAIVED: "It was waived, so nothing is owed.",
}
GONE = "Nothing is owed any more."
NOT_OPEN = "It is not open yet. It can be waived once it is open; its date can be moved now."


LEFT_OUT = {
    "remind": {
        OwedState.UPCOMING: "It is not open yet, so nobody is reminded of it.",
        OwedState.SUBMITTED: NOTHING_OWED[ReturnStatus.SUBMITTED],
        OwedState.ACCEPTED: NOTHING_OWED[ReturnStatus.REVIEWED],
        OwedState.WAIVED: NOTHING_OWED[ReturnStatus.WAIVED],
    },
    "extend": {
        OwedState.SUBMITTED: NOTHING_OWED[ReturnStatus.SUBMITTED],
        OwedState.ACCEPTED: NOTHING_OWED[ReturnStatus.REVIEWED],
        OwedState.WAIVED: NOTHING_OWED[ReturnStatus.WAIVED],
    },
    "waive": {
        OwedState.UPCOMING: NOT_OPEN,
        OwedState.SUBMITTED: SENT,
        OwedState.QUERIED: SENT,
        OwedState.ACCEPTED: SENT,
        OwedState.WAIVED: WAIVED,
    },
}


def why_left_out(state, verb):
    """Why a row that stands so will be refused when it is chosen with others; asks the database nothing."""
    return LEFT_OUT[verb].get(OwedState(state), "")


def return_of(owed):
    """The return that was opened for what is owed, or None."""
    return MonitoringReturn.objects.with_parents().filter(obligation=owed).first()


def why_not_chase(owed, *, user, on):
    """Only officers, nobody for an organisation they belong to, only while the recipient owes something."""
    if sentence := not_an_officer_for(user, owed.organisation):
        return sentence
    if queries.open_now(owed) is not None:
        return ""
    found = return_of(owed)
    return NOTHING_OWED.get(ReturnStatus(found.status), GONE) if found else GONE


def why_not_remind(owed, *, user, on):
    """A reminder is for what is open: before that nobody can do anything about it."""
    if sentence := why_not_chase(owed, user=user, on=on):
        return sentence
    waits = owed.closed_at is None and owed.opens_on is not None and owed.opens_on > on
    return "It is not open yet, so nobody is reminded of it." if waits else ""


def why_not_extend(owed, *, user, on, due_on=None, reason=None):
    """A date moves to a later day that has not passed, with a reason."""
    if sentence := why_not_chase(owed, user=user, on=on) or no_reason(reason):
        return sentence
    if due_on is None:
        return ""
    if due_on < on:
        return "The new day has passed already."
    now = queries.open_now(owed)
    return "The new day is not later than the one that stands." if due_on <= now.due_on else ""


def why_not_waive_owed(owed, *, user, on, reason=None):
    """A return is waived once it is open, while it is being written."""
    found = return_of(owed)
    if found is None:
        return not_an_officer_for(user, owed.organisation) or NOT_OPEN
    return why_not_waive(found, user=user, on=on, reason=reason)
