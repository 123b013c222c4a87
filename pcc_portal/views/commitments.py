"""Pages of commitments, and of what a source of funds holds: money that needs no award (V8, X2)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from plans import queries as plan_queries
from plans.actions import commitments as actions
from plans.models import FundingSource
from plans.queries import commitments as reads
from plans.rules import commitments as rules
from plans.rules import sources as source_rules
from records import lists
from records import queries as records_queries
from records.refusals import Refused, refuse_if

from ..actions import commitments as hall
from ..actions import sources as source_actions
from ..forms import money as forms
from .money import crumbs

EDITING = ["GET", "HEAD", "POST"]
FIELDS = ("title", "recipient", "purpose", "reason", "year", "amount", "case_by_case", "note")


def posted(request):
    return request.POST if request.method == "POST" else None


def found(key):
    return get_object_or_404(reads.commitments(), key=key)


def act_with(request, form, action, *, title, caption, back, done, lead=""):
    """Do the one act of the page with what was typed; a refusal stands over the form, nothing typed is lost."""
    if form.is_bound and form.is_valid():
        try:
            action(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "title": title, "caption": caption, "lead": lead, "back": back}
    return render(request, "plans/plan_edit.html", context)


# What a source of funds holds


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def source_move(request, key):
    """Record that a funder gave more or less, or that money was handed back."""
    source = get_object_or_404(FundingSource, key=key)
    refuse_if(source_rules.why_not_move_source(source, user=request.user), source)

    def act(**fields):
        return source_actions.move_source(funding_source=source, **fields)

    return act_with(
        request, forms.MoveSourceForm(posted(request)), act, title="Record a change of what it holds",
        caption=source.name, back=reverse("money_source", args=[key]), done="Recorded. See below what it holds now.",
    )  # fmt: skip


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def source_carry_over(request, key):
    """Carry unspent money over into the source that follows."""
    source = get_object_or_404(FundingSource, key=key)
    refuse_if(source_rules.why_not_carry_over(source, user=request.user), source)

    def act(**fields):
        return source_actions.carry_over(funding_source=source, **fields)

    return act_with(
        request, forms.CarryOverForm(posted(request), funding_source=source), act, title="Carry money over",
        caption=source.name, back=reverse("money_source", args=[key]), done="Carried over. Both sources show it.",
    )  # fmt: skip


# Commitments


@require_safe
@access.require(Permission.PLAN_READ)
def commitment_list(request):
    """Money promised without an award, in the plan's order; as CSV with `?format=csv`."""
    rows = reads.commitments()
    if request.GET.get("format") == "csv":
        header = [
            "What",
            "Year",
            "Stream",
            "Source of funds",
            "Recipient",
            "Amount",
            "Costs so far",
            "Decision",
            "Source",
        ]
        return lists.csv_response("commitments", header, (_csv_row(row) for row in rows))
    page = lists.paginate(request, rows)
    context = {
        "page_obj": page,
        "count": page.paginator.count,
        "manages": not rules.why_not_write_commitment(None, user=request.user),
        "breadcrumbs": crumbs(),
    }
    return render(request, "pcc_portal/commitment_list.html", context)


def _csv_row(row):
    return [
        row.title, row.year, row.stream.name, row.funding_source.name if row.funding_source else "",
        row.recipient.name if row.recipient else "", row.amount, row.costs_total,
        row.decision.reference if row.decision else "", row.source,
    ]  # fmt: skip


@require_safe
@access.require(Permission.PLAN_READ)
def commitment_show(request, key):
    """One commitment: what it is for and why, its decision, its costs, its history."""
    commitment = found(key)
    costs = list(reads.costs_of(commitment))
    context = {
        "commitment": commitment,
        "facts": _facts(commitment),
        "costs": costs,
        "comment": reads.comment_on(commitment),
        "entered": records_queries.history(commitment).filter(verb=reads.ADDED).exists(),
        "moves": _moves(commitment, request.user, timezone.localdate()),
        "events": records_queries.history(commitment)[:30],
        "breadcrumbs": [*crumbs(), {"label": "Commitments", "url": reverse("commitment_list")}],
    }
    return render(request, "pcc_portal/commitment_show.html", context)


def _facts(row):
    told = {
        "Stream": str(row.stream),
        "Source of funds": row.funding_source.name if row.funding_source else "Not published",
        "Recipient": row.recipient.name if row.recipient else "Not published",
        "Year": row.year,
        "Purpose": row.purpose,
        "Reason": row.reason,
        "Rules": row.rule_set.name if row.rule_set else "None",
        "Costs": "Arise case by case" if row.case_by_case else "As agreed",
        "Note": row.note,
    }
    return [{"key": key, "value": value} for key, value in told.items()]


