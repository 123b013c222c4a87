"""The commissioner's dashboard, and the rows behind each of its figures."""

from decimal import Decimal

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from plans.models import Stream
from records import lists

from ..queries import dashboard as reads
from ..queries import money


def _chosen_plan(request):
    plans = list(reads.plans())
    key = request.GET.get("plan", "")
    return next((plan for plan in plans if plan.key == key), plans[0] if plans else None), plans


def _with_examples(request):
    return request.GET.get("examples", "yes") != "no"


@require_safe
@access.require(Permission.DASHBOARD_READ)
def dashboard(request):
    """Money by stream, decisions waiting, late returns, contract decisions ahead."""
    on = timezone.localdate()
    plan, plans = _chosen_plan(request)
    with_examples = _with_examples(request)
    found = reads.overview(plan, with_examples=with_examples)
    waiting, late = list(reads.waiting_cases()[:6]), list(reads.late_returns(on)[:6])
    return render(
        request,
        "pcc_portal/dashboard.html",
        {
            "overview": found,
            "segments": reads.segments(found),
            "plans": plans,
            "with_examples": with_examples,
            "waiting": waiting,
            "waiting_count": waiting[0].in_all if waiting else 0,
            "late": late,
            "late_count": late[0].in_all if late else 0,
            "contracts": list(reads.contract_decisions(on)[:6]),
            "priorities": reads.by_priority(plan),
            "today": on,
        },
    )


@require_safe
@access.require(Permission.DASHBOARD_READ)
def dashboard_rows(request, figure):
    """The rows beneath one figure, and their total to the penny; as CSV with `?format=csv`."""
    if figure not in money.FIGURES:
        raise Http404
    plan, _plans = _chosen_plan(request)
    stream = get_object_or_404(Stream, key=request.GET["stream"]) if request.GET.get("stream") else None
    streams = [stream.pk] if stream else list(plan.streams.values_list("pk", flat=True)) if plan else []
    rows = money.rows_behind(figure, stream_ids=streams, with_examples=_with_examples(request))
    if request.GET.get("format") == "csv":
        header = ["Reference", "What", "Organisation", "Amount", "Example data"]
        lines = [
            [row.reference, row.title, row.organisation, row.value, "yes" if row.is_example else "no"] for row in rows
        ]
        return lists.csv_response(f"{figure}.csv", header, lines)
    known = [row.value for row in rows if row.value is not None]
    label, meaning = money.WORDS[figure]
    return render(
        request,
        "pcc_portal/dashboard_rows.html",
        {
            "figure": figure,
            "label": label,
            "meaning": meaning,
            "stream": stream,
            "plan": plan,
            "page_obj": lists.paginate(request, rows, per_page=50),
            "total": sum(known, Decimal("0.00")),
            "unknown": len(rows) - len(known),
        },
    )
