"""What the list of proposals to retain money can be narrowed by."""

import django_filters
from django.db.models import Q

from ..enums import RetainStatus
from ..models import RetainPart, RetainProposal


class RetainFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Search", method="search")
    status = django_filters.ChoiceFilter(label="Status", choices=RetainStatus.choices, empty_label="Any status")

    class Meta:
        model = RetainProposal
        fields = ["q", "status"]

    def search(self, rows, name, value):
        parts = RetainPart.objects.filter(
            Q(project__case__organisation__name__icontains=value) | Q(project__title__icontains=value)
        )
        wanted = Q(reference__icontains=value) | Q(title__icontains=value) | Q(provider_name__icontains=value)
        return rows.filter(wanted | Q(provider__name__icontains=value) | Q(pk__in=parts.values("proposal")))
