from django.db import models
from django.db.models import F, Q

from .bodies import CommissioningBody


class Plan(models.Model):
    """A commissioning plan for a period, as live data (P7)."""

    key = models.SlugField(max_length=80, unique=True)
    body = models.ForeignKey(CommissioningBody, models.PROTECT, related_name="plans")
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    purpose = models.TextField(blank=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="plan_in_order")]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/plan/documents/{self.key}/"


class LearningArea(models.Model):
    """One row of the learning review that opens a plan (P0)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="learning")
    order = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=300)
    evidence = models.TextField(blank=True)
    change = models.TextField(blank=True)
    owner = models.CharField(max_length=120, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="learning_order")]

    class PersonalData:
        fields = ["owner"]

    def __str__(self):
        return self.area


class Priority(models.Model):
    """A priority of the police and crime plan that money and outcomes serve (P8)."""

    key = models.SlugField(max_length=80, unique=True)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="priorities")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    is_violence_reduction = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "priorities"
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="priority_order")]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name
