from django.conf import settings
from django.db import models
from django.db.models import Q

from ..enums import APPROVING, DecisionOutcome


class DecisionQuerySet(models.QuerySet):
    def approving(self):
        return self.filter(outcome__in=APPROVING)

    def published(self):
        return self.filter(published_at__isnull=False)


class Decision(models.Model):
    """One decision of the commissioner or a delegate (X3).

    Made, then offered to the recipient in confidence, later published. What was decided is
    frozen by a database trigger; only the offered and published stamps are added afterwards.
    `amount` is in pounds; null where the decision gives no money.
    """

    reference = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=300)
    outcome = models.CharField(max_length=20, choices=DecisionOutcome)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="decisions_made")
    post = models.CharField(max_length=120, blank=True)
    delegation_reference = models.CharField(max_length=60, blank=True)
    purpose = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    question = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    cfo_comment = models.TextField(blank=True)
    interests = models.TextField(blank=True)
    is_key = models.BooleanField(default=False)
    notice_number = models.PositiveIntegerField(null=True, unique=True)
    is_recorded = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)
    offered_at = models.DateTimeField(null=True)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="decision_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(offered_at__isnull=True, offered_by__isnull=True)
                | Q(offered_at__isnull=False, offered_by__isnull=False),
                name="decision_offered_pair",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="decision_published_pair",
            ),
            models.CheckConstraint(
                condition=Q(is_recorded=True) | (Q(made_by__isnull=False) & ~Q(reason="")),
                name="decision_made_by_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_recorded=True)
                | ~Q(outcome__in=sorted(APPROVING))
                | (Q(amount__isnull=False) & ~Q(purpose="")),
                name="decision_approval_has_amount_and_purpose",
            ),
            models.CheckConstraint(condition=~Q(outcome="DEFERRED") | ~Q(question=""), name="decision_deferral_asks"),
        ]

    class PersonalData:
        fields = ["made_by", "offered_by", "published_by", "interests"]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return f"/decisions/{self.reference}/"

    @property
    def approves(self):
        return self.outcome in APPROVING
