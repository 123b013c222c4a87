"""The office's pages of complaints, and the organisation's of what it must answer (P2)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from records import documents, lists, papers
from records import queries as records_queries

from ..actions import concerns as actions
from ..enums import CONCERN_IN_PLAY, ConcernStatus
from ..filters.concerns import ConcernFilter
from ..forms import concerns as forms
from ..models import ConcernLearning
from ..queries import concerns as queries
from ..rules import concerns as rules

READS = access.require(Permission.CONCERN_READ, Permission.CONCERN_ANSWER)
EDITING = ["GET", "HEAD", "POST"]
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


def crumbs(concern=None):
    """The way back to the hub, to the list, and from an inner page to the complaint."""
    found = [{"label": "Home", "url": reverse("home")}]
    found.append({"label": "Complaints", "url": reverse("monitoring:concern_list")})
    return [*found, {"label": concern.reference, "url": concern.get_absolute_url()}] if concern else found


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
        "breadcrumbs": crumbs()[:1],
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


def fetch(request, reference):
    """The complaint, if this person may see it; nobody learns that another one exists."""
    concern = queries.found(request.user, reference)
    if concern is None:
        raise Http404("There is nothing here that you can see.")
    return concern


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
        "moves": _moves(concern, user, on),
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


# ---------------------------------------------------------------- acts


@dataclass(frozen=True)
class Act:
    """One thing that is done with a complaint: its words, the form, the verb, and who asks why not."""

    label: str
    form: type
    verb: Callable
    why_not: Callable
    done: str
    lead: str = ""
    style: str = "secondary"
    who: Callable = rules.not_a_handler


ACTS = {
    "take-up": Act(
        "Take it up", forms.TakeUpForm, actions.take_up, rules.why_not_take_up, "Taken up and acknowledged.",
        "Its clocks start now. The complainant is told who answers and by when.", "",
    ),
    "acknowledge": Act(
        "Acknowledge", forms.AcknowledgeForm, actions.acknowledge_stage, rules.why_not_acknowledge, "Acknowledged.",
        style="",
    ),
    "answer": Act(
        "Answer", forms.AnswerForm, actions.answer_stage, rules.why_not_answer, "The answer has been sent.",
        "The complainant reads it in a letter, and can then ask for the next stage.", "", rules.not_the_answerer,
    ),
    "move-on": Act(
        "Move to the next stage", forms.ReasonForm, actions.move_on, rules.why_not_move_on,
        "The next stage has begun.", "Lateness alone moves nothing: say why the next stage begins.",
    ),
    "close": Act(
        "Close", forms.ReasonForm, actions.close_concern, rules.why_not_close, "The complaint is closed.",
        "For a complaint that was answered and that nobody takes further.",
    ),
    "elsewhere": Act(
        "Pass to somebody else", forms.ElsewhereForm, actions.pass_elsewhere, rules.why_not_pass_elsewhere,
        "The complainant is told for whom it is.",
    ),
    "withdraw": Act(
        "Withdraw for the complainant", forms.ReasonForm, actions.withdraw_concern, rules.why_not_withdraw,
        "The complaint is withdrawn.",
    ),
    "describe": Act(
        "Change what it is about", forms.DescribeForm, actions.describe_concern, rules.why_not_describe, "Changed.",
    ),
    "restrict": Act(
        "Restrict", forms.RestrictForm, actions.restrict_concern, rules.why_not_restrict,
        "From now on only the two of them see it.",
        "Nobody else will meet the complaint anywhere in the portal: in no list, count, search or download.",
    ),
    "lift": Act(
        "Lift the restriction", forms.ReasonForm, actions.lift_restriction, rules.why_not_lift,
        "The office sees this complaint again.", "Everybody in the office can then read it.",
    ),
    "learning": Act(
        "Agree a change", forms.LearningForm, actions.agree_learning, rules.why_not_agree_learning,
        "The change is agreed.",
    ),
    "file": Act(
        "Add a file", forms.FileForm, actions.add_file, rules.why_not_add_file, "The file is kept.",
    ),
}  # fmt: skip
# A button out of use stands there with its reason only where the reason is worth reading.
TOLD = {"answer", "move-on"}


def _moves(concern, user, on):
    """What this person can do with the complaint now, and why not the rest of what is theirs to do."""
    found = []
    for name, act in ACTS.items():
        if act.who(concern, user):
            continue
        why_not = act.why_not(concern, user=user, on=on)
        if why_not and not (name in TOLD and concern.status in CONCERN_IN_PLAY):
            continue
        url = reverse("monitoring:concern_act", args=[concern.reference, name])
        label = "Give it to other people" if name == "restrict" and concern.is_restricted else act.label
        found.append({"label": label, "url": url, "method": "get", "style": act.style, "why_not": why_not})
    return found


@sensitive_post_parameters()
@require_http_methods(EDITING)
@READS
def concern_act(request, reference, act):
    """One act: its form, then the verb."""
    concern, chosen = fetch(request, reference), ACTS.get(act)
    if chosen is None:
        raise Http404("There is nothing here that you can see.")
    may_add = act == "file" and not rules.not_the_answerer(concern, request.user)
    if chosen.who(concern, request.user) and not may_add:
        raise PermissionDenied("Your role does not let you do this.")
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = chosen.form(*given, concern=concern)
    if form.is_bound and form.is_valid():
        wanted = form.said() if hasattr(form, "said") else form.cleaned_data
        chosen.verb(concern=concern, **wanted, by=request.user, at=timezone.now())
        messages.success(request, chosen.done)
        return redirect(concern if queries.found(request.user, reference) else "monitoring:concern_list")
    context = {
        "concern": concern,
        "form": form,
        "title": chosen.label,
        "lead": chosen.lead,
        "why_not": chosen.why_not(concern, user=request.user, on=timezone.localdate()),
        "breadcrumbs": crumbs(concern),
    }
    return render(request, "monitoring/concern_act.html", context)


@require_http_methods(EDITING)
@READS
def concern_learning_done(request, reference, number):
    """Say that a change was made."""
    concern = fetch(request, reference)
    learning = get_object_or_404(ConcernLearning, concern=concern, number=number)
    learning.concern = concern
    why_not = rules.why_not_complete_learning(learning, user=request.user, on=timezone.localdate())
    if why_not and learning.done_on is None:
        raise PermissionDenied(why_not)
    form = forms.ResultForm(request.POST if request.method == "POST" else None, concern=concern)
    if form.is_bound and form.is_valid():
        actions.complete_learning(learning=learning, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Marked as done.")
        return redirect(concern)
    context = {"concern": concern, "form": form, "title": "Say what was done", "lead": learning.action}
    return render(request, "monitoring/concern_act.html", {**context, "breadcrumbs": crumbs(concern)})
