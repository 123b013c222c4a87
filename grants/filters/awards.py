"""Filters of the lists of decisions, awards and payments."""

import django_filters
from django.db.models import Q

from plans.models import Stream
from records.enums import DecisionOutcome
from records.models import Decision

from ..enums import AwardStatus
from ..models import Award, Instalment
from ..queries import awards as queries

TOLD = [("made", "Made, not yet told"), ("offered", "Told, not published"), ("published", "Published")]


class DecisionFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Words or reference", method="by_words")
    outcome = django_filters.ChoiceFilter(label="Outcome", choices=DecisionOutcome.choices, empty_label="Any")
    stage = django_filters.ChoiceFilter(label="Stage", choices=TOLD, method="by_stage", empty_label="Any")
    key = django_filters.ChoiceFilter(
        label="Key decisions", choices=[("yes", "Only key decisions")], method="by_key", empty_label="All"
    )

    class Meta:
        model = Decision
        fields = ()

    def by_words(self, rows, name, value):
        return rows.filter(Q(reference__icontains=value) | Q(title__icontains=value) | Q(reason__icontains=value))

    def by_stage(self, rows, name, value):
        told, published = value != "made", value == "published"
        return rows.filter(offered_at__isnull=not told, published_at__isnull=not published)

    def by_key(self, rows, name, value):
        return rows.filter(is_key=True)


class AwardFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Recipient, title or reference", method="by_words")
    status = django_filters.ChoiceFilter(label="Status", choices=AwardStatus.choices, empty_label="Any")
    stream = django_filters.ModelChoiceFilter(
        label="Funding stream", queryset=Stream.objects.order_by("order"), to_field_name="key", empty_label="Any"
    )

    class Meta:
        model = Award
        fields = ()

    def by_words(self, rows, name, value):
        return rows.filter(
            Q(reference__icontains=value) | Q(title__icontains=value) | Q(recipient__name__icontains=value)
        )


class PaymentFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label="State", choices=queries.STATES, method="by_state", empty_label="Any")
    words = django_filters.CharFilter(label="Payee, recipient or reference", method="by_words")

    class Meta:
        model = Instalment
        fields = ()

    def __init__(self, *args, on, **kwargs):
        self.on = on
        super().__init__(*args, **kwargs)

    def by_state(self, rows, name, value):
        return rows.filter(queries.condition_of(value, self.on))

    def by_words(self, rows, name, value):
        return rows.filter(
            Q(award__reference__icontains=value)
            | Q(award__recipient__name__icontains=value)
            | Q(award__payee__name__icontains=value)
            | Q(payment_reference__icontains=value)
        )
