from decimal import Decimal

from django.db import models
from django.db.models import Q

from accounts.models import Organisation

from ..enums import Basis, Purpose, StreamPurpose, StreamStanding
from .plans import Plan, Priority


class FundingSource(models.Model):
    """Where the office got the money; `amount` in pounds as first given, null when not published.

    `carry_over_allowed` up to `carry_over_percent` of the amount (null: all of it), and only with the
    funder's recorded consent where `carry_over_needs_consent`. Promises may come to
    `over_commitment_percent` above what it holds (X2).
    """

    key = models.SlugField(max_length=80, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sources")
    name = models.CharField(max_length=200)
    funder = models.CharField(max_length=200)
    purpose = models.CharField(max_length=30, choices=Purpose, default=Purpose.ANY)
    carry_over_allowed = models.BooleanField(default=False)
    carry_over_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    carry_over_needs_consent = models.BooleanField(default=False)
    over_commitment_percent = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal("0"))
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
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

    def get_absolute_url(self):
        return f"/money/sources/{self.key}/"

    def may_pay_for(self, stream):
        """Say whether the purpose of the source covers what the stream is for (X2)."""
        return self.purpose == Purpose.ANY or self.purpose == stream.purpose


class Stream(models.Model):
    """A funding stream of a plan, in the plan's own numbering ("1.1")."""

    key = models.SlugField(max_length=80, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="streams")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
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

    A recipient or an amount that no source names stays null (V8). `case_by_case`: its costs arise one
    by one and stand beside it (deaths reviews).
    """

    key = models.SlugField(max_length=80, unique=True)
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="commitment_lines")
    funding_source = models.ForeignKey(FundingSource, models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=300)
    recipient = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    purpose = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    rule_set = models.ForeignKey("plans.RuleSet", models.PROTECT, null=True, blank=True, related_name="commitments")
    decision = models.ForeignKey("records.Decision", models.PROTECT, null=True, blank=True, related_name="+")
    case_by_case = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)
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

    def get_absolute_url(self):
        return f"/money/commitments/{self.key}/"


class CommitmentCost(models.Model):
    """One cost of a commitment line that arises case by case, in pounds; never edited (V8)."""

    commitment = models.ForeignKey(CommitmentLine, models.PROTECT, related_name="costs")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    what = models.CharField(max_length=300)
    invoice = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="commitment_cost_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="commitment_cost_positive"),
        ]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.commitment}: {self.what}"
