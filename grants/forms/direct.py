"""Forms of direct awards: the proposal with its money by source and period, advice, comment, decision (C9)."""

from decimal import Decimal

from django import forms

from accounts.models import Organisation
from plans.enums import MoneySetBy, StreamStanding
from plans.models import FundingSource, Priority, RuleSet, Stream
from records.enums import APPROVING, DecisionOutcome
from records.formfields import GovCheckboxes, GovDateField, GovField, GovForm, GovRadios, MoneyField

from ..rules.direct import OUTCOMES
from .acting import ActForm, long_text

O = DecisionOutcome  # noqa: E741 (the outcomes, many times over)
PENNY = Decimal("0.01")
HINTS = {
    O.APPROVED: "The whole sum proposed.",
    O.APPROVED_LOWER: "Less than was proposed. Enter the sum below; each source pays its share of it.",
    O.APPROVED_CONDITIONS: "Enter the sum and the conditions below.",
    O.DECLINED: "Nothing is funded.",
}
CHOICES = [(outcome, outcome.label) for outcome in OUTCOMES]


class ProposalForm(GovForm):
    """What is proposed, to whom, why without a round, under which rules, and for which days."""

    title = forms.CharField(label="Title of the award", max_length=200)
    stream = forms.ModelChoiceField(Stream.objects.none(), label="Stream", to_field_name="key")
    rule_set = forms.ModelChoiceField(
        RuleSet.objects.none(), label="Rules", to_field_name="key",
        help_text="Only rules whose money is set by direct award are listed.",
    )  # fmt: skip
    recipient = forms.ModelChoiceField(Organisation.objects.none(), label="Recipient", to_field_name="key")
    purpose = long_text("What the money is for")
    reason = long_text("Why it is awarded without a round", help_text="Published with the award.")
    outcomes = long_text("What should change", required=False, rows=4)
    priorities = forms.ModelMultipleChoiceField(
        Priority.objects.none(), label="Priorities it serves", required=False, widget=GovCheckboxes, to_field_name="key"
    )
    starts_on = GovDateField(label="First day", noun="first day", help_text="For example, 1 4 2020")
    ends_on = GovDateField(label="Last day", noun="last day", help_text="For example, 31 3 2021")

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        current = Stream.objects.filter(plan=plan, standing=StreamStanding.CURRENT)
        rule_sets = RuleSet.objects.filter(plan=plan, money_set_by=MoneySetBy.DIRECT)
        self.fields["stream"].queryset = current.order_by("order", "number")
        self.fields["rule_set"].queryset = rule_sets.order_by("name")
        self.fields["recipient"].queryset = Organisation.objects.exclude(kind="OFFICE").order_by("name")
        self.fields["priorities"].queryset = Priority.objects.filter(plan=plan).order_by("order")


class MoneyRow(GovForm):
    """What one source of funds pays in one period; without days, over the whole award."""

    noun = "source of funds"
    source = forms.ModelChoiceField(
        FundingSource.objects.none(), label="Source of funds", to_field_name="key", required=False
    )
    amount = MoneyField(label="Sum it pays", min_value=PENNY, required=False)
    starts_on = GovDateField(
        label="From", noun="first day", required=False, help_text="Leave empty for the whole of the award."
    )
    ends_on = GovDateField(label="To", noun="last day", required=False)

    def __init__(self, *args, sources, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources

    def clean(self):
        given = super().clean()
        if any(given.get(name) for name in ("source", "amount", "starts_on", "ends_on")):
            for name, sentence in (("source", "Choose the source of funds"), ("amount", "Enter the sum it pays")):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return given


class MoneyRows(forms.BaseFormSet):
    """Rows of money; they are added and removed by plain submit buttons."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.row_label = f"Source {index + 1}" if index is not None else "Source"


def money_in(rows, starts_on, ends_on):
    """(source, first day, last day, pounds) of every filled row of valid rows."""
    filled = [row.cleaned_data for row in rows.forms if row.cleaned_data.get("source")]
    return [(row["source"], row["starts_on"] or starts_on, row["ends_on"] or ends_on, row["amount"]) for row in filled]


MoneyFormSet = forms.formset_factory(MoneyRow, formset=MoneyRows, extra=0, min_num=1, max_num=30)


class AdviceForm(ActForm):
    """The officers' advice to the commissioner."""

    button = "Save the advice"
    outcome = forms.ChoiceField(label="What do you recommend?", choices=CHOICES, widget=GovRadios)
    advice = long_text("Your advice", help_text="Why this recipient, what else was considered, what it will achieve.")


class CommentForm(ActForm):
    """The chief finance officer's comment."""

    button = "Save the comment"
    comment = long_text("Your comment on the money")


class DirectDecisionForm(ActForm):
    """One decision on one proposal, with its purpose and reason."""

    button = "Check this decision"
    outcome = forms.ChoiceField(label="What do you decide?", choices=CHOICES, widget=GovRadios(hints=HINTS))
    amount = MoneyField(label="Sum", required=False, help_text="Needed for a lower sum or conditions.")
    conditions = long_text("Conditions", required=False, rows=3, help_text="Only for an approval with conditions.")
    purpose = long_text(
        "Purpose of the spend", required=False, rows=3, help_text="Published with the decision. Needed for approval."
    )
    reason = long_text("Reason for the decision", help_text="Published with the decision.")
    interests = long_text("Interests you declare", required=False, rows=2, help_text="Leave empty if you have none.")
    is_key = forms.BooleanField(
        label="This is a key decision: it gets the next notice number and a decision notice", required=False
    )

    def __init__(self, *args, asked, **kwargs):
        self.asked = asked
        super().__init__(*args, **kwargs)
        self.fields["amount"].max_value = asked

    def rows(self):
        return ["outcome", GovField("amount", width=10), "conditions", "purpose", "reason", "interests", "is_key"]

    def clean(self):
        answers = self.cleaned_data
        outcome = answers.get("outcome")
        if outcome == O.APPROVED and not answers.get("amount"):
            answers["amount"] = self.asked
        if outcome in APPROVING:
            self.need("amount", "Enter the sum")
            self.need("purpose", "Enter the purpose of the spend")
        if outcome == O.APPROVED_CONDITIONS:
            self.need("conditions", "Enter the conditions")
        if outcome == O.DECLINED:
            answers["amount"] = None
        return answers
