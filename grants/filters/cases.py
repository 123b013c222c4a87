"""Filters of the lists of rounds and business cases."""

import django_filters
from django.db.models import Q

from accounts.models import Organisation

from ..enums import CaseStatus, RoundStatus, Window
from ..models import BusinessCase, Round


class RoundFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Words in the name", method="by_words")
    status = django_filters.ChoiceFilter(label="Status", choices=RoundStatus.choices, empty_label="Any")

    class Meta:
        model = Round
        fields = ()

    def by_words(self, rows, name, value):
        return rows.filter(Q(name__icontains=value) | Q(reference__icontains=value) | Q(stream__name__icontains=value))


class CaseFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Words or reference", method="by_words")
    round = django_filters.ModelChoiceFilter(label="Round", queryset=Round.objects.none(), empty_label="Any")
    organisation = django_filters.ModelChoiceFilter(
        label="Organisation", queryset=Organisation.objects.none(), empty_label="Any", to_field_name="key"
    )
    status = django_filters.ChoiceFilter(label="Status", choices=CaseStatus.choices, empty_label="Any")
    window = django_filters.ChoiceFilter(label="Window", choices=Window.choices, empty_label="Any")

    class Meta:
        model = BusinessCase
        fields = ()

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        rounds = Round.objects.visible_to(user).order_by("-starts_on", "name")
        self.filters["round"].field.queryset = rounds
        visible = BusinessCase.objects.visible_to(user).order_by().values("organisation")
        self.filters["organisation"].field.queryset = Organisation.objects.filter(pk__in=visible).order_by("name")

    def by_words(self, rows, name, value):
        return rows.filter(
            Q(reference__icontains=value)
            | Q(title__icontains=value)
            | Q(organisation__name__icontains=value)
            | Q(pk__in=rows.model.objects.filter(projects__title__icontains=value).values("pk"))
        )
