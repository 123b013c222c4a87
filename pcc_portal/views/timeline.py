"""All contracts on one page: a line of time and the same as a table."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from records import lists
from services import queries as services_queries

from .. import filters
from ..queries import drawing, timeline

PER_PAGE = 60
CSV_HEADER = [
    "Reference", "Contract", "Provider", "Stream", "Status", "Starts", "First term ends", "Options taken up",
    "Outside the original terms", "Agreed end", "Options open", "Latest possible end", "Next decision by", "Ended on",
    "Holds something inferred", "Example data",
]  # fmt: skip


@require_safe
@access.require(Permission.CONTRACT_READ)
def contract_timeline(request):
    """Contracts as bars and as a table, perhaps only those that run past a day; as CSV with `?format=csv`."""
    on = timezone.localdate()
    found = filters.TimelineFilter(request.GET, queryset=services_queries.contracts_for(request.user))
    rows = timeline.within(timeline.rows_of(found.qs), **found.days)
    if request.GET.get("format") == "csv":
        return lists.csv_response("contracts-timeline", CSV_HEADER, (_csv_row(row) for row in rows))
    page = lists.paginate(request, rows, per_page=PER_PAGE)
    after = found.days["after"]
    context = {
        "filter": found,
        "page_obj": page,
        "count": len(rows),
        "after": after,
        "past": timeline.counted_past(rows, after) if after else None,
        "presets": timeline.presets(on),
        "drawings": [drawing.drawing(page, shape, on) for shape in drawing.SHAPES] if rows else [],
        "today": on,
        "breadcrumbs": [{"label": "Contracts", "url": reverse("services:contract_list")}],
    }
    return render(request, "pcc_portal/timeline.html", context)


def _csv_row(row):
    contract = row.contract
    return [
        contract.reference,
        contract.name,
        contract.provider.name if contract.provider else "",
        contract.stream.name if contract.stream else "",
        contract.get_status_display(),
        contract.starts_on,
        row.term.initial_ends_on,
        _stretches(row.taken),
        _stretches(row.outside),
        row.ends_on,
        _stretches(row.open),
        row.latest_ends_on,
        row.next_decision,
        contract.ended_on,
        row.term.inferred,
        contract.is_example,
    ]


def _stretches(found):
    return "; ".join(
        f"{f'{stretch.number}: ' if stretch.number else ''}{stretch.starts_on} to {stretch.ends_on}"
        for stretch in found
    )
