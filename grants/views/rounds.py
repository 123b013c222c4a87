"""Rounds: the list, the page, what applicants see, and the preparing of a round."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from records import lists
from records.refusals import refuse_if

from ..actions import rounds as actions
from ..enums import RoundStatus
from ..filters.cases import RoundFilter
from ..forms.rounds import RoundForm, SumForm
from ..models import Round
from ..queries import bidding, spend
from ..queries import rounds as queries
from ..rules import applying, limits
from ..rules import rounds as rules
from . import round_page

SORTS = {"name": "name", "opens": "opens_on", "deadline": "deadline_on", "status": "status"}


def get_round(request, reference):
    """The round if the person may see it; else 404."""
    rows = Round.objects.visible_to(request.user).select_related("stream__plan", "rule_set__terms", "funding_source")
    return get_object_or_404(rows, reference=reference)


@access.require(Permission.CASE_READ)
@require_safe
def round_list(request):
    """Rounds the person may see; applicants see those they were invited to."""
    found = RoundFilter(request.GET, queryset=queries.for_list(Round.objects.visible_to(request.user)))
    rows = lists.sort(request, found.qs, SORTS, default="-deadline")
    if request.GET.get("format") == "csv":
        header = ["Reference", "Name", "Stream", "Status", "Opens", "Deadline", "Invited", "Cases sent in"]
        return lists.csv_response("rounds", header, (csv_row(row) for row in rows))
    page = lists.paginate(request, rows)
    context = {
        "filter": found,
        "page_obj": page,
        "count": page.paginator.count,
        "manages": access.may(request.user, Permission.ROUND_MANAGE),
        "in_office": access.is_office(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "grants/round_list.html", context)


def csv_row(row):
    return [
        row.reference,
        row.name,
        row.stream.name,
        row.get_status_display(),
        row.opens_on or "",
        row.deadline_on or "",
        row.invited,
        row.sent,
    ]


@access.require(Permission.CASE_READ)
@require_safe
def round_show(request, reference):
    """The office sees how the round stands; applicants what they are offered and what to do."""
    round_ = get_round(request, reference)
    on = timezone.localdate()
    if access.is_office(request.user):
        changes = queries.movements(round_)
        lines = queries.allocation_lines(round_, changes)
        past = spend.histories_of([line.allocation.organisation_id for line in lines])
        for line in lines:
            line.allocation.past_years = spend.by_year(past.get(line.allocation.organisation_id, []))[:2]
        context = {
            "round": round_,
            "in_office": True,
            "lines": lines,
            "totals": queries.totals(lines),
            "moves": round_page.office_moves(round_, request.user, on),
            "manages": access.may(request.user, Permission.ROUND_MANAGE),
            "is_draft": round_.status == RoundStatus.DRAFT,
            "movements": changes,
            **round_page.bidding_context(round_, request.user),
            "events": queries.history(round_),
            "today": on,
        }
        return render(request, "grants/round_show.html", context)
    return render(request, "grants/round_show.html", round_page.applicant_context(request, round_, on))


@access.require(Permission.ROUND_MANAGE)
@require_safe
def round_preview(request, reference):
    """Exactly what an applicant will see, for any invited organisation, and when money will flow."""
    round_ = get_round(request, reference)
    on = timezone.localdate()
    by_bids = bidding.by_bids(round_)
    allocations = {} if by_bids else {row.organisation: row for row in queries.allocations_of(round_)}
    everybody = Organisation.objects.in_service().exclude(kind="OFFICE")
    choices = list(bidding.may_write_for(round_, everybody)) if by_bids else list(allocations)
    chosen = next((row for row in choices if row.key == request.GET.get("as")), choices[0] if choices else None)
    form = SumForm(request.GET if "sum" in request.GET else None)
    amount = form.cleaned_data["sum"] if form.is_valid() else None
    offers = (
        [round_page.offer(round_, chosen, allocations.get(chosen), request.user, on, amount=amount)] if chosen else []
    )
    context = {
        "round": round_,
        "choices": choices,
        "chosen": chosen,
        "by_bids": by_bids,
        "sum_form": form,
        "told": round_.invitations.count() if by_bids else len(allocations),
        "fits": applying.why_not_fit(round_, chosen) if chosen else "",
        "offers": offers,
        "if_asked": limits.what_if(round_, amount) if amount else [],
        "why_not": rules.why_not_open(round_, user=request.user, on=on),
        "is_draft": round_.status == RoundStatus.DRAFT,
        "today": on,
        **round_page.about(round_),
    }
    return render(request, "grants/round_preview.html", context)


@access.require(Permission.CASE_READ)
@require_safe
def round_questions(request, reference):
    """Every question, before starting; fit to print."""
    round_ = get_round(request, reference)
    return render(request, "grants/round_questions.html", {"round": round_, **round_page.about(round_)})


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_new(request):
    """Start a round on a stream and a rule set."""
    form = RoundForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        stream, rule_set = form.cleaned_data["stream"], form.cleaned_data["rule_set"]
        why = rules.why_not_start_round(stream, rule_set=rule_set, user=request.user, on=timezone.localdate())
        if why:
            form.add_error("rule_set" if why == rules.NO_ROUND else "stream", why)
        else:
            round_ = actions.start_round(**form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, f"{round_.name} started. Say next whom it is for.")
            return redirect(round_)
    return render(request, "grants/round_new.html", {"form": form})


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_edit(request, reference):
    """Change what a round in draft says."""
    round_ = get_round(request, reference)
    refuse_if(rules.why_not_edit_round(round_, user=request.user, on=timezone.localdate()), round_)
    initial = {name: getattr(round_, name) for name in RoundForm.base_fields}
    form = RoundForm(request.POST) if request.method == "POST" else RoundForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.save_round(round=round_, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Round saved")
        return redirect(round_)
    return render(request, "grants/round_edit.html", {"round": round_, "form": form})
