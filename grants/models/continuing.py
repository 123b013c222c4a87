"""What follows a year or the end of an award, and the changes its recipient asks for (R2, V5, X3)."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from plans.enums import ApprovalLevel, RequestKind
from plans.models import MovableEvent
from records.enums import DecisionOutcome
from records.models import Decision

from ..enums import ContinuationChoice, ContinuationKind, ContinuationStatus, RequestStatus
from .awards import Award, AwardLine, Variation


class Continuation(models.Model):
    """One decision on time to come: the next year of a longer award, or what follows its end.

    `starts_on` and `ends_on` are of that time, `amount` its pounds. It is decided by `expected_on`, which moves
    with `event`, and never later than `safe_by`, which only moves with the end of the award (V5).
    `results` is what the returns say so far, frozen when the recipient sends its business case in.
    """

    reference = models.CharField(max_length=20, unique=True)
    award = models.ForeignKey(Award, models.PROTECT, related_name="continuations")
    kind = models.CharField(max_length=12, choices=ContinuationKind)
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    event = models.ForeignKey(MovableEvent, models.PROTECT, null=True, related_name="+")
    case_due_on = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    safe_by = models.DateField()
    status = models.CharField(max_length=20, choices=ContinuationStatus, default=ContinuationStatus.WAITING)
    need = models.TextField(blank=True)
    changes = models.TextField(blank=True)
    plans_for_year = models.TextField(blank=True)
    asked_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    results = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recommended = models.CharField(max_length=10, choices=ContinuationChoice, blank=True)
    advice = models.TextField(blank=True)
    advised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    advised_at = models.DateTimeField(null=True)
    cfo_comment = models.TextField(blank=True)
    cfo_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cfo_at = models.DateTimeField(null=True)
    choice = models.CharField(max_length=10, choices=ContinuationChoice, blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="continuation")
    line = models.OneToOneField(AwardLine, models.PROTECT, null=True, related_name="continuation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "kind", "number"], name="continuation_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="continuation_in_order"),
            models.CheckConstraint(
                condition=~Q(status="DECIDED") | (Q(decision__isnull=False) & ~Q(choice="")),
                name="continuation_decided_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="continuation_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="continuation_submitted_pair",
            ),
        ]

    class PersonalData:
        fields = ["submitted_by", "advised_by", "cfo_by"]

    def __str__(self):
        return f"{self.reference}: {self.get_kind_display().lower()} of {self.award.reference}"

    def get_absolute_url(self):
        return f"/awards/{self.award.reference}/next/{self.reference}/"


class VariationRequest(models.Model):
    """A change of an award that its recipient asks for; approved, it is applied by itself.

    `before` and `after` hold what changes, `effect` what the portal worked out for schedule and reporting, as it
    was when the request was sent in. `level` is who approves, by the rules of the award.
    """

    reference = models.CharField(max_length=20, unique=True)
    award = models.ForeignKey(Award, models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=12, choices=RequestKind)
    reason = models.TextField()
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    effect = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=20, choices=RequestStatus, default=RequestStatus.DRAFT)
    level = models.CharField(max_length=12, choices=ApprovalLevel, blank=True)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    question = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    advised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    advised_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=DecisionOutcome, blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="variation_request")
    variation = models.OneToOneField(Variation, models.PROTECT, null=True, related_name="request")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="request_submitted_pair",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="request_decided_pair",
            ),
            models.CheckConstraint(
                condition=~Q(status="APPROVED") | Q(variation__isnull=False), name="request_approved_is_applied"
            ),
        ]

    class PersonalData:
        fields = ["started_by", "submitted_by", "advised_by", "decided_by"]

    def __str__(self):
        return f"{self.reference}: {self.get_kind_display().lower()}, {self.award.reference}"

    def get_absolute_url(self):
        return f"/awards/{self.award.reference}/requests/{self.reference}/"
