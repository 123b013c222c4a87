"""What each stage of a decision said of each project: scores, moderation, panels, votes (V3, X1)."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from plans.models import Criterion, DecisionStage

from ..enums import StageOutcome
from .business_cases import Project


class Assessment(models.Model):
    """One evaluator's work on one project in one stage; `finished_at` closes it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="assessments")
    stage = models.ForeignKey(DecisionStage, models.PROTECT, related_name="assessments")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "stage", "by"], name="assessed_once_each")]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.project}, {self.stage}, {self.by}"


class Score(models.Model):
    """One evaluator's score on one criterion; in a gate, whether it is met."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(null=True)
    is_met = models.BooleanField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="scored_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=False, is_met__isnull=True) | Q(score__isnull=True, is_met__isnull=False),
                name="score_or_met",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.criterion}: {self.score if self.score is not None else self.is_met}"


class ModeratedScore(models.Model):
    """The score the evaluators agreed on one criterion of one project, with the reason where it differs."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="moderated_scores")
    stage = models.ForeignKey(DecisionStage, models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "criterion"], name="moderated_once")]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.project}, {self.criterion}: {self.score}"


class StageResult(models.Model):
    """What one stage said of one project; never edited.

    `percent` is of the best possible score, or of the votes. `place` is its place among the projects of the round.
    `votes` are those of a public vote; `held_on`, `who` and `minutes` tell of a panel or second body.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="stage_results")
    stage = models.ForeignKey(DecisionStage, models.PROTECT, related_name="results")
    outcome = models.CharField(max_length=10, choices=StageOutcome)
    percent = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    place = models.PositiveSmallIntegerField(null=True)
    votes = models.PositiveIntegerField(null=True)
    held_on = models.DateField(null=True)
    who = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "stage"], name="stage_result_once")]

    class PersonalData:
        fields = ["by", "who"]

    def __str__(self):
        return f"{self.project}, {self.stage}: {self.get_outcome_display()}"
