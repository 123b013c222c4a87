from django.db import models
from django.db.models import F, Q

from accounts import access
from accounts.models import Organisation, User
from plans.enums import Basis
from plans.models import FundingSource, RuleSet, Stream

from ..enums import MovementKind, RoundStatus, Window


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office sees every round; an organisation those it was invited to or that are open to all, once open."""
        if access.is_office(user):
            return self
        mine = Organisation.objects.of_user(user)
        called = Q(allocations__organisation__in=mine) | Q(invitations__organisation__in=mine)
        return self.filter(called | Q(rule_set__invited_only=False)).exclude(status=RoundStatus.DRAFT).distinct()


class Round(models.Model):
    """One opening of a stream for a period: criteria, terms, windows, reporting, payment.

    Only a recorded round of the past may lack its opening day or deadline, where no source prints it.
    `budget` is the money of a round that awards by bids, in pounds; null is "not known".
    """

    reference = models.CharField(max_length=20, unique=True)
    key = models.SlugField(max_length=80, unique=True)
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="rounds")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="rounds")
    funding_source = models.ForeignKey(FundingSource, models.PROTECT, null=True, related_name="rounds")
    budget = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    name = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=RoundStatus, default=RoundStatus.DRAFT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    opens_on = models.DateField(null=True)
    deadline_on = models.DateField(null=True)
    tactical_opens_on = models.DateField(null=True, blank=True)
    tactical_closes_on = models.DateField(null=True, blank=True)
    guidance = models.TextField(blank=True)
    is_recorded = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="round_in_order"),
            models.CheckConstraint(condition=Q(budget__isnull=True) | Q(budget__gt=0), name="round_budget_positive"),
            models.CheckConstraint(condition=Q(deadline_on__gte=F("opens_on")), name="round_deadline_after_opening"),
            models.CheckConstraint(
                condition=Q(is_recorded=True) | Q(opens_on__isnull=False, deadline_on__isnull=False),
                name="round_has_its_days_unless_recorded",
            ),
            models.CheckConstraint(
                condition=Q(tactical_opens_on__isnull=True, tactical_closes_on__isnull=True)
                | Q(tactical_closes_on__gte=F("tactical_opens_on")),
                name="round_tactical_window",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/rounds/{self.reference}/"


class Allocation(models.Model):
    """Money set aside in a round for one organisation (C1, C5). All sums in pounds.

    `last_year_amount`, `formula_amount` and `adjustment` are kept apart; `amount` is the sum now,
    `opened_amount` the sum as opened. Parts need not add up to the whole. Null is "not published".
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="allocations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="allocations")
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    last_year_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    formula_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    adjustment = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    opened_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    main_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    tactical_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    basis = models.CharField(max_length=20, choices=Basis, blank=True)
    provenance = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="allocation_once"),
            models.CheckConstraint(
                condition=(Q(amount__isnull=True) | Q(amount__gte=0))
                & (Q(opened_amount__isnull=True) | Q(opened_amount__gte=0))
                & (Q(main_amount__isnull=True) | Q(main_amount__gte=0))
                & (Q(tactical_amount__isnull=True) | Q(tactical_amount__gte=0)),
                name="allocation_amounts_positive",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.organisation}, {self.round}"


class AllocationMovement(models.Model):
    """A change of an allocation after opening, with who and why; never edited."""

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10, choices=MovementKind)
    window = models.CharField(max_length=10, choices=Window)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.TextField()
    decision = models.ForeignKey("records.Decision", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="movement_amount_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="movement_has_reason"),
        ]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.get_kind_display()} £{self.amount}"


class LateAcceptance(models.Model):
    """An officer's record that a case may come in after the deadline, and why (C3)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="late_acceptances")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    until = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="late_acceptance_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="late_acceptance_has_reason"),
        ]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.organisation} until {self.until}"
