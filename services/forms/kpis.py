"""What an officer types about the KPIs of a contract (S4)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from records.formfields import GovDateField, GovField, GovForm, GovRadios

from ..enums import KpiDirection, KpiKind
from ..models import AdditionalService
from ..rules import kpis as rules

DIGITS = 12


def figure(label, **more):
    """A box for a figure in the unit of the KPI."""
    return forms.DecimalField(label=label, max_digits=DIGITS, decimal_places=2, required=False, **more)


class _Thresholds:
    """Target and amber make sense together, by the kind and direction of the KPI."""

    def check_thresholds(self, cleaned, kind, direction):
        target, amber = cleaned.get("target"), cleaned.get("amber")
        if target is None and amber is not None:
            self.add_error("target", "Enter the target, or leave the amber threshold empty too")
        elif target is not None and (why := rules.why_not_these_figures(kind, direction, target, amber)):
            self.add_error("amber" if "amber" in why else "target", why)


class KpiForm(_Thresholds, GovForm):
    """What is measured: a new KPI with its first target, or new words for one that exists, with a reason."""

    name = forms.CharField(label="Name", max_length=200, help_text="Short, as it stands in tables.")
    definition = forms.CharField(
        label="What is measured, and how is it counted?",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text="The provider reads these words beside the box for the figure.",
    )
    service = forms.ModelChoiceField(
        AdditionalService.objects.none(),
        label="Part of the contract",
        required=False,
        empty_label="The contract as a whole",
    )
    kind = forms.ChoiceField(label="Kind of figure", choices=KpiKind.choices)
    unit = forms.CharField(
        label="Unit", max_length=40, required=False, help_text="For example, people. Not needed for money, % or days."
    )
    direction = forms.ChoiceField(label="Which way is better?", choices=KpiDirection.choices, widget=GovRadios)
    starts_on = GovDateField(label="First day it counts")
    target = figure("Target", help_text="Leave empty while none is agreed.")
    amber = figure("Amber threshold", help_text="A figure that misses the target and reaches this is amber, not red.")
    source = forms.CharField(label="Source", max_length=500, required=False, help_text="For example, schedule 4.")
    reason = forms.CharField(label="Why does it change?", max_length=1000, widget=forms.Textarea)

    def __init__(self, *args, contract, kpi=None, **kwargs):
        super().__init__(*args, **kwargs)
        services = AdditionalService.objects.filter(contract=contract).order_by("name", "pk")
        self.fields["service"].queryset = services
        for name in ["reason"] if kpi is None else ["target", "amber"]:
            del self.fields[name]
        if not services:
            del self.fields["service"]
        last = [Fieldset("Target", "target", "amber")] if kpi is None else []
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "name",
            GovField("definition", rows=4),
            *(["service"] if services else []),
            "kind",
            GovField("unit", width=10),
            "direction",
            "starts_on",
            *last,
            "source",
            *([] if kpi is None else [GovField("reason", rows=3)]),
        )
        self.helper.add_input(Submit("save", "Add the KPI" if kpi is None else "Save the change"))

    def clean(self):
        cleaned = super().clean()
        if not self.errors and "target" in self.fields:
            self.check_thresholds(cleaned, cleaned["kind"], cleaned["direction"])
        return cleaned


class TargetForm(_Thresholds, GovForm):
    """A target from a day on."""

    starts_on = GovDateField(
        label="First day of the new target", help_text="It counts for periods that begin on that day or later."
    )
    target = forms.DecimalField(label="Target", max_digits=DIGITS, decimal_places=2)
    amber = figure("Amber threshold", help_text="A figure that misses the target and reaches this is amber, not red.")
    source = forms.CharField(label="Source", max_length=500, required=False)
    reason = forms.CharField(
        label="Why does the target change?",
        max_length=1000,
        widget=forms.Textarea,
        help_text="The provider reads these words.",
    )

    def __init__(self, *args, kpi, **kwargs):
        super().__init__(*args, **kwargs)
        self.kpi = kpi
        if not kpi.targets.exists():
            del self.fields["reason"]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "starts_on",
            GovField("target", width=10),
            GovField("amber", width=10),
            "source",
            *([GovField("reason", rows=3)] if "reason" in self.fields else []),
        )
        self.helper.add_input(Submit("save", "Set the target"))

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.check_thresholds(cleaned, self.kpi.kind, self.kpi.direction)
        return cleaned


class RetireForm(GovForm):
    """The last day a KPI counts, and why."""

    retired_on = GovDateField(label="Last day it counts")
    reason = forms.CharField(label="Why is it retired?", max_length=1000, widget=forms.Textarea)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("retired_on", GovField("reason", rows=3))
        self.helper.add_input(Submit("save", "Retire the KPI", css_class="govuk-button--warning"))
