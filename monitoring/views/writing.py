"""Writing a return: one page for each section, saved by hand or by itself, and its files."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from records import documents
from records.models import Document
from records.refusals import Refused, refuse_if

from .. import actions, queries, rules
from ..enums import ReturnSection, ReturnStatus
from ..forms import ROWS, SectionForms, UploadForm
from .fetch import fetch, files_of, page
from .pages import section_or_404
from .tasks_of_return import section_url, sections_of


def _refuse_unless_editable(request, monitoring_return):
    refuse_if(rules.why_not_edit(monitoring_return, user=request.user, on=timezone.localdate()), monitoring_return)


def _opened(request, reference, section):
    """The return, its rows and the section, or 404 where the return has no such section."""
    monitoring_return = fetch(request, reference)
    _refuse_unless_editable(request, monitoring_return)
    parts = queries.figures_of(monitoring_return)
    section = section_or_404(section)
    if section not in sections_of(monitoring_return, parts) or section == ReturnSection.FILES:
        raise Http404
    return monitoring_return, parts, section


def _version(request):
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdigit() else 0


def _save(request, monitoring_return, forms, *, quietly=False):
    return actions.save_return(
        monitoring_return=monitoring_return,
        version=_version(request),
        entries=forms.entries(),
        texts=forms.texts(),
        quietly=quietly,
        by=request.user,
        at=timezone.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_WRITE)
def return_edit(request, reference, section):
    """One section; a stale save shows both versions and loses neither."""
    monitoring_return, parts, section = _opened(request, reference, section)
    forms = SectionForms(section, monitoring_return, parts, request.POST if request.method == "POST" else None)
    stale = []
    if forms.is_bound and forms.is_valid():
        try:
            _save(request, monitoring_return, forms)
        except actions.Stale:
            stale = forms.differences()
        else:
            messages.success(request, f"{section.label}: saved.")
            return redirect(_next(request, monitoring_return, section, parts))
    context = page(
        request,
        monitoring_return,
        section=section,
        formset=forms,
        stale=stale,
        version=request.POST.get("version") if forms.is_bound and not stale else monitoring_return.version,
        **_beside(forms, monitoring_return, parts),
    )
    status = 409 if stale else 200
    return render(request, "monitoring/return_edit.html", context, status=status)


def _next(request, monitoring_return, section, parts):
    if "later" in request.POST or monitoring_return.status == ReturnStatus.QUERIED:
        return monitoring_return.get_absolute_url()
    order = sections_of(monitoring_return, parts)
    return section_url(monitoring_return, order[order.index(section) + 1])


def _beside(forms, monitoring_return, parts):
    """What stands beside the boxes: the money so far, and the figures of the last return."""
    section = forms.section
    if section not in {*ROWS, ReturnSection.UNDERSPEND}:
        return {}
    content = queries.content_of(monitoring_return, parts)
    if section == ReturnSection.UNDERSPEND:
        return {"content": content}
    previous = queries.previous_version(monitoring_return)
    queries.with_previous(content, previous.content if previous else None)
    rows = [row for project in content["projects"] for row in project[section.lower()]]
    forms.put_beside({row["key"]: row["last"] for row in rows if row["key"]})
    return {"content": content, "previous": previous}


@require_POST
@access.require(Permission.RETURN_WRITE)
def return_autosave(request, reference, section):
    """Save what was typed without leaving the page; 409 when somebody else was faster."""
    try:
        monitoring_return, parts, section = _opened(request, reference, section)
        forms = SectionForms(section, monitoring_return, parts, request.POST)
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
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
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
        documents=files_of(request, monitoring_return, removable=True),
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


@require_safe
@access.require(Permission.RETURN_WRITE)
def return_check(request, reference):
    """Everything as it would be sent, with what is still missing."""
    monitoring_return = fetch(request, reference)
    parts = queries.figures_of(monitoring_return)
    gaps = rules.gaps(monitoring_return, parts)
    on = timezone.localdate()
    certifies = rules.needs_certifier(monitoring_return) and monitoring_return.status != ReturnStatus.CERTIFIED
    why_not = (rules.why_not_send_for_certification if certifies else rules.why_not_submit)(
        monitoring_return, user=request.user, on=on, gaps=gaps
    )
    previous = queries.previous_version(monitoring_return)
    content = queries.content_of(monitoring_return, parts)
    context = page(
        request,
        monitoring_return,
        content=queries.with_previous(content, previous.content if previous else None),
        gaps=[{"text": gap.sentence, "href": section_url(monitoring_return, gap.section)} for gap in gaps],
        why_not=why_not,
        certifies=certifies,
        editable=monitoring_return.is_editable,
        change={section.name: section_url(monitoring_return, section) for section in ReturnSection},
        documents=files_of(request, monitoring_return),
    )
    return render(request, "monitoring/return_check.html", context)
