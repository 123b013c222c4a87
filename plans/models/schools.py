"""Schools, terms and topics: who may be visited, when, about what (P5)."""

from django.db import models
from django.db.models import F, Q

from ..enums import SchoolPhase


class School(models.Model):
    """A school as the government's register knows it; its number is text with leading noughts."""

    urn = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=200)
    phase = models.CharField(max_length=15, choices=SchoolPhase, default=SchoolPhase.OTHER)
    kind = models.CharField(max_length=120, blank=True)
    area = models.CharField(max_length=80)
    postcode = models.CharField(max_length=10, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "phase"], name="school_area_phase")]
        constraints = [models.CheckConstraint(condition=~Q(name="") & ~Q(urn=""), name="school_is_named")]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/schools/{self.urn}/"


class SchoolTerm(models.Model):
    """A term of a school year; two inputs about one topic in one school and term clash."""

    name = models.CharField(max_length=60, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="school_term_in_order")]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name


class SchoolTopic(models.Model):
    """What an input is about; `most_in_term` inputs about it are enough for one school and term."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    most_in_term = models.PositiveSmallIntegerField(default=1)
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=Q(most_in_term__gt=0), name="school_topic_some")]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name
