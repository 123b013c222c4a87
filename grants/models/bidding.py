"""What a bid needs beside the business case: invitations, factors of a formula, match, periods, answers (X1)."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from plans.enums import LimitOn
from plans.models import FormulaWeight, FundingSource, Question

from ..enums import ExcusedRule, MatchKind
from .business_cases import BusinessCase, Project
from .rounds import Allocation, Round


class RoundInvitation(models.Model):
    """An organisation invited to a round whose money is not allocated beforehand (V1)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    continues = models.ForeignKey("grants.Award", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "organisation"], name="invited_once")]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.organisation}, {self.round}"


class RoundSource(models.Model):
    """How much of each award of a round one source of funds pays, in per cent; without any, the round's one source."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="shares")
    funding_source = models.ForeignKey(FundingSource, models.PROTECT, related_name="+")
    share_percent = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "funding_source"], name="round_source_once"),
            models.CheckConstraint(
                condition=Q(share_percent__gt=0) & Q(share_percent__lte=100), name="round_source_share"
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.round}: {self.funding_source}"


class AllocationFactor(models.Model):
    """The value of one factor of the formula for one organisation, such as its population or its crime (C1)."""

    allocation = models.ForeignKey(Allocation, models.CASCADE, related_name="factors")
    weight = models.ForeignKey(FormulaWeight, models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=16, decimal_places=4)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["allocation", "weight"], name="allocation_factor_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="allocation_factor_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.allocation}: {self.weight}"


class MatchLine(models.Model):
    """What somebody else brings to a project, in pounds; help in kind at its value."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="match_lines")
    number = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=200)
    kind = models.CharField(max_length=6, choices=MatchKind)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="match_line_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="match_line_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.who


class ProfileLine(models.Model):
    """How much of a project's money falls into one period, in pounds."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="profile_lines")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="profile_line_number_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="profile_line_in_order"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="profile_line_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.project}: {self.starts_on} to {self.ends_on}"


class Answer(models.Model):
    """The answer to one question of a set, for the business case or for one project of it.

    `value` is plain JSON: text, a number as text, "yes" or "no", a list, an ISO day, or a document as {id, name, size}.
    """

    case = models.ForeignKey(BusinessCase, models.CASCADE, related_name="answers")
    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    value = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "project", "question"], name="answer_once", nulls_distinct=False)
        ]

    class PersonalData:
        fields = ["value"]

    def __str__(self):
        return f"{self.case.reference}: {self.question}"


class PriorResult(models.Model):
    """What an earlier award achieved, as its accepted returns say; filled in by the portal, never typed (V2)."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="prior_results")
    number = models.PositiveSmallIntegerField()
    award = models.ForeignKey("grants.Award", models.PROTECT, related_name="+")
    return_reference = models.CharField(max_length=20)
    return_kind = models.CharField(max_length=20)
    what = models.CharField(max_length=300)
    measure = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    result = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="prior_result_number_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.what


class LimitException(models.Model):
    """Somebody with the right to do so lets one case or continuation go over a limit, with the reason (R1).

    `amount` is how many pounds above the limit are allowed. One for an award may be for the time one `continuation`
    is about.
    """

    case = models.ForeignKey(BusinessCase, models.PROTECT, null=True, related_name="limit_exceptions")
    award = models.ForeignKey("grants.Award", models.PROTECT, null=True, related_name="limit_exceptions")
    continuation = models.ForeignKey("grants.Continuation", models.PROTECT, null=True, related_name="limit_exceptions")
    on = models.CharField(max_length=20, choices=[*LimitOn.choices, *ExcusedRule.choices])
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, award__isnull=True) | Q(case__isnull=True, award__isnull=False),
                name="limit_exception_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(reason=""), name="limit_exception_says_why"),
        ]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.get_on_display()}: £{self.amount} above the limit"
