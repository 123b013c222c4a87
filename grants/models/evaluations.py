from django.db import models
from django.db.models import Q

from accounts.models import User
from records.enums import DecisionOutcome

from .business_cases import BusinessCase, Project


class InterestDeclaration(models.Model):
    """A person's declaration about one case, made before the papers are worked on."""

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="interests")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    has_interest = models.BooleanField()
    details = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], name="interest_declared_once"),
            models.CheckConstraint(condition=Q(has_interest=False) | ~Q(details=""), name="interest_says_what"),
        ]

    class PersonalData:
        fields = ["user", "details"]

    def __str__(self):
        return f"{self.user}, {self.case.reference}"


class Evaluation(models.Model):
    """One officer's evaluation of one project."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="evaluations")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    need = models.TextField()
    outcomes = models.TextField()
    value_for_money = models.TextField()
    risks = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "by"], name="evaluation_once_each")]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.project} by {self.by}"


class Recommendation(models.Model):
    """The officers' advice on one project, with the chief finance officer's comment (X3).

    `spend_history` is what was known of the applicant's unspent money when the advice was given.
    """

    project = models.OneToOneField(Project, models.PROTECT, related_name="recommendation")
    outcome = models.CharField(max_length=20, choices=DecisionOutcome)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    advice = models.TextField()
    conditions = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    cfo_comment = models.TextField(blank=True)
    cfo_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cfo_at = models.DateTimeField(null=True)
    spend_history = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cfo_at__isnull=True, cfo_by__isnull=True) | Q(cfo_at__isnull=False, cfo_by__isnull=False),
                name="recommendation_cfo_pair",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="recommendation_amount_positive",
            ),
        ]

    class PersonalData:
        fields = ["by", "cfo_by"]

    def __str__(self):
        return f"{self.project}: {self.get_outcome_display()}"
