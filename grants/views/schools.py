"""Schools that projects go into: the calendar, one school, reports on inputs, rulings on clashes (P5)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from plans.models import School
from plans.queries import schools as registers
from plans.rules import schools as register_rules
from records import lists
from records import queries as record
from records.refusals import refuse_if

from ..actions import schools as actions
from ..enums import SchoolInputStatus
from ..filters.schools import SchoolCalendarFilter
from ..forms import schools as forms
from ..forms.acting import ReasonForm
from ..queries import school_calendar as calendar
from ..queries import schools as queries
from ..rules import schools as rules
from .acting import act_page, attempt, move
from .evaluations import back_to, get_project, page_of

EDITING = ["GET", "HEAD", "POST"]
CSV_HEADER = [
    "School", "Number", "Area", "Phase", "Terms", "First day", "Last day", "Topic", "Year groups", "Sessions",
    "Organisation", "Project", "Standing", "Sessions delivered", "Pupils reached", "Safeguarding agreed on",
]  # fmt: skip
YEARS_BACK, YEARS_AHEAD = 6, 3


def crumbs():
    return [{"label": "Assurance", "url": "/assurance/"}, {"label": "Schools", "url": reverse("plans:school_list")}]


@access.require(Permission.SCHOOL_READ)
@require_safe
def school_calendar(request):
    """Schools by term in one school year: what is planned, delivered, cancelled; or every input as CSV."""
    now = registers.year_of(timezone.localdate())
    years = range(now + YEARS_AHEAD, now - YEARS_BACK - 1, -1)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in years else now
    chosen = SchoolCalendarFilter({**request.GET.dict(), "year": str(year)}, calendar.of_year(request.user, year),
                                  years=years)  # fmt: skip
    terms = registers.terms()
    if request.GET.get("format") == "csv":
        rows = (_csv_row(row, request.user, terms) for row in chosen.qs)
        return lists.csv_response(f"schools-{year}", CSV_HEADER, rows)
    columns = calendar.columns_of(year, terms)
    sessions = _sessions(request, year)
    lines = calendar.board(chosen.qs, sessions, request.user, columns, terms)
    page = lists.paginate(request, lines)
    context = {
        "filter": chosen,
        "page_obj": page,
        "count": page.paginator.count,
        "clear_url": f"?year={year}",
        "columns": columns,
        "lines": [(school, list(zip(columns, cells, strict=True))) for school, cells in page],
        "year": registers.year_words(year),
        "breadcrumbs": crumbs(),
    }
    return render(request, "grants/school_calendar.html", context)


def _sessions(request, year):
    """Days of delivery schedules in the year; a topic or a standing asked for is not theirs."""
    if request.GET.get("topic") or request.GET.get("status"):
        return []
    first, last = registers.year_days(year)
    rows = calendar.sessions_seen(request.user).filter(on__range=(first, last))
    for name in ("area", "phase"):
        if request.GET.get(name):
            rows = rows.filter(**{f"school__{name}": request.GET[name]})
    return rows


def _csv_row(row, user, terms):
    entry = calendar.entry_of(row, user)
    own = row.is_mine
    return [
        row.school.name, row.school.urn, row.school.area, row.school.get_phase_display(),
        ", ".join(registers.terms_touched(row.starts_on, row.ends_on, terms)), row.starts_on, row.ends_on, entry.what,
        entry.whom, row.sessions, entry.who, entry.title, entry.standing,
        row.sessions_delivered if own else None, row.pupils_reached if own else None,
        row.lead_agreed_on if own else None,
    ]  # fmt: skip


@access.require(Permission.SCHOOL_READ)
@require_safe
def school_show(request, urn):
    """One school: who comes, when, for what, and whether its safeguarding lead has agreed."""
    school = get_object_or_404(School.objects.select_related("follows"), urn=urn)
    user, on = request.user, timezone.localdate()
    entries = calendar.of_school(school, user)
    for entry in entries:
        if entry.row is not None:
            entry.row.moves = input_moves(entry.row, user, on) if entry.row.is_mine else []
    context = {
        "school": school,
        "followed_by": list(school.followed_by.order_by("name")),
        "entries": entries,
        "unconfirmed": sum(_waits(entry) for entry in entries),
        "keeps": not register_rules.why_not_keep(user),
        "events": record.history(school)[:10],
        "breadcrumbs": crumbs(),
    }
    return render(request, "grants/school_show.html", context)


def _waits(entry):
    return entry.row is not None and entry.row.is_mine and entry.status == "PLANNED" and not entry.is_confirmed


def input_moves(row, user, on):
    """What this person can say of an input now; nothing for those who do not report on it."""
    if rules.why_not_report(row, user=user):
        return []
    args = [row.school.urn, row.pk]
    if row.status == SchoolInputStatus.PLANNED:
        why = rules.why_not_deliver(row, user=user, on=on)
        return [
            move("Delivered", "school_input_deliver", args, why, method="get"),
            move("Change the days", "school_input_move", args, "", method="get", style="secondary"),
            move("Cancel", "school_input_cancel", args, "", method="get", style="secondary"),
        ]
    if row.status == SchoolInputStatus.CANCELLED:
        return [move("Plan it again", "school_input_again", args, "", method="get", style="secondary")]
    return []


def get_input(request, urn, pk):
    """An input of this person's own reading; that of another organisation is a stranger's."""
    rows = calendar.visible_to(request.user).filter(is_mine=True).select_related(*calendar.JOINS)
    return get_object_or_404(rows, school__urn=urn, pk=pk)


def _act(request, row, form, action, title, done):
    """One form, one action, back to the school."""
    if form.is_bound and form.is_valid():
        said = {**form.cleaned_data, "school_input": row, "by": request.user, "at": timezone.now()}
        if attempt(form, action, **said) is not None:
            messages.success(request, done)
            return redirect(row.school)
    caption = f"{row.topic.name} at {row.school.name}, {queries.days_words(row)}"
    return act_page(request, form, title=title, caption=caption, back=row.school.get_absolute_url())


def posted(request):
    return request.POST if request.method == "POST" else None


@access.require(Permission.AWARD_REPORT, Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def school_input_deliver(request, urn, pk):
    """An input took place."""
    row = get_input(request, urn, pk)
    refuse_if(rules.why_not_deliver(row, user=request.user, on=timezone.localdate()), row.school)
    form = forms.DeliveredForm(posted(request), initial={"sessions_delivered": row.sessions})
    return _act(request, row, form, actions.deliver_input, "What was delivered", "Recorded as delivered.")


@access.require(Permission.AWARD_REPORT, Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def school_input_move(request, urn, pk):
    """A planned input moves to other days, or its safeguarding is agreed."""
    row = get_input(request, urn, pk)
    refuse_if(rules.why_not_move(row, user=request.user), row.school)
    start = {name: getattr(row, name) for name in ("starts_on", "ends_on", "lead_post", "lead_agreed_on")}
    form = forms.MoveForm(posted(request), initial=start)
    return _act(request, row, form, actions.move_input, "Change the days", "The days are saved.")


@access.require(Permission.AWARD_REPORT, Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def school_input_cancel(request, urn, pk):
    """A planned input does not take place."""
    row = get_input(request, urn, pk)
    refuse_if(rules.why_not_cancel(row, user=request.user), row.school)
    style = "govuk-button--warning"
    form = ReasonForm(posted(request), button="Cancel the input", label="Why does it not take place?", style=style)
    return _act(request, row, form, actions.cancel_input, "Cancel the input", "The input is cancelled.")


@access.require(Permission.AWARD_REPORT, Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def school_input_again(request, urn, pk):
    """A cancelled input is planned again."""
    row = get_input(request, urn, pk)
    refuse_if(rules.why_not_plan_again(row, user=request.user), row.school)
    form = ReasonForm(posted(request), button="Plan it again", label="Why is it planned again?")
    return _act(request, row, form, actions.plan_input_again, "Plan it again", "The input is planned again.")


@access.require(Permission.CASE_EVALUATE)
@require_http_methods(EDITING)
def clash_rule(request, reference, number, school_input, other):
    """An officer says why a clash may stand; `other` 0 is too many inputs."""
    project = get_project(request, reference, number)
    refuse_if(rules.why_not_rule(project, user=request.user), project.case)
    found = {clash.key: clash for clash in queries.clashes_of(project)}
    clash = found.get(f"{school_input}-{other}")
    if clash is None:
        raise Http404("There is no such clash.")
    form = forms.RulingForm(posted(request))
    if form.is_bound and form.is_valid():
        said = {"project": project, "school_input": school_input, "other": other or None, "by": request.user}
        said |= {"reason": form.cleaned_data["reason"], "at": timezone.now()}
        if attempt(form, actions.rule_on_clash, **said) is not None:
            messages.success(request, "Your ruling is saved. The commissioner reads it.")
            return back_to(project.case)
    return act_page(
        request, form, title="May it stand?", caption=f"{reference}, project {number}: {project.title}",
        lead=clash.sentence, back=page_of(project.case),
    )  # fmt: skip
