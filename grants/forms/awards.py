"""Forms of awards and payments: accepting terms, paying, asking back."""

from django import forms

from records.formfields import GovDateField, GovField, MoneyField

from .acting import ActForm, long_text


class AcceptanceForm(ActForm):
    """The signatory accepts the terms, in a position."""

    button = "Accept the terms"
    position = forms.CharField(
        label="Your position", max_length=120, help_text="For example: Head of Community Safety."
    )
    agrees = forms.BooleanField(label="I am authorised to accept these terms for the organisation that is paid")

    def rows(self):
        return [GovField("position", width="two-thirds"), "agrees"]


class ConfirmationForm(ActForm):
    """An officer's confirmation of a condition, with what they saw."""

    button = "Confirm the condition"
    evidence = long_text("Evidence you have seen", help_text="Which document or event, and when.")


class PaymentForm(ActForm):
    """The bank's act on a released instalment, or on a repayment."""

    button = "Record the payment"
    paid_on = GovDateField(label="Day of payment", noun="day of payment", help_text="For example, 3 4 2020")
    payment_reference = forms.CharField(
        label="Payment reference", max_length=60, help_text="From the bank or the ledger."
    )

    def __init__(self, *args, on=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].latest = on

    def rows(self):
        return ["paid_on", GovField("payment_reference", width=20)]


class RepaymentForm(PaymentForm):
    """The arrival of a repayment."""

    button = "Record the repayment"
    amount = MoneyField(
        label="Sum received", required=False, help_text="If less came than was asked for, the rest stays asked for."
    )

    def __init__(self, *args, left, **kwargs):
        super().__init__(*args, initial={"amount": left}, **kwargs)
        self.fields["amount"].max_value = left
        self.fields["paid_on"].label = "Day it was received"
        self.fields["paid_on"].noun = "day it was received"

    def rows(self):
        return [GovField("amount", width=10), *super().rows()]


class RepaymentRequestForm(ActForm):
    """Unspent money asked back."""

    button = "Ask for the repayment"
    amount = MoneyField(label="Sum to be repaid", min_value=None)
    reason = long_text("Reason", help_text="The recipient is told.", rows=3)

    def __init__(self, *args, left, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].max_value = left

    def rows(self):
        return [GovField("amount", width=10), "reason"]
