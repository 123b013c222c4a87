from django.db import models
from django.db.models import Q

from accounts.models import Organisation

from ..enums import Basis, Purpose, StreamPurpose, StreamStanding
from .plans import Plan, Priority


class FundingSource(models.Model):
    """Where the office got the money; `amount` in pounds for `year`, null when not published."""

    key = models.SlugField(max_length=80, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sources")
    name = models.CharField(max_length=200)
    funder = models.CharField(max_length=200)
    purpose = models.CharField(max_length=30, choices=Purpose, default=Purpose.ANY)
    carry_over_allowed = models.BooleanField(default=False)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    basis = models.CharField(max_length=20, choices=Basis, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="source_amount_positive")
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name

    def may_pay_for(self, stream):
        """Say whether the purpose of the source covers what the stream is for (X2)."""
        return self.purpose == Purpose.ANY or self.purpose == stream.purpose


class Stream(models.Model):
    """A funding stream of a plan, in the plan's own numbering ("1.1")."""

    key = models.SlugField(max_length=80, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="streams")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    number = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=30, choices=StreamPurpose, default=StreamPurpose.OTHER)
    standing = models.CharField(max_length=20, choices=StreamStanding, default=StreamStanding.CURRENT)
    informed_on = models.DateField(null=True, blank=True)
    description = models.TextField(blank=True)
    legal_power = models.CharField(max_length=120, blank=True)
    sources = models.ManyToManyField(FundingSource, blank=True, related_name="streams")
    priorities = models.ManyToManyField(Priority, blank=True, related_name="streams")
    budget = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="stream_number_once"),
            models.CheckConstraint(condition=Q(budget__isnull=True) | Q(budget__gte=0), name="stream_budget_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.number} {self.name}"

    def get_absolute_url(self):
        return f"/plan/streams/{self.key}/"


class CommitmentLine(models.Model):
    """Money promised without an award: a contribution, a post, case-by-case costs.

    A recipient or an amount that no source names stays null (V8).
    """

    key = models.SlugField(max_length=80, unique=True)
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="commitment_lines")
    funding_source = models.ForeignKey(FundingSource, models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=300)
    recipient = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    year = models.CharField(max_length=20)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    basis = models.CharField(max_length=20, choices=Basis, blank=True)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="commitment_amount_positive",
            )
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.title
