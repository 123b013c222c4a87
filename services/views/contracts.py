"""Pages of contracts: the list, one contract with its dates, and the date of a decision."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from plans.queries import asked_by
from records import lists
from records import queries as records_queries
from records.refusals import refuse_if

from .. import actions, filters, queries, rules
from ..forms import contracts as forms
from ..models import Contract, ExtensionOption
from . import hub

SORTS = {
    "reference": "reference",
    "name": "name",
    "provider": "provider__name",
    "starts_on": "starts_on",
    "value": "annual_value",
}
CSV_HEADER = [
    "Reference", "Contract", "Provider", "Stream", "Status", "Starts", "First term ends", "Current end",
    "Latest possible end", "Next decision by", "Annual value in pounds", "Year of the value", "Example data", "Source",
]  # fmt: skip


@require_safe
@access.require(Permission.CONTRACT_READ)
def contract_list(request):
    """Contracts with their dates; as CSV with `?format=csv`."""
    found = filters.ContractFilter(request.GET, queryset=queries.contracts_for(request.user))
    contracts = lists.sort(request, found.qs, SORTS)
    if request.GET.get("format") == "csv":
        return lists.csv_response("contracts", CSV_HEADER, (_csv_row(row) for row in queries.rows(contracts)))
    page = lists.paginate(request, contracts)
    context = {
        "filter": found,
        "page_obj": page,
        "rows": queries.rows(page),
        "count": page.paginator.count,
        "today": timezone.localdate(),
        "manages": access.may(request.user, Permission.CONTRACT_MANAGE),
    }
    return render(request, "services/contract_list.html", context)


def _csv_row(row):
    contract, term = row.contract, row.term
    return [
        contract.reference,
        contract.name,
        contract.provider.name if contract.provider else "",
        contract.stream.name if contract.stream else "",
        contract.get_status_display(),
        contract.starts_on,
        term.initial_ends_on,
        term.ends_on,
        term.latest_ends_on,
        row.decide_by,
        contract.annual_value,
        contract.annual_value_year,
        contract.is_example,
        contract.source,
    ]


@require_safe
@access.require(Permission.CONTRACT_READ)
def contract_show(request, reference):
    """One contract: its dates, options, value, sources and history."""
    contract = get_object_or_404(queries.contracts_for(request.user), reference=reference)
    [row] = queries.rows([contract])
    manages, on = access.may(request.user, Permission.CONTRACT_MANAGE), timezone.localdate()
    context = {
        **hub.frame(contract, request.user, here="services:contract_show"),
        **hub.parts(contract, request.user, on=on),
        "term": row.term,
        "row": row,
        "returns": queries.returns_owed(contract),
        "may_ask": access.may(request.user, Permission.RETURN_REVIEW) and contract.rule_set_id and contract.provider_id,
        "why_no_rules": rules.why_not_give_rule_set(contract, user=request.user, on=on),
        "why_not_end": rules.details.why_not_end(contract, user=request.user, on=on, ends_on=row.term.ends_on),
        "manages": manages,
        "today": on,
        "history": hub.history(contract, request.user),
    }
    if access.may(request.user, Permission.NOTICE_LOG_READ):
        context["notices"] = records_queries.notices_about(contract, *contract.options.all())[:50]
    return render(request, "services/contract_show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def option_edit(request, reference, number):
    """When an option must be decided: notice period or window, with the reason for the change."""
    contract = get_object_or_404(Contract.objects.visible_to(request.user), reference=reference)
    option = get_object_or_404(ExtensionOption.objects.select_related("contract"), contract=contract, number=number)
    refuse_if(rules.why_not_set_decide_by(option, user=request.user, on=timezone.localdate()), option)
    start = {
        name: getattr(option, name)
        for name in ("notice_months", "printed_window", "window_starts_on", "window_ends_on", "event_days")
    }
    start["event"] = option.event.key if option.event else None
    form = forms.DecideByForm(request.POST or None, option=option, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.set_decide_by(option=option, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"The date of option {number} is saved. Its reminders follow it.")
        return redirect(contract)
    term = next(term for term in queries.term(contract).options if term.option.pk == option.pk)
    return render(
        request, "services/option_edit.html", {"form": form, "contract": contract, "option": option, "term": term}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def contract_rules(request, reference):
    """Put a contract under a rule set, so that its provider owes the returns of those rules."""
    contract = get_object_or_404(queries.contracts_for(request.user), reference=reference)
    refuse_if(rules.why_not_give_rule_set(contract, user=request.user, on=timezone.localdate()), contract)
    rule_sets = queries.rule_sets().exclude(pk=contract.rule_set_id)
    form = forms.RuleSetForm(request.POST if request.method == "POST" else None, rule_sets=rule_sets)
    if form.is_bound and form.is_valid():
        actions.give_rule_set(contract=contract, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(
            request, "The contract is under these rules. The provider has been told what it owes and when."
        )
        return redirect(contract)
    offered = [(rule_set, asked_by(rule_set)) for rule_set in rule_sets]
    return render(request, "services/contract_rules.html", {"form": form, "contract": contract, "offered": offered})
