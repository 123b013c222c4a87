from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User

from ..enums import ActionStatus, MeetingKind, MeetingStatus
from .contracts import Contract


class ContractMeeting(models.Model):
    """A meeting of office and provider about a contract: planned, held with notes, or cancelled with a reason."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=MeetingKind)
    status = models.CharField(max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    planned_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    present = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    notes_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "contract meeting"
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="meeting_number_once"),
            models.CheckConstraint(condition=~Q(status="HELD") | Q(held_on__isnull=False), name="meeting_held_when"),
            models.CheckConstraint(
                condition=~Q(status="CANCELLED") | ~Q(cancelled_reason=""), name="meeting_cancelled_why"
            ),
        ]

    class PersonalData:
        fields = ["present", "notes", "notes_by"]

    def __str__(self):
        return f"{self.contract.reference}, {self.get_kind_display().lower()} {self.number}"

    @property
    def reference(self):
        return f"{self.contract.reference}/M{self.number}"

    def get_absolute_url(self):
        return f"/contracts/{self.contract.reference}/meetings/{self.number}/"


class MeetingAction(models.Model):
    """What somebody promised at a meeting, by a day; `organisation` null means the office itself."""

    meeting = models.ForeignKey(ContractMeeting, models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=ActionStatus, default=ActionStatus.OPEN)
    does = models.CharField(max_length=300)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)

    class Meta:
        verbose_name = "action of a meeting"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meeting_action_once"),
            models.CheckConstraint(
                condition=Q(status="OPEN", settled_on__isnull=True) | Q(~Q(status="OPEN"), settled_on__isnull=False),
                name="meeting_action_settled_when",
            ),
            models.CheckConstraint(condition=~Q(status="DROPPED") | ~Q(words=""), name="meeting_action_dropped_why"),
        ]

    class PersonalData:
        fields = ["owner", "settled_by"]

    def __str__(self):
        return self.does

    @property
    def reference(self):
        return f"{self.meeting.reference}/A{self.number}"

    def get_absolute_url(self):
        return self.meeting.get_absolute_url()
