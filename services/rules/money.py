"""What may be recorded of money paid under a contract, and when not. Finance officers record it."""

from accounts import access
from accounts.roles import Permission
from records.words import day_in_words

NOT_YOURS = "Only finance officers record what is paid under contracts."


def why_not_record_invoice(contract, *, user, on):
    """Why this person cannot record an invoice under the contract now; "" when they can."""
    if not access.may(user, Permission.CONTRACT_PAY):
        return NOT_YOURS
    return "" if contract.provider_id else "No provider is recorded for this contract, so nobody could send an invoice."


def why_not_this_invoice(contract, *, invoice, covers_from, covers_to, received_on, funding_source, on):
    """Why these figures cannot stand; "" when they can. Shared with the form."""
    if covers_to < covers_from:
        return "The last day it covers must be on or after the first."
    if covers_to < contract.starts_on:
        return f"The contract starts on {day_in_words(contract.starts_on)}, after the time this invoice covers."
    if received_on > on:
        return "The invoice cannot have been received after today."
    if contract.payments.filter(invoice=invoice).exists():
        return f"Invoice {invoice} is recorded already."
    if funding_source and contract.stream and not funding_source.may_pay_for(contract.stream):
        return f"{funding_source.name} may not be spent on {contract.stream.name}. Choose another source."
    return ""


def why_not_mark_paid(payment, *, user, on, paid_on=None):
    """Why an invoice cannot be marked as paid; "" when it can."""
    if not access.may(user, Permission.CONTRACT_PAY):
        return NOT_YOURS
    if payment.is_recorded:
        return "This payment was loaded as a past fact, so it stays as it is."
    if payment.paid_on:
        return f"This invoice was paid on {day_in_words(payment.paid_on)}."
    if payment.is_disputed:
        return "This invoice is disputed. Say first that the dispute is settled."
    if paid_on is None:
        return ""
    if payment.received_on and paid_on < payment.received_on:
        return f"It was received on {day_in_words(payment.received_on)}. It cannot have been paid before that."
    return "It cannot have been paid after today." if paid_on > on else ""


def why_not_dispute(payment, *, user, on, reason=None):
    """Why an invoice cannot be disputed, or its dispute settled; "" when it can."""
    if not access.may(user, Permission.CONTRACT_PAY):
        return NOT_YOURS
    if payment.is_recorded:
        return "This payment was loaded as a past fact, so it stays as it is."
    if payment.paid_on:
        return f"This invoice was paid on {day_in_words(payment.paid_on)}."
    return "" if reason is None or reason.strip() else "Say what is disputed, or how it was settled."
