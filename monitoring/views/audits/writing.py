"""The visit on one page: each condition, its evidence and files, saved by hand or by itself (P4, X6)."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access
from accounts.roles import Permission
from records import documents
from records.models import Document
from records.refusals import Refused, refuse_if

from ...actions import audits as actions
from ...forms import audits as forms
from ...models import AuditCheck
from ...queries import audits as queries
from ...rules import audits as rules
from .fetch import crumbs, fetch_visit, subject_of


def _save(request, visit, form, *, uploads=(), quietly=False):
    return actions.save_checks(
        visit=visit,
        answers=form.answers(),
        uploads=uploads,
        seen=request.POST.get("version", ""),
        quietly=quietly,
        by=request.user,
        at=timezone.now(),
    )


def _refused_files(form):
    """Put the sentence of a file that cannot be kept beside its box; True where there is one."""
    refused = False
    for one in form.forms:
        upload = one.cleaned_data.get("file")
        if upload and (why := documents.why_not_upload(upload)):
            one.add_error("file", why)
            refused = True
    return refused


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def visit_checks(request, reference):
    """Every condition of the accepted terms; a stale save shows both versions and loses neither."""
    visit = fetch_visit(request, reference)
    refuse_if(rules.why_not_write_visit(visit, user=request.user), visit)
    checks = queries.checks_of(visit)
    posted = request.method == "POST"
    form = forms.ChecksForm(checks, request.POST if posted else None, request.FILES if posted else None)
    stale = []
    if posted and form.is_valid() and not _refused_files(form):
        try:
            _save(request, visit, form, uploads=form.uploads())
        except actions.StaleVisit:
            stale = form.differences()
        else:
            messages.success(request, "Saved.")
            return redirect(visit if "later" in request.POST else request.path)
    return _page(request, visit, checks, form, stale)


def _page(request, visit, checks, form, stale):
    files = queries.files_of(checks)
    for one in form.forms:
        one.files = [_file(visit, document) for document in files.get((AuditCheck._meta.label, one.check_row.pk), [])]
    _counts, waiting = queries.tally_of(checks)
    context = {
        "visit": visit,
        "subject": subject_of(visit),
        "subject_name": queries.name_of(subject_of(visit)),
        "form": form,
        "stale": stale,
        "version": request.POST.get("version") if form.is_bound and not stale else queries.mark_of(checks),
        "done": len(checks) - waiting,
        "count": len(checks),
        "breadcrumbs": crumbs(visit),
    }
    return render(request, "monitoring/audit_checks.html", context, status=409 if stale else 200)


def _file(visit, document):
    return {
        "name": document.name,
        "url": document.url,
        "size": document.size,
        "uploaded_at": document.uploaded_at,
        "uploaded_by": document.uploaded_by,
        "remove_url": reverse("monitoring:visit_file_remove", kwargs={"reference": visit.reference, "pk": document.pk}),
    }


@require_POST
@access.require(Permission.AUDIT_MANAGE)
def visit_autosave(request, reference):
    """Save what was typed without leaving the page; 409 when somebody else was faster."""
    try:
        visit = fetch_visit(request, reference)
        refuse_if(rules.why_not_write_visit(visit, user=request.user), visit)
        form = forms.ChecksForm(queries.checks_of(visit), request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": len(form.errors)}, status=422)
        _save(request, visit, form, quietly=True)
    except Refused as refusal:
        return JsonResponse({"reason": refusal.reason}, status=409)
    mark = queries.mark_of(queries.checks_of(visit))
    return JsonResponse({"saved_at": timezone.now().isoformat(), "version": mark})


@require_POST
@access.require(Permission.AUDIT_MANAGE)
def visit_file_remove(request, reference, pk):
    """Take a file off a condition."""
    visit = fetch_visit(request, reference)
    checks = {row.pk: row for row in queries.checks_of(visit)}
    document = get_object_or_404(
        Document, pk=pk, subject_type=AuditCheck._meta.label, subject_id__in=list(checks), removed_at__isnull=True
    )
    check = checks[document.subject_id]
    check.visit = visit
    refuse_if(rules.why_not_write_visit(visit, user=request.user), visit)
    actions.remove_evidence(check=check, document=document, by=request.user, at=timezone.now())
    messages.success(request, f"{document.name} was removed.")
    return redirect("monitoring:visit_checks", reference=reference)
