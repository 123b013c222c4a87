"""What a finance officer types about invoices under a contract."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from plans.models import FundingSource
from records.formfields import GovDateField, GovField, GovForm, MoneyField

from ..rules import money as rules


class InvoiceForm(GovForm):
    """An invoice the provider sent."""

    invoice = forms.CharField(label="Invoice number", max_length=60)
    amount = MoneyField(label="Amount", min_value=0)
    received_on = GovDateField(label="Received on", help_text="It is due thirty days after this day.")
    covers_from = GovDateField(label="From")
    covers_to = GovDateField(label="To")
    funding_source = forms.ModelChoiceField(
        FundingSource.objects.none(), label="Source of funds", required=False, empty_label="Not split"
    )
    note = forms.CharField(label="Note", required=False, max_length=1000, widget=forms.Textarea)

    def __init__(self, *args, contract, on, **kwargs):
        self.contract, self.on = contract, on
        super().__init__(*args, **kwargs)
        paying = contract.funding.values("funding_source")
        self.fields["funding_source"].queryset = FundingSource.objects.filter(pk__in=paying).order_by("name")
        self.helper = FormHelper()
        self.helper.layout = Layout(
            GovField("invoice", width=20),
            GovField("amount", width=10),
            "received_on",
            Fieldset("Time it covers", "covers_from", "covers_to", legend_size="m"),
            "funding_source",
            GovField("note", rows=3),
        )
        self.helper.add_input(Submit("save", "Record the invoice"))

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError("Enter an amount above nothing")
        return amount

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        asked = {name: cleaned[name] for name in cleaned if name not in {"amount", "note"}}
        if why := rules.why_not_this_invoice(self.contract, **asked, on=self.on):
            self.add_error(self.field_of(why), why)
        return cleaned

    def field_of(self, why):
        """The field a sentence of the rule is about."""
        words = {"received": "received_on", "recorded already": "invoice", "spent on": "funding_source"}
        return next((field for word, field in words.items() if word in why), "covers_to")


class PaidForm(GovForm):
    """The day an invoice was paid."""

    paid_on = GovDateField(label="Paid on")

    def __init__(self, *args, payment, user, on, **kwargs):
        self.payment, self.user, self.on = payment, user, on
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("paid_on")
        self.helper.add_input(Submit("save", "Mark as paid"))

    def clean_paid_on(self):
        paid_on = self.cleaned_data["paid_on"]
        if why := rules.why_not_mark_paid(self.payment, user=self.user, on=self.on, paid_on=paid_on):
            raise forms.ValidationError(why)
        return paid_on


class DisputeForm(GovForm):
    """What is disputed about an invoice, or how that was settled."""

    reason = forms.CharField(label="What is disputed?", max_length=1000, widget=forms.Textarea)

    def __init__(self, *args, settles=False, **kwargs):
        super().__init__(*args, **kwargs)
        if settles:
            self.fields["reason"].label = "How was it settled?"
        self.helper = FormHelper()
        self.helper.layout = Layout(GovField("reason", rows=4))
        self.helper.add_input(Submit("save", "Settle the dispute" if settles else "Dispute the invoice"))
