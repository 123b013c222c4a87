"""Risk: everything that runs by its score, one score line by line, and the points themselves (P4)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from records import lists
from records.refusals import refuse_if

from ...actions import audits as actions
from ...enums import RiskFactor
from ...forms import audits as forms
from ...models import AuditVisit, RiskRule
from ...queries import risk
from ...rules import audits as rules
from .fetch import act_page, crumbs, fetch_subject

HEADER = ["Place", "Reference", "Kind", "Organisation", "Name", "Score", "Why"]
KINDS = {"award": "Award", "contract": "Contract"}


def _found(request):
    """The scores of today, of one kind where that was asked for."""
    rows = risk.risks(timezone.localdate())
    for place, row in enumerate(rows, start=1):
        row.subject.place = place
    kind = KINDS.get(request.GET.get("kind", ""))
    return [row for row in rows if kind in (None, row.kind)]


@require_safe
@access.require(Permission.AUDIT_READ)
def risk_list(request):
    """Every running award and contract, the highest score first."""
    page = lists.paginate(request, _found(request))
    return render(
        request,
        "monitoring/audit_risk.html",
        {"page_obj": page, "here": "risk", "kind": request.GET.get("kind", ""), "breadcrumbs": crumbs()},
    )


@require_safe
@access.require(Permission.AUDIT_READ)
def risk_list_csv(request):
    """The same rows for a spreadsheet."""
    rows = [
        [
            row.subject.place,
            row.subject.reference,
            row.kind,
            str(row.organisation),
            row.name,
            row.score,
            "; ".join(f"{line.label}: {line.found} ({line.points})" for line in row.reasons),
        ]
        for row in _found(request)
    ]
    return lists.csv_response("risk", HEADER, rows)


@require_safe
@access.require(Permission.AUDIT_READ)
def risk_show(request, reference):
    """One score, line by line, with what the last audit said."""
    subject = fetch_subject(request, reference)
    on = timezone.localdate()
    which = "award" if hasattr(subject, "recipient_id") else "contract"
    plan_url = reverse("monitoring:visit_plan", kwargs={"reference": subject.reference})
    why_not = rules.why_not_plan_visit(subject, user=request.user, on=on)
    move = {"label": "Plan a visit", "url": plan_url, "method": "get", "why_not": why_not}
    return render(
        request,
        "monitoring/audit_risk_show.html",
        {
            "risk": risk.risk_of(subject, on),
            "subject": subject,
            "visits": AuditVisit.objects.filter(**{which: subject}).select_related("auditor").order_by("-planned_on"),
            "moves": [move] if access.may(request.user, Permission.AUDIT_MANAGE) else [],
            "today": on,
            "breadcrumbs": [*crumbs(), {"label": "Risk", "url": reverse("monitoring:risk_list")}],
        },
    )


@require_safe
@access.require(Permission.AUDIT_READ)
def mark_list(request):
    """The points of every factor."""
    marks = risk.rules_by_factor()
    factors = [{"label": factor.label, "marks": marks[factor][::-1]} for factor in RiskFactor]
    context = {"factors": factors, "here": "marks", "may_manage": not rules.why_not_manage(request.user)}
    return render(request, "monitoring/audit_marks.html", {**context, "breadcrumbs": crumbs()})


def _mark_crumbs(request, form, title):
    return act_page(request, form, title=title, caption="Points of risk")


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def mark_new(request):
    """So many points from a mark."""
    form = forms.MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asked = {"factor": given["factor"], "at_least": given["at_least"]}
        if why := rules.why_not_mark(None, user=request.user, **asked):
            form.add_error("at_least", why)
        else:
            actions.set_mark(**given, by=request.user, at=timezone.now())
            messages.success(request, "The points were added. Every score is worked out with them from now on.")
            return redirect("monitoring:mark_list")
    return _mark_crumbs(request, form, "Add points")


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def mark_edit(request, pk):
    """Another mark or other points."""
    rule = get_object_or_404(RiskRule, pk=pk)
    form = forms.MarkForm(request.POST or None, rule=rule, initial={"at_least": rule.at_least, "points": rule.points})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if why := rules.why_not_mark(rule, user=request.user, factor=rule.factor, at_least=given["at_least"]):
            form.add_error("at_least", why)
        else:
            actions.change_mark(rule=rule, **given, by=request.user, at=timezone.now())
            messages.success(request, "The points were changed. Samples drawn before keep theirs.")
            return redirect("monitoring:mark_list")
    return _mark_crumbs(request, form, f"Change points: {rule.get_factor_display()}")


@require_POST
@access.require(Permission.AUDIT_MANAGE)
def mark_remove(request, pk):
    """No points from this mark any more."""
    rule = get_object_or_404(RiskRule, pk=pk)
    refuse_if(rules.why_not_unmark(rule, user=request.user))
    actions.remove_mark(rule=rule, by=request.user, at=timezone.now())
    messages.success(request, "The points were removed. Samples drawn before keep theirs.")
    return redirect("monitoring:mark_list")
