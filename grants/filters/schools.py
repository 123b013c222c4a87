"""How the calendar of schools is narrowed."""

import django_filters

from plans.enums import SchoolPhase
from plans.models import SchoolTopic
from plans.queries import schools as registers

from ..enums import SchoolInputStatus
from ..models import SchoolInput


class SchoolCalendarFilter(django_filters.FilterSet):
    year = django_filters.ChoiceFilter(label="School year", empty_label=None, method="keep")
    area = django_filters.ChoiceFilter(
        label="Area", field_name="school__area", choices=registers.area_choices, empty_label="Any"
    )
    phase = django_filters.ChoiceFilter(
        label="Phase", field_name="school__phase", choices=SchoolPhase.choices, empty_label="Any"
    )
    topic = django_filters.ModelChoiceFilter(
        label="Topic", queryset=SchoolTopic.objects.order_by("name"), to_field_name="key", empty_label="Any"
    )
    status = django_filters.ChoiceFilter(label="Standing", choices=SchoolInputStatus.choices, empty_label="Any")

    class Meta:
        model = SchoolInput
        fields = ()

    def __init__(self, *args, years=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = [(str(year), registers.year_words(year)) for year in years]

    def keep(self, rows, name, value):
        """The year is read before; it narrows nothing here."""
        return rows
