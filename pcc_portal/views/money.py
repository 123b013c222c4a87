"""Money across streams: what each source holds and has promised, and the rows behind every figure (X2)."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from grants.models import Round
from plans.models import FundingSource, Stream
from plans.queries import sources as plan_sources
from plans.rules import sources as source_rules
from records import lists
from records import queries as records_queries

from ..queries import dashboard as reads
from ..queries import money_forecast, money_sources, money_streams

CSV_HEADER = [
    "What", "Reference", "Title", "Organisation", "First day", "Last day", "Promised", "Gone out", "Reported as spent",
    "Returned", "Unspent", "Example data",
]  # fmt: skip


def with_examples(request):
    return request.GET.get("examples", "yes") != "no"


def chosen_plan(request):
    """The plan asked for, else the newest; 404 before any is loaded."""
    plans = list(reads.plans())
    key = request.GET.get("plan", "")
    plan = next((row for row in plans if row.key == key), plans[0] if plans else None)
    if plan is None:
        raise Http404
    return plan, plans


def crumbs(*more):
    return [{"label": "Money", "url": reverse("money_show")}, *more]


def choice(request, plan):
    """The words in an address that keep the choice of plan and of example data."""
    return f"plan={plan.key}" + ("" if with_examples(request) else "&examples=no")


def sums(lines):
    """The figures of several lines together, in their order: [(key, label, sum)]."""
    stakes = [stake for line in lines for stake in line.stakes]
    return [(key, label, money_sources.total(stakes, key)) for key, (label, _) in money_sources.FIGURES.items()]


@require_safe
@access.require(Permission.DASHBOARD_READ)
def money_show(request):
    """Every source with what it holds and has promised, every stream with its budget; each figure opens its rows."""
    if not reads.plans().exists():
        return render(request, "pcc_portal/money_show.html", {"plan": None})
    plan, plans = chosen_plan(request)
    found = money_sources.stakes(with_examples=with_examples(request))
    lines = money_sources.source_lines(plan, found)
    streams = money_streams.stream_lines(plan, found)
    known = [line.held for line in lines if line.source and line.held is not None]
    context = {
        "plan": plan,
        "plans": plans,
        "sources": lines,
        "source_sums": sums(lines),
        "held": sum(known, money_sources.NOUGHT),
        "held_unknown": sum(line.source is not None and line.held is None for line in lines),
        "streams": streams,
        "stream_sums": sums(streams),
        "over": [line for line in lines if line.gap],
        "choice": choice(request, plan),
        "examples": any(stake.is_example for stake in found),
        "with_examples": with_examples(request),
    }
    return render(request, "pcc_portal/money_show.html", context)


@require_safe
@access.require(Permission.DASHBOARD_READ)
def money_source(request, key):
    """One source: how what it holds came about, all that draws on it, what is left, what may stay unspent."""
    source = get_object_or_404(FundingSource.objects.select_related("plan", "follows"), key=key)
    line = money_sources.source_line(source, money_sources.stakes(with_examples=with_examples(request)))
    on = timezone.localdate()
    told = money_forecast.foretold(line.stakes, on=on)
    context = {
        "source": source,
        "line": line,
        "movements": plan_sources.movements_of(source),
        "page_obj": lists.paginate(request, sorted(line.stakes, key=by_worth), per_page=50),
        "forecast": told,
        "forecast_sum": money_forecast.total(told),
        "streams": source.streams.order_by("order", "number"),
        "moves": source_moves(source, request.user),
        "events": records_queries.history(source)[:20],
        "breadcrumbs": crumbs(),
    }
    return render(request, "pcc_portal/money_source.html", context)


def by_worth(stake):
    """The largest promise first, the unknown last."""
    return stake.promised is None, -(stake.promised or money_sources.NOUGHT), stake.reference, stake.title


def source_moves(source, user):
    """What can be done with what the source holds, and why not the rest."""
    if source_rules.why_not_edit(user):
        return []
    rows = [
        ("Record a change of what it holds", "source_move", source_rules.why_not_move_source, ""),
        ("Carry money over", "source_carry_over", source_rules.why_not_carry_over, "secondary"),
    ]
    return [
        {
            "label": label,
            "url": reverse(name, args=[source.key]),
            "method": "get",
            "style": style,
            "why_not": why_not(source, user=user),
        }
        for label, name, why_not, style in rows
    ]


@require_safe
@access.require(Permission.DASHBOARD_READ)
def money_stream(request, key):
    """One stream: its budget, its rounds with their tolerance, all that is promised in it."""
    stream = get_object_or_404(Stream.objects.select_related("plan", "parent"), key=key)
    found = money_sources.stakes(with_examples=with_examples(request))
    stakes = [stake for stake in found if stake.stream_id == stream.pk]
    names = dict(FundingSource.objects.values_list("pk", "name"))
    context = {
        "stream": stream,
        "line": money_streams.StreamLine(stream, money_streams.MoneySum(), tuple(stakes)),
        "rounds": money_streams.round_lines(stream, found),
        "page_obj": lists.paginate(
            request,
            [(stake, names.get(stake.source_id, "No source named")) for stake in sorted(stakes, key=by_worth)],
            50,
        ),
        "breadcrumbs": crumbs(),
    }
    return render(request, "pcc_portal/money_stream.html", context)


def narrowed(request, plan, found):
    """(the stakes an address asks for, what they are about in words): by source, stream or round, or a whole plan."""
    asked = {name: request.GET.get(name, "") for name in ("source", "stream", "round", "kind")}
    about = []
    if asked["kind"]:
        found = [stake for stake in found if stake.kind == asked["kind"]]
        about.append(asked["kind"])
    if asked["stream"]:
        stream = get_object_or_404(Stream, key=asked["stream"])
        found = [stake for stake in found if stake.stream_id == stream.pk]
        about.append(str(stream))
    if asked["round"]:
        row = get_object_or_404(Round, reference=asked["round"])
        found = [stake for stake in found if stake.round_id == row.pk]
        about.append(row.name)
    if asked["source"]:
        lines = money_sources.source_lines(plan, found)
        if asked["source"] == "none":
            return next((list(line.stakes) for line in lines if line.source is None), []), "No source of this plan"
        source = get_object_or_404(FundingSource, key=asked["source"])
        return [stake for stake in found if stake.source_id == source.pk], ", ".join([source.name, *about])
    if not (asked["stream"] or asked["round"]):
        of = request.GET.get("of")
        parts = money_streams.stream_lines(plan, found) if of == "streams" else money_sources.source_lines(plan, found)
        found = [stake for line in parts for stake in line.stakes]
    return found, ", ".join(about) or plan.title


@require_safe
@access.require(Permission.DASHBOARD_READ)
def money_rows(request, figure):
    """The rows beneath one figure, and their total to the penny; as CSV with `?format=csv`."""
    if figure not in money_sources.FIGURES:
        raise Http404
    plan, _plans = chosen_plan(request)
    found = money_sources.stakes(with_examples=with_examples(request))
    stakes, about = narrowed(request, plan, found)
    stakes = sorted((stake for stake in stakes if getattr(stake, figure) != 0), key=by_worth)
    if request.GET.get("format") == "csv":
        return lists.csv_response(f"money-{figure}", CSV_HEADER, (csv_row(stake) for stake in stakes))
    label, meaning = money_sources.FIGURES[figure]
    context = {
        "figure": figure,
        "label": label,
        "meaning": meaning,
        "about": about,
        "total": money_sources.total(stakes, figure),
        "page_obj": lists.paginate(request, [(stake, getattr(stake, figure)) for stake in stakes], per_page=50),
        "breadcrumbs": crumbs(),
    }
    return render(request, "pcc_portal/money_rows.html", context)


def csv_row(stake):
    return [
        stake.kind, stake.reference, stake.title, stake.organisation, stake.starts_on, stake.ends_on, stake.promised,
        stake.released, stake.spent, stake.returned, stake.unspent, stake.is_example,
    ]  # fmt: skip


@require_safe
@access.require(Permission.DASHBOARD_READ)
def money_forecast_show(request):
    """What is thought to stay unspent, award by award, and how that is worked out."""
    found = money_sources.stakes(with_examples=with_examples(request))
    rows = money_forecast.foretold(found, on=timezone.localdate())
    names = dict(FundingSource.objects.values_list("pk", "name"))
    if request.GET.get("format") == "csv":
        header = ["Source of funds", "Award", "Title", "Recipient", "Likely to stay unspent", "Why", "Example data"]
        return lists.csv_response("money-forecast", header, (
            [names.get(row.stake.source_id, ""), row.stake.reference, row.stake.title, row.stake.organisation,
             row.unspent, row.why, row.stake.is_example] for row in rows
        ))  # fmt: skip
    context = {
        "page_obj": lists.paginate(
            request, [(row, names.get(row.stake.source_id, "No source named")) for row in rows], 50
        ),
        "total": money_forecast.total(rows),
        "breadcrumbs": crumbs(),
    }
    return render(request, "pcc_portal/money_forecast.html", context)
