from django.db import models
from django.db.models import F, Q

from accounts.models import User

from ..enums import KpiDirection, KpiKind, PlanStatus
from .contracts import AdditionalService, Contract


class Kpi(models.Model):
    """What is measured of a service: definition, unit, which way is better (S4). Targets are rows by period."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="kpis")
    service = models.ForeignKey(AdditionalService, models.PROTECT, null=True, blank=True, related_name="kpis")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    definition = models.TextField(blank=True)
    kind = models.CharField(max_length=12, choices=KpiKind, default=KpiKind.NUMBER)
    unit = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=8, choices=KpiDirection, default=KpiDirection.HIGHER)
    starts_on = models.DateField()
    retired_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="kpi_number_once"),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True) | Q(retired_on__gte=F("starts_on")), name="kpi_days_in_order"
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name


class KpiTarget(models.Model):
    """The target of a KPI from a day until the next row: green from `target`, amber from `amber`, else red.

    Both are in the unit of the KPI; `amber` null means there is no amber.
    """

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="targets")
    starts_on = models.DateField()
    target = models.DecimalField(max_digits=12, decimal_places=2)
    amber = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    reason = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [models.UniqueConstraint(fields=["kpi", "starts_on"], name="kpi_target_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.kpi}: {self.target} from {self.starts_on}"


class KpiResult(models.Model):
    """What a provider reported for a KPI and a period; a correction is a new row, the old one superseded.

    `value` null means not known, with the provider's words why. `accepted_at` is set by the officer's
    verdict on the return. `report` names the return by its reference.
    """

    kpi = models.ForeignKey(Kpi, models.PROTECT, related_name="results")
    starts_on = models.DateField()
    ends_on = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    comment = models.TextField(blank=True)
    report = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    reported_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kpi", "starts_on", "ends_on"],
                condition=Q(superseded_at__isnull=True),
                name="kpi_result_once_current",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="kpi_result_in_order"),
        ]

    class PersonalData:
        fields = ["comment"]

    def __str__(self):
        return f"{self.kpi}, {self.starts_on} to {self.ends_on}"


class ImprovementPlan(models.Model):
    """What a provider does about a KPI that was red twice running; opened by the portal, agreed by the office (S4)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="improvement_plans")
    kpi = models.ForeignKey(Kpi, models.PROTECT, related_name="improvement_plans")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=PlanStatus, default=PlanStatus.ASKED)
    because = models.TextField()
    cause = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closing = models.TextField(blank=True)

    class Meta:
        verbose_name = "improvement plan"
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="improvement_plan_number_once"),
            models.UniqueConstraint(fields=["kpi"], condition=~Q(status="CLOSED"), name="improvement_plan_one_open"),
            models.CheckConstraint(condition=~Q(status="CLOSED") | ~Q(closing=""), name="improvement_plan_closed_why"),
        ]

    class PersonalData:
        fields = ["agreed_by", "closed_by"]

    def __str__(self):
        return f"{self.contract.reference}, improvement plan {self.number}"

    @property
    def reference(self):
        return f"{self.contract.reference}/IP{self.number}"

    def get_absolute_url(self):
        return f"/contracts/{self.contract.reference}/plans/{self.number}/"


class ImprovementStep(models.Model):
    """One thing the provider will do, by a day."""

    plan = models.ForeignKey(ImprovementPlan, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    does = models.CharField(max_length=300)
    owner = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="improvement_step_once")]

    class PersonalData:
        fields = ["owner"]

    def __str__(self):
        return self.does
