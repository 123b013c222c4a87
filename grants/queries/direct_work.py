"""What of direct awards and claims waits for somebody of the office (X8)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, OuterRef, Subquery

from accounts import access
from accounts.roles import Permission
from records.models import Obligation

from ..enums import ClaimStatus, DirectAwardStatus
from ..models import Claim, DirectAward

ADVISE, COMMENT, DECIDE = "Advise on direct awards", "Comment on direct awards", "Decide on direct awards"
SEND, ANSWER = "Send direct awards for decision", "Answer claims"


@dataclass(frozen=True)
class Work:
    """One thing to do."""

    title: str
    detail: str
    link: str
    due_on: date | None


def _due(model):
    owed = Obligation.objects.open().filter(subject_type=model._meta.label, subject_id=OuterRef("pk"))
    return Subquery(owed.values("due_on")[:1], output_field=DateField())


def office_work(user):
    """What waits for this person of the office, by what is to be done; at most two queries."""
    found: defaultdict[str, list[Work]] = defaultdict(list)
    officer = access.may(user, Permission.AWARD_OFFER)
    comments, decides = access.may(user, Permission.DECISION_ADVISE_FINANCE), access.may(user, Permission.DECISION_MAKE)
    if not (officer or comments or decides):
        return found
    waiting = DirectAward.objects.filter(status__in=[DirectAwardStatus.DRAFT, DirectAwardStatus.AWAITING_DECISION])
    for row in waiting.select_related("recipient").annotate(due=_due(DirectAward)).order_by("proposed_at", "pk"):
        heading, may = _next(row, user, officer, comments, decides)
        if may:
            link = row.get_absolute_url()
            found[heading].append(Work(row.title, f"{row.recipient.name}, {row.reference}", link, row.due))
    if officer:
        claims = Claim.objects.filter(status=ClaimStatus.SUBMITTED).select_related("award__recipient")
        for claim in claims.annotate(due=_due(Claim)).order_by("submitted_at", "pk"):
            link, who = claim.get_absolute_url(), claim.award.recipient.name
            found[ANSWER].append(Work(claim.award.title, f"{who}, {claim.reference}", link, claim.due))
    return found


def _next(row, user, officer, comments, decides):
    """(heading, whether it is this person's to do) of the next step of a proposal."""
    if row.status == DirectAwardStatus.AWAITING_DECISION:
        return DECIDE, decides and user.pk not in (row.proposed_by_id, row.advised_by_id, row.cfo_by_id)
    if not row.advice:
        return ADVISE, officer
    if not row.cfo_comment:
        return COMMENT, comments
    return SEND, officer
