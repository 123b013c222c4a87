"""The workbook's way out and in: fetched, uploaded, reported on, used as a whole or put aside."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from records import uploads as guard
from records.queries import history
from records.refusals import refuse_if

from .. import actions, queries, rules
from ..enums import UploadStatus
from ..forms.uploads import UseForm, WorkbookForm
from ..models import ReturnUpload
from ..queries import uploads as kept
from ..rules.faults import MAY_CONFIRM, MUST_MEND, Fault
from ..workbook.write import workbook_of
from . import findings
from .fetch import fetch, page

FIELDS = ("cls", "level", "section", "line", "name", "sentence", "mend", "code")


def _fetch_upload(request, reference, pk):
    """The return and one workbook uploaded for it; 404 to a stranger."""
    monitoring_return = fetch(request, reference)
    rows = ReturnUpload.objects.visible_to(request.user).select_related("by", "document")
    upload = get_object_or_404(rows, monitoring_return=monitoring_return, pk=pk)
    upload.monitoring_return = monitoring_return
    return monitoring_return, upload


def _asked(request):
    return {"user": request.user, "on": timezone.localdate()}


def _workbook(monitoring_return, content, note=""):
    """The bytes as a download, named after the return and its period."""
    days = f"{monitoring_return.starts_on:%Y-%m-%d}-to-{monitoring_return.ends_on:%Y-%m-%d}"
    response = HttpResponse(content, content_type=guard.KINDS["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="{monitoring_return.reference}-{days}{note}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@access.require(Permission.RETURN_READ)
@cache_control(private=True, no_store=True)
def workbook_download(request, reference):
    """The workbook of the return, with everything known filled in."""
    monitoring_return = fetch(request, reference)
    refuse_if(rules.why_not_fetch_workbook(monitoring_return, **_asked(request)), monitoring_return)
    return _workbook(monitoring_return, workbook_of(monitoring_return, queries.sheets_of(monitoring_return)))


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_WRITE)
def upload_new(request, reference):
    """Choose the workbook; what was found in it is the next page."""
    monitoring_return = fetch(request, reference)
    refuse_if(rules.why_not_take_in(monitoring_return, at=timezone.now(), **_asked(request)), monitoring_return)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if form.is_bound and form.is_valid():
        upload = actions.take_in_workbook(
            monitoring_return=monitoring_return, upload=form.cleaned_data["file"], by=request.user, at=timezone.now()
        )
        return redirect(upload)
    return render(request, "monitoring/upload_new.html", page(request, monitoring_return, form=form))


@require_safe
@access.require(Permission.RETURN_READ)
def upload_show(request, reference, pk):
    """What was found in a workbook, what it would change, and what to do with it."""
    monitoring_return, upload = _fetch_upload(request, reference, pk)
    return _show(request, monitoring_return, upload)


def _report(upload):
    sheets = queries.sheets_of(upload.monitoring_return)
    return findings.report_of(upload, sheets, rules.reasons_of(upload.monitoring_return))


def _show(request, monitoring_return, upload, *, report=None, form=None, stale=False):
    report = report or _report(upload)
    asked = _asked(request)
    ready = upload.status == UploadStatus.READY
    writes = not rules.why_not_edit(monitoring_return, **asked)
    context = page(
        request,
        monitoring_return,
        upload=upload,
        report=report,
        form=form or UseForm(warnings=report.warnings, emptied=report.emptied),
        version=monitoring_return.version,
        stale=stale,
        moved_on=ready and upload.draft != monitoring_return.version,
        writes=writes,
        why_not_use=rules.why_not_apply(upload, **asked) if ready else "",
        may_drop=not rules.why_not_drop(upload, **asked),
        may_mark=not rules.why_not_mark(upload, **asked) and (report.faults or report.warnings),
        events=history(upload),
    )
    return render(request, "monitoring/upload_show.html", context, status=409 if stale else 200)


@require_POST
@access.require(Permission.RETURN_WRITE)
def upload_apply(request, reference, pk):
    """Use the figures: all of them or, when somebody else saved meanwhile, none and both are shown."""
    monitoring_return, upload = _fetch_upload(request, reference, pk)
    refuse_if(rules.why_not_apply(upload, **_asked(request)), upload)
    report = _report(upload)
    form = UseForm(request.POST, warnings=report.warnings, emptied=report.emptied)
    if not form.is_valid():
        return _show(request, monitoring_return, upload, report=report, form=form)
    try:
        actions.apply_upload(
            upload=upload,
            reasons=form.reasons(),
            version=_version(request),
            empty_too=form.empty_too,
            by=request.user,
            at=timezone.now(),
        )
    except actions.Stale:
        return _show(request, monitoring_return, upload, form=form, stale=True)
    messages.success(request, f"The figures of {upload.name} are in the return. Check them, then send the return.")
    return redirect(monitoring_return)


def _version(request):
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


@require_POST
@access.require(Permission.RETURN_WRITE)
def upload_drop(request, reference, pk):
    """Put a workbook aside."""
    monitoring_return, upload = _fetch_upload(request, reference, pk)
    actions.drop_upload(upload=upload, by=request.user, at=timezone.now())
    messages.success(request, f"{upload.name} is not used. The return is as it was.")
    return redirect(monitoring_return)


@require_safe
@access.require(Permission.RETURN_READ)
@cache_control(private=True, no_store=True)
def upload_marked(request, reference, pk):
    """The figures as they were typed, in our own workbook, with what is wrong said in each failing cell."""
    monitoring_return, upload = _fetch_upload(request, reference, pk)
    refuse_if(rules.why_not_mark(upload, **_asked(request)), upload)
    sheets = queries.sheets_of(monitoring_return)
    marks = [
        Fault(**{name: found[name] for name in FIELDS})
        for found in upload.findings
        if found["level"] in {MUST_MEND, MAY_CONFIRM}
    ]
    content = workbook_of(monitoring_return, sheets, marks=marks, values=kept.typed_over(upload, sheets))
    return _workbook(monitoring_return, content, "-to-mend")
