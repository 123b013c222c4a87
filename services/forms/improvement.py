"""What a provider and the office type about an improvement plan (S4)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from records.formfields import GovDateField, GovField, GovForm

EMPTY_ROWS, MOST_STEPS = 3, 20


class CauseForm(GovForm):
    """What lies behind the figures; it stands in one form with the steps."""

    cause = forms.CharField(
        label="What is the cause?",
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text="Say what lies behind the figures, as far as you know.",
    )


class StepForm(GovForm):
    """One thing the provider will do, who does it and by when."""

    does = forms.CharField(label="What will you do?", max_length=300)
    owner = forms.CharField(label="Who does it?", max_length=120, help_text="A name or a post.")
    due_on = GovDateField(label="By when?")

    def has_changed(self):
        """A row of nothing but empty boxes is no step."""
        return any(str(self.data.get(f"{self.prefix}-{name}") or "").strip() for name in NAMES)


NAMES = ("does", "owner", "due_on_day", "due_on_month", "due_on_year")


class BaseSteps(forms.BaseFormSet):
    """Rows of steps; empty ones are left out."""

    def steps(self):
        """The steps typed, in order, as the action takes them."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]


StepFormSet: type[BaseSteps] = forms.formset_factory(
    StepForm, formset=BaseSteps, extra=EMPTY_ROWS, max_num=MOST_STEPS, absolute_max=MOST_STEPS
)


class SendBackForm(GovForm):
    """What a plan lacks, and when it is due again."""

    reason = forms.CharField(
        label="What does the plan lack?",
        max_length=2000,
        widget=forms.Textarea,
        help_text="The provider reads these words.",
    )
    due_on = GovDateField(label="By when should it come again?")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(GovField("reason", rows=4), "due_on")
        self.helper.add_input(Submit("save", "Send the plan back"))


class TickForm(GovForm):
    """The day a step was done."""

    done_on = GovDateField(label="On which day was it done?")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("done_on")
        self.helper.add_input(Submit("save", "Mark as done"))


class ClosingForm(GovForm):
    """What came of a plan."""

    closing = forms.CharField(
        label="What came of it?",
        max_length=2000,
        widget=forms.Textarea,
        help_text="The provider reads these words. Say whether the plan has worked.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(GovField("closing", rows=4))
        self.helper.add_input(Submit("save", "Close the plan"))
