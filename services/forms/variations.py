"""What an officer types about a change of a contract, and what is decided on it."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from accounts.models import Organisation
from records.enums import DecisionOutcome
from records.formfields import GovDateField, GovField, GovForm, GovRadios, MoneyField

from .. import queries
from ..enums import ServiceState, VariationKind
from ..rules import variations as rules

HINTS = {
    VariationKind.VALUE: "What the contract is worth in one or more periods.",
    VariationKind.SCOPE: "What it is for, and the services inside it.",
    VariationKind.END: "The contract ends before the end agreed so far; open options lapse.",
    VariationKind.PROVIDER: "Novation, merger or another body in the provider’s place.",
    VariationKind.OFFICE: "The body that follows the office as the contract’s commissioner.",
}


class KindForm(GovForm):
    """What kind of change it is."""

    kind = forms.ChoiceField(
        label="What is to change?",
        choices=[(kind, VariationKind(kind).label) for kind in HINTS],
        widget=GovRadios(hints=HINTS),
    )

    def __init__(self, *args, contract, on, **kwargs):
        super().__init__(*args, **kwargs)
        if not queries.variations.successors_of_the_office(contract, on=on).exists():
            self.fields["kind"].choices = [row for row in self.fields["kind"].choices if row[0] != VariationKind.OFFICE]
        self.helper = FormHelper()
        self.helper.layout = Layout("kind")
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.add_input(Submit("", "Continue"))


class VariationForm(GovForm):
    """The words every variation has; `wanted` and the other columns come from the kinds below."""

    KIND = ""

    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="What is agreed, in one line, for register and letter.",
    )
    takes_effect_on = GovDateField(label="Takes effect on")
    reason = forms.CharField(label="Why?", max_length=4000, widget=forms.Textarea)
    legal_basis = forms.CharField(
        label="Legal basis", required=False, max_length=2000, widget=forms.Textarea,
        help_text="The clause of the contract or the provision of the law that allows the change, where you know it.",
    )  # fmt: skip

    def __init__(self, *args, contract, on, **kwargs):
        self.contract, self.on = contract, on
        self.standing = queries.variations.standing(contract, self.KIND, on=on)
        super().__init__(*args, **kwargs)
        changed = self.add_fields()
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "title",
            Fieldset("What changes", *changed, legend_size="m"),
            "takes_effect_on",
            GovField("reason", rows=4),
            GovField("legal_basis", rows=3),
        )
        self.helper.add_input(Submit("save", "Save the draft"))

    def add_fields(self):
        """The names of the fields about what changes."""
        raise NotImplementedError

    def wanted(self, cleaned):
        """What stands afterwards, of a value or a scope."""
        return None

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        said = {
            "kind": self.KIND,
            "reason": cleaned["reason"],
            "takes_effect_on": cleaned["takes_effect_on"],
            "ends_on": cleaned.get("ends_on"),
            "new_provider": cleaned.get("new_provider"),
            "wanted": self.wanted(cleaned),
        }
        if why := rules.why_not_this_variation(self.contract, **said, on=self.on):
            self.add_error(next((name for name in ("ends_on", "new_provider") if name in self.fields), None), why)
        return {**said, "title": cleaned["title"], "legal_basis": cleaned["legal_basis"]}


class ValueVariationForm(VariationForm):
    KIND = VariationKind.VALUE

    def add_fields(self):
        names = []
        for number, (first, last, amount) in enumerate(self.standing["values"]):
            label = f"{queries.variations.day_of(first)} to {queries.variations.day_of(last)}"
            names.append(f"value_{number}")
            self.fields[names[-1]] = MoneyField(
                label=label, required=False, initial=amount, help_text="" if amount else "Not published so far."
            )
        return [GovField(name, width=10) for name in names]

    def wanted(self, cleaned):
        values = []
        for number, (first, last, _) in enumerate(self.standing["values"]):
            amount = cleaned[f"value_{number}"]
            values.append([first, last, None if amount is None else f"{amount:.2f}"])
        return {"values": values}


class ScopeVariationForm(VariationForm):
    KIND = VariationKind.SCOPE

    def add_fields(self):
        self.fields["description"] = forms.CharField(
            label="What it is for",
            required=False,
            max_length=4000,
            widget=forms.Textarea,
            initial=self.standing["description"],
        )
        names = []
        for pk, name, state in self.standing["services"]:
            names.append(f"service_{pk}")
            self.fields[names[-1]] = forms.ChoiceField(
                label=name, choices=ServiceState.choices, initial=state, widget=GovRadios(inline=True, small=True)
            )
        self.fields["new_service"] = forms.CharField(label="A new service", required=False, max_length=200)
        self.fields["new_state"] = forms.ChoiceField(
            label="State of the new service", choices=ServiceState.choices[:2], required=False, initial="DEVELOPING"
        )
        return [GovField("description", rows=4), *names, "new_service", "new_state"]

    def wanted(self, cleaned):
        services = [[pk, name, cleaned[f"service_{pk}"]] for pk, name, _ in self.standing["services"]]
        if cleaned["new_service"]:
            services.append([None, cleaned["new_service"], cleaned["new_state"] or ServiceState.DEVELOPING.value])
        return {"description": cleaned["description"], "services": services}


class EndVariationForm(VariationForm):
    KIND = VariationKind.END

    def add_fields(self):
        now = queries.variations.day_of(self.standing["ends_on"])
        self.fields["ends_on"] = GovDateField(label="New last day", help_text=f"The contract now runs to {now}.")
        return ["ends_on"]


class ProviderVariationForm(VariationForm):
    KIND = VariationKind.PROVIDER

    def add_fields(self):
        self.fields["new_provider"] = forms.ModelChoiceField(
            self.choices(),
            label="Who takes the place",
            empty_label="Choose",
            help_text=f"Now: {next(iter(self.standing.values())) or 'not published'}.",
        )
        return ["new_provider"]

    def choices(self):
        others = Organisation.objects.in_service().exclude(kind="OFFICE")
        return others.exclude(pk=self.contract.provider_id).order_by("name")


class OfficeVariationForm(ProviderVariationForm):
    KIND = VariationKind.OFFICE

    def choices(self):
        return queries.variations.successors_of_the_office(self.contract, on=self.on).order_by("name")


FORMS = {
    form.KIND: form
    for form in (ValueVariationForm, ScopeVariationForm, EndVariationForm, ProviderVariationForm, OfficeVariationForm)
}


class DecisionForm(GovForm):
    """What is decided on a variation, and why."""

    outcome = forms.ChoiceField(
        label="Decision",
        choices=[(DecisionOutcome.APPROVED, "Agree to it"), (DecisionOutcome.DECLINED, "Decline it")],
        widget=GovRadios(),
    )
    reason = forms.CharField(
        label="Reason", max_length=4000, widget=forms.Textarea, help_text="It stands in the register of decisions."
    )
    is_key = forms.BooleanField(label="This is a key decision and gets a numbered notice", required=False)

    def __init__(self, *args, variation, user, on, **kwargs):
        self.variation, self.user, self.on = variation, user, on
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("outcome", GovField("reason", rows=5), "is_key")
        self.helper.add_input(Submit("decide", "Record the decision"))

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        asked = {name: cleaned[name] for name in ("outcome", "reason")}
        if why := rules.why_not_decide(self.variation, user=self.user, on=self.on, **asked):
            self.add_error("outcome", why)
        return cleaned


class WithdrawForm(GovForm):
    """Why a variation is withdrawn."""

    reason = forms.CharField(label="Why is it withdrawn?", max_length=1000, widget=forms.Textarea)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(GovField("reason", rows=4))
        self.helper.add_input(Submit("withdraw", "Withdraw the variation", css_class="govuk-button--warning"))
