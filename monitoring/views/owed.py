"""Who owes what: every return of a stream and period on one page, and what officers do with many at once."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.contrib import messages
from django.http import HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from plans.enums import ReportKind
from records import lists

from .. import actions, queries, rules
from ..enums import OwedState, Verdict
from ..filters.returns import OwedFilter
from ..forms import ExtendForm, ReasonForm
from .fetch import crumbs

SORTS = {
    "organisation": "organisation__name",
    "due": ("settled", "owed_on"),
    "state": ("state", "owed_on"),
    "reminded": "reminded_at",
    "review": "review_due_on",
}
HEADER = [
    "Organisation", "Award or contract", "Title", "Stream", "Kind", "From", "To", "First due", "Due",
    "Working days late", "State", "Verdict", "Return", "Last reminder", "Review due",
]  # fmt: skip
TONES = {OwedState.LATE: "bad", OwedState.QUERIED: "warn", OwedState.ACCEPTED: "good"}
RESULT = "owed_result"


def _filtered(request):
    on = timezone.localdate()
    found = OwedFilter(request.GET or None, queryset=queries.owed_returns(on))
    return found, lists.sort(request, found.qs, SORTS, default="due"), on


def _dressed(row, on):
    """The row with what the page and the download say about it."""
    row.kind_words = ReportKind(row.period.partition(":")[0]).label
    row.state_words = OwedState(row.state).label
    row.short_title = row.subject_title.removesuffix(f": {row.organisation}")
    row.verdict_words = Verdict(row.verdict).label if row.verdict else ""
    row.working_days_late = queries.working_days_late(row, on)
    row.url = reverse("monitoring:return_show", args=[row.return_reference]) if row.return_reference else ""
    return row


@require_safe
@access.require(Permission.RETURN_REVIEW)
def owed_list(request):
    """Every return that is or will be owed, what stands in each state, and the last reminder."""
    found, rows, on = _filtered(request)
    page = lists.paginate(request, rows)
    for row in page:
        _dressed(row, on)
    context = {
        "filter": found,
        "page_obj": page,
        "counts": [
            {**count, "url": _narrowed(request, count["state"]), "tone": _tone(count)} for count in found.counts()
        ],
        "today": on,
        "breadcrumbs": crumbs(),
        "back": request.GET.urlencode(),
    }
    return render(request, "monitoring/owed_list.html", context)


def _tone(count):
    return TONES.get(count["state"], "") if count["count"] else ""


def _narrowed(request, state):
    """The same list, of one state alone, from its first page."""
    given = request.GET.copy()
    given.pop("page", None)
    given["state"] = state.value
    return f"?{given.urlencode()}"


@require_safe
@access.require(Permission.RETURN_REVIEW)
def owed_list_csv(request):
    """The same rows for a spreadsheet."""
    _found, rows, on = _filtered(request)
    return lists.csv_response("returns-owed", HEADER, (_line(_dressed(row, on)) for row in rows))


def _line(row):
    return [
        row.organisation.name if row.organisation else "",
        row.subject_reference,
        row.subject_title,
        row.stream_name,
        row.kind_words,
        _day(row.period_starts_on),
        _day(row.period_ends_on),
        _day(row.first_due_on),
        _day(row.owed_on),
        row.working_days_late,
        row.state_words,
        row.verdict_words,
        row.return_reference,
        _day(row.reminded_at and timezone.localtime(row.reminded_at).date()),
        _day(row.review_due_on),
    ]


def _day(day):
    return day.isoformat() if day else ""


def _extend_form(request, given):
    return ExtendForm(given, on=timezone.localdate())


def _reason_form(request, given):
    return ReasonForm(given, label="Why are they not needed?", hint="The recipients read these words.")


@dataclass(frozen=True)
class Act:
    """One thing that officers do with many returns: its words, its verb, and the form it needs, if any."""

    title: str
    lead: str
    button: str
    act: Callable
    form: Callable | None = None


ACTS = {
    "remind": Act(
        title="Remind now",
        lead="The next reminder goes out at once, to the people whom the mornings would remind. "
        "Nobody is reminded twice on one day.",
        button="Send the reminders",
        act=actions.remind_returns,
    ),
    "extend": Act(
        title="Move the due day",
        lead="Everybody who writes these returns is told once, with the reason.",
        button="Move the due day",
        act=actions.extend_returns,
        form=_extend_form,
    ),
    "waive": Act(
        title="Waive these returns",
        lead="Nothing has to be sent any more. Reminders stop, and the recipients are told. This cannot be undone.",
        button="Waive the returns",
        act=actions.waive_returns,
        form=_reason_form,
    ),
}


@require_POST
@access.require(Permission.RETURN_REVIEW)
def owed_act(request):
    """Ask what an act on the chosen returns needs, then do it to each and say what became of it."""
    chosen = ACTS.get(request.POST.get("do", ""))
    if chosen is None:
        return HttpResponseBadRequest("Choose what to do.")
    picked = _picked(request)
    if not picked:
        messages.warning(request, "Choose at least one return first.")
        return redirect(_list_url(request))
    confirmed = "confirm" in request.POST
    form = chosen.form and chosen.form(request, request.POST if confirmed else None)
    if confirmed and (form is None or form.is_valid()):
        given = form.cleaned_data if form else {}
        outcomes = chosen.act(owed=picked, by=request.user, at=timezone.now(), **given)
        kept = {"title": chosen.title, "outcomes": [asdict(row) for row in outcomes], "back": _list_url(request)}
        request.session[RESULT] = kept
        return redirect("monitoring:owed_done")
    rows = [_dressed(row, timezone.localdate()) for row in picked]
    for row in rows:
        row.left_out = rules.why_left_out(row.state, request.POST["do"])
    context = {
        "title": chosen.title,
        "lead": chosen.lead,
        "button": chosen.button,
        "form": form,
        "picked": rows,
        "left_out": sum(1 for row in rows if row.left_out),
        "do": request.POST["do"],
        "today": timezone.localdate(),
        "back": request.POST.get("back", ""),
        "back_url": _list_url(request),
        "breadcrumbs": [*crumbs(), {"label": "Who owes what", "url": reverse("monitoring:owed_list")}],
    }
    return render(request, "monitoring/owed_act.html", context)


def _picked(request):
    """The chosen rows, those due first in front."""
    keys = [int(key) for key in request.POST.getlist("pick") if key.isdecimal() and len(key) < 18]
    return list(queries.owed_returns(timezone.localdate()).filter(pk__in=keys).order_by("owed_on", "pk"))


def _list_url(request):
    """The list as it was filtered."""
    asked = QueryDict(request.POST.get("back", "")[:2000]).urlencode()
    return f"{reverse('monitoring:owed_list')}{'?' if asked else ''}{asked}"


@require_safe
@access.require(Permission.RETURN_REVIEW)
def owed_done(request):
    """What was done, and what was refused and why."""
    kept = request.session.get(RESULT)
    if kept is None:
        return redirect("monitoring:owed_list")
    done = [row for row in kept["outcomes"] if row["done"]]
    context = {
        "title": kept["title"],
        "done": done,
        "refused": [row for row in kept["outcomes"] if not row["done"]],
        "back_url": kept["back"],
        "breadcrumbs": [*crumbs(), {"label": "Who owes what", "url": kept["back"]}],
    }
    return render(request, "monitoring/owed_done.html", context)
