"""What follows audits: the list of actions, said to be done, checked (P4)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from records import documents, lists
from records.refusals import refuse_if

from ...actions import audits as actions
from ...filters.audits import ActionFilter
from ...forms import audits as forms
from ...queries import audits as queries
from ...rules import audits as rules
from .fetch import act_page, crumbs, fetch_action

SORTS = {
    "visit": ("finding__visit__reference", "finding__number", "number"),
    "organisation": "organisation_name",
    "due": "due_on",
    "status": "status",
}
HEADER = ["Reference", "Organisation", "Finding", "Grade", "Action", "Who", "Due", "Status", "Evidence"]


def _found(request):
    found = ActionFilter(request.GET or None, queryset=queries.actions_for(request.user), on=timezone.localdate())
    return found, lists.sort(request, found.qs, SORTS, default="due")


@require_safe
@access.require(Permission.AUDIT_READ, Permission.AUDIT_REPLY)
def action_list(request):
    """Actions after final reports, the nearest day first."""
    found, rows = _found(request)
    context = {
        "filter": found,
        "page_obj": lists.paginate(request, rows),
        "here": "actions",
        "in_office": access.is_office(request.user),
        "today": timezone.localdate(),
        "breadcrumbs": crumbs(),
    }
    return render(request, "monitoring/audit_actions.html", context)


@require_safe
@access.require(Permission.AUDIT_READ, Permission.AUDIT_REPLY)
def action_list_csv(request):
    """The same rows for a spreadsheet."""
    _form, rows = _found(request)
    return lists.csv_response("audit-actions", HEADER, [_line(row) for row in rows])


def _line(row):
    return [
        row.reference,
        row.organisation_name,
        row.finding.text,
        row.finding.get_grade_display(),
        row.action,
        "The office" if row.by_office else row.organisation_name,
        row.due_on.isoformat(),
        row.get_status_display(),
        row.evidence,
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_REPLY, Permission.AUDIT_MANAGE)
def action_done(request, reference, number, action):
    """Say what was done, with a file where there is one."""
    row = fetch_action(request, reference, number, action)
    visit = row.finding.visit
    refuse_if(rules.why_not_say_done(row, user=request.user), visit)
    form = forms.DoneForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        if upload and (why := documents.why_not_upload(upload)):
            form.add_error("file", why)
        else:
            evidence = form.cleaned_data["evidence"]
            actions.say_done(action=row, evidence=evidence, upload=upload, by=request.user, at=timezone.now())
            messages.success(request, "Thank you. The office looks at it and closes it, or writes what is missing.")
            return redirect(visit)
    return act_page(
        request, form, title=f"Action {number}.{action}: done", caption=visit.reference, inset=row.action, rows=[visit]
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def action_check(request, reference, number, action):
    """Read what is said to be done: close it, or send it back with what is missing and a new day."""
    row = fetch_action(request, reference, number, action)
    visit, on = row.finding.visit, timezone.localdate()
    refuse_if(rules.why_not_check_action(row, user=request.user), visit)
    form = forms.DayForm(request.POST or None, button="Send it back", label="What is still missing?")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if why := rules.why_not_send_back(row, user=request.user, on=on, **given):
            form.add_error("due_on", why)
        else:
            actions.send_back(action=row, **given, by=request.user, at=timezone.now())
            messages.success(request, "The action was sent back.")
            return redirect(visit)
    context = {
        "action": row,
        "visit": visit,
        "form": form,
        "documents": list(documents.about(row)),
        "breadcrumbs": crumbs(visit),
    }
    return render(request, "monitoring/audit_action_check.html", context)


@require_POST
@access.require(Permission.AUDIT_MANAGE)
def action_close(request, reference, number, action):
    """The office is content."""
    row = fetch_action(request, reference, number, action)
    actions.close_action(action=row, by=request.user, at=timezone.now())
    messages.success(request, "The action is closed.")
    return redirect(row.finding.visit)
