import hashlib

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ..enums import Audience, ObligationKind
from .events import ORGANISATION_MODEL, NotSealed


class ObligationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)

    def due_by(self, day):
        return self.filter(due_on__lte=day)

    def overdue(self, day):
        return self.open().filter(due_on__lt=day)

    def opened_by(self, day):
        return self.filter(Q(opens_on__isnull=True) | Q(opens_on__lte=day))

    def not_held(self, day):
        return self.filter(Q(held_until__isnull=True) | Q(held_until__lte=day))

    def held(self, day):
        return self.open().filter(held_until__gt=day)

    def about(self, subject):
        return self.filter(subject_type=subject._meta.label, subject_id=subject.pk)


class Obligation(models.Model):
    """Something owed by a day: written by the act that caused it, closed by the act that meets it.

    `organisation` owes it; null means the office itself does. `recipient` is whose award it is about,
    where another body, its payee, owes it: the recipient's people are told too. A held obligation
    (`held_until`, with its reason) owes no reminder before that day. Overdue is computed, never stored.
    `only_for`: whoever the ladder names, only these people (ids) are told.
    """

    kind = models.CharField(max_length=30, choices=ObligationKind)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    reference = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300)
    link = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(ORGANISATION_MODEL, models.PROTECT, null=True, related_name="obligations")
    recipient = models.ForeignKey(ORGANISATION_MODEL, models.PROTECT, null=True, related_name="+")
    period = models.CharField(max_length=40, blank=True)
    period_starts_on = models.DateField(null=True)
    period_ends_on = models.DateField(null=True)
    anchor = models.CharField(max_length=120, blank=True)
    opens_on = models.DateField(null=True)
    due_on = models.DateField()
    first_due_on = models.DateField()
    source = models.CharField(max_length=500, blank=True)
    held_until = models.DateField(null=True)
    held_reason = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closing = models.CharField(max_length=200, blank=True)

    only_for = ArrayField(models.BigIntegerField(), null=True)
    sealed = models.BooleanField(default=False, db_default=False)

    objects = NotSealed.from_queryset(ObligationQuerySet)()
    everything = ObligationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id", "period"],
                condition=Q(closed_at__isnull=True),
                name="obligation_once_open",
            ),
            models.CheckConstraint(
                condition=Q(period_starts_on__isnull=True) | Q(period_ends_on__gte=F("period_starts_on")),
                name="obligation_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(closing=""),
                name="obligation_closed_says_how",
            ),
            models.CheckConstraint(
                condition=Q(held_until__isnull=True) | ~Q(held_reason=""), name="obligation_held_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(closed_at__isnull=True), name="obligation_open_due"),
            models.Index(fields=["subject_type", "subject_id"], name="obligation_subject"),
        ]

    class PersonalData:
        fields = ["closed_by"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.title} ({self.period or self.due_on})"

    def get_absolute_url(self):
        return f"/reminders/{self.pk}/"


class LadderStep(models.Model):
    """One step of the ladder of a kind of obligation: when, counted in working days, and to whom.

    `working_days` is negative before the due day, 0 on it, positive after it.
    """

    kind = models.CharField(max_length=30, choices=ObligationKind)
    working_days = models.SmallIntegerField()
    audiences = ArrayField(models.CharField(max_length=20, choices=Audience))
    heading = models.CharField(max_length=200)
    wording = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "working_days"], name="ladder_step_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.get_kind_display()}: {self.when}"

    @property
    def reference(self):
        """The kind of the ladder, by which its events are found when the step is gone."""
        return self.kind

    @property
    def when(self):
        """When it goes out, in words."""
        if not self.working_days:
            return "On the day"
        days = abs(self.working_days)
        word = "working day" if days == 1 else "working days"
        return f"{days} {word} {'after' if self.working_days > 0 else 'before'}"

    @property
    def audience_labels(self):
        return [Audience(audience).label for audience in self.audiences]

    @property
    def content(self):
        """What a person reads of the step, for its history and to see whether it has been changed."""
        return {
            "when": self.when,
            "to whom": self.audience_labels,
            "subject": self.heading,
            "wording": self.wording,
        }

    @property
    def mark(self):
        """Changes when the step does: shown with a form, asked for when it comes back."""
        return hashlib.sha256(repr(sorted(self.content.items())).encode()).hexdigest()[:16]

    def get_absolute_url(self):
        return f"/ladders/{self.kind}/"


class LadderClimb(models.Model):
    """A London day whose ladders were climbed to the top: what it owes is written, so digests may be made."""

    on = models.DateField(unique=True)
    at = models.DateTimeField()

    class PersonalData:
        fields = []

    def __str__(self):
        return f"Ladders of {self.on}"
