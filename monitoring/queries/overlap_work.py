"""Overlaps to look at and money to retain, as work of the office; one question (C7, X8)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from accounts import access
from accounts.roles import Permission
from grants.models import RetainProposal
from grants.queries import retaining
from records.enums import ObligationKind
from records.models import Obligation

LOOK = "Look at possible overlaps"
COMMENT, DECIDE = "Comment on money to be retained", "Decide on money to be retained"


@dataclass(frozen=True)
class Work:
    """One thing to do."""

    title: str
    detail: str
    link: str
    due_on: date | None


def office_work(user, on):
    """What waits for this person of the office, by what is to be done."""
    looks, comments = (
        access.may(user, name) for name in (Permission.OVERLAP_MANAGE, Permission.DECISION_ADVISE_FINANCE)
    )
    decides = access.may(user, Permission.DECISION_MAKE)
    found: defaultdict[str, list[Work]] = defaultdict(list)
    kinds = [ObligationKind.OVERLAP_REVIEW] * looks + [ObligationKind.RETAIN_DECISION] * (comments or decides)
    if not kinds:
        return found
    proposal = RetainProposal.objects.filter(pk=OuterRef("subject_id"))
    mine = proposal.filter(retaining.handled_by(user))
    rows = Obligation.objects.open().filter(kind__in=kinds)
    rows = rows.annotate(commented=Exists(proposal.exclude(cfo_comment="")), mine=Exists(mine))
    for row in rows.order_by("due_on", "pk"):
        if heading := _heading(row, comments, decides):
            found[heading].append(Work(row.title, row.reference, row.link, row.due_on))
    return found


def _heading(row, comments, decides):
    """What this person does about it, or nothing."""
    if row.kind == ObligationKind.OVERLAP_REVIEW:
        return LOOK
    if not row.commented:
        return COMMENT if comments else ""
    return DECIDE if decides and not row.mine else ""
