"""How the list of contracts is narrowed."""

import django_filters
from django.db.models import Q

from plans.models import Stream

from .enums import ContractStatus, OversightStatus
from .models import Contract, OversightActivity


class ContractFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Name, provider or reference", method="with_words", max_length=80)
    status = django_filters.ChoiceFilter(label="Status", choices=ContractStatus.choices, empty_label="Any")
    stream = django_filters.ModelChoiceFilter(
        label="Stream", queryset=Stream.objects.order_by("order", "pk"), empty_label="Any", to_field_name="key"
    )

    class Meta:
        model = Contract
        fields = ["words", "status", "stream"]

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
