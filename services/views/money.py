"""Pages of what is invoiced and paid under a contract."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records import lists
from records.refusals import refuse_if

from .. import queries
from ..actions import money as actions
from ..forms import money as forms
from ..rules import money as rules
from . import hub
from .details import EDITING, found, posted

CSV_HEADER = [
    "Contract", "Invoice", "Amount in pounds", "Covers from", "Covers to", "Received", "Due", "Paid", "Days to pay",
    "Disputed", "Source of funds", "Recorded from a file", "Source",
]  # fmt: skip


@require_safe
@access.require(Permission.CONTRACT_READ)
def payment_list(request, reference):
    """Invoices under one contract, how soon they were paid, and what the contract is worth."""
    contract = found(request, reference)
    payments = queries.money.payments_of(contract)
    if request.GET.get("format") == "csv":
        return lists.csv_response(f"{contract.reference}-payments", CSV_HEADER, map(_csv_row, payments))
    on = timezone.localdate()
    page = lists.paginate(request, payments)
    for payment in page:
        payment.why_not_pay = rules.why_not_mark_paid(payment, user=request.user, on=on)
        payment.why_not_dispute = rules.why_not_dispute(payment, user=request.user, on=on)
    context = {
        **hub.frame(contract, request.user, here="services:payment_list"),
        "page_obj": page,
        "money": queries.money_of(contract, on=on),
        "prompt": queries.money.promptness(payments),
        "why_no_invoice": rules.why_not_record_invoice(contract, user=request.user, on=on),
        "pays": access.may(request.user, Permission.CONTRACT_PAY),
        "today": on,
    }
    return render(request, "services/payment_list.html", context)


def _csv_row(payment):
    days = (payment.paid_on - payment.received_on).days if payment.paid_on and payment.received_on else ""
    return [
        payment.contract.reference,
        payment.invoice,
        payment.amount,
        payment.covers_from,
        payment.covers_to,
        payment.received_on,
        payment.due_on,
        payment.paid_on,
        days,
        payment.is_disputed,
        payment.funding_source.name if payment.funding_source else "",
        payment.is_recorded,
        payment.source,
    ]


def _list_of(contract):
    return redirect("services:payment_list", contract.reference)


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_PAY)
def payment_new(request, reference):
    """Record an invoice of the provider."""
    contract, on = found(request, reference), timezone.localdate()
    refuse_if(rules.why_not_record_invoice(contract, user=request.user, on=on), contract)
    form = forms.InvoiceForm(posted(request), contract=contract, on=on)
    if form.is_bound and form.is_valid():
        payment = actions.record_invoice(contract=contract, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"Invoice {payment.invoice} is recorded. It is due by {queries.say(payment.due_on)}.")
        return _list_of(contract)
    return _form(request, contract, form, "Record an invoice")


def _payment(request, reference, pk):
    contract = found(request, reference)
    return contract, get_object_or_404(contract.payments.select_related("contract"), pk=pk)


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_PAY)
def payment_pay(request, reference, pk):
    """Say on which day an invoice was paid."""
    contract, payment = _payment(request, reference, pk)
    on = timezone.localdate()
    refuse_if(rules.why_not_mark_paid(payment, user=request.user, on=on), contract)
    form = forms.PaidForm(posted(request), payment=payment, user=request.user, on=on, initial={"paid_on": on})
    if form.is_bound and form.is_valid():
        actions.mark_paid(payment=payment, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"Invoice {payment.invoice} is marked as paid.")
        return _list_of(contract)
    return _form(request, contract, form, f"Mark invoice {payment.invoice} as paid", payment)


@require_http_methods(EDITING)
@access.require(Permission.CONTRACT_PAY)
def payment_dispute(request, reference, pk):
    """Dispute an invoice, or settle its dispute, with the reason."""
    contract, payment = _payment(request, reference, pk)
    refuse_if(rules.why_not_dispute(payment, user=request.user, on=timezone.localdate()), contract)
    settles = payment.is_disputed
    form = forms.DisputeForm(posted(request), settles=settles)
    if form.is_bound and form.is_valid():
        actions.set_dispute(
            payment=payment, is_disputed=not settles, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, "The dispute is settled." if settles else "The invoice is marked as disputed.")
        return _list_of(contract)
    title = f"Settle the dispute about invoice {payment.invoice}" if settles else f"Dispute invoice {payment.invoice}"
    return _form(request, contract, form, title, payment)


def _form(request, contract, form, title, payment=None):
    context = {**hub.frame(contract, request.user), "form": form, "title": title, "payment": payment}
    return render(request, "services/payment_edit.html", context)
