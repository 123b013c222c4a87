"""Moves of a round and its allocations: open, close, dates, sums."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access
from accounts.roles import Permission
from plans.enums import MoneySetBy
from records.refusals import Refused, refuse_if

from ..actions import rounds as actions
from ..forms.business_cases import ReasonForm
from ..forms.rounds import AllocationForm, CopyForm, DeadlineForm, LateForm, MovementForm
from ..queries import rounds as queries
from ..rules import rounds as rules
from .rounds import get_round


def form_page(request, round_, form, title, *, lead="", button="Save", allocation=None):
    """A page of one form about a round, under its heading."""
    context = {
        "round": round_,
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
        "allocation": allocation,
    }
    return render(request, "grants/round_form.html", context)


def try_action(form, act, **given):
    """Do it, or put the sentence of the refusal on the form so that nothing typed is lost."""
    try:
        return act(**given)
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return None


def get_allocation(round_, key):
    return get_object_or_404(queries.allocations_of(round_), organisation__key=key)


@access.require(Permission.ROUND_MANAGE)
@require_POST
def round_open(request, reference):
    """Show the round to those invited."""
    round_ = get_round(request, reference)
    actions.open_round(round=round_, by=request.user, at=timezone.now())
    messages.success(request, f"{round_.name} is open. Those invited have been told.")
    return redirect(round_)


@access.require(Permission.ROUND_MANAGE)
@require_POST
def round_close(request, reference):
    round_ = get_round(request, reference)
    actions.close_round(round=round_, by=request.user, at=timezone.now())
    messages.success(request, f"{round_.name} is closed")
    return redirect(round_)


@access.require(Permission.ROUND_MANAGE)
@require_POST
def round_finish(request, reference):
    round_ = get_round(request, reference)
    actions.finish_round(round=round_, by=request.user, at=timezone.now())
    messages.success(request, f"{round_.name} is decided")
    return redirect(round_)


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_reopen(request, reference):
    round_ = get_round(request, reference)
    refuse_if(rules.why_not_reopen(round_, user=request.user, on=timezone.localdate()), round_)
    form = ReasonForm(request.POST if request.method == "POST" else None, label="Why is the round opened again?")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.reopen_round(round=round_, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, f"{round_.name} is open again")
        return redirect(round_)
    return form_page(request, round_, form, "Open the round again", button="Open it again")


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_deadline(request, reference):
    """Move the deadline for everybody."""
    round_ = get_round(request, reference)
    refuse_if(rules.why_not_move_deadline(round_, user=request.user, on=timezone.localdate()), round_)
    form = DeadlineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "round": round_, "by": request.user, "at": timezone.now()}
        if try_action(form, actions.move_deadline, **given):
            messages.success(request, "The deadline has moved. Those invited have been told.")
            return redirect(round_)
    lead = "Everybody invited is told, and reminders start afresh."
    return form_page(request, round_, form, "Move the deadline", lead=lead, button="Move the deadline")


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_late(request, reference):
    """Accept one organisation's case after the deadline (C3)."""
    round_ = get_round(request, reference)
    refuse_if(rules.why_not_accept_late(round_, user=request.user, on=timezone.localdate()), round_)
    form = LateForm(request.POST if request.method == "POST" else None, round=round_)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "round": round_, "by": request.user, "at": timezone.now()}
        if try_action(form, actions.accept_late, **given):
            messages.success(request, f"A late case of {form.cleaned_data['organisation']} is accepted")
            return redirect(round_)
    lead = "The deadline stays as it is for everybody else."
    return form_page(request, round_, form, "Accept a late case", lead=lead, button="Accept it")


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_copy(request, reference):
    """Copy last year's allocations, each with where it came from (C1)."""
    round_ = get_round(request, reference)
    refuse_if(rules.why_not_set_allocation(round_, user=request.user, on=timezone.localdate()), round_)
    form = CopyForm(request.POST if request.method == "POST" else None, round=round_)
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["from_round"]
        made = actions.copy_allocations(round=round_, from_round=source, by=request.user, at=timezone.now())
        messages.success(request, f"{len(made)} allocation{'' if len(made) == 1 else 's'} copied from {source.name}")
        return redirect(round_)
    lead = "Each organisation gets the same sum as last year. Those already in this round are left as they are."
    return form_page(request, round_, form, "Copy last year’s allocations", lead=lead, button="Copy")


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_allocation_add(request, reference):
    """Invite one more organisation, with its sum."""
    round_ = get_round(request, reference)
    refuse_if(rules.why_not_set_allocation(round_, user=request.user, on=timezone.localdate()), round_)
    posted = request.POST if request.method == "POST" else None
    form = AllocationForm(posted, round=round_, by_formula=by_formula(round_))
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data.pop("organisation")
        if saved := save_allocation(request, round_, organisation, form):
            return saved
    return form_page(request, round_, form, "Add an allocation")


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_allocation(request, reference, key):
    """Change one allocation of a round that is being prepared."""
    round_ = get_round(request, reference)
    allocation = get_allocation(round_, key)
    refuse_if(rules.why_not_set_allocation(round_, user=request.user, on=timezone.localdate()), round_)
    initial = {name: getattr(allocation, name) for name in AllocationForm.base_fields}
    given = {"data": request.POST} if request.method == "POST" else {"initial": initial}
    form = AllocationForm(**given, by_formula=by_formula(round_))
    posted = request.method == "POST" and form.is_valid()
    if posted and (saved := save_allocation(request, round_, allocation.organisation, form)):
        return saved
    title = f"Allocation of {allocation.organisation}"
    return form_page(request, round_, form, title, allocation=allocation)


