"""Awards made without a round, and claims for money spent (C9, R4, V8, X2)."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from plans.models import FundingSource, Priority, RuleSet, Stream
from records.enums import DecisionOutcome
from records.models import Decision

from ..enums import ClaimStatus, DirectAwardStatus
from .awards import Award, Instalment


class DirectAward(models.Model):
    """A proposal to fund one recipient without a round; approved, it becomes an award."""

    reference = models.CharField(max_length=20, unique=True)
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="direct_awards")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="direct_awards")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="direct_awards")
    title = models.CharField(max_length=300)
    purpose = models.TextField()
    reason = models.TextField()
    outcomes = models.TextField(blank=True)
    priorities = models.ManyToManyField(Priority, blank=True, related_name="direct_awards")
    starts_on = models.DateField()
    ends_on = models.DateField()
    status = models.CharField(max_length=20, choices=DirectAwardStatus, default=DirectAwardStatus.DRAFT)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recommended = models.CharField(max_length=20, choices=DecisionOutcome, blank=True)
    advice = models.TextField(blank=True)
    advised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    advised_at = models.DateTimeField(null=True)
    cfo_comment = models.TextField(blank=True)
    cfo_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cfo_at = models.DateTimeField(null=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="direct_award")
    award = models.OneToOneField(Award, models.PROTECT, null=True, related_name="proposal")
    is_example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="direct_award_in_order"),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(reason=""), name="direct_award_says_why"),
            models.CheckConstraint(
                condition=Q(advised_at__isnull=True, advised_by__isnull=True)
                | Q(advised_at__isnull=False, advised_by__isnull=False),
                name="direct_award_advised_pair",
            ),
            models.CheckConstraint(
                condition=Q(cfo_at__isnull=True, cfo_by__isnull=True) | Q(cfo_at__isnull=False, cfo_by__isnull=False),
                name="direct_award_cfo_pair",
            ),
            models.CheckConstraint(
                condition=~Q(status="DECIDED") | Q(decision__isnull=False), name="direct_award_decided_by_a_decision"
            ),
        ]

    class PersonalData:
        fields = ["proposed_by", "advised_by", "cfo_by"]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def get_absolute_url(self):
        return f"/direct-awards/{self.reference}/"


class DirectAwardSource(models.Model):
    """What one source of funds pays of a direct award in one period, in pounds (X2)."""

    direct_award = models.ForeignKey(DirectAward, models.CASCADE, related_name="sources")
    number = models.PositiveSmallIntegerField()
    funding_source = models.ForeignKey(FundingSource, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["direct_award", "number"], name="direct_award_source_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="direct_award_source_positive"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="direct_award_source_in_order"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.direct_award.reference}: {self.funding_source}"


class Claim(models.Model):
    """Money a recipient has spent and asks for, with receipts; accepted, it releases an instalment in arrears.

    `amount` and `accepted_amount` in pounds. The receipts are documents about this row.
    """

    reference = models.CharField(max_length=20, unique=True)
    award = models.ForeignKey(Award, models.PROTECT, related_name="claims")
    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="claims")
    covers_from = models.DateField()
    covers_to = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    description = models.TextField()
    status = models.CharField(max_length=10, choices=ClaimStatus, default=ClaimStatus.SUBMITTED)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    accepted_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="claim_positive"),
            models.CheckConstraint(condition=Q(covers_to__gte=F("covers_from")), name="claim_in_order"),
            models.CheckConstraint(
                condition=~Q(status="ACCEPTED") | (Q(accepted_amount__gt=0) & Q(accepted_amount__lte=F("amount"))),
                name="claim_accepted_sum",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="claim_answered_pair",
            ),
        ]

    class PersonalData:
        fields = ["submitted_by", "answered_by", "description"]

    def __str__(self):
        return f"{self.reference}: £{self.amount}"

    def get_absolute_url(self):
        return f"/awards/{self.award.reference}/claims/{self.reference}/"
