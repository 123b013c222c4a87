"""How the list of opportunities is narrowed."""

import django_filters
from django.db.models import Q

from records.formfields import GovDateField

from .enums import OpportunityStatus, SchoolPhase
from .models import Opportunity, Priority, School, Stream
from .queries import schools


class DayFilter(django_filters.Filter):
    field_class = GovDateField


class OpportunityFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Fund, funder or reference", method="by_words", max_length=80)
    status = django_filters.ChoiceFilter(label="Status", choices=OpportunityStatus.choices, empty_label="Any")
    stream = django_filters.ModelChoiceFilter(
        label="Stream", queryset=Stream.objects.order_by("order", "pk"), to_field_name="key", empty_label="Any"
    )
    priority = django_filters.ModelChoiceFilter(
        label="Priority", queryset=Priority.objects.order_by("order", "pk"), field_name="priorities",
        to_field_name="key", empty_label="Any",
    )  # fmt: skip
    closes_before = DayFilter(label="Closes on or before", field_name="closes_on", lookup_expr="lte")

    class Meta:
        model = Opportunity
        fields = ()

    def by_words(self, rows, name, value):
        return rows.filter(Q(reference__icontains=value) | Q(fund__icontains=value) | Q(funder__icontains=value))


class SchoolFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Name, number or postcode", method="by_words", max_length=80)
    area = django_filters.ChoiceFilter(label="Area", empty_label="Any", choices=schools.area_choices)
    phase = django_filters.ChoiceFilter(label="Phase", choices=SchoolPhase.choices, empty_label="Any")
    standing = django_filters.ChoiceFilter(
        label="Standing", choices=[("open", "Open"), ("closed", "Closed")], empty_label="Any", method="by_standing"
    )

    class Meta:
        model = School
        fields = ()

    def by_words(self, rows, name, words):
        return rows.filter(Q(name__icontains=words) | Q(urn=words.strip()) | Q(postcode__istartswith=words.strip()))

    def by_standing(self, rows, name, standing):
        return rows.filter(closed_on__isnull=standing == "open")
