"""What officers type about sources of funds and about commitments (X2, V8)."""

from decimal import Decimal

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from accounts.models import Organisation
from plans.models import FundingSource, RuleSet, Stream
from plans.queries import sources as source_queries
from plans.rules.sources import BY_HAND
from records.enums import APPROVING, DecisionOutcome
from records.formfields import GovDateField, GovField, GovForm, GovRadios, MoneyField

OUTCOMES = [*sorted(APPROVING - {"APPROVED_CONDITIONS"}), DecisionOutcome.DECLINED]
PENNY = Decimal("0.01")


class MoneyForm(GovForm):
    """A form with its layout and one button; `rows` are the heights of its text areas. `without` leaves fields out."""

    rows = {}
    submit = "Save"

    def __init__(self, *args, without=(), **kwargs):
        super().__init__(*args, **kwargs)
        for name in without:
            del self.fields[name]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *(GovField(name, rows=self.rows[name]) if name in self.rows else name for name in self.fields)
        )
        self.helper.add_input(Submit("save", self.submit))


def why_field(label="Why?"):
    return forms.CharField(
        label=label, max_length=1000, widget=forms.Textarea, help_text="Kept in the history.",
        error_messages={"required": "Say why. It stays in the history."},
    )  # fmt: skip


class MoveSourceForm(MoneyForm):
    """A change of what a source holds."""

    rows = {"reason": 3, "gap_met_by": 3}
    submit = "Record the change"
    kind = forms.ChoiceField(
        label="What happened?", choices=[(kind.value, kind.label) for kind in BY_HAND], widget=GovRadios
    )
    amount = MoneyField(label="By how much?", min_value=PENNY)
    on = GovDateField(label="Day it was known")
    reason = why_field()
    gap_met_by = forms.CharField(
        label="How is the gap met?", required=False, max_length=1000, widget=forms.Textarea,
        help_text="Only where the funder gives less than is promised already.",
    )  # fmt: skip


class CarryOverForm(MoneyForm):
    """Money carried over into the source that follows."""

    rows = {"reason": 3, "consent": 2}
    submit = "Carry it over"
    into = forms.ModelChoiceField(FundingSource.objects.none(), label="Into which source?", to_field_name="key")
    amount = MoneyField(label="How much?", min_value=PENNY)
    consent = forms.CharField(
        label="Who consented, and when?", required=False, max_length=500, widget=forms.Textarea,
        help_text="Where the funder must consent first.",
    )  # fmt: skip
    reason = why_field()

    def __init__(self, *args, funding_source, **kwargs):
        super().__init__(*args, without=() if funding_source.carry_over_needs_consent else ["consent"], **kwargs)
        self.fields["into"].queryset = source_queries.followers_of(funding_source)

    def clean(self):
        cleaned = super().clean()
        cleaned.setdefault("consent", "")
        return cleaned


class CommitmentForm(MoneyForm):
    """Money promised without an award; a change says why."""

    rows = {"purpose": 4, "reason": 4, "note": 3, "why": 3}
    title = forms.CharField(label="What is it?", max_length=300, help_text="For example, a post or a contribution.")
    stream = forms.ModelChoiceField(Stream.objects.none(), label="Stream", to_field_name="key")
    funding_source = forms.ModelChoiceField(
        FundingSource.objects.none(), label="Source of funds", to_field_name="key", required=False,
        empty_label="Not known yet",
    )  # fmt: skip
    recipient = forms.ModelChoiceField(
        Organisation.objects.none(), label="Who gets it?", required=False, empty_label="Nobody is named"
    )
    purpose = forms.CharField(label="What is the money for?", max_length=5000, widget=forms.Textarea)
    reason = forms.CharField(
        label="Why without a round or an award?", max_length=5000, widget=forms.Textarea,
        help_text="Whoever decides reads this as the officers’ advice.",
    )  # fmt: skip
    rule_set = forms.ModelChoiceField(
        RuleSet.objects.none(), label="Rules it is under", to_field_name="key", required=False, empty_label="None"
    )
    year = forms.CharField(label="Year", max_length=20, help_text="For example, 2020/21.")
    amount = MoneyField(label="Amount", required=False, help_text="Leave empty while it is not known.")
    case_by_case = forms.BooleanField(
        label="Its costs arise case by case", required=False, help_text="The amount is then the most they may come to."
    )
    note = forms.CharField(label="Note", required=False, max_length=5000, widget=forms.Textarea)
    why = why_field("Why does this change?")

    def __init__(self, *args, plan, changes=False, **kwargs):
        super().__init__(*args, without=() if changes else ["why"], **kwargs)
        self.fields["stream"].queryset = Stream.objects.filter(plan=plan).order_by("order", "number")
        self.fields["funding_source"].queryset = FundingSource.objects.order_by("-starts_on", "name")
        self.fields["recipient"].queryset = Organisation.objects.in_service().order_by("name")
        self.fields["rule_set"].queryset = RuleSet.objects.filter(plan=plan).order_by("name")


class CommentForm(MoneyForm):
    """The chief finance officer's comment."""

    rows = {"comment": 4}
    submit = "Save the comment"
    comment = forms.CharField(label="Comment on the money", max_length=4000, widget=forms.Textarea)


class DecideForm(MoneyForm):
    """A decision on a commitment."""

    rows = {"reason": 4}
    submit = "Decide"
    outcome = forms.ChoiceField(
        label="What do you decide?", choices=[(row, DecisionOutcome(row).label) for row in OUTCOMES], widget=GovRadios
    )
    amount = MoneyField(label="Sum approved", required=False, help_text="Leave empty where you decline.")
    reason = forms.CharField(label="Reason", max_length=4000, widget=forms.Textarea)


class CostForm(MoneyForm):
    """One cost that arose."""

    submit = "Record the cost"
    what = forms.CharField(label="What was paid for?", max_length=300, help_text="No names of victims or families.")
    on = GovDateField(label="Day of the cost")
    amount = MoneyField(label="Amount", min_value=PENNY)
    invoice = forms.CharField(label="Invoice", required=False, max_length=60)


class EndForm(MoneyForm):
    """The end of a commitment."""

    rows = {"reason": 3}
    submit = "End the commitment"
    ended_on = GovDateField(label="Last day")
    reason = why_field()
