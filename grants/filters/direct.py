"""What the list of direct awards can be narrowed by."""

import django_filters
from django.db.models import Q

from ..enums import DirectAwardStatus
from ..models import DirectAward


class DirectAwardFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Search", method="search")
    status = django_filters.ChoiceFilter(label="Status", choices=DirectAwardStatus.choices, empty_label="Any status")

    class Meta:
        model = DirectAward
        fields = ["q", "status"]

    def search(self, rows, name, value):
        wanted = Q(reference__icontains=value) | Q(title__icontains=value) | Q(recipient__name__icontains=value)
        return rows.filter(wanted)
