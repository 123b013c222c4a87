"""How the list of contracts is narrowed."""

import django_filters
from django.db.models import Q

from accounts.models import Organisation
from plans.models import Stream
from records.formfields import GovDateField

from . import queries
from .enums import ContractStatus, OversightStatus
from .models import Contract, OversightActivity


class EndFilter(django_filters.Filter):
    """A day that the current end of a contract is held against; the end is derived, so the rows are read for it."""

    field_class = GovDateField


class ContractFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Name, provider or reference", method="with_words", max_length=80)
    status = django_filters.ChoiceFilter(label="Status", choices=ContractStatus.choices, empty_label="Any")
    provider = django_filters.ModelChoiceFilter(
        label="Provider", queryset=Organisation.objects.none(), empty_label="Any", to_field_name="key"
    )
    stream = django_filters.ModelChoiceFilter(
        label="Stream", queryset=Stream.objects.order_by("order", "pk"), empty_label="Any", to_field_name="key"
    )
    ends_after = EndFilter(label="Current end on or after", method="with_end_after")
    ends_before = EndFilter(label="Current end on or before", method="with_end_before")

    class Meta:
        model = Contract
        fields = ["words", "status", "provider", "stream", "ends_after", "ends_before"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = self.queryset.order_by().values("pk")
        providers = Organisation.objects.filter(contracts__in=mine).distinct().order_by("name", "pk")
        self.filters["provider"].queryset = providers

    def with_end_after(self, queryset, name, value):
        return queryset.filter(pk__in=[pk for pk, ends_on in queries.current_ends(queryset) if ends_on >= value])

    def with_end_before(self, queryset, name, value):
        return queryset.filter(pk__in=[pk for pk, ends_on in queries.current_ends(queryset) if ends_on <= value])

    def with_words(self, queryset, name, value):
        return queryset.filter(
            Q(name__icontains=value) | Q(provider__name__icontains=value) | Q(reference__icontains=value)
        )


class OversightFilter(django_filters.FilterSet):
    """How the oversight register is narrowed."""

    words = django_filters.CharFilter(label="Name, provider or reference", method="with_words", max_length=80)
    status = django_filters.ChoiceFilter(label="Status", choices=OversightStatus.choices, empty_label="Any")
    stream = django_filters.ModelChoiceFilter(
        label="Stream", queryset=Stream.objects.order_by("order", "pk"), empty_label="Any", to_field_name="key"
    )

    class Meta:
        model = OversightActivity
        fields = ["words", "status", "stream"]

    def with_words(self, queryset, name, value):
        found = Q(name__icontains=value) | Q(reference__icontains=value) | Q(provider_name__icontains=value)
        return queryset.filter(found | Q(provider__name__icontains=value))
