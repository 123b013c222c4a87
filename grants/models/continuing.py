"""What follows a year or the end of an award, and the changes its recipient asks for (R2, V5, X3)."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from plans.enums import ApprovalLevel, RequestKind
from plans.models import MovableEvent
from records.enums import DecisionOutcome
from records.models import Decision, Obligation

from ..enums import (
    CONTINUATION_UNDECIDED,
    ContinuationChoice,
    ContinuationKind,
    ContinuationStatus,
    RequestStatus,
    ReviewVerdict,
)
from .awards import Award, AwardLine, Variation
from .rounds import Round


class ContinuationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office sees all; recipient and payee those of the awards they see."""
        return self.filter(award__in=Award.objects.visible_to(user))

    def undecided(self):
        return self.filter(status__in=CONTINUATION_UNDECIDED)


class Continuation(models.Model):
    """One decision on time to come: the next year of a longer award, or what follows its end.

    `starts_on` and `ends_on` are of that time, `amount` its pounds. It is decided by `expected_on`, which moves
    with `event`, and never later than `safe_by`, which only moves with the end of the award (V5).
    `results` is what the returns say so far, frozen when the recipient sends its business case in.
    `reapply_round` is where the recipient may apply again; null while that round is to come.
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
    recommended_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    advice = models.TextField(blank=True)
    advised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    advised_at = models.DateTimeField(null=True)
    cfo_comment = models.TextField(blank=True)
    cfo_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cfo_at = models.DateTimeField(null=True)
    choice = models.CharField(max_length=10, choices=ContinuationChoice, blank=True)
    reapply_round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="+")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="continuation")
    line = models.OneToOneField(AwardLine, models.PROTECT, null=True, related_name="continuation")

    objects = ContinuationQuerySet.as_manager()

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

    @property
    def is_extension(self):
        return self.kind == ContinuationKind.EXTENSION

    @property
    def standing(self):
        """Where it stands, in words: an extension has no business case to open."""
        if self.is_extension and self.status == ContinuationStatus.WAITING:
            return "Not advised on yet"
        return self.get_status_display()

    @property
    def sum_in_question(self):
        """The pounds it is about: what is asked for, else what the award sets apart, else what officers recommend."""
        known = (self.asked_amount, self.amount, self.recommended_amount)
        return next((amount for amount in known if amount is not None), None)

    @property
    def is_undecided(self):
        return self.status in CONTINUATION_UNDECIDED

    @property
    def due_on(self):
        """The day to decide by: as expected, and never after the latest safe day."""
        return min(self.expected_on or self.safe_by, self.safe_by)

    @property
    def is_event_too_late(self):
        """Whether what it waits for falls after the latest safe day, so that it is decided without it (V5)."""
        return self.is_undecided and self.expected_on is not None and self.expected_on > self.safe_by


class ReviewedReturn(models.Model):
    """What an officer found of one return of an award, and what it says was reached; monitoring passes it down.

    `verdict` is empty while a return once reviewed is open again; what it had met stays met. `results` are rows
    of what, measure, unit, target, result and words, as in the version that was reviewed (R2, V2).
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="reviewed_returns")
    obligation = models.OneToOneField(Obligation, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()
    verdict = models.CharField(max_length=15, choices=ReviewVerdict, blank=True)
    results = models.JSONField(default=list, blank=True)
    reviewed_at = models.DateTimeField()

    class PersonalData:
        fields = ["results"]

    def __str__(self):
        return f"{self.reference}: {self.get_verdict_display() or 'open again'}"


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
