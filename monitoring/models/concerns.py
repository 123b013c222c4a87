"""Complaints: who may see them, their stages and what was learned (P2).

Whatever the record keeps about them is sealed: other pages never read it, and it takes no number that others see.
"""

from django.db import models
from django.db.models import F, Q

from accounts import access
from accounts.models import Organisation, User
from grants.models import Award
from plans.models import ConcernLevel
from services.models import Contract

from ..enums import CONCERN_IN_PLAY, ConcernOutcome, ConcernRoute, ConcernStatus, ConcernTheme, MovedBy, Restriction


class ConcernQuerySet(models.QuerySet):
    def unrestricted(self):
        return self.filter(restriction=Restriction.NONE)

    def visible_to(self, user):
        """The office sees what is not restricted; the organisation what it must answer; a restricted one only
        the named officer and the deputy. Nobody reads what is about themselves."""
        if not user.is_authenticated:
            return self.none()
        named = Q(named_officer=user) | Q(deputy=user)
        if access.is_office(user):
            return self.filter(Q(restriction=Restriction.NONE) | named).exclude(about_person=user)
        mine = Organisation.objects.of_user(user)
        shared = self.filter(restriction=Restriction.NONE, organisation__in=mine, shared_at__isnull=False)
        return shared.exclude(about_person=user)

    def in_play(self):
        return self.filter(status__in=CONCERN_IN_PLAY)


class Concern(models.Model):
    """A complaint or worry about something funded or commissioned; `organisation` is whom it concerns.

    Restricted: `named_officer` and `deputy` alone see it, its reference is drawn by lot and nothing else counts it.
    `shared_at`: the organisation concerned has been told. `follow_hash` is of the complainant's own link.
    `about_person`, where somebody with an account is complained of: they neither read nor handle it.
    """

    sealed = True

    reference = models.CharField(max_length=20, unique=True)
    route = models.CharField(max_length=15, choices=ConcernRoute)
    status = models.CharField(max_length=10, choices=ConcernStatus, default=ConcernStatus.NEW)
    restriction = models.CharField(max_length=15, choices=Restriction, default=Restriction.NONE)
    named_officer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    deputy = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="concerns")
    award = models.ForeignKey(Award, models.PROTECT, null=True, blank=True, related_name="concerns")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="concerns")
    about_person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    about = models.CharField(max_length=300)
    theme = models.CharField(max_length=15, choices=ConcernTheme, default=ConcernTheme.OTHER)
    what_happened = models.TextField()
    happened_on = models.CharField(max_length=120, blank=True)
    wanted = models.TextField(blank=True)
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    reach_by = models.CharField(max_length=200, blank=True)
    may_tell_provider = models.BooleanField(default=False)
    follow_hash = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    shared_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=15, choices=ConcernOutcome, blank=True)
    is_example = models.BooleanField(default=False)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = "complaint"
        constraints = [
            models.CheckConstraint(
                condition=Q(restriction="NONE") | Q(named_officer__isnull=False), name="concern_restricted_is_named"
            ),
            models.CheckConstraint(
                condition=Q(award__isnull=True) | Q(contract__isnull=True), name="concern_about_one_thing"
            ),
            models.CheckConstraint(
                condition=~Q(status="CLOSED") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="concern_closed_with_outcome",
            ),
        ]

    class PersonalData:
        fields = ["name", "email", "telephone", "reach_by", "what_happened", "wanted", "about", "follow_hash"]
        fields += ["about_person", "named_officer", "deputy", "entered_by"]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return f"/complaints/{self.reference}/"

    @property
    def is_restricted(self):
        return self.restriction != Restriction.NONE


class ConcernStage(models.Model):
    """One stage a complaint went through, with the clocks its level set when it began, and its answer.

    `moved_on_at`: it went to the next stage before this one was answered.
    """

    sealed = True

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="stages")
    number = models.PositiveSmallIntegerField()
    level = models.ForeignKey(ConcernLevel, models.PROTECT, related_name="+")
    moved_by = models.CharField(max_length=10, choices=MovedBy)
    reason = models.TextField(blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    acknowledge_by = models.DateField()
    acknowledged_at = models.DateTimeField(null=True)
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    outcome = models.CharField(max_length=15, choices=ConcernOutcome, blank=True)
    moved_on_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "complaint stage"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["concern", "number"], name="concern_stage_once"),
            models.UniqueConstraint(
                fields=["concern"],
                condition=Q(answered_at__isnull=True, moved_on_at__isnull=True),
                name="concern_one_stage_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (~Q(answer="") & ~Q(outcome="")),
                name="concern_stage_answer_says_what",
            ),
        ]

    class PersonalData:
        fields = ["reason", "answer", "started_by", "answered_by"]

    def __str__(self):
        return f"{self.concern.reference}, stage {self.number}"

    @property
    def is_open(self):
        return self.answered_at is None and self.moved_on_at is None

    @property
    def reference(self):
        return self.concern.reference

    def get_absolute_url(self):
        return self.concern.get_absolute_url()


class ConcernLearning(models.Model):
    """What is to change because of a complaint, by when, and whether it did; the organisation's, or the office's."""

    sealed = True

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="learning")
    number = models.PositiveSmallIntegerField()
    action = models.CharField(max_length=300)
    by_office = models.BooleanField(default=False)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["concern", "number"], name="concern_learning_once")]

    class PersonalData:
        fields = ["action", "result"]

    def __str__(self):
        return self.action

    @property
    def reference(self):
        return self.concern.reference

    def get_absolute_url(self):
        return self.concern.get_absolute_url()


class RestrictedContact(models.Model):
    """Who handles restricted complaints of one sort: the named officer and the deputy, as the head has set them."""

    restriction = models.CharField(max_length=15, choices=Restriction, unique=True)
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(officer=F("deputy")), name="restricted_contact_two_people"),
            models.CheckConstraint(condition=~Q(restriction="NONE"), name="restricted_contact_of_a_restriction"),
        ]

    class PersonalData:
        fields = ["officer", "deputy", "set_by"]

    def __str__(self):
        return f"{self.get_restriction_display()}: {self.officer}"
