"""Visits, reports and actions as work: what waits for whom, asked in one question (P4, X8)."""

from collections import defaultdict
from datetime import timedelta

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from records.enums import ObligationKind
from records.models import Obligation
from services.queries.extension_work import Work

K = ObligationKind
OF_OFFICE = {
    K.AUDIT_VISIT: "Audit visits",
    K.AUDIT_REPORT: "Write audit reports",
    K.AUDIT_CLOSURE: "Check what was done after audits",
    K.AUDIT_OFFICE_ACTION: "Our own actions after audits",
}
OF_RECIPIENT = {K.AUDIT_REPLY: "Reply to audit reports", K.AUDIT_ACTION: "Actions after audits"}
AHEAD = timedelta(days=28)


def office_work(user, on):
    """What auditors and officers do next for audits; visits and actions once they are near."""
    if not access.may(user, Permission.AUDIT_MANAGE):
        return {}
    rows = Obligation.objects.open().filter(kind__in=OF_OFFICE, organisation__isnull=True, due_on__lte=on + AHEAD)
    return _piles(rows, OF_OFFICE)


def partner_work(user, on):
    """Reports to reply to, and actions that the person's organisation agreed."""
    if not access.may(user, Permission.AUDIT_REPLY):
        return {}
    mine = Organisation.objects.of_user(user)
    return _piles(Obligation.objects.open().filter(kind__in=OF_RECIPIENT, organisation__in=mine), OF_RECIPIENT)


def _piles(rows, headings):
    found: defaultdict[str, list[Work]] = defaultdict(list)
    for row in rows.order_by("due_on", "pk"):
        detail = row.reference if row.reference not in row.title else row.anchor
        found[headings[K(row.kind)]].append(Work(row.title, detail, row.link, row.due_on))
    return dict(found)
