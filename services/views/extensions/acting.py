"""How a form and an action of an extension decision meet: a refusal stands over the form, nothing typed is lost."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts import access
from records.refusals import Refused, refuse_if

from ... import queries
from ...queries import extensions
from ..hub import frame

HERE = "services:extension_list"


def fetch_contract(request, reference):
    """The contract, if this person may see it and is no partner's or subcontractor's."""
    contract = get_object_or_404(queries.contracts_for(request.user), reference=reference)
    if not access.is_office(request.user) and not access.belongs_to(request.user, contract.provider):
        raise Http404
    return contract


def fetch(request, reference, number):
    """One case of a contract this person may see; a provider sees one it was asked or told about."""
    contract = fetch_contract(request, reference)
    case = get_object_or_404(extensions.case_by(contract, number))
    case.contract = contract
    if not access.is_office(request.user) and not extensions.told_of(case):
        raise Http404
    return case


def act_page(request, case, form, *, title, lead="", template="services/extension_act.html", **more):
    """The page of one act."""
    context = {
        **frame(case.contract, request.user, here=HERE), "case": case, "form": form, "title": title, "lead": lead,
        "today": timezone.localdate(), **more,
    }  # fmt: skip
    return render(request, template, context)


def act(request, case, form, *, why_not, action, done, title, arguments, **page):
    """The whole of an act: may this person, ask, act, go back to the case.

    `arguments` turns what was typed into what the action takes.
    """
    refuse_if(why_not(case, user=request.user, on=timezone.localdate()), case)
    if form.is_bound and form.is_valid():
        try:
            action(case=case, **arguments(form.cleaned_data), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, done)
            return redirect(case)
    return act_page(request, case, form, title=title, **page)


def posted(request):
    """What was posted, or None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
