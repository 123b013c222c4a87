"""What an officer types about a contract and what stands beside it. Every form asks why."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from accounts.models import Organisation
from plans.enums import Basis
from plans.models import FundingSource, Stream
from records.formfields import GovDateField, GovField, GovForm, GovRadios, MoneyField

from ..enums import PartyRole, ReferenceKind, Regime, ServiceState
from ..rules import details as rules

KNOWN = [("", "Not known"), ("yes", "Yes"), ("no", "No")]
SOURCE = "The document or page that says so, with its address if it has one."


def source_field(required=False):
    return forms.CharField(label="Source", max_length=500, required=required, help_text=SOURCE)


def known(label, hint=""):
    """Yes, no, or not known."""
    return forms.TypedChoiceField(
        label=label,
        choices=KNOWN,
        required=False,
        empty_value=None,
        coerce=lambda word: {"yes": True, "no": False}.get(word),
        widget=GovRadios(inline=True),
        help_text=hint,
    )


class ReasonedForm(GovForm):
    """A form about a contract whose last question is why; `LAYOUT` names its fields in order."""

    LAYOUT: tuple = ()
    BUTTON = "Save"

    reason = forms.CharField(
        label="Why does this change?",
        max_length=1000,
        widget=forms.Textarea,
        help_text="It stays in the history of the contract.",
        error_messages={"required": "Say why this changes"},
    )

    def __init__(self, *args, contract=None, row=None, **kwargs):
        self.contract, self.row = contract, row
        if row is not None:
            kwargs["initial"] = {**self.start(row), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.LAYOUT, GovField("reason", rows=3))
        self.helper.add_input(Submit("save", self.BUTTON))

    def start(self, row):
        """What stands in the row now."""
        names = [name for name in self.base_fields if hasattr(row, name)]
        return {name: self.shown(getattr(row, name)) for name in names}

    def shown(self, value):
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        why, field = self.why_not(cleaned)
        if why:
            self.add_error(field, why)
        return cleaned

    def why_not(self, cleaned):
        """The sentence of the rule, and the field it is about."""
        return "", None


class ContractForm(ReasonedForm):
    """The entry of a contract."""

    LAYOUT = (
        "name", GovField("description", rows=4), "stream", "provider",
        Fieldset("Term", "starts_on", GovField("initial_months", width=3, suffix="months"), legend_size="m"),
        Fieldset(
            "Law and value", "regime", "light_touch", "below_threshold",
            GovField("estimated_value", width=10), "estimated_value_source", legend_size="m",
        ),
        GovField("note", rows=3), "source",
    )  # fmt: skip

    name = forms.CharField(label="Name of the contract", max_length=300)
    description = forms.CharField(label="What it is for", required=False, max_length=4000, widget=forms.Textarea)
    stream = forms.ModelChoiceField(
        Stream.objects.order_by("order", "pk"), label="Funding stream", empty_label="Choose"
    )
    provider = forms.ModelChoiceField(
        Organisation.objects.none(), label="Provider", required=False, empty_label="Not known",
        help_text="Who signed the contract. Partners and subcontractors are added afterwards.",
    )  # fmt: skip
    starts_on = GovDateField(label="First day")
    initial_months = forms.IntegerField(label="First term", min_value=1, max_value=240)
    regime = forms.ChoiceField(
        label="Law it was let under", choices=[("", "Not known"), *Regime.choices], required=False, widget=GovRadios()
    )
    light_touch = known("Do the light-touch rules apply?", "They cover social and health services, among others.")
    below_threshold = known("Was it below the threshold?", "The threshold that held when it was let.")
    estimated_value = MoneyField(
        label="Estimated value", required=False, help_text="Of the notice: for the whole of the longest term."
    )
    estimated_value_source = forms.CharField(label="Where the estimate is printed", required=False, max_length=500)
    note = forms.CharField(label="Note", required=False, max_length=4000, widget=forms.Textarea)
    source = source_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = Organisation.objects.in_service().order_by("name")
        if self.contract is None:
            self.fields["reason"].required = False
            self.fields["reason"].label = "Anything to remember about this entry?"
            self.helper.inputs.clear()
            self.helper.add_input(Submit("save", "Enter the contract"))

    def why_not(self, cleaned):
        figures = {name: cleaned[name] for name in ("estimated_value", "estimated_value_source")}
        if why := rules.why_not_these_sums(**figures):
            return why, "estimated_value_source"
        if self.contract is None:
            return "", None
        if why := rules.why_not_this_entry(self.contract, cleaned):
            return why, "provider" if "variation" in why else "stream"
        dates = {name: cleaned[name] for name in ("starts_on", "initial_months")}
        return rules.why_not_move_start(self.contract, **dates), "starts_on"


class PartyForm(ReasonedForm):
    LAYOUT = ("organisation", "role", "does", "starts_on", "ends_on", "source")

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisation", empty_label="Choose")
    role = forms.ChoiceField(
        label="What is it to the contract?",
        choices=PartyRole.choices,
        widget=GovRadios(
            hints={
                PartyRole.PARTNER: "Its people see this contract here.",
                PartyRole.SUBCONTRACTOR: "Its people do not see this contract.",
            }
        ),
    )
    does = forms.CharField(label="What it delivers", required=False, max_length=300)
    starts_on = GovDateField(label="From", required=False)
    ends_on = GovDateField(label="Until", required=False, help_text="Leave empty while it delivers.")
    source = source_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.in_service().order_by("name")

    def why_not(self, cleaned):
        why = rules.why_not_party(self.contract, self.row, **cleaned)
        return why, "ends_on" if why == rules.ORDER else "organisation"


class LotForm(ReasonedForm):
    LAYOUT = ("name", GovField("description", rows=3), GovField("value", width=10), "source")

    name = forms.CharField(label="Name of the lot", max_length=200)
    description = forms.CharField(label="What it covers", required=False, max_length=4000, widget=forms.Textarea)
    value = MoneyField(label="Value", required=False, help_text="Leave empty where no source gives one.")
    source = source_field()


class ServiceForm(ReasonedForm):
    LAYOUT = ("name", GovField("description", rows=3), "lot", "state", "starts_on", "source")

    name = forms.CharField(label="Name of the service", max_length=200)
    description = forms.CharField(label="What it does", required=False, max_length=4000, widget=forms.Textarea)
    lot = forms.ModelChoiceField(Stream.objects.none(), label="Lot", required=False, empty_label="None")
    state = forms.ChoiceField(label="State", choices=ServiceState.choices, widget=GovRadios(inline=True))
    starts_on = GovDateField(label="Delivered from", required=False)
    source = source_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lot"].queryset = self.contract.lots.order_by("number")


class OptionForm(ReasonedForm):
    LAYOUT = (GovField("months", width=3, suffix="months"), "inferred", "source")

    months = forms.IntegerField(label="Length", min_value=1, max_value=120)
    inferred = forms.TypedChoiceField(
        label="Is the option printed anywhere?",
        choices=[("no", "Yes, the source below states it"), ("yes", "No, it is inferred")],
        coerce=lambda word: word == "yes",
        widget=GovRadios(),
    )
    source = source_field()

    def why_not(self, cleaned):
        return rules.why_not_option(self.contract, self.row, **cleaned), "months"


class ValueForm(ReasonedForm):
    LAYOUT = ("starts_on", "ends_on", GovField("amount", width=10), "basis", "source")

    starts_on = GovDateField(label="First day of the period")
    ends_on = GovDateField(label="Last day of the period")
    amount = MoneyField(
        label="Value", required=False, help_text="For the whole period. Leave empty where no source gives one."
    )
    basis = forms.ChoiceField(label="What the figure is", choices=[("", "Not known"), *Basis.choices], required=False)
    source = source_field(required=True)

    def why_not(self, cleaned):
        return rules.why_not_value(self.contract, self.row, **cleaned), "ends_on"


class SourceForm(ReasonedForm):
    LAYOUT = ("funding_source", GovField("amount", width=10), "source")

    funding_source = forms.ModelChoiceField(
        FundingSource.objects.order_by("name", "pk"), label="Source of funds", empty_label="Choose",
        help_text="Money given for one purpose pays for that purpose only.",
    )  # fmt: skip
    amount = MoneyField(label="Amount a year", required=False, help_text="Leave empty where no split is agreed.")
    source = source_field()

    def why_not(self, cleaned):
        return rules.why_not_source(self.contract, self.row, **cleaned), "funding_source"


class ReferenceForm(ReasonedForm):
    LAYOUT = ("kind", GovField("value", width=30), "url", "published_on", "source")

    kind = forms.ChoiceField(label="What is it?", choices=ReferenceKind.choices)
    value = forms.CharField(label="Number or identifier", max_length=100)
    url = forms.URLField(label="Address on the web", required=False, max_length=500, assume_scheme="https")
    published_on = GovDateField(label="Published on", required=False)
    source = source_field()

    def why_not(self, cleaned):
        return rules.why_not_reference(self.contract, self.row, **cleaned), "value"


class WhyForm(ReasonedForm):
    """Only why: for what is taken away or ended."""

    def __init__(self, *args, word, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.inputs.clear()
        self.helper.add_input(Submit("confirm", word, css_class="govuk-button--warning"))
