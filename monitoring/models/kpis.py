from django.db import models

from services.models import Kpi

from .returns import MonitoringReturn


class KpiLine(models.Model):
    """A provider's figure for one KPI of the contract in the period of the return (S4).

    `value` null is not known: `comment` then says why. Submitting reports it (`services.actions`).
    """

    monitoring_return = models.ForeignKey(MonitoringReturn, models.CASCADE, related_name="kpi_lines")
    kpi = models.ForeignKey(Kpi, models.PROTECT, related_name="lines")
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["monitoring_return", "kpi"], name="kpi_line_once")]

    class PersonalData:
        fields = ["comment"]

    def __str__(self):
        return str(self.kpi)
