"""Writes of what is invoiced and paid under a contract (duties: thirty days)."""

from datetime import timedelta

from django.db import transaction

from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if
from records.words import pounds

from ..models import Contract, ContractPayment
from ..rules import money as rules

DAYS_TO_PAY = timedelta(days=30)


@transaction.atomic
def record_invoice(
    *, contract, invoice, amount, covers_from, covers_to, received_on, funding_source=None, note="", by, at
):
    """Record an invoice of the provider; it is due thirty days after it was received."""
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    on = london_day(at)
    refuse_if(rules.why_not_record_invoice(contract, user=by, on=on), contract)
    refuse_if(
        rules.why_not_this_invoice(
            contract,
            invoice=invoice,
            covers_from=covers_from,
            covers_to=covers_to,
            received_on=received_on,
            funding_source=funding_source,
            on=on,
        ),
        contract,
    )
    payment = ContractPayment.objects.create(
        contract=contract,
        invoice=invoice,
        amount=amount,
        covers_from=covers_from,
        covers_to=covers_to,
        received_on=received_on,
        due_on=received_on + DAYS_TO_PAY,
        funding_source=funding_source,
        note=note,
    )
    log(contract, "invoice_recorded", by=by, at=at, summary=f"Invoice {invoice} of {pounds(amount)} recorded")
    return payment


@transaction.atomic
def mark_paid(*, payment, paid_on, by, at):
    """Say on which day an invoice was paid."""
    payment = _locked(payment)
    refuse_if(rules.why_not_mark_paid(payment, user=by, on=london_day(at), paid_on=paid_on), payment.contract)
    ContractPayment.objects.filter(pk=payment.pk).update(paid_on=paid_on)
    words = f"Invoice {payment.invoice} of {pounds(payment.amount)} paid"
    log(payment.contract, "paid", by=by, at=at, summary=words, changes={"paid_on": ["", paid_on.isoformat()]})
    payment.refresh_from_db()
    return payment


@transaction.atomic
def set_dispute(*, payment, is_disputed, reason, by, at):
    """Dispute an invoice, or say that the dispute is settled."""
    payment = _locked(payment)
    refuse_if(rules.why_not_dispute(payment, user=by, on=london_day(at), reason=reason), payment.contract)
    ContractPayment.objects.filter(pk=payment.pk).update(is_disputed=is_disputed)
    words = f"Invoice {payment.invoice} {'disputed' if is_disputed else 'no longer disputed'}"
    log(payment.contract, "disputed" if is_disputed else "settled", by=by, at=at, reason=reason.strip(), summary=words)
    payment.refresh_from_db()
    return payment


def _locked(payment):
    rows = ContractPayment.objects.select_for_update(of=("self",)).select_related("contract")
    return rows.get(pk=payment.pk)
