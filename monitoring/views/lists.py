"""The list of returns: filtered, sorted, in pages, and as CSV."""

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from records import lists

from .. import queries
from ..filters.returns import ReturnFilter
from ..models import MonitoringReturn
from .fetch import crumbs

SORTS = {
    "reference": "reference",
    "organisation": "organisation_name",
    "kind": ("kind", "ends_on"),
    "period": "ends_on",
    "due": "obligation__due_on",
    "status": "status",
    "submitted": "submitted_at",
    "reply": "review_due_on",
}
HEADER = [
    "Reference", "Award or contract", "Organisation", "Stream", "Kind", "From", "To", "Due", "Status", "Submitted",
    "Verdict", "Reply due", "Spent (£)",
]  # fmt: skip


def _filtered(request):
    on = timezone.localdate()
    rows = queries.with_clocks(MonitoringReturn.objects.visible_to(request.user).with_parents())
    rows = rows.annotate(organisation_name=Coalesce("award__recipient__name", "contract__provider__name"))
    found = ReturnFilter(request.GET or None, queryset=rows, on=on)
    return found, lists.sort(request, found.qs, SORTS, default="-due"), on


@require_safe
@access.require(Permission.RETURN_READ)
def return_list(request):
    """Returns this person may see, the newest due day first."""
    found, rows, on = _filtered(request)
    page = lists.paginate(request, rows)
    return render(
        request,
        "monitoring/return_list.html",
        {
            "filter": found,
            "page_obj": page,
            "today": on,
            "in_office": access.is_office(request.user),
            "chases": access.may(request.user, Permission.RETURN_REVIEW),
            "breadcrumbs": crumbs()[:1],
        },
    )


@require_safe
@access.require(Permission.RETURN_READ)
def return_list_csv(request):
    """The same rows for a spreadsheet."""
    _found, rows, _on = _filtered(request)
    rows = rows.annotate(spent=Sum("spend_lines__spent"))
    office = access.is_office(request.user)
    return lists.csv_response("returns", HEADER, [_line(row, office) for row in rows])


def _line(row, office):
    shown = row.spent if row.submitted_at or not office else None
    return [
        row.reference,
        row.subject.reference,
        row.organisation.name,
        row.subject.stream.name if row.subject.stream_id else "",
        row.get_kind_display(),
        row.starts_on.isoformat(),
        row.ends_on.isoformat(),
        row.obligation.due_on.isoformat(),
        row.get_status_display(),
        timezone.localtime(row.submitted_at).date().isoformat() if row.submitted_at else "",
        row.get_verdict_display(),
        row.review_due_on.isoformat() if row.review_due_on else "",
        shown,
    ]
