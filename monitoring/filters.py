"""How the list of returns is narrowed."""

import django_filters

from accounts.models import Organisation
from plans.enums import ReportKind
from plans.models import Stream

from .enums import ReturnStatus
from .models import MonitoringReturn


class ReturnFilter(django_filters.FilterSet):
    """By stream, organisation, kind and status; late ones counted on the day given."""

    stream = django_filters.ModelChoiceFilter(
        field_name="award__stream", queryset=Stream.objects.none(), label="Stream", empty_label="Any"
    )
    organisation = django_filters.ModelChoiceFilter(
        field_name="award__recipient", queryset=Organisation.objects.none(), label="Organisation", empty_label="Any"
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
        mine = self.queryset.order_by()
        self.filters["stream"].queryset = Stream.objects.filter(pk__in=mine.values("award__stream_id")).order_by(
            "order", "number"
        )
        self.filters["organisation"].queryset = Organisation.objects.filter(
            pk__in=mine.values("award__recipient_id")
        ).order_by("name")

    def only_late(self, rows, name, value):
        return rows.filter(pk__in=MonitoringReturn.objects.late_on(self.on).values("pk"))
