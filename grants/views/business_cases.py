"""Business cases: the list, the start, the page of one case, the way in and what was sent."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from records import lists
from records.refusals import refuse_if

from ..actions import business_cases as actions
from ..enums import CaseSection, Window
from ..filters.cases import CaseFilter
from ..forms.business_cases import DeclarationForm, StartForm
from ..models import BusinessCase, Round
from ..queries import bidding, case_content, duties, exceptions, questions
from ..queries import business_cases as queries
from ..rules import business_cases as rules
from . import case_page
from .closed_papers import refuse_closed

SORTS = {
    "reference": "reference",
    "organisation": "organisation__name",
    "round": ("round__starts_on", "round__name"),
    "asked": "asked",
    "submitted": "submitted_at",
}
CSV_HEADER = ["Reference", "Title", "Organisation", "Round", "Window", "Status", "Projects", "Asked for", "Sent in"]


def get_case(request, reference):
    """The case if the person may see it, with all that pages read from it; else 404, or to declare interests first."""
    rows = queries.with_joins(BusinessCase.objects.visible_to(request.user))
    return refuse_closed(get_object_or_404(duties.with_papers_for(rows, request.user), reference=reference))


@access.require(Permission.CASE_READ)
@require_safe
def business_case_list(request):
    """Every case the person may see: filtered, sorted, in pages, or as CSV."""
    found = CaseFilter(
        request.GET, queryset=queries.for_list(BusinessCase.objects.visible_to(request.user)), user=request.user
    )
    rows = lists.sort(request, found.qs, SORTS, default="-submitted")
    if request.GET.get("format") == "csv":
        return lists.csv_response("business-cases", CSV_HEADER, (csv_row(case) for case in rows))
    page = lists.paginate(request, rows)
    context = {"filter": found, "page_obj": page, "count": page.paginator.count}
    return render(request, "grants/business_case_list.html", context)


def csv_row(case):
    return [
        case.reference,
        case.title,
        case.organisation.name,
        case.round.name,
        case.get_window_display(),
        case.get_status_display(),
        case.project_count,
        case.asked,
        timezone.localtime(case.submitted_at).strftime("%Y-%m-%d %H:%M") if case.submitted_at else "",
    ]


@access.require(Permission.CASE_WRITE)
@require_http_methods(["GET", "POST"])
def business_case_start(request, reference, window):
    """Name a new case; the window is main or tactical."""
    round_ = get_object_or_404(
        Round.objects.visible_to(request.user).select_related("rule_set", "stream"), reference=reference
    )
    window = window.upper()
    if window not in Window.values:
        raise Http404("There is no such window.")
    mine = writing_for(request.user, round_)
    if not mine:
        raise Http404("Your organisation was not invited to this round.")
    on = timezone.localdate()
    if len(mine) == 1:
        refuse_if(rules.why_not_start(round_, organisation=mine[0], window=window, user=request.user, on=on), round_)
    posted = request.POST if request.method == "POST" else None
    form = StartForm(posted, organisations=mine)
    if posted is not None and form.is_valid():
        key = form.cleaned_data.get("organisation")
        case = actions.start_business_case(
            round=round_,
            organisation=next((row for row in mine if row.key == key), mine[0]),
            window=window,
            title=form.cleaned_data["title"],
            by=request.user,
            at=timezone.now(),
        )
        return redirect(case)
    context = {"round": round_, "form": form, "window": Window(window), "back_url": round_.get_absolute_url()}
    return render(request, "grants/business_case_start.html", context)


def writing_for(user, round_):
    """Organisations the round is for that the person may write for."""
    mine = Organisation.objects.of_user(user)
    return [row for row in bidding.may_write_for(round_, mine) if access.may(user, Permission.CASE_WRITE, row)]


@access.require(Permission.CASE_READ)
@require_safe
def business_case_show(request, reference):
    """All of one case on one page: what to do, what it says, what has happened."""
    case = get_case(request, reference)
    return render(request, "grants/business_case_show.html", case_page.context(request, case))


@access.require(Permission.CASE_WRITE)
@require_safe
def business_case_check(request, reference):
    """Every answer once more before it is sent in."""
    case = get_case(request, reference)
    refuse_if(rules.why_not_save(case, user=request.user, on=timezone.localdate()), case)
    return check_page(request, case, DeclarationForm())


def check_page(request, case, form):
    content = case_content.content_of(case)
    on = timezone.localdate()
    context = {
        "case": case,
        "content": content,
        "parts": questions.parts_of(content),
        "total": case_content.total_of(content["projects"]),
        "lacks": lacks_of(case, content),
        "warnings": rules.warnings(case, content),
        "over": rules.excesses(case, content),
        "exception_asked": exceptions.is_asked(case),
        "why_not": rules.why_not_submit(case, user=request.user, on=on, content=content),
        "form": form,
        "is_editable": True,
    }
    return render(request, "grants/business_case_check.html", context)


def lacks_of(case, content):
    """What is still to do, each with the page on which to do it."""
    shown = []
    for section, number, sentence in rules.lacks_of(case, content):
        label = "about the project" if section == CaseSection.PROJECTS else section.label.lower()
        where = f"Project {number}, {label}" if number else section.label
        is_list = section == CaseSection.PROJECTS and number is None
        url = case.get_absolute_url() if is_list else case_page.section_url(case, section, number)
        shown.append({"where": where, "url": url, "sentence": sentence})
    return shown


@access.require(Permission.CASE_SUBMIT)
@require_POST
def business_case_submit(request, reference):
    """Send the case in, with the declaration."""
    case = get_case(request, reference)
    form = DeclarationForm(request.POST)
    if case.is_editable and not form.is_valid():
        return check_page(request, case, form)
    actions.submit_business_case(case=case, by=request.user, at=timezone.now())
    return redirect("grants:business_case_submitted", reference=case.reference)


@access.require(Permission.CASE_READ)
@require_safe
def business_case_submitted(request, reference):
    """What was received, the receipt and what happens next."""
    case = get_case(request, reference)
    snapshot = case.snapshots.select_related("paper").defer("paper__html", "paper__pdf").order_by("-number").first()
    if snapshot is None:
        messages.info(request, "This business case has not been sent in yet.")
        return redirect(case)
    return render(request, "grants/business_case_submitted.html", {"case": case, "snapshot": snapshot})


@access.require(Permission.CASE_READ)
@require_safe
def business_case_submission(request, reference, number):
    """One submission, word for word as it was sent."""
    case = get_case(request, reference)
    snapshot = get_object_or_404(
        case.snapshots.select_related("by", "paper").defer("paper__html", "paper__pdf"), number=number
    )
    context = {
        "case": case,
        "snapshot": snapshot,
        "content": snapshot.content,
        "parts": questions.parts_of(snapshot.content),
        "total": case_content.total_of(snapshot.content["projects"]),
    }
    return render(request, "grants/business_case_submission.html", context)


@access.require(Permission.CASE_READ)
@require_safe
def business_case_changes(request, reference, number):
    """Before and after: what changed from one submission to this one, and what had been asked."""
    case = get_case(request, reference)
    pair = list(case.snapshots.filter(Q(number=number) | Q(number=number - 1)).order_by("number"))
    if len(pair) != 2:
        raise Http404("There is no earlier submission to compare with.")
    context = {
        "case": case,
        "before": pair[0],
        "after": pair[1],
        "groups": questions.differences(pair[0].content, pair[1].content),
        "requests": case.change_requests.filter(snapshot=pair[1])
        .select_related("project", "question_set", "by")
        .order_by("pk"),
    }
    return render(request, "grants/business_case_changes.html", context)
