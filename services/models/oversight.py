from django.db import models
from django.db.models import F, Q

from accounts import access
from accounts.models import Organisation, User
from accounts.roles import Permission
from plans.models import FundingSource, Stream
from records.models import Document

from ..enums import CheckResult, OversightStatus


class OversightCheckKind(models.Model):
    """A check every activity must pass before it goes live; rows, so that an office can change them (R3)."""

    key = models.SlugField(max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=120)
    question = models.CharField(max_length=300)
    guidance = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name


class OversightQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The register is the office's."""
        return self if access.may(user, Permission.OVERSIGHT_READ) else self.none()


class OversightActivity(models.Model):
    """Something a partnership commissions with the commissioner's money, in the oversight register (R3).

    `amount` in pounds, null where not known yet. It goes live only with every check met: the database
    refuses it otherwise.
    """

    reference = models.CharField(max_length=20, unique=True)
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="oversight_activities")
    funding_source = models.ForeignKey(FundingSource, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=300)
    purpose = models.TextField()
    area = models.CharField(max_length=200, blank=True)
    cohort = models.CharField(max_length=200, blank=True)
    provider = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="oversight_activities"
    )
    provider_name = models.CharField(max_length=200, blank=True)
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=OversightStatus, default=OversightStatus.PROPOSED)
    live_at = models.DateTimeField(null=True)
    live_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_reason = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    objects = OversightQuerySet.as_manager()

    class Meta:
        verbose_name = "oversight activity"
        verbose_name_plural = "oversight activities"
        constraints = [
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="oversight_positive"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="oversight_in_order"
            ),
            models.CheckConstraint(
                condition=Q(live_at__isnull=True, live_by__isnull=True)
                | Q(live_at__isnull=False, live_by__isnull=False),
                name="oversight_live_pair",
            ),
            models.CheckConstraint(condition=~Q(status="LIVE") | Q(live_at__isnull=False), name="oversight_live_when"),
        ]

    class PersonalData:
        fields = ["live_by"]

    def __str__(self):
        return f"{self.reference} {self.name}"

    def get_absolute_url(self):
        return f"/oversight/{self.reference}/"


class OversightCheck(models.Model):
    """The answer to one check of one activity, with its evidence and who looked.

    `looked_at` names what was shown as funded already, as [reference, name, why it was shown].
    """

    activity = models.ForeignKey(OversightActivity, models.CASCADE, related_name="checks")
    kind = models.ForeignKey(OversightCheckKind, models.PROTECT, related_name="checks")
    result = models.CharField(max_length=8, choices=CheckResult)
    evidence = models.TextField()
    looked_at = models.JSONField(default=list, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "kind"], name="oversight_check_once"),
            models.CheckConstraint(condition=~Q(evidence=""), name="oversight_check_has_evidence"),
        ]

    class PersonalData:
        fields = ["checked_by"]

    def __str__(self):
        return f"{self.activity.reference}: {self.kind}"
