"""Pages of the documents of a contract. The files themselves are served by the portal's one view of documents."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission

from .. import queries
from ..actions import documents as actions
from ..forms import details as detail_forms
from ..forms import documents as forms
from . import hub
from .details import EDITING, found, posted


def _list_of(contract):
    return redirect("services:document_list", contract.reference)


@require_safe
@access.require(Permission.CONTRACT_READ)
def document_list(request, reference):
    """The documents of a contract, with their copies for the public, and its references."""
    contract = found(request, reference)
    context = {
        **hub.frame(contract, request.user, here="services:document_list"),
        "documents": queries.documents.summary_of(contract, request.user),
    }
    return render(request, "services/document_list.html", context)


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_MANAGE)
def document_new(request, reference):
    """Add a document to a contract."""
    contract = found(request, reference)
    form = forms.DocumentForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        actions.add_document(contract=contract, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The document is kept.")
        return _list_of(contract)
    return _form(request, contract, form, "Add a document")


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_MANAGE)
def document_public(request, reference, pk):
    """Say which copy of a document may be published."""
    contract = found(request, reference)
    row = get_object_or_404(queries.documents.documents_of(contract), pk=pk)
    form = forms.PublicCopyForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        actions.set_public_copy(contract_document=row, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The copy for the public is saved.")
        return _list_of(contract)
    return _form(request, contract, form, f"Copy for the public: {row.title}")


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_MANAGE)
def document_remove(request, reference, pk):
    """Take a document off a contract, with a reason."""
    contract = found(request, reference)
    row = get_object_or_404(queries.documents.documents_of(contract), pk=pk)
    form = detail_forms.WhyForm(posted(request), contract=contract, word="Remove the document")
    if form.is_bound and form.is_valid():
        actions.remove_document(contract_document=row, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The document is removed. The history keeps it.")
        return _list_of(contract)
    return _form(request, contract, form, f"Remove {row.title}")


def _form(request, contract, form, title):
    context = {**hub.frame(contract, request.user), "form": form, "title": title}
    return render(request, "services/contract_edit.html", context)
