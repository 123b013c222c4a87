"""How the list of complaints is narrowed."""

import django_filters
from django.db.models import Q

from accounts.models import Organisation

from ..enums import CONCERN_IN_PLAY, ConcernRoute, ConcernStatus, ConcernTheme
from ..models import Concern

STANDINGS = [("open", "In play"), ("late", "Answer late"), ("settled", "Settled")]


class ConcernFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Reference, service or organisation", method="with_words", max_length=80)
    standing = django_filters.ChoiceFilter(
        label="Standing", choices=STANDINGS, method="with_standing", empty_label="Any"
    )
    organisation = django_filters.ModelChoiceFilter(
        label="Organisation", queryset=Organisation.objects.none(), empty_label="Any", to_field_name="key"
    )
    theme = django_filters.ChoiceFilter(label="Theme", choices=ConcernTheme.choices, empty_label="Any")
    route = django_filters.ChoiceFilter(label="How it came", choices=ConcernRoute.choices, empty_label="Any")

    class Meta:
        model = Concern
        fields = ["words", "standing", "organisation", "theme", "route"]

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        seen = self.queryset.order_by().values("organisation")
        self.filters["organisation"].queryset = Organisation.objects.filter(pk__in=seen).order_by("name", "pk")

    def with_words(self, queryset, name, value):
        return queryset.filter(
            Q(reference__icontains=value) | Q(about__icontains=value) | Q(organisation__name__icontains=value)
        )

    def with_standing(self, queryset, name, value):
        if value == "late":
            return queryset.filter(status=ConcernStatus.OPEN, due_on__lt=self.on)
        in_play = Q(status__in=CONCERN_IN_PLAY)
        return queryset.filter(in_play) if value == "open" else queryset.exclude(in_play)
