"""Writing a return: one page for each section, saved by hand or by itself, and its files."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access
from accounts.roles import Permission
from records import documents
from records.models import Document
from records.refusals import Refused, refuse_if

from .. import actions, queries, rules
from ..enums import ReturnSection, ReturnStatus
from ..forms import ReasonsForm, SectionForms, UploadForm, name_of_box
from .fetch import fetch, files_of, page, written
from .tasks_of_return import FILES, box_urls, sheet_url


def _refuse_unless_editable(request, monitoring_return):
    refuse_if(rules.why_not_edit(monitoring_return, user=request.user, on=timezone.localdate()), monitoring_return)


def _opened(request, reference, slug):
    """The return, its rows by project, its sheets and the one asked for; 404 where it has no such sheet."""
    monitoring_return = fetch(request, reference)
    _refuse_unless_editable(request, monitoring_return)
    parts = queries.figures_of(monitoring_return)
    sheets = queries.sheets_of(monitoring_return, parts)
    sheet = next((sheet for sheet in sheets if sheet.slug == slug), None)
    if sheet is None:
        raise Http404
    return monitoring_return, parts, sheets, sheet


def _version(request):
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdigit() else 0


def _save(request, monitoring_return, forms, *, quietly=False):
    entries, texts = queries.to_save([forms.sheet], forms.values())
    return actions.save_return(
        monitoring_return=monitoring_return,
        version=_version(request),
        entries=entries,
        texts=texts,
        quietly=quietly,
        by=request.user,
        at=timezone.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_WRITE)
def return_edit(request, reference, section):
    """One section; a stale save shows both versions and loses neither."""
    monitoring_return, parts, sheets, sheet = _opened(request, reference, section)
    forms = SectionForms(sheet, request.POST if request.method == "POST" else None)
    stale = []
    if forms.is_bound and forms.is_valid():
        try:
            _save(request, monitoring_return, forms)
        except actions.Stale:
            stale = forms.differences()
        else:
            messages.success(request, f"{sheet.title}: saved.")
            return redirect(_next(request, monitoring_return, sheets, sheet))
    context = page(
        request,
        monitoring_return,
        sheet=sheet,
        formset=forms,
        stale=stale,
        version=request.POST.get("version") if forms.is_bound and not stale else monitoring_return.version,
        **_beside(request, monitoring_return, parts, sheets, sheet),
    )
    status = 409 if stale else 200
    return render(request, "monitoring/return_edit.html", context, status=status)


def _next(request, monitoring_return, sheets, sheet):
    """The sheet after this one, at the end the files; back to the return where that was asked for."""
    if "later" in request.POST or monitoring_return.status == ReturnStatus.QUERIED:
        return monitoring_return.get_absolute_url()
    order = [*(one.slug for one in sheets), FILES]
    return sheet_url(monitoring_return, order[order.index(sheet.slug) + 1])


def _beside(request, monitoring_return, parts, sheets, sheet):
    """What a sheet shows besides its lines: the money so far, or the files it asks for."""
    if sheet.section == ReturnSection.UNDERSPEND:
        return {"content": queries.content_of(monitoring_return, parts, sheets)}
    if sheet.section == ReturnSection.SPEND:
        return {"asks_forecast": any(cell.name == "forecast" for cell in sheet.lines[0].cells)}
    if not sheet.files:
        return {}
    kept = files_of(request, monitoring_return)
    url = sheet_url(monitoring_return, FILES)
    asked = [(one, queries.file_section(one)) for one in sheet.files]
    return {
        "files": [
            {
                "indicator": one,
                "needed": sheet.needed.get(one.key, ""),
                "url": f"{url}?about={about}",
                "kept": [row for row in kept if row["section"] == about],
            }
            for one, about in asked
        ]
    }


@require_POST
@access.require(Permission.RETURN_WRITE)
def return_autosave(request, reference, section):
    """Save what was typed without leaving the page; 409 when somebody else was faster."""
    try:
        monitoring_return, _parts, _sheets, sheet = _opened(request, reference, section)
        forms = SectionForms(sheet, request.POST)
        if not forms.is_valid():
            return JsonResponse({"errors": forms.total_error_count}, status=422)
        saved = _save(request, monitoring_return, forms, quietly=True)
    except Refused as refusal:
        return JsonResponse({"reason": refusal.reason}, status=409)
    return JsonResponse({"saved_at": timezone.now().isoformat(), "version": saved.version})


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_WRITE)
def return_files(request, reference):
    """Files that go with the return."""
    monitoring_return = fetch(request, reference)
    _refuse_unless_editable(request, monitoring_return)
    sheets = queries.sheets_of(monitoring_return, previous={})
    form = (
        UploadForm(request.POST, request.FILES, sheets=sheets)
        if request.method == "POST"
        else UploadForm(sheets=sheets, initial={"section": request.GET.get("about", "")})
    )
    if form.is_bound and form.is_valid():
        why_not = documents.why_not_upload(form.cleaned_data["file"])
        if why_not:
            form.add_error("file", why_not)
        else:
            actions.add_file(
                monitoring_return=monitoring_return,
                upload=form.cleaned_data["file"],
                section=form.cleaned_data["section"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, "The file was added.")
            return redirect("monitoring:return_files", reference=reference)
    context = page(
        request,
        monitoring_return,
        form=form,
        documents=files_of(request, monitoring_return, removable=True, sheets=sheets),
    )
    return render(request, "monitoring/return_files.html", context)


@require_POST
@access.require(Permission.RETURN_WRITE)
def return_file_remove(request, reference, pk):
    """Take a file off the return."""
    monitoring_return = fetch(request, reference)
    document = get_object_or_404(
        Document,
        pk=pk,
        subject_type=monitoring_return._meta.label,
        subject_id=monitoring_return.pk,
        removed_at__isnull=True,
    )
    actions.remove_file(monitoring_return=monitoring_return, document=document, by=request.user, at=timezone.now())
    messages.success(request, f"{document.name} was removed.")
    return redirect("monitoring:return_files", reference=reference)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_WRITE)
def return_check(request, reference):
    """Everything as it would be sent: what is missing, and a box for the reason of each warning."""
    monitoring_return = fetch(request, reference)
    now = written(monitoring_return)
    form = ReasonsForm(request.POST if request.method == "POST" else None, warnings=now.warnings, reasons=now.reasons)
    if form.is_bound and form.is_valid():
        actions.confirm_warnings(
            monitoring_return=monitoring_return, reasons=form.reasons(), by=request.user, at=timezone.now()
        )
        messages.success(request, "Your reasons were saved.")
        return redirect("monitoring:return_check", reference=reference)
    to_do, on = now.to_do, timezone.localdate()
    certifies = rules.needs_certifier(monitoring_return) and monitoring_return.status != ReturnStatus.CERTIFIED
    why_not = (rules.why_not_send_for_certification if certifies else rules.why_not_submit)(
        monitoring_return, user=request.user, on=on, gaps=to_do
    )
    change = {sheet.slug: sheet_url(monitoring_return, sheet.slug) for sheet in now.sheets}
    content = now.content
    if monitoring_return.is_editable:
        content["warnings"] = []  # each stands above with a box for its reason
    for section in content["indicator_sections"] if monitoring_return.is_editable else []:
        section["url"] = change[section["slug"]]
    context = page(
        request,
        monitoring_return,
        content=content,
        form=form,
        warnings=_warnings(now, form),
        gaps=_gaps(now, to_do),
        why_not=why_not,
        certifies=certifies,
        editable=monitoring_return.is_editable,
        change=change,
        files_url=sheet_url(monitoring_return, FILES),
        documents=files_of(request, monitoring_return, sheets=now.sheets),
    )
    return render(request, "monitoring/return_check.html", context)


def _warnings(now, form):
    """Each warning with its box and the way to the figure."""
    urls = box_urls(now.monitoring_return, now.sheets)
    return [
        {
            "fault": fault,
            "field": form[name_of_box(fault.code)],
            "url": urls.get((fault.line, fault.name)) or sheet_url(now.monitoring_return, fault.section),
        }
        for fault in now.warnings
    ]


def _gaps(now, to_do):
    """Each thing to do as a link: to its box in a section, or to the box of its reason on this page."""
    urls = box_urls(now.monitoring_return, now.sheets)
    return [
        {
            "text": gap.sentence,
            "href": f"#id_{name_of_box(gap.code)}"
            if gap.code
            else urls.get((gap.line, gap.name)) or sheet_url(now.monitoring_return, gap.sheet),
        }
        for gap in to_do
    ]
