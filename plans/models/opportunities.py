"""Money the office looks for elsewhere: the horizon, bids with partners, outcomes (O1, O2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation

from ..enums import OpportunityStatus, Purpose, SourceChange
from .plans import Plan, Priority
from .streams import FundingSource, Stream


class Opportunity(models.Model):
    """A fund the office may bid for; won, it becomes a source of funds that awards draw on.

    `amount` is what could be had and `won_amount` what was given, in pounds; null where not known.
    `match_needed` in pounds is what the office or its partners must bring.
    """

    reference = models.CharField(max_length=20, unique=True)
    key = models.SlugField(max_length=80, unique=True, null=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="opportunities")
    stream = models.ForeignKey(Stream, models.PROTECT, null=True, blank=True, related_name="opportunities")
    funder = models.CharField(max_length=200)
    fund = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    purpose = models.CharField(max_length=30, choices=Purpose, default=Purpose.ANY)
    priorities = models.ManyToManyField(Priority, blank=True, related_name="opportunities")
    fit = models.TextField(blank=True)
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    match_needed = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=12, choices=OpportunityStatus, default=OpportunityStatus.HORIZON)
    bid_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    won_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    lessons = models.TextField(blank=True)
    funding_source = models.OneToOneField(
        FundingSource, models.PROTECT, null=True, blank=True, related_name="opportunity"
    )
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "opportunities"
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="opportunity_days_in_order",
            ),
            models.CheckConstraint(
                condition=(Q(amount__isnull=True) | Q(amount__gte=0))
                & (Q(match_needed__isnull=True) | Q(match_needed__gte=0))
                & (Q(bid_amount__isnull=True) | Q(bid_amount__gt=0))
                & (Q(won_amount__isnull=True) | Q(won_amount__gt=0)),
                name="opportunity_sums_positive",
            ),
            models.CheckConstraint(
                condition=~Q(status="WON") | Q(funding_source__isnull=False), name="opportunity_won_is_a_source"
            ),
        ]

    class PersonalData:
        fields = ["lead"]

    def __str__(self):
        return f"{self.fund} ({self.funder})"

    def get_absolute_url(self):
        return f"/opportunities/{self.reference}/"


class OpportunityPartner(models.Model):
    """Who bids with the office; an organisation we know, or a name. `brings` in pounds."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    part = models.CharField(max_length=300, blank=True)
    brings = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(brings__isnull=True) | Q(brings__gte=0), name="partner_brings_positive")
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name


class OpportunityTask(models.Model):
    """Something to be done for a bid, by somebody, by a day; reminders come from its obligation."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="tasks")
    number = models.PositiveSmallIntegerField()
    task = models.CharField(max_length=300)
    owner = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["opportunity", "number"], name="opportunity_task_once")]

    class PersonalData:
        fields = ["owner"]

    def __str__(self):
        return self.task


class SourceMovement(models.Model):
    """A change of what a source of funds holds, in pounds, with its day and reason; never edited (X2)."""

    funding_source = models.ForeignKey(FundingSource, models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=12, choices=SourceChange)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    on = models.DateField()
    reason = models.TextField()
    other = models.ForeignKey(FundingSource, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="source_movement_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="source_movement_has_reason"),
        ]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.funding_source}: {self.get_kind_display()} £{self.amount}"
