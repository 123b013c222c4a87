"""How visits, actions and risk are narrowed."""

import django_filters
from django.db.models import Q

from ..enums import ActionStatus, FindingGrade, VisitStatus
from ..models import AuditAction, AuditProgramme, AuditVisit


class VisitFilter(django_filters.FilterSet):
    """By words, programme, status and grade."""

    q = django_filters.CharFilter(label="Search", method="search")
    programme = django_filters.ModelChoiceFilter(
        queryset=AuditProgramme.objects.order_by("-starts_on", "-pk"), label="Programme", empty_label="Any"
    )
    status = django_filters.ChoiceFilter(label="Status", choices=VisitStatus.choices, empty_label="Any")
    grade = django_filters.ChoiceFilter(label="Grade", choices=FindingGrade.choices, empty_label="Any")

    class Meta:
        model = AuditVisit
        fields = ["q", "programme", "status", "grade"]

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        if not office:
            del self.filters["programme"]

    def search(self, rows, name, value):
        words = Q(reference__icontains=value) | Q(organisation__name__icontains=value)
        words |= Q(award__reference__icontains=value) | Q(contract__reference__icontains=value)
        return rows.filter(words)


class ActionFilter(django_filters.FilterSet):
    """By words, status and whether it is late on the day given."""

    q = django_filters.CharFilter(label="Search", method="search")
    status = django_filters.ChoiceFilter(label="Status", choices=ActionStatus.choices, empty_label="Any")
    late = django_filters.ChoiceFilter(
        label="Late", choices=[("yes", "Late only")], empty_label="Any", method="only_late"
    )

    class Meta:
        model = AuditAction
        fields = ["q", "status"]

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    def search(self, rows, name, value):
        visit = Q(finding__visit__reference__icontains=value) | Q(finding__visit__organisation__name__icontains=value)
        return rows.filter(visit | Q(action__icontains=value))

    def only_late(self, rows, name, value):
        return rows.filter(status=ActionStatus.OPEN, due_on__lt=self.on)
