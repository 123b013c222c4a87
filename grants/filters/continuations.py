"""Filter of the list of what follows awards."""

import django_filters
from django.db.models import Q

from plans.models import Stream

from ..models import Continuation
from ..queries import continuations as queries


class ContinuationFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label="State", choices=queries.STATES, method="by_state", empty_label="Any")
    words = django_filters.CharFilter(label="Recipient, title or reference", method="by_words")
    stream = django_filters.ModelChoiceFilter(
        label="Funding stream",
        queryset=Stream.objects.order_by("order"),
        field_name="award__stream",
        to_field_name="key",
        empty_label="Any",
    )

    class Meta:
        model = Continuation
        fields = ()

    def by_state(self, rows, name, value):
        return rows.filter(queries.in_state(value))

    def by_words(self, rows, name, value):
        return rows.filter(
            Q(reference__icontains=value)
            | Q(award__reference__icontains=value)
            | Q(award__title__icontains=value)
            | Q(award__recipient__name__icontains=value)
        )
