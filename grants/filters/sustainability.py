"""Filter of the list of plans for what follows the funding."""

import django_filters

from plans.models import Stream

from ..enums import SustainabilityOutcome, SustainabilityStatus
from ..models import SustainabilityPlan


class SustainabilityFilter(django_filters.FilterSet):
    stream = django_filters.ModelChoiceFilter(
        label="Funding stream",
        field_name="award__stream",
        queryset=Stream.objects.filter(awards__sustainability__isnull=False).distinct().order_by("order"),
        to_field_name="key",
        empty_label="Any",
    )
    status = django_filters.ChoiceFilter(label="Status", choices=SustainabilityStatus.choices, empty_label="Any")
    outcome = django_filters.ChoiceFilter(label="Outcome", choices=SustainabilityOutcome.choices, empty_label="Any")

    class Meta:
        model = SustainabilityPlan
        fields = ()
