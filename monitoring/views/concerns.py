"""The office's pages of complaints, and the organisation's of what it must answer (P2)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from records import documents, lists, papers
from records import queries as records_queries

from ..actions import concerns as actions
from ..enums import ConcernStatus
from ..filters.concerns import ConcernFilter
from ..forms import complain as forms
from ..queries import concerns as queries
from ..rules import concerns as rules
from .concern_acts import moves_of
from .concern_fetch import EDITING, READS, crumbs, fetch

NO_STORE = "no-store, private"
SORTS = {
    "reference": "reference",
    "received": "received_at",
    "organisation": "organisation_name",
    "theme": "theme",
    "stage": "stage_number",
    "due": "due_on",
    "status": "status",
}
HEADER = [
    "Reference", "Organisation", "Award or contract", "Theme", "How it came", "Received", "Stage", "Answer due",
    "Late", "Status", "Outcome", "Example data",
]  # fmt: skip


def _filtered(request, rows):
    on = timezone.localdate()
    found = ConcernFilter(request.GET or None, queryset=rows, on=on)
    return found, lists.sort(request, found.qs, SORTS, default="-received"), on


@require_safe
@READS
def concern_list(request):
    """The complaints this person may see, the newest first."""
    found, rows, on = _filtered(request, queries.listed(request.user))
    page = lists.paginate(request, rows)
    for row in page:
        row.is_late = row.status == ConcernStatus.OPEN and row.due_on is not None and row.due_on < on
    context = {
        "filter": found,
        "page_obj": page,
        "today": on,
        "in_office": access.is_office(request.user),
        "settles": access.may(request.user, Permission.CONCERN_SETTLE),
        "enters": _may_enter(request.user),
        "breadcrumbs": crumbs()[:2],
    }
    return render(request, "monitoring/concern_list.html", context)


def _may_enter(user):
    return access.may(user, Permission.CONCERN_MANAGE) or access.may(user, Permission.CONCERN_RAISE)


@require_safe
@access.require(Permission.CONCERN_READ)
def concern_list_csv(request):
    """The unrestricted rows for a spreadsheet, without names or words of complainants."""
    _found, rows, on = _filtered(request, queries.listed(request.user).unrestricted())
    return lists.csv_response("complaints", HEADER, [_line(row, on) for row in rows])


def _line(row, on):
    linked = row.award or row.contract
    late = row.status == ConcernStatus.OPEN and row.due_on is not None and row.due_on < on
    return [
        row.reference,
        row.organisation.name if row.organisation else "",
        linked.reference if linked else "",
        row.get_theme_display(),
        row.get_route_display(),
        timezone.localtime(row.received_at).date().isoformat(),
        row.stage_name or "",
        row.due_on.isoformat() if row.due_on else "",
        late,
        row.get_status_display(),
        row.get_outcome_display(),
        row.is_example,
    ]


@require_safe
@access.require(Permission.CONCERN_READ)
def concern_figures(request):
    """Unrestricted complaints by organisation and by theme; as CSV with `?format=csv`."""
    years = queries.years()
    year = next((one for one in years if str(one) == request.GET.get("year")), None)
    found = queries.figures(year=year, on=timezone.localdate())
    if request.GET.get("format") == "csv":
        header = ["By", "Name", "Received", "In play", "Upheld", "Upheld in part", "Not upheld", "Put right", "Late"]
        return lists.csv_response("complaints-figures", header, (row.cells for row in found.rows))
    context = {"figures": found, "years": years, "year": year, "breadcrumbs": crumbs()}
    return render(request, "monitoring/concern_figures.html", context)


@require_http_methods(EDITING)
@access.require(Permission.CONCERN_MANAGE, Permission.CONCERN_RAISE)
def concern_new(request):
    """Enter a complaint that came by letter or telephone, or tell of one about one's own organisation."""
    own = not access.may(request.user, Permission.CONCERN_MANAGE)
    organisations = Organisation.objects.of_user(request.user) if own else Organisation.objects.in_service()
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = forms.EnterForm(*given, organisations=organisations, own=own)
    if form.is_bound and form.is_valid():
        concern = actions.enter_concern(**form.said(), by=request.user, at=timezone.now())
        seen = queries.found(request.user, concern.reference)
        messages.success(request, "The complaint has been entered." if seen else "Sent. Only two people can read it.")
        return redirect(seen or "monitoring:concern_list")
    context = {"form": form, "title": "Enter a complaint", "breadcrumbs": crumbs()}
    return render(request, "monitoring/concern_form.html", context)


@require_safe
@READS
def concern_show(request, reference):
    """One complaint: what was said, its stages, what waits for whom, changes agreed, letters, files, history."""
    concern, user, on = fetch(request, reference), request.user, timezone.localdate()
    in_office = access.is_office(user)
    learning = list(concern.learning.all())
    for row in learning:
        row.concern = concern
        row.why_not_done = rules.why_not_complete_learning(row, user=user, on=on)
    context = {
        "concern": concern,
        "in_office": in_office,
        "stages": list(concern.stages.all()),
        "stage": queries.stage_of(concern),
        "said": _said(concern, in_office),
        "facts": _facts(concern),
        "moves": moves_of(concern, user, on),
        "learning": learning,
        "letters": _numbered(reversed(papers.about(concern))) if in_office else [],
        "files": _files(concern),
        "history": records_queries.history(concern) if in_office else [],
        "undelivered": queries.undelivered(concern) if in_office else [],
        "today": on,
        "breadcrumbs": crumbs(),
    }
    response = render(request, "monitoring/concern_show.html", context)
    response["Cache-Control"] = NO_STORE
    return response


def _numbered(rows):
    return list(enumerate(rows, start=1))


def _files(concern):
    return [
        {
            "name": row.name,
            "url": reverse("concern_file", args=[concern.reference, number]),
            "size": row.size,
            "uploaded_at": row.uploaded_at,
            "uploaded_by": row.uploaded_by,
        }
        for number, row in _numbered(documents.about(concern))
    ]


def _said(concern, in_office):
    told = {
        "About": concern.about,
        "What happened": concern.what_happened,
        "When": concern.happened_on,
        "What would put it right": concern.wanted,
        "Complainant": concern.name,
    }
    if in_office:
        told |= {"E-mail": concern.email, "Telephone": concern.telephone, "Safe way to reach them": concern.reach_by}
        told["May the organisation be told?"] = "Yes" if concern.may_tell_provider else "No"
    return [{"key": key, "value": value} for key, value in told.items()]


def _facts(concern):
    linked = concern.award or concern.contract
    told = {
        "How it came": concern.get_route_display(),
        "Theme": concern.get_theme_display(),
        "Organisation": concern.organisation.name if concern.organisation else "",
    }
    rows = [{"key": key, "value": value} for key, value in told.items()]
    link = {"url": linked.get_absolute_url(), "action": "Open"} if linked else {}
    return [*rows, {"key": "Award or contract", "value": linked.reference if linked else "", **link}]
