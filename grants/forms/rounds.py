"""Forms of rounds and allocations."""

from decimal import Decimal

from django import forms

from accounts.models import Organisation
from plans.models import FundingSource, RuleSet, Stream
from records.formfields import GovDateField, GovForm, GovRadios, MoneyField

from ..enums import Window
from ..models import Round
from ..queries import bidding


class RoundForm(GovForm):
    """What a round says: stream and rules, period, windows."""

    stream = forms.ModelChoiceField(label="Funding stream", queryset=Stream.objects.none(), empty_label="Choose one")
    rule_set = forms.ModelChoiceField(
        label="Rule set",
        queryset=RuleSet.objects.none(),
        empty_label="Choose one",
        help_text="Terms, required parts, tactical share, instalments and returns come from it.",
    )
    funding_source = forms.ModelChoiceField(
        label="Source of funds", queryset=FundingSource.objects.none(), empty_label="Choose one", required=False
    )
    budget = MoneyField(
        label="Money of the round",
        help_text="Needed where organisations bid for it or a formula shares it out. Leave empty if it is not known.",
        required=False,
    )
    name = forms.CharField(label="Name of the round", max_length=200, help_text="As applicants will see it.")
    starts_on = GovDateField(label="First day of the period", help_text="For example, 1 4 2020")
    ends_on = GovDateField(label="Last day of the period")
    opens_on = GovDateField(label="Day the main window opens", noun="opening day")
    deadline_on = GovDateField(label="Deadline of the main window", noun="deadline")
    tactical_opens_on = GovDateField(
        label="Day the tactical window opens", help_text="Leave empty if there is no tactical pot.", required=False
    )
    tactical_closes_on = GovDateField(label="Last day of the tactical window", required=False)
    guidance = forms.CharField(
        label="Guidance for applicants", widget=forms.Textarea(attrs={"rows": 6}), max_length=8000, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stream"].queryset = Stream.objects.select_related("plan").order_by("-plan__starts_on", "order")
        self.fields["rule_set"].queryset = RuleSet.objects.order_by("-plan__starts_on", "name")
        self.fields["funding_source"].queryset = FundingSource.objects.order_by("-starts_on", "name")

    def clean(self):
        cleaned = super().clean()
        self._in_order("starts_on", "ends_on", "Last day of the period must be after the first")
        self._in_order("opens_on", "deadline_on", "Deadline must be on or after the opening day")
        self._in_order("tactical_opens_on", "tactical_closes_on", "The tactical window must end after it opens")
        pair = (cleaned.get("tactical_opens_on"), cleaned.get("tactical_closes_on"))
        if (pair[0] is None) != (pair[1] is None) and not self.errors:
            missing = "tactical_closes_on" if pair[0] else "tactical_opens_on"
            self.add_error(missing, "Enter both days of the tactical window, or neither")
        return cleaned

    def _in_order(self, first, last, sentence):
        start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if start and end and (end < start or (first == "starts_on" and end == start)):
            self.add_error(last, sentence)


class SumForm(GovForm):
    """What somebody might ask for, to try the rules of a round with."""

    sum = MoneyField(label="If they asked for", required=False)


class CopyForm(GovForm):
    from_round = forms.ModelChoiceField(
        label="Copy the allocations of", queryset=Round.objects.none(), empty_label="Choose last year's round"
    )

    def __init__(self, *args, round, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Round.objects.exclude(pk=round.pk).filter(allocations__isnull=False).distinct()
        self.fields["from_round"].queryset = rows.order_by("-starts_on", "name")


class AllocationForm(GovForm):
    """One organisation's allocation; parts left empty follow the rule set."""

    amount = MoneyField(label="Final amount", help_text="Leave empty if it is not known yet.", required=False)
    formula_amount = MoneyField(label="Result of the formula", required=False)
    main_amount = MoneyField(
        label="Main part", help_text="Leave both parts empty to split by the rule set.", required=False
    )
    tactical_amount = MoneyField(label="Tactical pot", required=False)
    provenance = forms.CharField(
        label="Where the amount comes from", max_length=300, required=False, help_text="For example, same as last year."
    )

    def __init__(self, *args, round=None, by_formula=False, **kwargs):
        super().__init__(*args, **kwargs)
        if by_formula:
            del self.fields["formula_amount"]
        if round is not None:
            invited = round.allocations.values("organisation")
            rows = Organisation.objects.in_service().exclude(pk__in=invited).exclude(kind="OFFICE").order_by("name")
            field = forms.ModelChoiceField(
                label="Organisation", queryset=rows, empty_label="Choose one", to_field_name="key"
            )
            field.error_messages["required"] = "Select the organisation"
            self.fields = {"organisation": field, **self.fields}


class DeadlineForm(GovForm):
    deadline_on = GovDateField(label="New deadline")
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class LateForm(GovForm):
    organisation = forms.ModelChoiceField(
        label="Organisation", queryset=Organisation.objects.none(), empty_label="Choose one", to_field_name="key"
    )
    until = GovDateField(label="Accept its business case until", noun="last day")
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)

    def __init__(self, *args, round, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.in_service().exclude(kind="OFFICE")
        self.fields["organisation"].queryset = bidding.may_write_for(round, rows)


class MovementForm(GovForm):
    """A cut or an exception: which part, how much, why."""

    window = forms.ChoiceField(label="Which part?", choices=Window.choices, widget=GovRadios(inline=True))
    amount = MoneyField(label="Amount", min_value=Decimal("0.01"))
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
