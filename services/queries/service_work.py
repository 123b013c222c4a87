"""Improvement plans, meetings and their actions as work: what waits for whom, asked in one question (S4)."""

from collections import defaultdict
from datetime import timedelta

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from records.enums import ObligationKind
from records.models import Obligation

from .extension_work import Work

K = ObligationKind
PLANS, ANSWERS, MEETINGS = "Improvement plans", "Answer improvement plans", "Meetings of contracts"
ACTIONS = "Actions from meetings"
OF_OFFICE = {K.IMPROVEMENT_REVIEW: ANSWERS, K.MEETING: MEETINGS, K.MEETING_ACTION: ACTIONS}
OF_PROVIDER = {K.IMPROVEMENT_PLAN: PLANS, K.MEETING_ACTION: ACTIONS}
AHEAD = timedelta(days=14)


def office_work(user, on):
    """What officers do for plans and meetings; a meeting or an action once it is near."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return {}
    rows = Obligation.objects.open().filter(kind__in=OF_OFFICE, organisation__isnull=True)
    return _piles(rows, OF_OFFICE, on, everything=K.IMPROVEMENT_REVIEW)


def provider_work(user, on):
    """Plans to write, their steps, and actions that the person's organisation promised."""
    if not access.may(user, Permission.RETURN_WRITE):
        return {}
    mine = Organisation.objects.of_user(user)
    rows = Obligation.objects.open().filter(kind__in=OF_PROVIDER, organisation__in=mine)
    return _piles(rows, OF_PROVIDER, on, everything=K.IMPROVEMENT_PLAN)


def _piles(rows, headings, on, *, everything):
    found: defaultdict[str, list[Work]] = defaultdict(list)
    for row in rows.order_by("due_on", "pk"):
        if row.kind == everything or row.due_on <= on + AHEAD:
            detail = row.reference if row.reference not in row.title else row.anchor
            found[headings[K(row.kind)]].append(Work(row.title, detail, row.link, row.due_on))
    return found
