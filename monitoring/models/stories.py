"""Outcome stories and figures from accepted returns, shared and published (P6)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from accounts import access
from accounts.models import Organisation, User
from grants.models import Award
from plans.models import Stream
from services.models import Contract

from ..enums import ReturnStatus, StoryStatus, Verdict
from .returns import MonitoringReturn


class OutcomeStoryQuerySet(models.QuerySet):
    def readable(self):
        """In the library now: shared, and its return still stands as it was when the story was checked.

        A return that is corrected or judged again takes its story out at once.
        """
        return self.filter(
            status__in=[StoryStatus.SHARED, StoryStatus.PUBLIC],
            monitoring_return__status=ReturnStatus.REVIEWED,
            monitoring_return__verdict=Verdict.SATISFACTORY,
            checked_at__gte=F("monitoring_return__reviewed_at"),
        )

    def public(self):
        """What everybody may read; never example data."""
        return self.readable().filter(
            status=StoryStatus.PUBLIC, consent_public=True, is_example=False, organisation__is_example=False
        )

    def visible_to(self, user):
        """The office sees every story; everybody the library; an organisation its own before and after too."""
        if access.is_office(user):
            return self
        readable = OutcomeStory.objects.readable().values("pk")
        return self.filter(Q(pk__in=readable) | Q(organisation__in=Organisation.objects.of_user(user)))

    def with_parents(self):
        return self.select_related("organisation", "stream", "monitoring_return", "award", "contract")


class OutcomeStory(models.Model):
    """What a project achieved and what others can learn, drawn from an accepted return (P6).

    Shared only with the organisation's recorded consent and after an officer has confirmed that nobody can be
    recognised. In the library every organisation reads it; public only what is marked so.
    """

    reference = models.CharField(max_length=20, unique=True)
    monitoring_return = models.ForeignKey(MonitoringReturn, models.PROTECT, related_name="stories")
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="stories")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="stories")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="stories")
    stream = models.ForeignKey(Stream, models.PROTECT, null=True, related_name="stories")
    status = models.CharField(max_length=10, choices=StoryStatus, default=StoryStatus.DRAFT)
    title = models.CharField(max_length=200)
    story = models.TextField()
    what_worked = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    themes = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    areas = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    period_ends_on = models.DateField()
    consent_from = models.CharField(max_length=200, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    consent_public = models.BooleanField(default=False)
    open_to_contact = models.BooleanField(default=False)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)
    shared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)
    words = SearchVectorField(null=True, editable=False)
    is_example = models.BooleanField(default=False)

    objects = OutcomeStoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "outcome stories"
        indexes = [GinIndex(fields=["words"], name="story_words")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["SHARED", "PUBLIC"])
                | (Q(consent_on__isnull=False) & ~Q(consent_from="") & Q(checked_at__isnull=False)),
                name="story_shared_with_consent",
            ),
            models.CheckConstraint(condition=~Q(status="PUBLIC") | Q(consent_public=True), name="story_public_consent"),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="story_checked_pair",
            ),
        ]

    class PersonalData:
        fields = ["story", "consent_from", "checked_by", "shared_by"]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def get_absolute_url(self):
        return f"/library/{self.reference}/"

    @property
    def is_consented(self):
        """Whether the organisation has agreed to sharing it."""
        return self.consent_on is not None


class StoryFigure(models.Model):
    """A figure of a story as the return gave it; what is shown is worked out, so that small counts stay hidden.

    Figures of one `group` add up to a total, so that hiding one hides a second.
    """

    story = models.ForeignKey(OutcomeStory, models.CASCADE, related_name="figures")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=300)
    unit = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    counts_people = models.BooleanField(default=False)
    group = models.CharField(max_length=120, blank=True)
    is_total = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="story_figure_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.label


class StoryContactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The two organisations, and the office whose portal carries it."""
        if access.is_office(user):
            return self
        mine = Organisation.objects.of_user(user)
        about = Q(organisation__in=mine) | Q(story__organisation__in=mine)
        return self.filter(about | Q(answers__organisation__in=mine))


class StoryContact(models.Model):
    """A message from one organisation to another about a story, carried by the portal; `answers` another of them."""

    story = models.ForeignKey(OutcomeStory, models.PROTECT, related_name="contacts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    message = models.TextField()
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    sent_at = models.DateTimeField()

    objects = StoryContactQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(message=""), name="story_contact_says_something")]

    class PersonalData:
        fields = ["person", "message"]

    def __str__(self):
        return f"{self.story.reference}: message from {self.organisation}"

    def get_absolute_url(self):
        return f"/library/contacts/{self.answers_id or self.pk}/"
