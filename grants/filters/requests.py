"""Filter of the list of changes that recipients ask for."""

import django_filters
from django.db.models import Q

from plans.enums import RequestKind
from plans.models import Stream

from ..enums import RequestStatus
from ..models import VariationRequest


class RequestFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Recipient, award or reference", method="by_words")
    kind = django_filters.ChoiceFilter(label="Change", choices=RequestKind.choices, empty_label="Any")
    status = django_filters.ChoiceFilter(label="Status", choices=RequestStatus.choices, empty_label="Any")
    stream = django_filters.ModelChoiceFilter(
        label="Funding stream",
        field_name="award__stream",
        queryset=Stream.objects.order_by("order"),
        to_field_name="key",
        empty_label="Any",
    )

    class Meta:
        model = VariationRequest
        fields = ()

    def by_words(self, rows, name, value):
        return rows.filter(
            Q(reference__icontains=value)
            | Q(award__reference__icontains=value)
            | Q(award__recipient__name__icontains=value)
        )
