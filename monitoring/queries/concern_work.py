"""Complaints as work: what waits for whom, asked in one question (P2)."""

from collections import defaultdict

from accounts import access
from accounts.enums import RoleName
from accounts.roles import Permission
from plans.enums import StageAnsweredBy
from services.queries.extension_work import Work

from ..enums import ConcernStatus
from . import concerns

S = ConcernStatus
TAKE_UP, ANSWER, CLOSE = "Take up complaints", "Answer complaints", "Close complaints"


def office_work(user, on):
    """What waits for this person: to be taken up, answered at their stage, closed; restricted ones of theirs too."""
    if not access.may(user, Permission.CONCERN_READ):
        return {}
    rows = concerns.listed(user).filter(status__in=[S.NEW, S.OPEN, S.ANSWERED])
    found = defaultdict(list)
    for row in rows.order_by("received_at", "pk"):
        if heading := _heading(row, user):
            found[heading].append(Work(_title(row), row.reference, row.get_absolute_url(), row.due_on))
    return found


def _title(row):
    return f"{row.organisation.name if row.organisation else row.about}: {row.get_theme_display().lower()}"


def _heading(row, user):
    named = row.is_restricted
    manages = named or access.may(user, Permission.CONCERN_MANAGE)
    if row.status == S.NEW:
        return TAKE_UP if manages else ""
    if row.status == S.ANSWERED:
        return CLOSE if manages else ""
    posts = access.posts_of(user)
    whose = StageAnsweredBy(row.answered_by_whom)
    theirs = {
        StageAnsweredBy.PROVIDER: False,
        StageAnsweredBy.OFFICER: RoleName.COMMISSIONING_OFFICER in posts,
        StageAnsweredBy.HEAD: RoleName.HEAD_OF_COMMISSIONING in posts,
        StageAnsweredBy.COMMISSIONER: RoleName.COMMISSIONER in posts,
    }[whose]
    return ANSWER if named or theirs else ""


def partner_work(user, on):
    """Complaints that the person's organisation answers now."""
    if not access.may(user, Permission.CONCERN_ANSWER):
        return {}
    rows = concerns.listed(user).filter(status=S.OPEN, answered_by_whom=StageAnsweredBy.PROVIDER)
    work = [
        Work(_title(row), row.reference, row.get_absolute_url(), row.due_on) for row in rows.order_by("due_on", "pk")
    ]
    return {ANSWER: work} if work else {}
