from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ..enums import MessageStatus
from .documents import Paper
from .events import NotSealed
from .obligations import Obligation


class Message(models.Model):
    """One e-mail carrying one or more notices.

    Message-ID and Date are fixed at the first lease and committed before anything is sent, so a
    second copy after a crash is the same letter. A lease that has run out may be taken again.
    `digest_on` is the London day whose reminders it gathers: at most one such letter for a person
    and day, however many workers compose. `alerted_at`: the office knows that it failed. `person` null is somebody
    without an account, who complained: the letter has no notice and carries `paper` itself.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="messages")
    to = models.EmailField()
    heading = models.CharField(max_length=300)
    body = models.TextField()
    status = models.CharField(max_length=10, choices=MessageStatus, default=MessageStatus.QUEUED)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    message_id = models.CharField(max_length=200, blank=True)
    dated_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    digest_on = models.DateField(null=True)
    alerted_at = models.DateTimeField(null=True)
    possibly_doubled = models.BooleanField(default=False)
    answer = models.CharField(max_length=500, blank=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    sealed = models.BooleanField(default=False, db_default=False)

    objects = NotSealed()
    everything = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(sealed=True), name="message_to_a_person_or_sealed"
            ),
            models.CheckConstraint(condition=~Q(status="SENT") | Q(sent_at__isnull=False), name="message_sent_when"),
            models.UniqueConstraint(
                fields=["person", "digest_on"],
                condition=Q(digest_on__isnull=False, sealed=False) & ~Q(status="WITHDRAWN"),
                name="message_one_digest_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(status__in=["QUEUED", "SENDING"]),
                name="message_waiting",
            ),
            models.Index(
                fields=["created_at"], condition=Q(status="FAILED", alerted_at__isnull=True), name="message_failed"
            ),
        ]

    class PersonalData:
        fields = ["person", "to", "heading", "body", "answer"]

    def __str__(self):
        return f"{self.heading} to {self.to}"

    @property
    def is_digest(self):
        return self.digest_on is not None


class BadAddress(models.Model):
    """An e-mail address whose server refused for good; gone again when a letter arrives there.

    What is written to it meanwhile is tried one letter a day, from `next_try_at`.
    """

    address = models.EmailField(unique=True)
    since = models.DateTimeField()
    answer = models.CharField(max_length=500)
    next_try_at = models.DateTimeField()
    message = models.ForeignKey(Message, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "bad addresses"

    class PersonalData:
        fields = ["address", "answer"]

    def __str__(self):
        return self.address


class Notice(models.Model):
    """What one person is owed to be told, once: `key` is unique over rule, obligation, due day,
    step and person, so a moved date starts afresh and nobody is told twice.

    With `obligation` it is a reminder. With rows in `dates` it tells of an act that set those days:
    its letter carries them as calendar entries.
    """

    key = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    rule = models.CharField(max_length=60)
    obligation = models.ForeignKey(Obligation, models.PROTECT, null=True, related_name="notices")
    due_on = models.DateField(null=True)
    step = models.SmallIntegerField(null=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    reference = models.CharField(max_length=60, blank=True)
    heading = models.CharField(max_length=300)
    body = models.TextField()
    link = models.CharField(max_length=200, blank=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="notices")
    withdrawn_at = models.DateTimeField(null=True)
    sealed = models.BooleanField(default=False, db_default=False)

    objects = NotSealed()
    everything = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="notice_subject"),
            models.Index(
                fields=["person"],
                condition=Q(message__isnull=True, withdrawn_at__isnull=True),
                name="notice_unsent",
            ),
        ]

    class PersonalData:
        fields = ["person", "heading", "body"]

    def __str__(self):
        return f"{self.heading} ({self.person_id})"

    def get_absolute_url(self):
        return f"/notices/{self.pk}/"


class NoticeDate(models.Model):
    """A due day that the act of a notice has set or moved, as it was told."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="dates")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="+")
    due_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "obligation"], name="notice_date_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.obligation_id}: {self.due_on}"


class NoticeAppointment(models.Model):
    """A meeting at an hour that a notice tells of, as it stood then; its letter carries it for a calendar.

    A later notice of the same `uid` with a higher `sequence` moves it, or with `is_cancelled` takes it away.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="appointments")
    uid = models.CharField(max_length=100)
    sequence = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    title = models.CharField(max_length=300)
    place = models.CharField(max_length=300, blank=True)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "uid"], name="notice_appointment_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="notice_appointment_in_order"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.title}: {self.starts_at:%Y-%m-%d %H:%M}"
