"""What a project brings into schools, and clashes an officer has looked at (P5)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from plans.models import School, SchoolTopic

from ..enums import SchoolInputStatus
from .business_cases import Project


class SchoolInput(models.Model):
    """One input of a project in one school: who comes, when, for whom, about what; and what was delivered."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="school_inputs")
    number = models.PositiveSmallIntegerField()
    school = models.ForeignKey(School, models.PROTECT, related_name="inputs")
    topic = models.ForeignKey(SchoolTopic, models.PROTECT, related_name="inputs")
    year_groups = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    sessions = models.PositiveSmallIntegerField(default=1)
    pupils = models.PositiveIntegerField(null=True, blank=True)
    lead_agreed_on = models.DateField(null=True, blank=True)
    lead_post = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=10, choices=SchoolInputStatus, default=SchoolInputStatus.PLANNED)
    delivered_on = models.DateField(null=True, blank=True)
    sessions_delivered = models.PositiveSmallIntegerField(null=True, blank=True)
    pupils_reached = models.PositiveIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="school_input_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="school_input_in_order"),
            models.CheckConstraint(condition=Q(sessions__gt=0), name="school_input_has_sessions"),
            models.CheckConstraint(
                condition=~Q(status="DELIVERED") | Q(delivered_on__isnull=False), name="school_input_delivered_when"
            ),
        ]
        indexes = [models.Index(fields=["school", "topic", "starts_on"], name="school_input_when")]

    class PersonalData:
        fields = ["note"]

    def __str__(self):
        return f"{self.school}: {self.topic}, {self.starts_on}"

    @property
    def reference(self):
        return f"{self.project.reference}/S{self.number}"

    def get_absolute_url(self):
        return self.school.get_absolute_url()


class SchoolPart(models.Model):
    """What a project that goes into schools answers once, for all of them (P5)."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="school_part")
    goes = models.BooleanField(null=True)
    curriculum_link = models.TextField(blank=True)
    delivered_by = models.CharField(max_length=300, blank=True)
    dbs_checked = models.BooleanField(null=True)
    dbs_words = models.TextField(blank=True)
    materials = models.TextField(blank=True)
    evaluation = models.TextField(blank=True)

    class PersonalData:
        fields = ["delivered_by"]

    def __str__(self):
        return f"Schools part of {self.project.reference}"


class ClashRuling(models.Model):
    """An officer has looked at a clash or at too many inputs, and says why it may stand; never edited."""

    school_input = models.ForeignKey(SchoolInput, models.CASCADE, related_name="rulings")
    other = models.ForeignKey(SchoolInput, models.CASCADE, null=True, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="clash_ruling_has_reason")]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.school_input}: may stand"
