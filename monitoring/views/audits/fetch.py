"""How every view of the audits finds its row, and the one form most pages are made of."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts import access
from grants.models import Award
from services.models import Contract

from ...models import AuditAction, AuditFinding, AuditProgramme, AuditVisit
from ...queries import audits as queries

JOINED = ("organisation", "award__recipient", "contract__provider", "auditor", "terms", "programme", "replied_by")


def crumbs(*rows):
    """The way back: home, assurance, audits, and the rows on the way."""
    found = [
        {"label": "Home", "url": reverse("home")},
        {"label": "Assurance", "url": reverse("assurance")},
        {"label": "Audits", "url": reverse("monitoring:audit_list")},
    ]
    return found + [{"label": row.reference, "url": row.get_absolute_url()} for row in rows if row is not None]


def fetch_programme(reference):
    """The programme; every reader of audits in the office sees all."""
    return get_object_or_404(AuditProgramme, reference=reference)


def fetch_visit(request, reference):
    """The visit, if this person may see it; a stranger gets 404."""
    return get_object_or_404(AuditVisit.objects.visible_to(request.user).select_related(*JOINED), reference=reference)


def fetch_finding(request, reference, number):
    visit = fetch_visit(request, reference)
    finding = get_object_or_404(AuditFinding, visit=visit, number=number)
    finding.visit = visit
    return finding


def fetch_action(request, reference, number, action):
    finding = fetch_finding(request, reference, number)
    row = get_object_or_404(AuditAction.objects.select_related("done_by"), finding=finding, number=action)
    row.finding = finding
    return row


def fetch_subject(request, reference):
    """The award or contract of that reference, if this person may see it."""
    subject = queries.subject_by(reference)
    if subject is None or not type(subject).objects.visible_to(request.user).filter(pk=subject.pk).exists():
        raise Http404
    return subject


def act_page(request, form, *, title, caption="", lead="", rows=(), inset="", status=200):
    """The page of one form: what it is about, the form, the way back."""
    return render(
        request,
        "monitoring/audit_form.html",
        {
            "form": form,
            "title": title,
            "caption": caption,
            "lead": lead,
            "inset": inset,
            "in_office": access.is_office(request.user),
            "breadcrumbs": crumbs(*rows),
        },
        status=status,
    )


def subject_of(row):
    """The award or contract of a visit or candidate."""
    return row.award or row.contract


def kind_of(subject):
    return "Award" if isinstance(subject, Award) else "Contract" if isinstance(subject, Contract) else ""
