"""What everybody may read of outcomes, and the report of a year (P6)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from records import lists, pdf

from ..filters.stories import StoryFilter
from ..letters import stories as letters
from ..models import OutcomeStory
from ..queries import outcomes_report as report_reads
from ..queries import stories as reads
from .stories import crumbs, csv_of

MEASURES = ["Measure", "Unit", "Stories", "Total of what is shown", "Stories with a low number hidden", "Target met",
            "With a target"]  # fmt: skip


def public(request):
    """The published stories a reader asked for."""
    rows = OutcomeStory.objects.public().order_by("-period_ends_on", "-pk")
    return StoryFilter(request.GET or None, queryset=rows)


@login_not_required
@require_safe
def outcome_list(request):
    """Published stories of what the money achieved."""
    found = public(request)
    page = lists.paginate(request, found.qs.with_parents(), per_page=12)
    return render(request, "monitoring/outcome_list.html", {"filter": found, "page_obj": page})


@login_not_required
@require_safe
def outcome_list_csv(request):
    """The same stories figure by figure."""
    return csv_of(list(public(request).qs.with_parents()), "outcomes")


@login_not_required
@require_safe
def outcome_show(request, reference):
    """One published story."""
    story = get_object_or_404(OutcomeStory.objects.public().with_parents(), reference=reference)
    context = {"story": story, "blocks": reads.figures_by_story([story])[story.pk]}
    return render(request, "monitoring/outcome_show.html", context)


def report_context(request, year):
    """The report of a year with its drawings."""
    if not 2000 <= year <= 2100:
        raise Http404
    with_examples = request.GET.get("examples", "yes") != "no"
    report = report_reads.report_of(year, with_examples=with_examples)
    reached = [(row.label, row.total, row.shown) for row in report.measures if row.unit not in {"£", "pounds"}]
    streams = [(name, count, str(count)) for name, count in report.by_stream]
    return {
        "report": report,
        "with_examples": with_examples,
        "charts": {
            "measures": report_reads.chart_of("What was reached: totals of what the stories show", reached),
            "streams": report_reads.chart_of("Stories by stream", streams),
        },
    }


@require_safe
@access.require(Permission.OUTCOME_READ)
def outcomes_report(request, year):
    """The outcomes of a financial year: what was reached, where, and what was learned."""
    rows = OutcomeStory.objects.readable()
    years = [(one, reads.year_in_words(one)) for one in reads.years_of(rows)]
    context = {**report_context(request, year), "years": years, "breadcrumbs": crumbs()}
    return render(request, "monitoring/outcomes_report.html", context)


@require_safe
@access.require(Permission.OUTCOME_READ)
def outcomes_report_pdf(request, year):
    """The same as a tagged PDF; nothing is kept of it."""
    context = report_context(request, year)
    content = letters.outcomes_report(context, on=timezone.localdate())
    if content is None:
        packages = " and ".join(pdf.WHAT_TO_INSTALL)
        messages.error(request, f"No PDF can be made on this machine. Whoever runs the portal can install {packages}.")
        return redirect("monitoring:outcomes_report", year=year)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="outcomes-{year}-{(year + 1) % 100:02d}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@access.require(Permission.OUTCOME_READ)
def outcomes_report_csv(request, year):
    """The totals of a year; each adds up only what the stories show."""
    report = report_context(request, year)["report"]
    rows = [
        [row.label, row.unit, row.stories, row.total, row.hidden, row.met, row.with_target] for row in report.measures
    ]
    return lists.csv_response(f"outcomes-{year}", MEASURES, rows)
