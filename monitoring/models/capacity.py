"""Help for providers: offers, sessions, sign-up, what came of it (B1)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts import access
from accounts.models import Organisation, User
from plans.models import Criterion, StandardKind

from ..enums import OfferKind, OfferStatus, SignUpStatus, TriggerKind, section_words


class CapacityOfferQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office sees all; everybody else what is offered or was."""
        return self if access.is_office(user) else self.exclude(status=OfferStatus.DRAFT)


class CapacityOffer(models.Model):
    """Training, a clinic or a template that the office offers to those it funds."""

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=OfferKind)
    title = models.CharField(max_length=200)
    description = models.TextField()
    for_whom = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=6, choices=OfferStatus, default=OfferStatus.DRAFT)
    is_example = models.BooleanField(default=False)

    objects = CapacityOfferQuerySet.as_manager()

    class Meta:
        verbose_name = "offer of support"
        verbose_name_plural = "offers of support"

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.reference} {self.title}"

    def get_absolute_url(self):
        return f"/support/{self.reference}/"


class OfferTrigger(models.Model):
    """What in an organisation's record suggests the offer to it.

    A low score: of `criterion`, or of any named like `words`, below `below_percent` of the best. A question
    about `section` of a return; a condition whose number or text holds `words` not met at an audit.
    """

    offer = models.ForeignKey(CapacityOffer, models.CASCADE, related_name="triggers")
    kind = models.CharField(max_length=15, choices=TriggerKind)
    criterion = models.ForeignKey(Criterion, models.CASCADE, null=True, blank=True, related_name="+")
    section = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=120, blank=True)
    below_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    standard = models.ForeignKey(StandardKind, models.CASCADE, null=True, blank=True, related_name="+")

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.offer.reference}: {self.get_kind_display()}"

    @property
    def sentence(self):
        """What suggests the offer, in words."""
        about = f" that holds “{self.words}”" if self.words else ""
        if self.kind == TriggerKind.LOW_SCORE:
            what = f"“{self.criterion}”" if self.criterion else "a criterion"
            return f"A score below {self.below_percent}% of the best on {what}{about}"
        if self.kind == TriggerKind.QUERIED:
            section = f"“{section_words(self.section)}”" if self.section else "any section"
            return f"A question about {section} of a return{about}"
        if self.kind == TriggerKind.AUDIT:
            condition = f" numbered “{self.words}”, or that holds those words" if self.words else ""
            return f"A condition{condition}, not met or met in part at an audit"
        if self.kind == TriggerKind.STANDARD:
            return f"Evidence of “{self.standard}” missing or expired" if self.standard else "Any standard missing"
        return "An unsatisfactory return"


class CapacitySession(models.Model):
    """One time an offer is given; `places` null has room for all."""

    offer = models.ForeignKey(CapacityOffer, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=300)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "number"], name="capacity_session_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="capacity_session_in_order"),
            models.CheckConstraint(condition=Q(places__isnull=True) | Q(places__gt=0), name="capacity_session_places"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.offer.reference}, session {self.number}"

    @property
    def reference(self):
        return f"{self.offer.reference}/{self.number}"

    def get_absolute_url(self):
        return f"/support/{self.offer.reference}/sessions/{self.number}/"


class SignUpQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office sees all; an organisation its own people; a person their own."""
        if access.is_office(user):
            return self
        return self.filter(Q(organisation__in=Organisation.objects.of_user(user)) | Q(person=user))


class SignUp(models.Model):
    """One person of one organisation in one session: booked or waiting, came or not, and what they thought."""

    session = models.ForeignKey(CapacitySession, models.PROTECT, related_name="sign_ups")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=SignUpStatus, default=SignUpStatus.BOOKED)
    signed_up_at = models.DateTimeField()
    attended = models.BooleanField(null=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    feedback = models.TextField(blank=True)
    feedback_at = models.DateTimeField(null=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = "sign-up"
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="sign_up_once"),
            models.CheckConstraint(condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="sign_up_rating"),
        ]

    class PersonalData:
        fields = ["person", "feedback"]

    def __str__(self):
        return f"{self.person}: {self.session}"

    @property
    def reference(self):
        return self.session.reference

    def get_absolute_url(self):
        return self.session.get_absolute_url()


class CapacitySuggestion(models.Model):
    """An offer suggested to an organisation, with the line of its record that says why."""

    offer = models.ForeignKey(CapacityOffer, models.CASCADE, related_name="suggestions")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="capacity_suggestions")
    kind = models.CharField(max_length=15, choices=TriggerKind)
    reason = models.CharField(max_length=500)
    about = models.CharField(max_length=60)
    suggested_at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True)
    set_aside_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "suggestion of support"
        verbose_name_plural = "suggestions of support"
        constraints = [
            models.UniqueConstraint(fields=["offer", "organisation", "kind", "about"], name="suggestion_once")
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.offer.reference} for {self.organisation}"

    @property
    def reference(self):
        return self.offer.reference

    def get_absolute_url(self):
        return self.offer.get_absolute_url()


class OutsideFunding(models.Model):
    """Money a provider won elsewhere with help it had from the office, in pounds; null where it is not known."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="outside_funding")
    funder = models.CharField(max_length=200)
    purpose = models.CharField(max_length=300)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    won_on = models.DateField()
    offer = models.ForeignKey(CapacityOffer, models.PROTECT, null=True, blank=True, related_name="won_with")
    how_it_helped = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "outside funding"
        constraints = [
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gt=0), name="outside_funding_positive")
        ]

    class PersonalData:
        fields = ["recorded_by"]

    def __str__(self):
        return f"{self.organisation}: {self.funder}"

    def get_absolute_url(self):
        return "/support/funding/"
