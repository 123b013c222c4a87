"""What follows awards, as work: what waits for whom, asked in one question (R2, V5, X8)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission

from ..enums import ContinuationKind, ContinuationStatus
from ..models import Continuation
from .continuations import for_list

S = ContinuationStatus
ADVISE, COMMENT, DECIDE = (
    "Advise on what follows awards",
    "Comment on what follows awards",
    "Decide what follows awards",
)
WRITE = "Write the business case for the next period"


@dataclass(frozen=True)
class Work:
    """One decision on time to come that waits for somebody: what about, and by when."""

    title: str
    detail: str
    link: str
    due_on: date | None


def _work(row, detail, due_on):
    return Work(
        row.award.title, f"{row.award.recipient.name}, {row.reference}. {detail}", row.get_absolute_url(), due_on
    )


def office_work(user):
    """What waits for this person of the office, by what is to be done."""
    may = {
        word: access.may(user, word)
        for word in (Permission.AWARD_OFFER, Permission.DECISION_ADVISE_FINANCE, Permission.DECISION_MAKE)
    }
    found: defaultdict[str, list[Work]] = defaultdict(list)
    if not any(may.values()):
        return found
    waiting = Continuation.objects.undecided().exclude(status=S.WAITING, kind=ContinuationKind.CONTINUATION)
    for row in for_list(waiting.exclude(status=S.OPEN)).order_by("due", "pk"):
        if row.status in (S.SUBMITTED, S.WAITING):
            words = "Business case is in" if row.status == S.SUBMITTED else "Its end is coming"
            words = "Decide without waiting for the event" if row.is_event_too_late else words
            _add(found, ADVISE, may[Permission.AWARD_OFFER], _work(row, words, row.due))
        elif row.cfo_at is None:
            _add(found, COMMENT, may[Permission.DECISION_ADVISE_FINANCE], _work(row, "Advice is given", row.due))
        else:
            _add(found, DECIDE, may[Permission.DECISION_MAKE], _work(row, "Advice and comment are in", row.due))
    return found


def _add(found, heading, may, work):
    if may:
        found[heading].append(work)


def partner_work(user):
    """Business cases for the next period that this person may write."""
    found: defaultdict[str, list[Work]] = defaultdict(list)
    if not access.may(user, Permission.CASE_WRITE):
        return found
    mine = Organisation.objects.of_user(user)
    rows = Continuation.objects.filter(status=S.OPEN, award__recipient__in=mine)
    for row in rows.select_related("award__recipient").order_by("case_due_on", "pk"):
        found[WRITE].append(_work(row, "Open now", row.case_due_on))
    return found
