"""Rules of who gets how much: formulas, lots, match funding, and the questions asked (X1)."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ..enums import AskedOf, MatchIn, QuestionKind, Severity
from .rule_sets import RuleSet


class Formula(models.Model):
    """One version of how money is shared out; the newest version counts until a round freezes it (C1).

    Each factor's share is a recipient's part of all values of the factor, by weight. `floor` is pounds nobody
    goes below. `damping_percent` is how much of the way from last year's sum to the result is gone: 100 goes
    all the way. `most_loss_percent` and `most_gain_percent` limit the change on last year.
    """

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="formulas")
    number = models.PositiveSmallIntegerField()
    floor = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal("0"))
    damping_percent = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal("100"))
    most_loss_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    most_gain_percent = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    why = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "number"], name="formula_version_once"),
            models.CheckConstraint(
                condition=Q(floor__gte=0) & Q(damping_percent__gte=0) & Q(damping_percent__lte=100),
                name="formula_within_bounds",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.rule_set}: formula, version {self.number}"


class FormulaWeight(models.Model):
    """One factor of a formula with its weight in per cent; the weights of a formula make 100."""

    formula = models.ForeignKey(Formula, models.CASCADE, related_name="weights")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    weight = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["formula", "key"], name="formula_weight_once"),
            models.CheckConstraint(condition=Q(weight__gt=0) & Q(weight__lte=100), name="formula_weight_percent"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name


class Lot(models.Model):
    """A part of a round's money with rules of its own, in pounds; a project bids for one lot.

    `floor` and `cap` are the least and the most one project may ask for. Null is "no limit", and for
    the budget "not known".
    """

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="lots")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    guidance = models.TextField(blank=True)
    budget = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    floor = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    cap = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "number"], name="lot_number_once"),
            models.CheckConstraint(
                condition=(Q(budget__isnull=True) | Q(budget__gt=0))
                & (Q(floor__isnull=True) | Q(floor__gte=0))
                & (Q(cap__isnull=True) | Q(cap__gt=0)),
                name="lot_sums_positive",
            ),
            models.CheckConstraint(
                condition=Q(floor__isnull=True) | Q(cap__isnull=True) | Q(cap__gte=F("floor")),
                name="lot_floor_below_cap",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"Lot {self.number}: {self.name}"


class MatchRule(models.Model):
    """How much of what a project costs others must bring: per cent of its whole cost."""

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="match_rules")
    match_in = models.CharField(max_length=10, choices=MatchIn, default=MatchIn.EITHER)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    severity = models.CharField(max_length=20, choices=Severity, default=Severity.BLOCK)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "match_in"], name="match_rule_once"),
            models.CheckConstraint(condition=Q(percent__gt=0) & Q(percent__lt=100), name="match_rule_percent"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.rule_set}: {self.percent}% match"


class QuestionSet(models.Model):
    """Questions that belong together; any rule set may ask them."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)

    class PersonalData:
        fields = []

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/plan/question-sets/{self.key}/"


class Question(models.Model):
    """One question: `options` for a list, `lowest` and `highest` for numbers and money, `longest` for words.

    It is asked only where the question `shown_if` of the same set was answered with one of `shown_for`.
    """

    question_set = models.ForeignKey(QuestionSet, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    label = models.CharField(max_length=300)
    help = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=QuestionKind)
    required = models.BooleanField(default=True)
    options = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    lowest = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    highest = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    longest = models.PositiveIntegerField(default=2000)
    shown_if = models.SlugField(max_length=60, blank=True)
    shown_for = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["question_set", "key"], name="question_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["CHOICE", "CHOICES"], options__len__gt=0)
                | (~Q(kind__in=["CHOICE", "CHOICES"]) & Q(options__len=0)),
                name="question_choice_has_options",
            ),
            models.CheckConstraint(
                condition=Q(shown_if="", shown_for__len=0) | (~Q(shown_if="") & Q(shown_for__len__gt=0)),
                name="question_shown_if_says_for_what",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.label


class AskedQuestions(models.Model):
    """A set of questions that a rule set asks, in its place."""

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="asked")
    question_set = models.ForeignKey(QuestionSet, models.PROTECT, related_name="asked_by")
    number = models.PositiveSmallIntegerField()
    asked_of = models.CharField(max_length=10, choices=AskedOf, default=AskedOf.CASE)

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "asked questions"
        constraints = [models.UniqueConstraint(fields=["rule_set", "question_set"], name="question_set_asked_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.rule_set} asks {self.question_set}"
