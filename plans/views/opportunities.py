"""Pages of funds the office may bid for: the horizon, one opportunity, and the acts on it (O1, O2)."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records import lists
from records import queries as records_queries
from records.refusals import Refused, refuse_if
from records.words import pounds

from .. import filters, queries
from ..actions import opportunities as actions
from ..forms import opportunities as forms
from ..queries import opportunities as reads
from ..rules import opportunities as rules

EDITING = ["GET", "HEAD", "POST"]
SORTS = {"reference": "reference", "fund": "fund", "closes": "closes_on", "amount": "amount", "status": "status"}
CSV_HEADER = [
    "Reference", "Fund", "Funder", "Status", "Opens", "Closes", "Most a bid can ask for", "Match needed", "Stream",
    "Lead", "Bid for", "Sent on", "Won", "Outcome on", "Example data", "Source",
]  # fmt: skip
FACTS = (
    "fund", "funder", "description", "purpose", "fit", "opens_on", "closes_on", "amount", "match_needed", "lead",
    "source",
)  # fmt: skip


def posted(request):
    return request.POST if request.method == "POST" else None


def found(reference):
    return get_object_or_404(reads.one(reference))


def crumbs(opportunity=None):
    up = [{"label": "Opportunities", "url": reverse("plans:opportunity_list")}]
    return [*up, {"label": opportunity.reference, "url": opportunity.get_absolute_url()}] if opportunity else up


@require_safe
@access.require(Permission.PLAN_READ)
def opportunity_list(request):
    """The horizon: what opens, what closes, what was won; as CSV with `?format=csv`."""
    chosen = filters.OpportunityFilter(request.GET, queryset=reads.opportunities())
    rows = lists.sort(request, chosen.qs, SORTS)
    if request.GET.get("format") == "csv":
        return lists.csv_response("opportunities", CSV_HEADER, (_csv_row(row) for row in rows))
    page = lists.paginate(request, rows)
    context = {
        "filter": chosen,
        "page_obj": page,
        "count": page.paginator.count,
        "today": timezone.localdate(),
        "manages": not rules.why_not_enter(request.user),
    }
    return render(request, "plans/opportunity_list.html", context)


def _csv_row(row):
    return [
        row.reference, row.fund, row.funder, row.get_status_display(), row.opens_on, row.closes_on, row.amount,
        row.match_needed, row.stream.name if row.stream else "", row.lead.full_name if row.lead else "",
        row.bid_amount, row.submitted_on, row.won_amount, row.outcome_on, row.is_example, row.source,
    ]  # fmt: skip


@require_safe
@access.require(Permission.PLAN_READ)
def opportunity_show(request, reference):
    """One opportunity: what is known, the bid and its partners, what is to be done, its outcome, its history."""
    opportunity = found(reference)
    context = {
        "opportunity": opportunity,
        "bid": reads.bid_of(opportunity),
        "facts": _facts(opportunity),
        "moves": _moves(opportunity, request.user),
        "works": not rules.why_not_work_on(opportunity, user=request.user),
        "keeps": not rules.why_not_enter(request.user),
        "today": timezone.localdate(),
        "events": records_queries.history(opportunity)[:40],
        "breadcrumbs": crumbs(),
    }
    return render(request, "plans/opportunity_show.html", context)


def _facts(opportunity):
    known = "Not known yet"
    amounts = {"amount": opportunity.amount, "match": opportunity.match_needed}
    told = {name: known if value is None else pounds(value) for name, value in amounts.items()}
    rows = {
        "Funder": opportunity.funder,
        "What it is for": opportunity.description,
        "May be spent on": opportunity.get_purpose_display(),
        "Stream it would pay for": opportunity.stream.name if opportunity.stream else "None yet",
        "Priorities it serves": "\n".join(row.name for row in opportunity.priorities.all()) or "None named",
        "How it fits": opportunity.fit,
        "Most a bid can ask for": told["amount"],
        "Match needed": told["match"],
        "Lead": opportunity.lead.full_name if opportunity.lead else "Nobody yet",
    }
    return [{"key": key, "value": value} for key, value in rows.items()]


@dataclass(frozen=True)
class Act:
    """One act on an opportunity: its words, its form, its rule and its action."""

    label: str
    title: str
    form: Any
    why_not: Any
    action: Any
    done: str
    style: str = ""
    of_plan: bool = False


ACTS = {
    "pursue": Act(
        "Bid for it", "Decide to bid", forms.PursueForm, rules.why_not_pursue, actions.pursue_opportunity,
        "The bid is begun. Add partners, tasks and files below.",
    ),
    "send": Act(
        "Record the bid as sent", "Record the bid as sent", forms.SendForm, rules.why_not_send, actions.send_bid,
        "The bid is recorded as sent. Record its outcome here when it comes.",
    ),
    "win": Act(
        "It was won", "Record that it was won", forms.WinForm, rules.why_not_outcome, actions.win_opportunity,
        "Won. The source of funds is made; awards may draw on it.", of_plan=True,
    ),
    "lose": Act(
        "It was not won", "Record that it was not won", forms.LoseForm, rules.why_not_outcome,
        actions.lose_opportunity, "The outcome is recorded.", "secondary",
    ),
    "leave": Act(
        "Do not bid", "Decide not to bid", forms.LeaveForm, rules.why_not_leave, actions.leave_opportunity,
        "Left. You can look at it again later.", "secondary",
    ),
    "again": Act(
        "Look at it again", "Look at it again", forms.LookAgainForm, rules.why_not_look_again, actions.look_again,
        "It is on the horizon again.",
    ),
}  # fmt: skip
OFFERED = {
    "HORIZON": ("pursue", "leave"),
    "BIDDING": ("send", "leave"),
    "SUBMITTED": ("win", "lose"),
    "NOT_PURSUED": ("again",),
}


def _moves(opportunity, user):
    """What an officer can do now; what cannot be done yet says why."""
    if rules.why_not_enter(user):
        return []
    url = opportunity.get_absolute_url()
    return [
        {
            "label": ACTS[name].label,
            "url": f"{url}acts/{name}/",
            "method": "get",
            "style": ACTS[name].style,
            "why_not": ACTS[name].why_not(opportunity, user=user),
        }
        for name in OFFERED.get(opportunity.status, ())
    ]


def form_page(request, form, *, title, opportunity=None, lead=""):
    """The page of one form about an opportunity."""
    context = {
        "form": form,
        "title": title,
        "caption": str(opportunity) if opportunity else "",
        "lead": lead,
        "back": opportunity.get_absolute_url() if opportunity else crumbs()[0]["url"],
    }
    return render(request, "plans/plan_edit.html", context)


def act_with(request, form, action, *, done, **page):
    """Do the one act of the page with what was typed; a refusal stands over the form, nothing typed is lost."""
    opportunity = page["opportunity"]
    if form.is_bound and form.is_valid():
        try:
            action(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, done)
            return redirect(opportunity)
    return form_page(request, form, **page)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def opportunity_new(request):
    """Put a fund on the horizon."""
    plan = queries.plan_on(timezone.localdate())
    if plan is None:
        raise Http404
    form = forms.OpportunityForm(posted(request), plan=plan)
    if form.is_bound and form.is_valid():
        try:
            made = actions.enter_opportunity(plan=plan, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, "It is on the horizon. Reminders are sent before its last day.")
            return redirect(made)
    return form_page(request, form, title="Add an opportunity")


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def opportunity_edit(request, reference):
    """Change what is known of a fund."""
    opportunity = found(reference)
    refuse_if(rules.why_not_edit(opportunity, user=request.user), opportunity)
    start = {name: getattr(opportunity, name) for name in FACTS}
    start |= {"stream": opportunity.stream.key if opportunity.stream else None}
    start |= {"priorities": [row.key for row in opportunity.priorities.all()]}
    form = forms.OpportunityForm(posted(request), plan=opportunity.plan, changes=True, initial=start)

    def change(**fields):
        return actions.edit_opportunity(opportunity=opportunity, **fields)

    return act_with(
        request, form, change, done="Saved. The history shows what changed.", title="Change what is known",
        opportunity=opportunity,
    )  # fmt: skip


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def opportunity_act(request, reference, act):
    """One step of an opportunity: bid, leave it, send, won, not won, look again."""
    if act not in ACTS:
        raise Http404
    chosen, opportunity = ACTS[act], found(reference)
    refuse_if(chosen.why_not(opportunity, user=request.user), opportunity)
    more: dict[str, Any] = {}
    if chosen.of_plan:
        start = {"name": opportunity.fund, "purpose": opportunity.purpose, "amount": opportunity.bid_amount}
        start |= {"streams": [opportunity.stream.key] if opportunity.stream else [], "over_commitment_percent": 0}
        more = {"plan": opportunity.plan, "initial": start}
    form = chosen.form(posted(request), **more)

    def do(**fields):
        return chosen.action(opportunity=opportunity, **fields)

    return act_with(request, form, do, done=chosen.done, title=chosen.title, opportunity=opportunity)
