"""The list of returns: filtered, sorted, in pages, and as CSV."""

from django.db.models import Sum
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from records import lists

from ..filters import ReturnFilter
from ..models import MonitoringReturn
from .fetch import crumbs

SORTS = {
    "reference": "reference",
    "organisation": "award__recipient__name",
    "kind": ("kind", "ends_on"),
    "period": "ends_on",
    "due": "obligation__due_on",
    "status": "status",
    "submitted": "submitted_at",
}
HEADER = [
    "Reference", "Award", "Organisation", "Stream", "Kind", "From", "To", "Due", "Status", "Submitted", "Verdict",
    "Spent (£)",
]  # fmt: skip


def _filtered(request):
    on = timezone.localdate()
    rows = MonitoringReturn.objects.visible_to(request.user).with_parents()
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
        row.award.reference if row.award_id else "",
        row.organisation.name,
        row.award.stream.name if row.award_id else "",
        row.get_kind_display(),
        row.starts_on.isoformat(),
        row.ends_on.isoformat(),
        row.obligation.due_on.isoformat(),
        row.get_status_display(),
        timezone.localtime(row.submitted_at).date().isoformat() if row.submitted_at else "",
        row.get_verdict_display(),
        shown,
    ]
