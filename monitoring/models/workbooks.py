from django.db import models
from django.db.models import F, Q

from accounts import access
from accounts.models import User
from plans.models import Indicator
from records.models import Document

from ..enums import UploadStatus
from .returns import MonitoringReturn


class IndicatorValue(models.Model):
    """One answer to an indicator of the return's template.

    `part` is empty, a category of a COUNTS indicator, or PEOPLE, BEFORE or AFTER of a SCORE. Numbers
    stand in `number` (unknown is null, never nought), YES or NO and words in `words`.
    """

    monitoring_return = models.ForeignKey(MonitoringReturn, models.CASCADE, related_name="indicator_values")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values")
    part = models.CharField(max_length=80, blank=True)
    number = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["monitoring_return", "indicator", "part"], name="indicator_value_once")
        ]

    class PersonalData:
        fields = ["words"]

    def __str__(self):
        return f"{self.indicator} {self.part}".strip()


class WarningReason(models.Model):
    """Why a warning about a return is right all the same; `code` names the warning and its figure."""

    monitoring_return = models.ForeignKey(MonitoringReturn, models.CASCADE, related_name="warning_reasons")
    code = models.CharField(max_length=200)
    sentence = models.TextField()
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["monitoring_return", "code"], name="warning_reason_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="warning_reason_says_why"),
        ]

    class PersonalData:
        fields = ["by", "reason"]

    def __str__(self):
        return self.sentence[:60]


class ReturnUploadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The organisation sees its own; the office what stood behind figures it was sent, as with the figures."""
        rows = self.filter(monitoring_return__in=MonitoringReturn.objects.visible_to(user))
        return rows.filter(at__lt=F("monitoring_return__submitted_at")) if access.is_office(user) else rows


class ReturnUpload(models.Model):
    """A workbook somebody uploaded for a return: what was read, what was wrong, what became of it.

    Nothing of it reaches the return before it is applied as a whole. `draft` is the version of the
    return it was read against; `findings` a list of faults; `entries` the figures as text by row.
    """

    monitoring_return = models.ForeignKey(MonitoringReturn, models.CASCADE, related_name="uploads")
    status = models.CharField(max_length=10, choices=UploadStatus, default=UploadStatus.RECEIVED)
    name = models.CharField(max_length=150)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    draft = models.PositiveIntegerField()
    template_number = models.PositiveSmallIntegerField(null=True)
    findings = models.JSONField(default=list)
    entries = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True)

    objects = ReturnUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "uploaded workbook"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="APPLIED") | Q(applied_at__isnull=False), name="upload_applied_when"
            )
        ]

    class PersonalData:
        fields = ["by", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{self.monitoring_return.get_absolute_url()}workbook/uploads/{self.pk}/"
