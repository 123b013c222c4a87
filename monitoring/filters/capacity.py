"""How the lists of support are narrowed (B1)."""

import django_filters
from django.db.models import Q

from accounts.models import Organisation

from ..enums import OfferKind, OfferStatus, TriggerKind
from ..models import CapacityOffer, CapacitySuggestion, OutsideFunding

STANDINGS = [("open", "Still suggested"), ("set_aside", "Set aside")]


class OfferFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Search", method="search")
    kind = django_filters.ChoiceFilter(choices=OfferKind.choices, label="Kind", empty_label="Any")
    status = django_filters.ChoiceFilter(choices=OfferStatus.choices, label="Status", empty_label="Any")

    class Meta:
        model = CapacityOffer
        fields = ["q", "kind", "status"]

    def search(self, rows, name, value):
        wanted = Q(reference__icontains=value) | Q(title__icontains=value) | Q(description__icontains=value)
        return rows.filter(wanted | Q(for_whom__icontains=value))


class _OfOrganisations(django_filters.FilterSet):
    """Lists about organisations: only those that occur in them can be chosen."""

    related = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        here = Organisation.objects.filter(**{f"{self.related}__in": self.queryset.order_by().values("pk")})
        self.filters["organisation"].queryset = here.distinct().order_by("name")


class SuggestionFilter(_OfOrganisations):
    related = "capacity_suggestions"
    organisation = django_filters.ModelChoiceFilter(
        queryset=Organisation.objects.none(), label="Organisation", empty_label="Any"
    )
    kind = django_filters.ChoiceFilter(choices=TriggerKind.choices, label="Why", empty_label="Any")
    standing = django_filters.ChoiceFilter(choices=STANDINGS, label="Standing", empty_label="Any", method="of_standing")

    class Meta:
        model = CapacitySuggestion
        fields = ["organisation", "kind", "standing"]

    def of_standing(self, rows, name, value):
        return rows.filter(set_aside_at__isnull=value == "open")


class FundingFilter(_OfOrganisations):
    related = "outside_funding"
    q = django_filters.CharFilter(label="Search", method="search")
    organisation = django_filters.ModelChoiceFilter(
        queryset=Organisation.objects.none(), label="Organisation", empty_label="Any"
    )

    class Meta:
        model = OutsideFunding
        fields = ["q", "organisation"]

    def search(self, rows, name, value):
        return rows.filter(Q(funder__icontains=value) | Q(purpose__icontains=value))
