from django.conf import settings
from django.db import models

# The house lets records know an organisation only by this lazy name, as it knows a person
# only by the user-model setting: no Python import runs upward.
ORGANISATION_MODEL = "accounts.Organisation"


class NotSealed(models.Manager):
    """Rows that anybody with the right to the page may meet: those of sealed subjects are not among them.

    It is the manager of first resort, so that a page which forgets leaves them out. `everything` is for the writers
    of the record and for the pages of the sealed subjects themselves.
    """

    def get_queryset(self):
        return super().get_queryset().filter(sealed=False)


class Event(models.Model):
    """One line of the log: what was done to which subject, by whom, when and why.

    Append-only: a database trigger refuses UPDATE, DELETE and TRUNCATE. It holds no
    foreign key to its subject, so it never blocks a deletion and outlives it.
    """

    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    reference = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+")
    by_label = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=500)
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=dict, blank=True)
    sealed = models.BooleanField(default=False, db_default=False)

    objects = NotSealed()
    everything = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="event_subject"),
            models.Index(fields=["at"], name="event_at"),
        ]

    class PersonalData:
        fields = ["by", "by_label", "summary", "reason", "changes"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.reference or self.subject_id}"


class ReferenceCounter(models.Model):
    """The last number used for a prefix and year, so that references never repeat."""

    prefix = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="reference_prefix_year")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.prefix}-{self.year}-{self.last:03d}"
