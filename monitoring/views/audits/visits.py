"""Visits: the list, one, planned, moved, handed over, cancelled, begun (P4)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records import lists, papers
from records import queries as records_queries
from records.refusals import refuse_if

from ...actions import audits as actions
from ...enums import VisitStatus
from ...filters.audits import VisitFilter
from ...forms import audits as forms
from ...models import AuditCandidate, AuditProgramme
from ...queries import audits as queries
from ...rules import audits as rules
from .fetch import act_page, crumbs, fetch_subject, fetch_visit, kind_of, subject_of
from .moves import links_of, visit_moves

SORTS = {
    "reference": "reference",
    "organisation": "organisation__name",
    "day": "planned_on",
    "status": "status",
    "grade": "grade",
}
HEADER = [
    "Reference", "Programme", "Organisation", "Award or contract", "Auditor", "Planned", "Visited", "Status", "Grade",
    "Conditions not met", "Actions open",
]  # fmt: skip
SHOWN_TO_RECIPIENT = frozenset({"reported", "replied", "finalised", "closed", "paper_made", "action_changed"})


def _found(request):
    office = access.is_office(request.user)
    found = VisitFilter(request.GET or None, queryset=queries.visits_for(request.user), office=office)
    return found, lists.sort(request, found.qs, SORTS, default="-day")


@require_safe
@access.require(Permission.AUDIT_READ, Permission.AUDIT_REPLY)
def visit_list(request):
    """The visits this person may see, the latest day first."""
    found, rows = _found(request)
    context = {
        "filter": found,
        "page_obj": lists.paginate(request, rows),
        "here": "visits",
        "in_office": access.is_office(request.user),
        "breadcrumbs": crumbs(),
    }
    return render(request, "monitoring/audit_visits.html", context)


@require_safe
@access.require(Permission.AUDIT_READ, Permission.AUDIT_REPLY)
def visit_list_csv(request):
    """The same rows for a spreadsheet."""
    _form, rows = _found(request)
    return lists.csv_response("audit-visits", HEADER, [_line(row) for row in rows])


def _line(row):
    return [
        row.reference,
        row.programme.reference if row.programme else "",
        row.organisation.name,
        subject_of(row).reference,
        row.auditor.full_name,
        row.planned_on.isoformat(),
        row.visited_on.isoformat() if row.visited_on else "",
        row.get_status_display(),
        row.get_grade_display(),
        row.not_met,
        row.open_actions,
    ]


@require_safe
def visit_show(request, reference):
    """One visit; an organisation sees its own once the report was sent to it, without the notes of the office."""
    visit = fetch_visit(request, reference)
    on, office = timezone.localdate(), access.is_office(request.user)
    checks, findings = queries.checks_of(visit), queries.findings_of(visit)
    counts, waiting = queries.tally_of(checks)
    files = _files(checks, findings, office)
    for finding in findings:
        finding.visit = visit
        for action in finding.actions.all():
            action.finding = finding
            action.links = links_of(action, request.user, on)
            action.files = files.get((action._meta.label, action.pk), [])
    history = records_queries.history(visit)
    context = {
        "visit": visit,
        "subject": subject_of(visit),
        "subject_name": queries.name_of(subject_of(visit)),
        "subject_kind": kind_of(subject_of(visit)),
        "checks": checks,
        "tally": [(result, number) for result, number in counts.items() if number],
        "waiting": waiting,
        "findings": findings,
        "papers": list(papers.about(visit)),
        "moves": visit_moves(visit, request.user, on),
        "may_write": office and not rules.why_not_change_finding(visit, user=request.user),
        "why_not_whole": rules.why_not_whole(visit) if office and visit.status == VisitStatus.UNDER_WAY else "",
        "history": history if office else [event for event in history if event.verb in SHOWN_TO_RECIPIENT],
        "in_office": office,
        "today": on,
        "breadcrumbs": crumbs(),
    }
    for check in checks:
        check.files = files.get((check._meta.label, check.pk), [])
    return render(request, "monitoring/audit_visit.html", context)


def _files(checks, findings, office):
    """The files of conditions, which the office alone sees, and of actions."""
    actions_ = [action for finding in findings for action in finding.actions.all()]
    return queries.files_of(checks if office else []) | queries.files_of(actions_)


# ---------------------------------------------------------------- planned, moved, handed over


def _auditors(subject):
    """Who may audit it, and the names of those left out."""
    hands = queries.hands_in(subject)
    everybody = queries.auditors()
    return everybody.exclude(pk__in=hands), [one.full_name for one in everybody.filter(pk__in=hands)]


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def visit_plan(request, reference):
    """Who visits the holder of an award or contract, and when."""
    subject = fetch_subject(request, reference)
    on = timezone.localdate()
    refuse_if(rules.why_not_plan_visit(subject, user=request.user, on=on), subject)
    programme = _programme(request, subject)
    auditors, left_out = _auditors(subject)
    form = forms.PlanVisitForm(request.POST or None, auditors=auditors, left_out=left_out)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if why := rules.why_not_plan_visit(subject, user=request.user, on=on, **given):
            form.add_error("planned_on", why)
        else:
            visit = actions.plan_visit(
                subject=subject, programme=programme, **given, by=request.user, at=timezone.now()
            )
            messages.success(request, "The visit was planned. The organisation has been told of the day.")
            return redirect(visit)
    holder = queries.holder_of(subject)
    lead = f"{queries.name_of(subject)}, {holder}."
    title = f"Plan a visit to {holder}"
    return act_page(request, form, title=title, caption=subject.reference, lead=lead, rows=[programme])


def _programme(request, subject):
    """The programme that was named, if it chose this award or contract."""
    named = request.GET.get("programme") or ""
    programme = AuditProgramme.objects.filter(reference=named).first()
    if programme is None:
        return None
    which = "award" if hasattr(subject, "recipient_id") else "contract"
    get_object_or_404(AuditCandidate, programme=programme, is_chosen=True, **{which: subject})
    return programme


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def visit_move(request, reference):
    """Another working day."""
    visit = fetch_visit(request, reference)
    on = timezone.localdate()
    refuse_if(rules.why_not_move_visit(visit, user=request.user, on=on), visit)
    form = forms.MoveVisitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if why := rules.why_not_move_visit(visit, user=request.user, on=on, **form.cleaned_data):
            form.add_error("planned_on", why)
        else:
            actions.move_visit(visit=visit, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, "The visit was moved. The organisation has been told.")
            return redirect(visit)
    return act_page(request, form, title="Move the visit", caption=visit.reference, rows=[visit])


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def visit_hand_over(request, reference):
    """Another auditor."""
    visit = fetch_visit(request, reference)
    refuse_if(rules.why_not_hand_over(visit, user=request.user), visit)
    auditors, left_out = _auditors(subject_of(visit))
    form = forms.HandOverForm(request.POST or None, auditors=auditors, left_out=left_out)
    if request.method == "POST" and form.is_valid():
        if why := rules.why_not_hand_over(visit, user=request.user, **form.cleaned_data):
            form.add_error("auditor", why)
        else:
            actions.hand_over_visit(visit=visit, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, "The visit was handed over.")
            return redirect(visit)
    return act_page(request, form, title="Hand the visit over", caption=visit.reference, rows=[visit])


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def visit_cancel(request, reference):
    """Nobody goes."""
    visit = fetch_visit(request, reference)
    refuse_if(rules.why_not_cancel_visit(visit, user=request.user), visit)
    hint = "The organisation reads these words."
    form = forms.WordsForm(request.POST or None, label="Why is it cancelled?", button="Cancel the visit", hint=hint)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["words"]
        actions.cancel_visit(visit=visit, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, "The visit was cancelled. The organisation has been told.")
        return redirect(visit)
    return act_page(request, form, title="Cancel the visit", caption=visit.reference, rows=[visit])


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def visit_begin(request, reference):
    """The visit took place: when, and who was seen."""
    visit = fetch_visit(request, reference)
    on = timezone.localdate()
    refuse_if(rules.why_not_begin_visit(visit, user=request.user, on=on), visit)
    form = forms.BeginForm(request.POST or None, initial={"visited_on": min(visit.planned_on, on)})
    if request.method == "POST" and form.is_valid():
        visited_on = form.cleaned_data["visited_on"]
        if why := rules.why_not_begin_visit(visit, user=request.user, on=on, visited_on=visited_on):
            form.add_error("visited_on", why)
        else:
            actions.begin_visit(visit=visit, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, "The visit has begun. Go through the conditions.")
            return redirect(reverse("monitoring:visit_checks", kwargs={"reference": reference}))
    return act_page(request, form, title="Begin the visit", caption=visit.reference, rows=[visit])
