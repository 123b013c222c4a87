"""What an officer types into the oversight register (R3)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from accounts.models import Organisation
from plans.models import FundingSource, Stream
from records.formfields import GovDateField, GovField, GovForm, MoneyField

from ..rules import oversight as rules


class ActivityForm(GovForm):
    """What a partnership wants to commission; a change of an entry says why."""

    name = forms.CharField(label="Name of the activity", max_length=300)
    stream = forms.ModelChoiceField(
        label="Funding stream", queryset=Stream.objects.order_by("order", "pk"), to_field_name="key"
    )
    funding_source = forms.ModelChoiceField(
        label="Source of funds", queryset=FundingSource.objects.order_by("name"), to_field_name="key", required=False
    )
    purpose = forms.CharField(
        label="What is it for?", max_length=4000, widget=forms.Textarea, help_text="What will change, and for whom."
    )
    area = forms.CharField(label="Area", max_length=200, required=False)
    cohort = forms.CharField(
        label="Who it works with", max_length=200, required=False, help_text="For example, people aged 13 to 17."
    )
    provider = forms.ModelChoiceField(
        label="Provider, if it is in the portal", queryset=Organisation.objects.none(), required=False
    )
    provider_name = forms.CharField(label="Or the name of the provider", max_length=200, required=False)
    partners = forms.ModelMultipleChoiceField(
        label="Members of the partnership behind it", queryset=Organisation.objects.none(), required=False
    )
    amount = MoneyField(label="Amount", required=False, help_text="Leave empty while it is not known.")
    starts_on = GovDateField(label="Day it is to go live", help_text="Its checks are due by then.")
    ends_on = GovDateField(label="Last day", required=False)
    reason = forms.CharField(label="Why does the entry change?", max_length=1000, widget=forms.Textarea)

    def __init__(self, *args, changes=False, **kwargs):
        self.changes = changes
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.in_service().order_by("name")
        self.fields["provider"].queryset = self.fields["partners"].queryset = organisations
        if not changes:
            del self.fields["reason"]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "name",
            "stream",
            "funding_source",
            GovField("purpose", rows=5),
            "area",
            "cohort",
            Fieldset("Who delivers it", "provider", "provider_name", "partners"),
            Fieldset("Money and days", "amount", "starts_on", "ends_on"),
            *([GovField("reason", rows=3)] if changes else []),
        )
        self.helper.add_input(Submit("save", "Save the change" if changes else "Enter the activity"))

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if why := rules.why_not_these_days(starts_on=cleaned["starts_on"], ends_on=cleaned.get("ends_on")):
            self.add_error("ends_on", why)
        if cleaned.get("provider") and cleaned.get("provider_name"):
            self.add_error("provider_name", "Choose the provider from the list or type its name, not both")
        paid = {"stream": cleaned["stream"], "funding_source": cleaned.get("funding_source")}
        if why := rules.why_not_this_source(**paid):
            self.add_error("funding_source", why)
        return cleaned


class CloseForm(GovForm):
    """Why an activity is stopped or ended."""

    reason = forms.CharField(label="Why?", max_length=1000, widget=forms.Textarea)

    def __init__(self, *args, word, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(GovField("reason", rows=4))
        self.helper.add_input(Submit("close", word, css_class="govuk-button--warning"))


class CheckKindForm(GovForm):
    """One check that every activity must pass."""

    name = forms.CharField(label="Name of the check", max_length=120)
    question = forms.CharField(label="Question", max_length=300)
    guidance = forms.CharField(label="Guidance", max_length=1000, required=False, widget=forms.Textarea)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("name", "question", GovField("guidance", rows=4))
        self.helper.add_input(Submit("save", "Save the check"))
