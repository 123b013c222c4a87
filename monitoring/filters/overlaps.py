"""What the list of possible overlaps can be narrowed by: facts first, words only when asked for."""

import django_filters
from django.db.models import Q

from ..enums import EvidenceKind, PairStatus
from ..models import OverlapPair

EVERYTHING = "ALL"
FACTS = [(kind.value, kind.label) for kind in EvidenceKind if kind != EvidenceKind.TEXT]
EVIDENCE = [*FACTS, (EvidenceKind.TEXT.value, "Similar words only"), (EVERYTHING, "Facts and similar words")]


class OverlapFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Search", method="search")
    evidence = django_filters.ChoiceFilter(
        label="Evidence", choices=EVIDENCE, empty_label="Facts: provider, school, people, theme", method="by_evidence"
    )
    status = django_filters.ChoiceFilter(label="Status", choices=PairStatus.choices, empty_label="Not dismissed")

    class Meta:
        model = OverlapPair
        fields = ["q", "evidence", "status"]

    def filter_queryset(self, queryset):
        rows, given = super().filter_queryset(queryset), self.form.cleaned_data
        if not given["evidence"]:
            rows = rows.filter(is_structured=True)
        return rows if given["status"] else rows.exclude(status=PairStatus.DISMISSED)

    def by_evidence(self, rows, name, value):
        if value == EVERYTHING:
            return rows
        if value == EvidenceKind.TEXT:
            return rows.filter(is_structured=False)
        return rows.filter(evidence__contains=[{"kind": value}])

    def search(self, rows, name, value):
        wanted = Q()
        for side in ("first", "second"):
            for field in ("reference", "title", "organisation_name"):
                wanted |= Q(**{f"{side}__{field}__icontains": value})
        return rows.filter(wanted)
