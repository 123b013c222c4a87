"""How the list of returns is narrowed."""

from datetime import date

import django_filters
from django.db.models import Q

from accounts.models import Organisation
from plans.enums import ReportKind
from plans.models import Stream
from records.models import Obligation
from records.words import day_in_words

from .. import queries
from ..enums import OwedState, ReturnStatus
from ..models import MonitoringReturn


class ReturnFilter(django_filters.FilterSet):
    """By stream, organisation, kind and status; late ones counted on the day given."""

    stream = django_filters.ModelChoiceFilter(
        queryset=Stream.objects.none(), label="Stream", empty_label="Any", method="of_stream"
    )
    organisation = django_filters.ModelChoiceFilter(
        queryset=Organisation.objects.none(), label="Organisation", empty_label="Any", method="of_organisation"
    )
    kind = django_filters.ChoiceFilter(choices=ReportKind.choices, label="Kind", empty_label="Any")
    status = django_filters.ChoiceFilter(choices=ReturnStatus.choices, label="Status", empty_label="Any")
    late = django_filters.ChoiceFilter(
        choices=[("yes", "Late only")], label="Late", empty_label="Any", method="only_late"
    )

    class Meta:
        model = MonitoringReturn
        fields = ["stream", "organisation", "kind", "status"]

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        mine = MonitoringReturn.objects.filter(pk__in=self.queryset.order_by().values("pk"))
        theirs = Q(awards__returns__in=mine) | Q(contracts__returns__in=mine)
        self.filters["stream"].queryset = Stream.objects.filter(theirs).distinct().order_by("order", "number")
        self.filters["organisation"].queryset = Organisation.objects.filter(theirs).distinct().order_by("name")

    def of_stream(self, rows, name, stream):
        return rows.filter(Q(award__stream=stream) | Q(contract__stream=stream))

    def of_organisation(self, rows, name, organisation):
        return rows.filter(Q(award__recipient=organisation) | Q(contract__provider=organisation))

    def only_late(self, rows, name, value):
        return rows.filter(pk__in=MonitoringReturn.objects.late_on(self.on).values("pk"))


class OwedFilter(django_filters.FilterSet):
    """Who owes what, by stream, kind, period and state. Counts are taken before the state narrows them."""

    stream = django_filters.ModelChoiceFilter(
        field_name="stream_key", queryset=Stream.objects.none(), label="Stream", empty_label="Any", method="of_stream"
    )
    kind = django_filters.ChoiceFilter(choices=ReportKind.choices, label="Kind", empty_label="Any", method="of_kind")
    period = django_filters.ChoiceFilter(label="Period", empty_label="Any", method="of_period")
    state = django_filters.ChoiceFilter(choices=OwedState.choices, label="State", empty_label="Any")

    class Meta:
        model = Obligation
        fields = ["stream", "kind", "period", "state"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        used = Q(awards__isnull=False) | Q(contracts__isnull=False)
        self.filters["stream"].queryset = Stream.objects.filter(used).distinct().order_by("order", "number")
        self.filters["period"].extra["choices"] = [
            (f"{first:%Y%m%d}-{last:%Y%m%d}", f"{day_in_words(first)} to {day_in_words(last)}")
            for first, last in queries.periods_of(self.queryset)
        ]

    def of_stream(self, rows, name, stream):
        return rows.filter(stream_key=stream.pk)

    def of_kind(self, rows, name, kind):
        return queries.of_kind(rows, kind)

    def of_period(self, rows, name, period):
        first, _, last = period.partition("-")
        return rows.filter(period_starts_on=date.fromisoformat(first), period_ends_on=date.fromisoformat(last))

    def counts(self):
        """How many rows of the stream, kind and period stand in each state."""
        rows = self.queryset
        if self.form.is_valid():
            for name in ("stream", "kind", "period"):
                rows = self.filters[name].filter(rows, self.form.cleaned_data[name])
        return queries.counts_of(rows)
