"""The plan as a living document: its sections, their words, its dated changes, reviews of requirements (P7, C10)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..enums import RequirementReviewStatus, SectionKind
from .plans import Plan
from .rule_sets import TermsVersion
from .streams import Stream


class PlanSection(models.Model):
    """One section of the plan, in the plan's own order and numbering."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=80)
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=15, choices=SectionKind, default=SectionKind.PROSE)
    stream = models.ForeignKey(Stream, models.PROTECT, null=True, blank=True, related_name="sections")
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="plan_section_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=["STREAM", "SERVICES"]) | Q(stream__isnull=False),
                name="plan_section_names_its_stream",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.number} {self.title}".strip()


class SectionText(models.Model):
    """The words of a section from one moment on; never edited, the newest counts."""

    section = models.ForeignKey(PlanSection, models.CASCADE, related_name="texts")
    words = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.section}, {self.at:%d %B %Y}"


class PlanChange(models.Model):
    """A dated variation of the plan, with its reason; never edited (P7)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="changes")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    title = models.CharField(max_length=300)
    reason = models.TextField()
    section = models.ForeignKey(PlanSection, models.PROTECT, null=True, blank=True, related_name="changes")
    is_example = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_change_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="plan_change_has_reason"),
        ]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.plan}, change {self.number}"


class RequirementReview(models.Model):
    """A recorded review of what a stream asks of its recipients (C10)."""

    reference = models.CharField(max_length=20, unique=True)
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="requirement_reviews")
    title = models.CharField(max_length=200)
    scope = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=RequirementReviewStatus, default=RequirementReviewStatus.OPEN)
    opened_on = models.DateField()
    concluded_on = models.DateField(null=True, blank=True)
    conclusion = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="CONCLUDED") | (Q(concluded_on__isnull=False) & ~Q(conclusion="")),
                name="requirement_review_concluded_says_so",
            )
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.reference} {self.title}"

    def get_absolute_url(self):
        return f"/plan/reviews/{self.reference}/"


class ReviewFinding(models.Model):
    """One finding; `condition` is the wording it becomes in the next version of the terms, and `terms` that version."""

    review = models.ForeignKey(RequirementReview, models.CASCADE, related_name="findings")
    number = models.PositiveSmallIntegerField()
    finding = models.TextField()
    condition = models.TextField(blank=True)
    checked_by = models.CharField(max_length=300, blank=True)
    terms = models.ForeignKey(TermsVersion, models.PROTECT, null=True, blank=True, related_name="from_findings")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="review_finding_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.review.reference}, finding {self.number}"
