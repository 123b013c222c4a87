"""Pages on which officers enter a contract and what stands beside it, and mark it as ended."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if

from .. import queries
from ..actions import details as actions
from ..forms import details as forms
from ..rules import details as rules
from . import hub

EDITING = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Part:
    """One kind of row beside a contract: its words, where its rows are, its form and its verb."""

    noun: str
    rows: str
    form: type
    write: Callable
    argument: str
    back: str


PARTS = {
    "parties": Part("partner or subcontractor", "parties", forms.PartyForm, actions.write_party, "party", "people"),
    "lots": Part("lot", "lots", forms.LotForm, actions.write_lot, "lot", "services"),
    "services": Part("service", "additional_services", forms.ServiceForm, actions.write_service, "service", "services"),
    "options": Part("option to extend", "options", forms.OptionForm, actions.write_option, "option", "options"),
    "values": Part("value of a period", "values", forms.ValueForm, actions.write_value, "value", "money"),
    "sources": Part("source of funds", "funding", forms.SourceForm, actions.write_source, "funding", "money"),
    "references": Part(
        "reference", "references", forms.ReferenceForm, actions.write_reference, "reference", "references"
    ),
}


def posted(request):
    return request.POST if request.method == "POST" else None


def found(request, reference):
    """The contract, for somebody who may open it."""
    return get_object_or_404(queries.contracts_for(request.user), reference=reference)


def _part(name):
    if name not in PARTS:
        raise Http404
    return PARTS[name]


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_MANAGE)
def contract_new(request):
    """Enter a contract on screen."""
    form = forms.ContractForm(posted(request))
    if form.is_bound and form.is_valid():
        contract = actions.enter_contract(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"{contract.reference} is entered. Add its options, values and documents now.")
        return redirect(contract)
    context = {"form": form, "title": "Enter a contract", "breadcrumbs": hub.list_crumbs()}
    return render(request, "services/contract_edit.html", context)


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_MANAGE)
def contract_edit(request, reference):
    """Set right what the entry of a contract says."""
    contract = found(request, reference)
    form = forms.ContractForm(posted(request), contract=contract, row=contract)
    if form.is_bound and form.is_valid():
        actions.change_contract(contract=contract, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The entry is saved.")
        return redirect(contract)
    context = {**hub.frame(contract, request.user), "form": form, "title": "Change the entry"}
    return render(request, "services/contract_edit.html", context)


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_MANAGE)
def contract_end(request, reference):
    """Mark a contract as ended, once its term is over."""
    contract = found(request, reference)
    term = queries.term(contract)
    refuse_if(rules.why_not_end(contract, user=request.user, on=timezone.localdate(), ends_on=term.ends_on), contract)
    form = forms.WhyForm(posted(request), contract=contract, word="Mark the contract as ended")
    if form.is_bound and form.is_valid():
        actions.end_contract(contract=contract, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The contract has ended. It stays in the register with all that happened.")
        return redirect(contract)
    context = {**hub.frame(contract, request.user), "form": form, "term": term}
    return render(request, "services/contract_end.html", context)


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_MANAGE)
def contract_row_new(request, reference, part):
    """Add one row beside a contract."""
    return _edit(request, reference, part)


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_MANAGE)
def contract_row_edit(request, reference, part, pk):
    """Change one row beside a contract."""
    return _edit(request, reference, part, pk)


def _edit(request, reference, name, pk=None):
    part, contract = _part(name), found(request, reference)
    row = get_object_or_404(getattr(contract, part.rows), pk=pk) if pk else None
    form = part.form(posted(request), contract=contract, row=row)
    if form.is_bound and form.is_valid():
        written = {part.argument: row, **form.cleaned_data}
        part.write(contract=contract, **written, by=request.user, at=timezone.now())
        messages.success(request, f"The {part.noun} is saved.")
        return redirect(f"{contract.get_absolute_url()}#{part.back}")
    title = f"Change the {part.noun}" if row else f"Add a {part.noun}".replace("a option", "an option")
    context = {
        **hub.frame(contract, request.user),
        "form": form,
        "title": title,
        "removable": row and not rules.why_not_remove(row),
        "part": name,
        "row": row,
    }
    return render(request, "services/contract_edit.html", context)


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_MANAGE)
def contract_row_remove(request, reference, part, pk):
    """Take away a row beside a contract, with a reason."""
    chosen, contract = _part(part), found(request, reference)
    row = get_object_or_404(getattr(contract, chosen.rows), pk=pk)
    refuse_if(rules.why_not_remove(row), contract)
    form = forms.WhyForm(posted(request), contract=contract, word=f"Remove the {chosen.noun}")
    if form.is_bound and form.is_valid():
        actions.remove_row(contract=contract, row=row, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"The {chosen.noun} is removed. The history keeps it.")
        return redirect(f"{contract.get_absolute_url()}#{chosen.back}")
    context = {**hub.frame(contract, request.user), "form": form, "title": f"Remove the {chosen.noun}", "removed": row}
    return render(request, "services/contract_edit.html", context)
