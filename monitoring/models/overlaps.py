"""Work compared with other work, and the pairs that may overlap (C7)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from accounts.models import User

from ..enums import PairStatus, WorkKind


class ComparedWork(models.Model):
    """One piece of funded or proposed work as the finder sees it: its facts and its words.

    `provider_marks` are everything its providers are known by (own names, aliases, registration numbers),
    `school_terms` a mark for each school and term, `terms` its weighty words. `embedding` is written by the
    optional model. `in_play`: open or funded, so that others are compared with it.
    """

    kind = models.CharField(max_length=12, choices=WorkKind)
    subject_id = models.BigIntegerField()
    reference = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    link = models.CharField(max_length=200)
    organisation_name = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    provider_marks = ArrayField(models.CharField(max_length=200), default=list)
    school_terms = ArrayField(models.CharField(max_length=80), default=list)
    themes = ArrayField(models.CharField(max_length=120), default=list)
    areas = ArrayField(models.CharField(max_length=80), default=list)
    cohorts = ArrayField(models.CharField(max_length=120), default=list)
    terms = ArrayField(models.CharField(max_length=60), default=list)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    embedding = models.BinaryField(null=True)
    in_play = models.BooleanField(default=True)
    digest = models.CharField(max_length=64)
    compared_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "compared work"
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="compared_work_once")]
        indexes = [
            GinIndex(fields=["provider_marks"], name="compared_providers"),
            GinIndex(fields=["school_terms"], name="compared_schools"),
            GinIndex(fields=["terms"], name="compared_terms"),
        ]

    class PersonalData:
        fields = ["text"]

    def __str__(self):
        return f"{self.reference} {self.title}"


class OverlapPair(models.Model):
    """Two pieces of work that may overlap: why, with the passages, and what an officer made of it."""

    first = models.ForeignKey(ComparedWork, models.CASCADE, related_name="pairs_first")
    second = models.ForeignKey(ComparedWork, models.CASCADE, related_name="pairs_second")
    status = models.CharField(max_length=10, choices=PairStatus, default=PairStatus.FOUND)
    evidence = models.JSONField(default=list)
    score = models.PositiveSmallIntegerField()
    is_structured = models.BooleanField(default=False)
    found_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="overlap_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="overlap_pair_in_order"),
            models.CheckConstraint(
                condition=Q(status="FOUND") | (~Q(reason="") & Q(judged_at__isnull=False) & Q(judged_by__isnull=False)),
                name="overlap_judged_with_reason",
            ),
        ]

    class PersonalData:
        fields = ["judged_by"]

    def __str__(self):
        return f"{self.first.reference} and {self.second.reference}"

    @property
    def reference(self):
        return f"{self.first.reference} + {self.second.reference}"

    def get_absolute_url(self):
        return f"/overlaps/{self.pk}/"
