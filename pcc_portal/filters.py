"""How the timeline of contracts is narrowed."""

import django_filters

from accounts.models import Organisation
from plans.models import Stream
from records.formfields import GovDateField
from services.models import Contract


class DayFilter(django_filters.Filter):
    """A day in three boxes; what it is held against is derived, so the rows are narrowed after they were read."""

    field_class = GovDateField

    def filter(self, qs, value):
        return qs


class TimelineFilter(django_filters.FilterSet):
    """By provider and stream; `days` are those that ends are held against."""

    ends_after = DayFilter(label="Ends after", help_text="Agreed, or if open options are taken up")
    ends_before = DayFilter(label="Agreed end before")
    provider = django_filters.ModelChoiceFilter(
        label="Provider", queryset=Organisation.objects.none(), empty_label="Any", to_field_name="key"
    )
    stream = django_filters.ModelChoiceFilter(
        label="Stream", queryset=Stream.objects.none(), empty_label="Any", to_field_name="key"
    )

    class Meta:
        model = Contract
        fields = ["ends_after", "ends_before", "provider", "stream"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = self.queryset.order_by().values("pk")
        self.filters["provider"].queryset = (
            Organisation.objects.filter(contracts__in=mine).distinct().order_by("name", "pk")
        )
        self.filters["stream"].queryset = Stream.objects.filter(contracts__in=mine).distinct().order_by("order", "pk")

    @property
    def days(self):
        """The days given, as far as they are real ones."""
        self.form.is_valid()
        return {name: self.form.cleaned_data.get(f"ends_{name}") for name in ("after", "before")}
