"""Commitments in future years, and what funders ask for each half year (X2)."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from plans.queries import sources as plan_sources
from records import lists

from ..queries import money_sources, money_years, ring_fence
from .money import choice, chosen_plan, crumbs, with_examples

BY = {"source": "source_id", "stream": "stream_id"}


def _names(plan, by):
    """[(id, key, name)] of the rows of the table, those without a name last."""
    if by == "stream":
        rows = [(row.pk, row.key, str(row)) for row in plan.streams.order_by("order", "number")]
        return [*rows, (None, "none", "No stream named")]
    rows = [(row.pk, row.key, row.name) for row in plan_sources.sources()]
    return [*rows, (None, "none", "No source named")]


def _pieces(request, plan):
    """Every promise that concerns the plan, by year: of its streams, or from its sources."""
    found = money_sources.stakes(with_examples=with_examples(request))
    stakes = [stake for line in money_sources.source_lines(plan, found) for stake in line.stakes]
    return money_years.slices(stakes, plan.starts_on)


def _by(request):
    by = request.GET.get("by", "source")
    return by if by in BY else "source"


@require_safe
@access.require(Permission.DASHBOARD_READ)
def money_years_show(request):
    """What is promised for each year, by source or by stream; every figure opens its rows."""
    plan, plans = chosen_plan(request)
    by = _by(request)
    pieces = _pieces(request, plan)
    table = money_years.table(pieces, plan, _names(plan, by), BY[by])
    if request.GET.get("format") == "csv":
        header = ["Source of funds" if by == "source" else "Stream", *(label for _, label in table.columns), "Together"]
        rows = [[name, *(cell.total for _, _, cell in cells), whole.total] for name, _key, cells, whole in table.rows]
        return lists.csv_response(f"commitments-by-year-and-{by}", header, rows)
    context = {
        "plan": plan,
        "plans": plans,
        "by": by,
        "table": table,
        "choice": choice(request, plan),
        "breadcrumbs": crumbs(),
    }
    return render(request, "pcc_portal/money_years.html", context)


@require_safe
@access.require(Permission.DASHBOARD_READ)
def money_year_rows(request, column):
    """The rows beneath one figure of the table of years, or of a whole row of it (`all`)."""
    plan, _plans = chosen_plan(request)
    by, key = _by(request), request.GET.get("key", "")
    pieces = _pieces(request, plan)
    columns = {known: (label, first, last) for known, label, first, last in money_years.columns_of(pieces, plan)}
    if column not in columns and column != "all":
        raise Http404
    if column != "all":
        _, first, last = columns[column]
        pieces = money_years.within(pieces, first, last)
    about = plan.title
    if key:
        named = next(((pk, name) for pk, known, name in _names(plan, by) if known == key), None)
        if named is None:
            raise Http404
        pieces = [piece for piece in pieces if getattr(piece.stake, BY[by]) == named[0]]
        about = named[1]
    rows = sorted(pieces, key=lambda piece: (piece.amount is None, -(piece.amount or 0), piece.stake.reference))
    context = {
        "label": "Promised for all years" if column == "all" else f"Promised for {columns[column][0]}",
        "about": about,
        "total": money_years.total(pieces),
        "page_obj": lists.paginate(request, [(piece.stake, piece.amount) for piece in rows], per_page=50),
        "breadcrumbs": crumbs(),
    }
    return render(request, "pcc_portal/money_rows.html", context)


def _halves(plan, sources):
    """Every half year from the first day of the plan and its sources to the last."""
    first = min([plan.starts_on, *(source.starts_on for source in sources)])
    return ring_fence.halves(first, max([plan.ends_on, *(source.ends_on for source in sources)]))


def _chosen_half(request, halves, on):
    """The half year asked for by its first day, else the one of today, else the last."""
    asked = request.GET.get("from", "")
    found = next((half for half in halves if f"{half.starts_on:%Y-%m-%d}" == asked), None)
    return found or next((half for half in halves if half.starts_on <= on <= half.ends_on), halves[-1])


@require_safe
@access.require(Permission.DASHBOARD_READ)
def money_halves(request):
    """What went out of each source in a half year, was reported as spent and came back; as CSV row by row."""
    plan, plans = chosen_plan(request)
    found = money_sources.stakes(with_examples=with_examples(request))
    rows = ring_fence.entries(found)
    sources = list(plan_sources.sources(plan))
    halves = _halves(plan, sources)
    half = _chosen_half(request, halves, timezone.localdate())
    if request.GET.get("format") == "csv":
        names = {source.pk: source.name for source in sources}
        inside = [row for row in rows if half.starts_on <= row.on <= half.ends_on and row.source_id in names]
        return _csv(inside, names, half)
    lines = ring_fence.lines(rows, sources, half)
    context = {
        "plan": plan,
        "plans": plans,
        "halves": [row for row in halves if row == half or _has_something(row, plan, rows)],
        "half": half,
        "labels": ring_fence.FIGURES,
        "lines": lines,
        "totals": [
            ring_fence.total([r for r in rows if _inside(r, half, sources)], name) for name in ring_fence.FIGURES
        ],
        "choice": choice(request, plan),
        "breadcrumbs": crumbs(),
    }
    return render(request, "pcc_portal/money_halves.html", context)


def _has_something(half, plan, rows):
    """Whether the half year lies in the plan, or anything went out or came in within it."""
    within_plan = half.starts_on <= plan.ends_on and half.ends_on >= plan.starts_on
    return within_plan or any(half.starts_on <= row.on <= half.ends_on for row in rows)


def _inside(row, half, sources):
    return half.starts_on <= row.on <= half.ends_on and row.source_id in {source.pk for source in sources}


def _csv(rows, names, half):
    header = [
        "Source of funds", "Half year from", "To", "Figure", "Day", "What", "Reference", "Title", "Organisation",
        "Amount", "Example data",
    ]  # fmt: skip
    rows = sorted(rows, key=lambda row: (names[row.source_id], row.figure, row.on, row.reference))
    lines = (
        [names[row.source_id], half.starts_on, half.ends_on, ring_fence.FIGURES[row.figure], row.on, row.kind,
         row.reference, row.title, row.organisation, row.amount, row.is_example]
        for row in rows
    )  # fmt: skip
    return lists.csv_response(f"half-year-{half.starts_on:%Y-%m-%d}", header, lines)


@require_safe
@access.require(Permission.DASHBOARD_READ)
def money_half_rows(request, figure):
    """The dated sums beneath one figure of a half year."""
    if figure not in ring_fence.FIGURES:
        raise Http404
    plan, _plans = chosen_plan(request)
    sources = {source.key: source for source in plan_sources.sources(plan)}
    half = _chosen_half(request, _halves(plan, sources.values()), timezone.localdate())
    chosen = sources.get(request.GET.get("source", ""))
    wanted = {chosen.pk} if chosen else {source.pk for source in sources.values()}
    found = ring_fence.entries(money_sources.stakes(with_examples=with_examples(request)))
    rows = [row for row in found if row.figure == figure and row.source_id in wanted]
    rows = sorted(
        (row for row in rows if half.starts_on <= row.on <= half.ends_on), key=lambda row: (row.on, row.reference)
    )
    context = {
        "label": ring_fence.FIGURES[figure],
        "about": chosen.name if chosen else plan.title,
        "half": half,
        "total": ring_fence.total(rows, figure),
        "page_obj": lists.paginate(request, rows, per_page=50),
        "breadcrumbs": crumbs(),
    }
    return render(request, "pcc_portal/money_half_rows.html", context)
