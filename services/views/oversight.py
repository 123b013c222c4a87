"""Pages of the oversight register: what a partnership commissions with the commissioner's money (R3)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from records import lists
from records import queries as records_queries
from records.refusals import refuse_if
from records.words import pounds

from .. import filters, queries
from ..actions import oversight as actions
from ..enums import OversightStatus
from ..forms import oversight as forms
from ..models import OversightCheckKind
from ..rules import oversight as rules

SORTS = {"reference": "reference", "name": "name", "starts_on": "starts_on", "amount": "amount", "status": "status"}
CSV_HEADER = [
    "Reference", "Activity", "Stream", "Source of funds", "Provider", "Area", "Works with", "Amount in pounds",
    "To go live on", "Last day", "Status", "Checks met", "Checks asked", "Still missing", "Example data", "Source",
]  # fmt: skip
EDITING = ["GET", "HEAD", "POST"]
FIELDS = (
    "name", "stream", "funding_source", "purpose", "area", "cohort", "provider", "provider_name", "amount",
    "starts_on", "ends_on",
)  # fmt: skip


def posted(request):
    return request.POST if request.method == "POST" else None


def found(reference):
    return get_object_or_404(queries.oversight.activities(), reference=reference)


def crumbs(activity=None):
    up = [{"label": "Oversight register", "url": reverse("services:oversight_list")}]
    return [*up, {"label": activity.reference, "url": activity.get_absolute_url()}] if activity else up


@require_safe
@access.require(Permission.OVERSIGHT_READ)
def oversight_list(request):
    """Every activity with how far its checks are; as CSV with `?format=csv`."""
    chosen = filters.OversightFilter(request.GET, queryset=queries.oversight.activities())
    activities = lists.sort(request, chosen.qs, SORTS)
    if request.GET.get("format") == "csv":
        rows = queries.oversight.rows(activities)
        return lists.csv_response("oversight-register", CSV_HEADER, (_csv_row(row) for row in rows))
    page = lists.paginate(request, activities)
    context = {
        "filter": chosen,
        "page_obj": page,
        "rows": queries.oversight.rows(page),
        "count": page.paginator.count,
        "today": timezone.localdate(),
        "manages": access.may(request.user, Permission.OVERSIGHT_MANAGE),
    }
    return render(request, "services/oversight_list.html", context)


def _csv_row(row):
    activity = row.activity
    return [
        activity.reference,
        activity.name,
        activity.stream.name,
        activity.funding_source.name if activity.funding_source else "",
        row.provider_name,
        activity.area,
        activity.cohort,
        activity.amount,
        activity.starts_on,
        activity.ends_on,
        activity.get_status_display(),
        row.met,
        len(row.checks),
        "; ".join(part.kind.name for part in row.missing),
        activity.is_example,
        activity.source,
    ]


@require_http_methods(EDITING)
@access.require(Permission.OVERSIGHT_MANAGE)
def oversight_new(request):
    """Enter an activity; its checks are owed from then on."""
    form = forms.ActivityForm(posted(request))
    if form.is_bound and form.is_valid():
        activity = actions.register_activity(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The activity is in the register. It goes live when every check is met.")
        return redirect(activity)
    return render(
        request,
        "services/oversight_edit.html",
        {"form": form, "title": "Enter an activity", "back": crumbs()[0]["url"]},
    )


@require_safe
@access.require(Permission.OVERSIGHT_READ)
def oversight_show(request, reference):
    """One activity: what it is, its checks with their evidence, what keeps it from going live, its history."""
    activity = found(reference)
    [row] = queries.oversight.rows([activity])
    on = timezone.localdate()
    context = {
        "activity": activity,
        "row": row,
        "summary": _summary(row),
        "why_no_check": rules.why_not_record_check(activity, user=request.user, on=on),
        "why_no_change": rules.why_not_change_activity(activity, user=request.user, on=on),
        "moves": _moves(activity, request.user, on),
        "today": on,
        "history": records_queries.history(activity),
        "breadcrumbs": crumbs(),
    }
    return render(request, "services/oversight_show.html", context)


def _summary(row):
    activity = row.activity
    amount = pounds(activity.amount) if activity.amount is not None else "Not known yet"
    told = {
        "Purpose": activity.purpose,
        "Funding stream": activity.stream.name,
        "Source of funds": activity.funding_source.name if activity.funding_source else "",
        "Area": activity.area,
        "Works with": activity.cohort,
        "Provider": row.provider_name,
        "Members of the partnership": "\n".join(sorted(body.name for body in activity.partners.all())),
        "Amount": amount,
    }
    return [{"key": key, "value": value} for key, value in told.items()]


def _moves(activity, user, on):
    """What an officer can do with the activity now, and why not the rest."""
    if not access.may(user, Permission.OVERSIGHT_MANAGE):
        return []
    address = activity.get_absolute_url()
    moves = []
    if activity.status == OversightStatus.PROPOSED:
        why_not = rules.why_not_go_live(activity, user=user, on=on)
        moves.append({"label": "Go live", "url": f"{address}live/", "why_not": why_not})
    if not rules.why_not_stop(activity, user=user, on=on):
        label = "End the activity" if activity.status == OversightStatus.LIVE else "Stop it"
        moves.append({"label": label, "url": f"{address}stop/", "method": "get", "style": "secondary"})
    return moves


@require_http_methods(EDITING)
@access.require(Permission.OVERSIGHT_MANAGE)
def oversight_edit(request, reference):
    """Change the entry; checks made of something else are asked again."""
    activity = found(reference)
    refuse_if(rules.why_not_change_activity(activity, user=request.user, on=timezone.localdate()), activity)
    start = {name: getattr(activity, name) for name in FIELDS}
    start |= {"stream": activity.stream.key, "partners": activity.partners.all()}
    start["funding_source"] = activity.funding_source.key if activity.funding_source else None
    form = forms.ActivityForm(posted(request), initial=start, changes=True)
    if form.is_bound and form.is_valid():
        actions.change_activity(activity=activity, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The entry is changed. See below which checks are asked again.")
        return redirect(activity)
    context = {"form": form, "title": "Change the entry", "activity": activity, "back": activity.get_absolute_url()}
    return render(request, "services/oversight_edit.html", context)


@require_POST
@access.require(Permission.OVERSIGHT_MANAGE)
def oversight_live(request, reference):
    """Let an activity go live, once every check is met."""
    activity = actions.go_live(activity=found(reference), by=request.user, at=timezone.now())
    messages.success(request, f"{activity.reference} is live. Its checks stay as they are now.")
    return redirect(activity)


@require_http_methods(EDITING)
@access.require(Permission.OVERSIGHT_MANAGE)
def oversight_stop(request, reference):
    """Stop an activity before it goes live, or end a live one."""
    activity = found(reference)
    refuse_if(rules.why_not_stop(activity, user=request.user, on=timezone.localdate()), activity)
    word = "End the activity" if activity.status == OversightStatus.LIVE else "Stop the activity"
    form = forms.CloseForm(posted(request), word=word)
    if form.is_bound and form.is_valid():
        actions.stop_activity(activity=activity, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Saved. It stays in the register with your reason.")
        return redirect(activity)
    context = {"form": form, "title": word, "activity": activity, "back": activity.get_absolute_url()}
    return render(request, "services/oversight_edit.html", context)


@require_safe
@access.require(Permission.OVERSIGHT_READ)
def oversight_check_list(request):
    """The checks every activity must pass."""
    context = {
        "kinds": queries.oversight.all_check_kinds(),
        "manages": access.may(request.user, Permission.OVERSIGHT_MANAGE),
        "breadcrumbs": crumbs(),
    }
    return render(request, "services/oversight_check_list.html", context)


@require_http_methods(EDITING)
@access.require(Permission.OVERSIGHT_MANAGE)
def oversight_check_new(request):
    """Add a check."""
    return _kind_page(request, None, "Add a check")


@require_http_methods(EDITING)
@access.require(Permission.OVERSIGHT_MANAGE)
def oversight_check_edit(request, key):
    """Change the words of a check."""
    return _kind_page(request, get_object_or_404(queries.oversight.check_kinds(), key=key), "Change a check")


def _kind_page(request, kind, title):
    start = {name: getattr(kind, name) for name in ("name", "question", "guidance")} if kind else None
    form = forms.CheckKindForm(posted(request), initial=start)
    back = reverse("services:oversight_check_list")
    if form.is_bound and form.is_valid():
        actions.save_check_kind(kind=kind, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Saved. Every activity that is not live yet must pass it.")
        return redirect(back)
    return render(request, "services/oversight_edit.html", {"form": form, "title": title, "back": back})


@require_POST
@access.require(Permission.OVERSIGHT_MANAGE)
def oversight_check_retire(request, key):
    """Ask a check no longer."""
    kind = get_object_or_404(OversightCheckKind, key=key)
    actions.retire_check_kind(kind=kind, by=request.user, at=timezone.now())
    messages.success(request, f"“{kind.name}” is no longer asked.")
    return redirect("services:oversight_check_list")
