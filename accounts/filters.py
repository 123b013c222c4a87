"""Filters of the lists of people and organisations."""

import django_filters
from django.db.models import Q

from . import queries
from .enums import OrganisationKind, RoleName
from .models import Organisation


class PeopleFilter(django_filters.FilterSet):
    """People by words, organisation and role; closed accounts only when asked for."""

    words = django_filters.CharFilter(label="Name or e-mail address", method="by_words")
    organisation = django_filters.ModelChoiceFilter(
        label="Organisation", queryset=Organisation.objects.none(), to_field_name="key", method="by_organisation",
        empty_label="Any",
    )  # fmt: skip
    role = django_filters.ChoiceFilter(label="Role", choices=RoleName.choices, method="by_role", empty_label="Any")
    account = django_filters.ChoiceFilter(
        label="Account", method="by_account", empty_label="In use",
        choices=[("unreached", "Cannot be reached"), ("closed", "Closed or not yet used")],
    )  # fmt: skip

    def __init__(self, *args, organisations, with_closed, **kwargs):
        super().__init__(*args, **kwargs)
        if not with_closed:
            del self.filters["account"]
        self.filters["organisation"].queryset = organisations.order_by("name")

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        return found.filter(is_active=self.form.cleaned_data.get("account") != "closed")

    def by_words(self, queryset, name, value):
        return queryset.filter(Q(full_name__icontains=value) | Q(email__icontains=value))

    def by_organisation(self, queryset, name, value):
        return queryset.filter(pk__in=queries.current_memberships(value).values("user_id"))

    def by_role(self, queryset, name, value):
        return queryset.filter(pk__in=queries.roles_held(value).values("user_id"))

    def by_account(self, queryset, name, value):
        return queryset.filter(unreached=True) if value == "unreached" else queryset


class OrganisationFilter(django_filters.FilterSet):
    """Organisations by words (every name and number), kind and area."""

    words = django_filters.CharFilter(label="Name, former name or number", method="by_words")
    kind = django_filters.ChoiceFilter(label="Kind", choices=OrganisationKind.choices, empty_label="Any")
    area = django_filters.ChoiceFilter(label="Area", method="by_area", empty_label="Any")

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["area"].extra["choices"] = [(area, area) for area in areas]

    def by_words(self, queryset, name, value):
        return queries.find_organisations(queryset, value)

    def by_area(self, queryset, name, value):
        return queryset.filter(areas__contains=[value])
