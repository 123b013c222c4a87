"""Pages of what a rule set asks to be reported, with the returns it gives for days one tries."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records import queries as records_queries
from records.refusals import Refused

from .. import actions, forms, queries
from ..enums import ReportKind
from ..models import ReportingRule

EDITING = ["GET", "HEAD", "POST"]


def fetch(key):
    return get_object_or_404(queries.rule_sets().prefetch_related("reporting_rules__template"), key=key)


def fetch_rule(rule_set, kind):
    """The rule of that kind, as its address says it: mid-year is MID_YEAR."""
    rows = ReportingRule.objects.select_related("event", "template").filter(rule_set=rule_set)
    return get_object_or_404(rows, kind=kind.upper().replace("-", "_"))


def address(name, rule_set, row=None):
    kwargs = {"key": rule_set.key} | ({"kind": row.kind.lower().replace("_", "-")} if row else {})
    return reverse(f"plans:{name}", kwargs=kwargs)


def given_by(patterns, days):
    """The returns for the days somebody tries, as if made on the first; none while no days are given."""
    first, last = days.get("first_day"), days.get("last_day")
    if not (first and last):
        return []
    found = queries.owed_under(patterns, starts_on=first, ends=[last], made_on=first)
    return sorted(found, key=lambda row: (row.due_on, row.period))


def crumbs(rule_set, inner=False):
    found = [
        {"label": "Plan", "url": reverse("plan_show")},
        {"label": rule_set.name, "url": rule_set.get_absolute_url()},
    ]
    return [*found, {"label": "What is reported", "url": address("reporting_show", rule_set)}] if inner else found


@require_safe
@access.require(Permission.PLAN_MANAGE)
def reporting_show(request, key):
    """Every return the rules ask for, with what they give for days one tries."""
    rule_set = fetch(key)
    tried = forms.PreviewForm(request.GET) if "first_day_day" in request.GET or "first_day" in request.GET else None
    days = tried.cleaned_data if tried and tried.is_valid() else {}
    rows = [
        {
            "label": rule.get_kind_display(),
            "sentence": sentence,
            "extension": queries.at_an_extension(rule.pattern),
            "template": rule.template,
            "edit": address("reporting_edit", rule_set, rule),
            "drop": address("reporting_drop", rule_set, rule),
        }
        for rule, (_kind, sentence) in zip(rule_set.reporting_rules.all(), queries.asked_by(rule_set), strict=True)
    ]
    context = {
        "rule_set": rule_set,
        "rows": rows,
        "form": tried or forms.PreviewForm(),
        "tried": days,
        "returns": given_by([rule.pattern for rule in rule_set.reporting_rules.all()], days),
        "new": address("reporting_new", rule_set),
        "events": records_queries.history(rule_set)[:20],
        "breadcrumbs": crumbs(rule_set),
    }
    return render(request, "plans/reporting_show.html", context)


def rule_page(request, rule_set, form, *, title):
    """The form of one rule: tried for some days, or saved."""
    returns, tried = [], False
    if form.is_bound and form.is_valid():
        if "preview" in request.POST:
            tried, returns = True, given_by([form.pattern()], form.cleaned_data)
        else:
            try:
                actions.write_reporting_rule(rule_set=rule_set, **form.rule(), by=request.user, at=timezone.now())
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                messages.success(request, "Saved. Awards and contracts made from now on are asked for it.")
                return redirect(address("reporting_show", rule_set))
    context = {
        "rule_set": rule_set,
        "form": form,
        "title": title,
        "tried": tried,
        "returns": returns,
        "breadcrumbs": crumbs(rule_set, inner=True),
    }
    return render(request, "plans/reporting_edit.html", context)


def posted(request):
    return request.POST if request.method == "POST" else None


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def reporting_new(request, key):
    """Ask for one more kind of return."""
    rule_set = fetch(key)
    form = forms.ReportingRuleForm(posted(request), rule_set=rule_set, user=request.user)
    return rule_page(request, rule_set, form, title="Ask for a return")


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def reporting_edit(request, key, kind):
    """Ask for a kind of return in another way."""
    rule_set = fetch(key)
    row = fetch_rule(rule_set, kind)
    start = {name: getattr(row, name) for name in forms.ReportingRuleForm.base_fields if hasattr(row, name)}
    start["days"] = "\n".join(f"{day.day}/{day.month}/{day.year}" for day in row.days)
    form = forms.ReportingRuleForm(posted(request), rule_set=rule_set, row=row, user=request.user, initial=start)
    return rule_page(request, rule_set, form, title=f"Change: {row.get_kind_display().lower()}")


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def reporting_drop(request, key, kind):
    """Ask for a kind of return no longer."""
    rule_set = fetch(key)
    row = fetch_rule(rule_set, kind)
    form = forms.DropReportingForm(posted(request))
    if form.is_bound and form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "at": timezone.now()}
        actions.drop_reporting_rule(rule_set=rule_set, kind=row.kind, **given)
        messages.success(request, "Taken out. Awards and contracts made from now on are not asked for it.")
        return redirect(address("reporting_show", rule_set))
    title = f"Take out: {ReportKind(row.kind).label.lower()}"
    context = {"rule_set": rule_set, "form": form, "title": title, "breadcrumbs": crumbs(rule_set, inner=True)}
    return render(request, "plans/reporting_drop.html", context)