def by_formula(round_):
    """Whether a formula sets the sums, so that its result is never typed."""
    return round_.rule_set.money_set_by == MoneySetBy.FORMULA


def save_allocation(request, round_, organisation, form):
    """Set the allocation as typed; both parts empty means the rule set's split."""
    given = dict(form.cleaned_data)
    if given["main_amount"] is None and given["tactical_amount"] is None:
        del given["main_amount"], given["tactical_amount"]
    given |= {"round": round_, "organisation": organisation, "by": request.user, "at": timezone.now()}
    if not try_action(form, actions.set_allocation, **given):
        return None
    messages.success(request, f"Allocation of {organisation} saved")
    return redirect(round_)


@access.require(Permission.ROUND_MANAGE)
@require_POST
def round_allocation_remove(request, reference, key):
    """Take an organisation out of a round that is being prepared."""
    round_ = get_round(request, reference)
    allocation = get_allocation(round_, key)
    actions.remove_allocation(allocation=allocation, by=request.user, at=timezone.now())
    messages.success(request, f"{allocation.organisation} was taken out of the round")
    return redirect(round_)


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_cut(request, reference, key):
    """Cut one part of an allocation, with the reason (C5)."""
    round_ = get_round(request, reference)
    allocation = get_allocation(round_, key)
    refuse_if(rules.why_not_change_allocation(allocation, user=request.user, on=timezone.localdate()), round_)
    form = MovementForm(request.POST) if request.method == "POST" else MovementForm(initial={"window": "MAIN"})
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "allocation": allocation, "by": request.user, "at": timezone.now()}
        if try_action(form, actions.cut_allocation, **given):
            messages.success(request, f"The allocation of {allocation.organisation} was cut. They have been told.")
            return redirect(round_)
    lead = "Cases already sent in stand. If the tactical pot is then above its share, no new tactical case can come in."
    title = f"Cut the allocation of {allocation.organisation}"
    return form_page(request, round_, form, title, lead=lead, button="Cut it", allocation=allocation)


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_exception(request, reference, key):
    """Record that a part of an allocation may be exceeded, with the reason."""
    round_ = get_round(request, reference)
    allocation = get_allocation(round_, key)
    refuse_if(rules.why_not_change_allocation(allocation, user=request.user, on=timezone.localdate()), round_)
    form = MovementForm(request.POST) if request.method == "POST" else MovementForm(initial={"window": "MAIN"})
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "allocation": allocation, "by": request.user, "at": timezone.now()}
        if try_action(form, actions.record_exception, **given):
            messages.success(request, f"The exception for {allocation.organisation} is recorded. They have been told.")
            return redirect(round_)
    lead = "The tactical pot can never be larger than its share of the allocation as opened."
    title = f"Record an exception for {allocation.organisation}"
    return form_page(request, round_, form, title, lead=lead, button="Record it", allocation=allocation)
