"""Forms of claims: money spent with its receipts, and the office's answer (X2)."""

from decimal import Decimal

from django import forms

from records.formfields import FilesField, GovDateField, GovField, GovRadios, MoneyField

from .acting import ActForm, long_text

ACCEPT, REFUSE = "accept", "refuse"


class ClaimForm(ActForm):
    """What was spent, on what, in which days, with receipts."""

    button = "Send the claim"
    amount = MoneyField(label="Sum you have spent", min_value=Decimal("0.01"))
    covers_from = GovDateField(label="Spent from", noun="first day", help_text="For example, 1 7 2020")
    covers_to = GovDateField(label="Spent until", noun="last day", help_text="For example, 30 9 2020")
    description = long_text("What it was spent on", help_text="By kind of cost, as in your budget.")
    receipts = FilesField(label="Receipts", help_text="One or several files: PDF, Word, Excel, PNG, JPG, CSV or text.")

    def __init__(self, *args, left, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].max_value = left

    def rows(self):
        return [GovField("amount", width=10), "covers_from", "covers_to", "description", "receipts"]


class ClaimAnswerForm(ActForm):
    """Accepted, whole or in part, or refused."""

    button = "Answer the claim"
    choice = forms.ChoiceField(
        label="Your answer",
        choices=[(ACCEPT, "Accept"), (REFUSE, "Refuse")],
        widget=GovRadios(hints={ACCEPT: "Enter the sum below. What you do not accept can be claimed again."}),
    )
    amount = MoneyField(label="Sum accepted", required=False)
    answer = long_text(
        "What you tell the recipient", required=False, help_text="Needed where you accept less, or refuse."
    )

    def __init__(self, *args, claimed, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].max_value = claimed

    def rows(self):
        return ["choice", GovField("amount", width=10), "answer"]

    def clean(self):
        answers = self.cleaned_data
        if answers.get("choice") == ACCEPT:
            self.need("amount", "Enter the sum you accept")
        if answers.get("choice") == REFUSE:
            self.need("answer", "Say why the claim is refused")
        return answers
