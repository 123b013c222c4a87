"""Forms of a round by bids or formula: invitations, shares of sources, figures, exceptions (C1, R1, V1, X2)."""

from decimal import Decimal

from django import forms

from accounts.models import Organisation
from plans.models import FundingSource
from records.formfields import GovForm, GovRadios, MoneyField

from ..models import Award

SOURCES = 4


class InviteForm(GovForm):
    """The organisation to invite, and the award of its own that would go on."""

    organisation = forms.ModelChoiceField(
        label="Organisation", queryset=Organisation.objects.none(), empty_label="Choose one", to_field_name="key"
    )
    continues = forms.ModelChoiceField(
        label="Award that this would follow (optional)",
        queryset=Award.objects.none(),
        empty_label="None",
        required=False,
        help_text="Its results so far are then filled in from the accepted returns.",
    )

    def __init__(self, *args, round, **kwargs):
        super().__init__(*args, **kwargs)
        invited = round.invitations.values("organisation")
        rows = Organisation.objects.in_service().exclude(pk__in=invited).exclude(kind="OFFICE")
        self.fields["organisation"].queryset = rows.order_by("name")
        streams = [pk for pk in (round.stream_id, round.stream.follows_id) if pk]
        awards = Award.objects.filter(stream__in=streams).select_related("recipient")
        self.fields["continues"].queryset = awards.order_by("recipient__name", "-ends_on")
        self.fields["continues"].label_from_instance = lambda award: f"{award.recipient}: {award.reference}"


class ShortInput(forms.TextInput):
    """A box for a number."""

    gov_kind = "input"
    gov_width = "govuk-input--width-10"


class PercentField(forms.DecimalField):
    """A share in per cent, to two places."""

    widget = ShortInput

    def __init__(self, **kwargs):
        super().__init__(min_value=Decimal("0.01"), max_value=100, max_digits=5, decimal_places=2, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})
        self.error_messages["invalid"] = "Enter a number between 0 and 100, like 60 or 33.33"


class SourcesForm(GovForm):
    """Up to four sources with their shares; all empty leaves the round with its one source."""

    def __init__(self, *args, round, **kwargs):
        super().__init__(*args, **kwargs)
        rows = FundingSource.objects.order_by("-starts_on", "name")
        kept = list(round.shares.order_by("pk"))
        for number in range(max(SOURCES, len(kept) + 1)):
            share = kept[number] if number < len(kept) else None
            self.fields[f"source-{number}"] = forms.ModelChoiceField(
                label=f"Source {number + 1}",
                queryset=rows,
                empty_label="None",
                required=False,
                initial=share.funding_source_id if share else None,
            )
            self.fields[f"percent-{number}"] = PercentField(
                label=f"Share of source {number + 1}, in per cent",
                required=False,
                initial=share.share_percent.normalize() if share else None,
            )

    def pairs(self):
        """[(source, percent)] of the lines that were filled in."""
        numbers = range(len(self.fields) // 2)
        lines = [(self.cleaned_data.get(f"source-{n}"), self.cleaned_data.get(f"percent-{n}")) for n in numbers]
        return [(source, percent) for source, percent in lines if source]

    def clean(self):
        cleaned = super().clean()
        for number in range(len(self.fields) // 2):
            source, percent = cleaned.get(f"source-{number}"), cleaned.get(f"percent-{number}")
            if (source is None) != (percent is None) and not self.errors.get(f"percent-{number}"):
                self.add_error(f"percent-{number}", "Enter both the source and its share, or neither")
        return cleaned


class FigureField(forms.DecimalField):
    """A figure of a factor: people, offences, a rate."""

    widget = ShortInput

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_digits=16, decimal_places=4, required=False, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})
        self.error_messages["invalid"] = "Enter a number, like 171,800 or 54.2"

    def to_python(self, value):
        return super().to_python(value.replace(",", "").replace(" ", "") if isinstance(value, str) else value)


class FiguresForm(GovForm):
    """Last year's sum and the figure of each factor, organisation by organisation; each factor with its source."""

    def __init__(self, *args, formula, claimants, **kwargs):
        super().__init__(*args, **kwargs)
        self.weights, self.claimants = list(formula.weights.all()), claimants
        sources = {factor.weight_id: factor.source for row, _ in claimants for factor in row.factors.all()}
        for weight in self.weights:
            self.fields[f"source-{weight.key}"] = forms.CharField(
                label=f"Where the figures for “{weight.name}” come from",
                max_length=500,
                required=False,
                initial=sources.get(weight.pk, ""),
            )
        for allocation, claimant in claimants:
            key = allocation.organisation.key
            self.fields[f"last-{key}"] = MoneyField(
                label=f"Last year, {claimant.name}", required=False, initial=claimant.last_year
            )
            for weight in self.weights:
                value = claimant.values.get(weight.key)
                self.fields[f"value-{key}-{weight.key}"] = FigureField(
                    label=f"{weight.name}, {claimant.name}",
                    initial=None if value is None else f"{value.normalize():,f}",
                )

    def rows(self):
        """The boxes of each organisation, for a table."""
        return [
            {
                "name": claimant.name,
                "last": self[f"last-{allocation.organisation.key}"],
                "values": [self[f"value-{allocation.organisation.key}-{weight.key}"] for weight in self.weights],
            }
            for allocation, claimant in self.claimants
        ]

    def source_fields(self):
        return [self[f"source-{weight.key}"] for weight in self.weights]

    def given(self):
        """What the action takes: figures, sources, last year's sums."""
        keys = [allocation.organisation.key for allocation, _ in self.claimants]
        return {
            "figures": {
                (key, weight.key): self.cleaned_data[f"value-{key}-{weight.key}"]
                for key in keys
                for weight in self.weights
            },
            "sources": {weight.key: self.cleaned_data[f"source-{weight.key}"] for weight in self.weights},
            "last_years": {key: self.cleaned_data[f"last-{key}"] for key in keys},
        }


class AnswerExceptionForm(GovForm):
    """Given or refused, with the reason."""

    answer = forms.ChoiceField(
        label="What do you decide?",
        choices=[("give", "Give the exception"), ("refuse", "Refuse it")],
        widget=GovRadios(),
    )
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