ACTS: dict[str, tuple[str, Any, Any, str, Permission]] = {
    "comment": (
        "Comment on the money", forms.CommentForm, actions.comment_on_commitment, "The comment is kept.",
        Permission.DECISION_ADVISE_FINANCE,
    ),
    "decide": (
        "Decide", forms.DecideForm, hall.decide_commitment, "Decided. The decision is in the register.",
        Permission.DECISION_MAKE,
    ),
    "cost": (
        "Record a cost", forms.CostForm, actions.record_cost, "The cost is recorded.", Permission.INSTALMENT_RELEASE,
    ),
    "end": ("End it", forms.EndForm, actions.end_commitment, "The commitment has an end.", Permission.PLAN_MANAGE),
}  # fmt: skip


def why_not(name, commitment, user, on):
    """Why this act cannot be done now; "" when it can."""
    if name == "comment":
        return rules.why_not_comment_on_commitment(commitment, user=user)
    if name == "decide":
        proposers, comment = reads.proposers_of(commitment), reads.comment_on(commitment)
        return rules.why_not_decide_commitment(commitment, user=user, on=on, proposers=proposers, comment=comment)
    if name == "cost":
        deciders = {commitment.decision.made_by_id} if commitment.decision_id else set()
        advisers = reads.advisers_of(commitment)
        return rules.why_not_record_cost(commitment, user=user, advisers=advisers, deciders=deciders)
    return rules.why_not_end_commitment(commitment, user=user)


def _moves(commitment, user, on):
    """What this person can do with the line, and why not the rest; an act of another role is not shown."""
    url = commitment.get_absolute_url()
    wanted = ["cost", "end"] if commitment.decision_id else ["comment", "decide", "end"]
    moves = [
        {
            "label": ACTS[name][0],
            "url": f"{url}acts/{name}/",
            "method": "get",
            "why_not": why_not(name, commitment, user, on),
        }
        for name in wanted
        if access.may(user, ACTS[name][4])
    ]
    if access.may(user, Permission.PLAN_MANAGE) and not rules.why_not_write_commitment(commitment, user=user):
        moves.append({"label": "Change it", "url": f"{url}change/", "method": "get", "style": "secondary"})
    return moves


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def commitment_new(request):
    """Enter money to be promised without an award."""
    plan = plan_queries.plan_on(timezone.localdate())
    if plan is None:
        raise Http404
    form = forms.CommitmentForm(posted(request), plan=plan, initial={"year": plan_queries.year_label(plan)})
    return act_with(
        request, form, actions.enter_commitment, title="Enter a commitment", caption=plan.title,
        lead="It pays nothing before the chief finance officer has commented and it is decided.",
        back=reverse("commitment_list"), done="Entered. It counts as promised once it is decided.",
    )  # fmt: skip


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def commitment_edit(request, key):
    """Change a line that is not decided."""
    commitment = found(key)
    refuse_if(rules.why_not_write_commitment(commitment, user=request.user), commitment)
    start = {name: getattr(commitment, name) for name in FIELDS} | {"stream": commitment.stream.key}
    for name in ("funding_source", "rule_set"):
        start[name] = getattr(commitment, name).key if getattr(commitment, name) else None
    form = forms.CommitmentForm(posted(request), plan=commitment.stream.plan, changes=True, initial=start)

    def act(**fields):
        return actions.edit_commitment(commitment=commitment, **fields)

    return act_with(
        request, form, act, title="Change a commitment", caption=commitment.title,
        back=commitment.get_absolute_url(), done="Saved. A comment on the money is asked for anew.",
    )  # fmt: skip


@require_http_methods(EDITING)
@access.require(*{permission for *_, permission in ACTS.values()})
def commitment_act(request, key, act):
    """One step of a commitment: comment, decide, record a cost, end it."""
    if act not in ACTS:
        raise Http404
    label, form_class, action, done, permission = ACTS[act]
    if not access.may(request.user, permission):
        raise PermissionDenied("Your role does not let you do this.")
    commitment = found(key)
    refuse_if(why_not(act, commitment, request.user, timezone.localdate()), commitment)
    start = {"amount": commitment.amount} if act == "decide" else {}

    def do(**fields):
        return action(commitment=commitment, **fields)

    return act_with(
        request, form_class(posted(request), initial=start), do, title=label, caption=commitment.title,
        back=commitment.get_absolute_url(), done=done,
    )  # fmt: skip
