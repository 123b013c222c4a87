"""Plans for what follows a fund that ended, and schedules of days delivered (M1, E1)."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from plans.models import School

from ..enums import SessionStatus, SustainabilityOutcome, SustainabilityStatus
from .awards import Award


class SustainabilityPlan(models.Model):
    """How a project is to go on once its funding ends (M1); `told_on`: the recipient was informed."""

    award = models.OneToOneField(Award, models.PROTECT, related_name="sustainability")
    told_on = models.DateField(null=True, blank=True)
    summary = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=SustainabilityStatus, default=SustainabilityStatus.OPEN)
    outcome = models.CharField(max_length=15, choices=SustainabilityOutcome, blank=True)
    outcome_words = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="CLOSED") | (~Q(outcome="") & Q(closed_on__isnull=False)),
                name="sustainability_closed_with_outcome",
            )
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"Sustainability plan of {self.award.reference}"

    def get_absolute_url(self):
        return f"/awards/{self.award.reference}/sustainability/"


class SustainabilityContact(models.Model):
    """One contact with the recipient about what follows; never edited."""

    plan = models.ForeignKey(SustainabilityPlan, models.PROTECT, related_name="contacts")
    on = models.DateField()
    who = models.CharField(max_length=200)
    note = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="contact_says_what")]

    class PersonalData:
        fields = ["who", "note", "by"]

    def __str__(self):
        return f"{self.on}: {self.who}"


class SustainabilityAction(models.Model):
    """Something to be done so that the project can go on; reminders come from its obligation."""

    plan = models.ForeignKey(SustainabilityPlan, models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    action = models.CharField(max_length=300)
    by_office = models.BooleanField(default=False)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="sustainability_action_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.action


class DeliverySchedule(models.Model):
    """What an award promises to deliver by number: so many units, in blocks (E1)."""

    award = models.OneToOneField(Award, models.PROTECT, related_name="schedule")
    unit = models.CharField(max_length=60, default="day")
    promised = models.PositiveSmallIntegerField()
    guidance = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(promised__gt=0), name="schedule_promises_something")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"Schedule of {self.award.reference}"

    def get_absolute_url(self):
        return f"/awards/{self.award.reference}/schedule/"


class DeliveryBlock(models.Model):
    """A stretch of time within which some of the promised number is delivered; the days may be unknown."""

    schedule = models.ForeignKey(DeliverySchedule, models.CASCADE, related_name="blocks")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    promised = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "number"], name="delivery_block_once"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="delivery_block_in_order",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name


class DeliverySession(models.Model):
    """One planned day of delivery and what became of it; re-arranged, it names the session in its place."""

    schedule = models.ForeignKey(DeliverySchedule, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    block = models.ForeignKey(DeliveryBlock, models.PROTECT, null=True, blank=True, related_name="sessions")
    on = models.DateField()
    place = models.CharField(max_length=200)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="delivery_sessions")
    area = models.CharField(max_length=80, blank=True)
    audience = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=SessionStatus, default=SessionStatus.PLANNED)
    people = models.PositiveIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    instead_of = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering = ["on", "number"]
        constraints = [models.UniqueConstraint(fields=["schedule", "number"], name="delivery_session_once")]

    class PersonalData:
        fields = ["note"]

    def __str__(self):
        return f"{self.on}: {self.place}"
