from django.db import models
from django.db.models import F, Q

from accounts.enums import RoleName
from accounts.models import Organisation


class CommissioningBody(models.Model):
    """The office as a dated body with a successor; its names and colours are data, never code."""

    key = models.SlugField(max_length=80, unique=True)
    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="body")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    commissioner_title = models.CharField(max_length=120)
    commissioner_short_title = models.CharField(max_length=40, default="Commissioner")
    police_area = models.CharField(max_length=120, blank=True)
    address = models.TextField(blank=True)
    contact_email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    brand_colour = models.CharField(max_length=7, default="#1d2b53")
    accent_colour = models.CharField(max_length=7, default="#00703c")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "commissioning body"
        verbose_name_plural = "commissioning bodies"

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name


class Delegation(models.Model):
    """Who may decide beside the commissioner: a post, perhaps one stream, up to a limit, between dates.

    `limit` is pounds for one decision; null means no limit of its own.
    """

    reference = models.CharField(max_length=60, unique=True)
    body = models.ForeignKey(CommissioningBody, models.PROTECT, related_name="delegations")
    post = models.CharField(max_length=30, choices=RoleName)
    stream = models.ForeignKey("plans.Stream", models.PROTECT, null=True, blank=True)
    limit = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="delegation_in_order",
            ),
            models.CheckConstraint(condition=Q(limit__isnull=True) | Q(limit__gte=0), name="delegation_limit_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.reference


class MovableEvent(models.Model):
    """Something decisions wait for whose date may move, such as an election; moves are events."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    expected_on = models.DateField()
    first_expected_on = models.DateField()
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name


class SensitivePeriod(models.Model):
    """A time in which publicity waits; payments and statutory publication do not (duties.md 18)."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="sensitive_period_in_order")
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name
