"""Rounds: the list, the page, what applicants see, and the preparing of a round."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from records import lists
from records.refusals import refuse_if

from ..actions import rounds as actions
from ..enums import RoundStatus, Window
from ..filters.cases import RoundFilter
from ..forms.rounds import RoundForm
from ..models import Round
from ..queries import business_cases as case_queries
from ..queries import questions, spend
from ..queries import rounds as queries
from ..rules import business_cases as case_rules
from ..rules import case_parts
from ..rules import rounds as rules

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
            "moves": office_moves(round_, request.user, on),
            "manages": access.may(request.user, Permission.ROUND_MANAGE),
            "is_draft": round_.status == RoundStatus.DRAFT,
            "movements": changes,
            "events": queries.history(round_),
            "today": on,
        }
        return render(request, "grants/round_show.html", context)
    return render(request, "grants/round_show.html", applicant_context(request, round_, on))


def applicant_context(request, round_, on):
    """What one applicant sees: each of their organisations with its money, cases and buttons."""
    mine = queries.allocations_of(round_).filter(organisation__in=Organisation.objects.of_user(request.user))
    offers = [offer(round_, allocation, request.user, on) for allocation in mine]
    return {"round": round_, "in_office": False, "offers": offers, "today": on, **about(round_)}


def offer(round_, allocation, user, on):
    """One organisation's money, payments, cases and the buttons to start."""
    cases = list(case_queries.cases_of(round_, [allocation.organisation]))
    starts = []
    writes = access.may(user, Permission.CASE_WRITE, allocation.organisation)
    for window in Window if writes else ():
        if window == Window.TACTICAL and not allocation.tactical_amount:
            continue
        if window == Window.MAIN and any(c.window == "MAIN" and c.status != "WITHDRAWN" for c in cases):
            continue
        why = case_rules.why_not_start(round_, organisation=allocation.organisation, window=window, user=user, on=on)
        label = "Start the main business case" if window == Window.MAIN else "Start a tactical business case"
        url = reverse("grants:business_case_start", args=[round_.reference, window.value.lower()])
        starts.append({"label": label, "url": url, "why_not": why, "method": "get"})
    return {
        "allocation": allocation,
        "payments": queries.payments(round_, allocation),
        "cases": cases,
        "moves": starts,
        "late_until": queries.late_until(round_, allocation.organisation),
    }


def about(round_):
    """What is the same for all applicants: questions, returns, terms."""
    required = round_.rule_set.required_parts
    sections = [
        {
            "heading": "About the project" if section == "PROJECTS" else section.label,
            "questions": asked,
            "required": case_parts.is_required(section, required),
            "per_project": section != "OVERVIEW",
        }
        for section, asked in questions.BY_SECTION.items()
    ]
    return {
        "sections": sections,
        "returns": list(round_.rule_set.reporting_rules.order_by("pk")),
        "conditions": list(round_.rule_set.terms.conditions.order_by("order", "pk")) if round_.rule_set.terms else [],
        "limits": list(round_.rule_set.limits.order_by("pk")),
    }


def office_moves(round_, user, on):
    """The officer's buttons, each with its sentence where it is out of use."""
    if not access.may(user, Permission.ROUND_MANAGE) or round_.is_recorded:
        return []
    if round_.status == RoundStatus.DRAFT:
        return [
            link("Preview and open", round_, "preview"),
            link("Change the round", round_, "edit", style="secondary"),
            link("Copy last year’s allocations", round_, "copy", style="secondary"),
            link("Add an allocation", round_, "allocation_add", style="secondary"),
        ]
    late = rules.why_not_accept_late(round_, user=user, on=on)
    if round_.status == RoundStatus.OPEN:
        close = "No case can be sent in while it is closed, tactical cases neither."
        return [
            link("Move the deadline", round_, "deadline", style="secondary"),
            link("Accept a late case", round_, "late", late, style="secondary"),
            {**link("Close the round", round_, "close", style="warning"), "method": "post", "hint": close},
        ]
    finish = rules.why_not_finish(round_, user=user, on=on)
    return [
        link("Open it again", round_, "reopen", rules.why_not_reopen(round_, user=user, on=on), style="secondary"),
        link("Accept a late case", round_, "late", late, style="secondary"),
        {**link("Mark as decided", round_, "finish", finish, style="secondary"), "method": "post"},
    ]


def link(label, round_, verb, why_not="", style=""):
    url = reverse(f"grants:round_{verb}", args=[round_.reference])
    return {"label": label, "url": url, "why_not": why_not, "method": "get", "style": style}


@access.require(Permission.ROUND_MANAGE)
@require_safe
def round_preview(request, reference):
    """Exactly what an applicant will see, for any invited organisation, and when money will flow."""
    round_ = get_round(request, reference)
    on = timezone.localdate()
    allocations = list(queries.allocations_of(round_))
    chosen = next((a for a in allocations if a.organisation.key == request.GET.get("as")), None)
    chosen = chosen or (allocations[0] if allocations else None)
    context = {
        "round": round_,
        "allocations": allocations,
        "chosen": chosen,
        "offers": [offer(round_, chosen, request.user, on)] if chosen else [],
        "why_not": rules.why_not_open(round_, user=request.user, on=on),
        "is_draft": round_.status == RoundStatus.DRAFT,
        "today": on,
        **about(round_),
    }
    return render(request, "grants/round_preview.html", context)


@access.require(Permission.CASE_READ)
@require_safe
def round_questions(request, reference):
    """Every question, before starting; fit to print."""
    round_ = get_round(request, reference)
    return render(request, "grants/round_questions.html", {"round": round_, **about(round_)})


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_new(request):
    """Start a round on a stream and a rule set."""
    form = RoundForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        why = rules.why_not_start_round(form.cleaned_data["stream"], user=request.user, on=timezone.localdate())
        if why:
            form.add_error("stream", why)
        else:
            round_ = actions.start_round(**form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, f"{round_.name} started. Add the allocations next.")
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
