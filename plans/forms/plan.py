"""What officers type about the plan."""

from decimal import Decimal

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from accounts.enums import RoleName
from records.formfields import GovDateField, GovField, GovForm, MoneyField

from ..enums import Basis
from ..models import Delegation, Stream

DECIDING_POSTS = (RoleName.CHIEF_EXECUTIVE, RoleName.CHIEF_FINANCE_OFFICER, RoleName.HEAD_OF_COMMISSIONING)


class PlanForm(GovForm):
    """A form with its layout and one button; `wide` fields get more rows."""

    rows = {}
    submit = "Save"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *(GovField(name, rows=self.rows[name]) if name in self.rows else name for name in self.fields)
        )
        self.helper.add_input(Submit("save", self.submit))


def reason_field():
    return forms.CharField(
        label="Why does this change?",
        max_length=500,
        widget=forms.Textarea,
        help_text="Kept in the history of the plan.",
        error_messages={"required": "Say why this changes"},
    )


class LearningForm(PlanForm):
    """What was learnt, what changes, who sees to it."""

    rows = {"evidence": 5, "change": 5}
    evidence = forms.CharField(
        label="What did we see?", required=False, max_length=5000, widget=forms.Textarea, help_text="The evidence."
    )
    change = forms.CharField(label="What do we change?", required=False, max_length=5000, widget=forms.Textarea)
    owner = forms.CharField(label="Who sees to it?", required=False, max_length=120, help_text="A post or a name.")
    done_on = GovDateField(label="Day it was done", required=False, help_text="Leave empty while it is still to do.")


class PriorityForm(PlanForm):
    """A priority and when it holds."""

    rows = {"reason": 3}
    name = forms.CharField(label="Priority", max_length=200)
    is_violence_reduction = forms.BooleanField(
        label="This is violence reduction", required=False, help_text="It comes first in every business case."
    )
    starts_on = GovDateField(label="First day", required=False)
    ends_on = GovDateField(label="Last day", required=False)
    reason = reason_field()


class StreamForm(PlanForm):
    """What the plan says of a stream."""

    rows = {"description": 8, "reason": 3}
    name = forms.CharField(label="Name of the stream", max_length=200)
    description = forms.CharField(label="What it is for", required=False, max_length=5000, widget=forms.Textarea)
    legal_power = forms.CharField(label="Legal power", required=False, max_length=120)
    budget = MoneyField(label="Budget", required=False, help_text="Leave empty when it is not known.")
    reason = reason_field()


class FundingSourceForm(PlanForm):
    """What is known of a source of funds."""

    rows = {"reason": 3}
    amount = MoneyField(label="Amount", required=False, help_text="Leave empty when it is not published.")
    basis = forms.ChoiceField(label="What this figure is", required=False, choices=[("", "Choose one"), *Basis.choices])
    source = forms.CharField(
        label="Where the figure is printed", required=False, max_length=500, help_text="A title and an address."
    )
    carry_over_allowed = forms.BooleanField(label="What is left may be carried over into the next year", required=False)
    carry_over_percent = forms.DecimalField(
        label="At most so many per cent of the amount", required=False, min_value=0, max_value=100, max_digits=5,
        decimal_places=2, help_text="Leave it empty where all of it may be.",
    )  # fmt: skip
    carry_over_needs_consent = forms.BooleanField(label="Only with the funder’s recorded consent", required=False)
    over_commitment_percent = forms.DecimalField(
        label="Promises may come to so many per cent above what it holds", required=False, min_value=0, max_value=100,
        max_digits=5, decimal_places=2, help_text="Leave it empty, or 0, where nothing may be promised twice.",
    )  # fmt: skip
    reason = reason_field()

    def clean_over_commitment_percent(self):
        return self.cleaned_data["over_commitment_percent"] or Decimal(0)

    def clean(self):
        cleaned = super().clean()
        for name in ("carry_over_percent", "carry_over_needs_consent"):
            if cleaned.get(name) and not cleaned.get("carry_over_allowed"):
                self.add_error(name, "Say that money may be carried over, or take this out")
        if cleaned.get("amount") is not None and not cleaned.get("source"):
            self.add_error("source", "Say where the figure is printed")
        return cleaned


class MoveEventForm(PlanForm):
    """The new day of an event, and why it moves."""

    rows = {"reason": 3}
    submit = "Move the day"
    expected_on = GovDateField(label="Day it is now expected")
    reason = reason_field()


class SensitivePeriodForm(PlanForm):
    """A time in which publicity waits."""

    rows = {"reason": 3}
    name = forms.CharField(label="Name", max_length=200, help_text="For example, the election of May 2024.")
    starts_on = GovDateField(label="First day")
    ends_on = GovDateField(label="Last day")
    source = forms.CharField(label="Source", required=False, max_length=500)
    reason = reason_field()


class DelegationForm(PlanForm):
    """Who may decide beside the commissioner."""

    rows = {"reason": 3}
    reference = forms.CharField(label="Reference", max_length=60, help_text="As in the scheme of delegation.")
    post = forms.ChoiceField(
        label="Post", choices=[("", "Choose one"), *((post.value, post.label) for post in DECIDING_POSTS)]
    )
    stream = forms.ModelChoiceField(
        Stream.objects.none(),
        label="Stream",
        required=False,
        empty_label="All streams",
        help_text="A delegation for a stream covers its parts too.",
    )
    limit = MoneyField(label="Limit for one decision", required=False, help_text="Leave empty where there is none.")
    starts_on = GovDateField(label="First day")
    ends_on = GovDateField(label="Last day", required=False)
    source = forms.CharField(label="Where it is recorded", max_length=500)
    reason = reason_field()

    def __init__(self, *args, plan, known=None, **kwargs):
        self.known = known
        super().__init__(*args, **kwargs)
        self.fields["stream"].queryset = Stream.objects.filter(plan=plan).order_by("order", "number")
        if known:
            self.fields["reference"].disabled = True

    def clean_reference(self):
        reference = self.cleaned_data["reference"]
        if not self.known and Delegation.objects.filter(reference=reference).exists():
            raise forms.ValidationError("There is a delegation with this reference already. Give another one")
        return reference
