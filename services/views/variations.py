"""Pages of agreed changes of contracts: drafted, put to a decision, decided, withdrawn."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from records import queries as records_queries
from records.refusals import refuse_if

from .. import queries
from ..actions import variations as actions
from ..enums import VariationStatus
from ..forms import variations as forms
from ..rules import variations as rules
from . import hub
from .details import EDITING, found, posted


@require_safe
@access.require(Permission.CONTRACT_READ)
def variation_list(request, reference):
    """The variations of one contract that this person may see."""
    contract = found(request, reference)
    context = {
        **hub.frame(contract, request.user, here="services:variation_list"),
        "variations": queries.variations.summary_of(contract, request.user),
        "why_no_draft": rules.why_not_draft(contract, user=request.user, on=timezone.localdate()),
    }
    return render(request, "services/variation_list.html", context)


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_MANAGE)
def variation_new(request, reference):
    """Draft a variation: first of what kind, then what changes."""
    contract, on = found(request, reference), timezone.localdate()
    refuse_if(rules.why_not_draft(contract, user=request.user, on=on), contract)
    kind = request.GET.get("kind")
    if kind not in forms.FORMS:
        asked = forms.KindForm(request.GET if "kind" in request.GET else None, contract=contract, on=on)
        return _form(request, contract, asked, "Vary the contract")
    form = forms.FORMS[kind](posted(request), contract=contract, on=on)
    if form.is_bound and form.is_valid():
        variation = actions.draft_variation(contract=contract, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The draft is saved. Check before and after, then put it to a decision.")
        return redirect(variation)
    return _form(request, contract, form, f"Vary the contract: {form.KIND.label.lower()}")


def _form(request, contract, form, title, variation=None):
    rows = queries.variations.rows_of(variation) if variation else []
    context = {**hub.frame(contract, request.user), "form": form, "title": title, "rows": rows, "variation": variation}
    return render(request, "services/variation_edit.html", context)


def _variation(request, reference, number):
    rows = queries.variations.visible_variations(request.user)
    return get_object_or_404(rows.select_related("contract__provider"), contract__reference=reference, number=number)


@require_safe
@access.require(Permission.CONTRACT_READ)
def variation_show(request, reference, number):
    """One variation: before and after side by side, its decision, its letter, its history."""
    variation = _variation(request, reference, number)
    inside = access.is_office(request.user)
    context = {
        **hub.frame(variation.contract, request.user),
        "variation": variation,
        "rows": queries.variations.rows_of(variation),
        "moves": _moves(variation, request.user, timezone.localdate()),
        "inside": inside,
        "history": records_queries.history(variation) if inside else [],
    }
    return render(request, "services/variation_show.html", context)


def _moves(variation, user, on):
    """What this person can do with the variation now, and why not the rest."""
    address, moves = variation.get_absolute_url(), []
    if access.may(user, Permission.CONTRACT_MANAGE) and variation.status == VariationStatus.DRAFT:
        why = rules.why_not_submit(variation, user=user, on=on)
        moves.append({"label": "Put it to a decision", "url": f"{address}submit/", "why_not": why, "method": "post"})
    if access.may(user, Permission.DECISION_MAKE) and variation.status == VariationStatus.SUBMITTED:
        why = rules.why_not_decide(variation, user=user, on=on)
        moves.append({"label": "Decide", "url": f"{address}decide/", "why_not": why, "method": "get"})
    if not rules.why_not_withdraw(variation, user=user, on=on):
        withdraw = {"label": "Withdraw", "url": f"{address}withdraw/", "why_not": "", "method": "get"}
        moves.append({**withdraw, "style": "secondary"})
    return moves


@require_POST
@access.require(Permission.CONTRACT_MANAGE)
def variation_submit(request, reference, number):
    """Put a draft before who may decide."""
    variation = _variation(request, reference, number)
    actions.submit_variation(variation=variation, by=request.user, at=timezone.now())
    messages.success(request, "The variation waits for its decision. Those who may decide have been told.")
    return redirect(variation)


@require_http_methods(EDITING)
@access.require(Permission.DECISION_MAKE)
def variation_decide(request, reference, number):
    """Agree to a variation or decline it."""
    variation, on = _variation(request, reference, number), timezone.localdate()
    refuse_if(rules.why_not_decide(variation, user=request.user, on=on), variation)
    form = forms.DecisionForm(posted(request), variation=variation, user=request.user, on=on)
    if form.is_bound and form.is_valid():
        actions.decide_variation(variation=variation, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The decision is in the register.")
        return redirect(variation)
    return _form(request, variation.contract, form, f"Decide: {variation.title}", variation)


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_MANAGE)
def variation_withdraw(request, reference, number):
    """Take a variation back before it is decided."""
    variation = _variation(request, reference, number)
    refuse_if(rules.why_not_withdraw(variation, user=request.user, on=timezone.localdate()), variation)
    form = forms.WithdrawForm(posted(request))
    if form.is_bound and form.is_valid():
        actions.withdraw_variation(variation=variation, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The variation is withdrawn.")
        return redirect(variation)
    return _form(request, variation.contract, form, "Withdraw the variation", variation)
