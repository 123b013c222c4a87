"""The stages of a decision, their criteria, and who approves a change of an award (V3, X1, X3)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from accounts.enums import RoleName

from ..enums import ApprovalLevel, RequestKind, StageKind
from .rule_sets import RuleSet


class DecisionStage(models.Model):
    """One stage between a submitted project and its decision, in order; a rule set without any is evaluated freely.

    `evaluators` is how many must score, each alone. `pass_percent` is the least share of the best possible
    score, or of the votes; below it the project goes no further. `places`: only so many of the highest go on.
    The stage concerns projects asking for at least `from_amount` and at most `up_to_amount`
    pounds. `post` decides in an officer's stage, under its recorded delegation; `body` is the second body.
    """

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="stages")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=15, choices=StageKind)
    name = models.CharField(max_length=200)
    guidance = models.TextField(blank=True)
    evaluators = models.PositiveSmallIntegerField(default=0)
    pass_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    from_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    up_to_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    post = models.CharField(max_length=30, choices=RoleName, blank=True)
    body = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "number"], name="stage_number_once"),
            models.CheckConstraint(
                condition=Q(pass_percent__isnull=True) | (Q(pass_percent__gte=0) & Q(pass_percent__lte=100)),
                name="stage_pass_percent",
            ),
            models.CheckConstraint(
                condition=Q(from_amount__isnull=True)
                | Q(up_to_amount__isnull=True)
                | Q(up_to_amount__gte=F("from_amount")),
                name="stage_amounts_in_order",
            ),
            models.CheckConstraint(condition=~Q(kind="SECOND_BODY") | ~Q(body=""), name="stage_second_body_is_named"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.number} {self.name}"


class Criterion(models.Model):
    """One criterion of a gate or of a scored stage; in a gate it is met or not, else scored up to `highest`."""

    stage = models.ForeignKey(DecisionStage, models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    guidance = models.TextField(blank=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal("1"))
    highest = models.PositiveSmallIntegerField(default=5)

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["stage", "number"], name="criterion_number_once"),
            models.CheckConstraint(condition=Q(weight__gt=0) & Q(highest__gt=0), name="criterion_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.title


class ScoreGuide(models.Model):
    """What one score of a criterion means."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="guides")
    score = models.PositiveSmallIntegerField()
    meaning = models.CharField(max_length=500)

    class Meta:
        ordering = ["score"]
        constraints = [models.UniqueConstraint(fields=["criterion", "score"], name="score_guide_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.score}: {self.meaning}"


class ApprovalRule(models.Model):
    """Who approves a change that a recipient asks for, up to a size; the lowest level that fits counts.

    `up_to_percent` is of the award's sum, `up_to_days` of time moved; null means any size.
    """

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="approval_rules")
    kind = models.CharField(max_length=12, choices=RequestKind)
    level = models.CharField(max_length=12, choices=ApprovalLevel)
    up_to_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    up_to_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule_set", "kind", "level"], name="approval_rule_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_level_display()}"
