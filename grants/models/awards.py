from django.db import models
from django.db.models import F, Q

from accounts import access
from accounts.models import Organisation, User
from plans.enums import Basis, ConditionKind
from plans.models import FundingSource, MovableEvent, RuleSet, Stream, TermsVersion
from records.models import Decision

from ..enums import AwardStatus, Direction, InstalmentStatus, Window
from .business_cases import Project
from .rounds import Allocation, Round


class AwardQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office sees all; recipient and payee theirs, once offered (never a decision still
        in the office) and never a recorded past award of others."""
        if access.is_office(user):
            return self
        mine = Organisation.objects.of_user(user)
        return self.filter(Q(recipient__in=mine) | Q(payee__in=mine)).exclude(status=AwardStatus.MADE).distinct()

    def in_force(self):
        return self.filter(status__in=[AwardStatus.LIVE, AwardStatus.SUSPENDED])


class Award(models.Model):
    """Money promised to one recipient for a period under one rule set (house.md, part 3).

    A *recorded* award is a past fact from a plan file: it sends nothing and never pays.
    `recorded_amount` holds its published figure in pounds, null when none is published; a live
    award's value is the sum of its lines. `reporting` keeps the reporting pattern as it was when the
    award was made, so that a later change of the rules leaves it alone.
    """

    reference = models.CharField(max_length=20, unique=True)
    key = models.SlugField(max_length=120, null=True, unique=True)
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="awards")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="awards")
    allocation = models.ForeignKey(Allocation, models.PROTECT, null=True, related_name="awards")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, null=True, related_name="awards")
    terms = models.ForeignKey(TermsVersion, models.PROTECT, null=True, related_name="awards")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="awards")
    joint_recipients = models.ManyToManyField(Organisation, blank=True, related_name="+")
    payee = models.ForeignKey(Organisation, models.PROTECT, related_name="paid_awards")
    title = models.CharField(max_length=300)
    purpose = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    period_label = models.CharField(max_length=30, blank=True)
    status = models.CharField(max_length=12, choices=AwardStatus, default=AwardStatus.MADE)
    made_at = models.DateTimeField(null=True)
    offered_at = models.DateTimeField(null=True)
    offered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reporting = models.JSONField(null=True)
    is_recorded = models.BooleanField(default=False)
    recorded_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    recorded_returned = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    basis = models.CharField(max_length=20, choices=Basis, blank=True)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "recipient"],
                condition=Q(is_recorded=False) & ~Q(status__in=["LAPSED", "DECLINED", "TERMINATED"]),
                name="one_award_in_a_round",
            ),
            models.CheckConstraint(
                condition=Q(is_recorded=True, status="RECORDED") | (Q(is_recorded=False) & ~Q(status="RECORDED")),
                name="award_recorded_says_so",
            ),
            models.CheckConstraint(
                condition=Q(is_recorded=True)
                | Q(starts_on__isnull=False, ends_on__gt=F("starts_on"), terms__isnull=False),
                name="award_has_period_and_terms",
            ),
            models.CheckConstraint(
                condition=Q(offered_at__isnull=True, offered_by__isnull=True)
                | Q(offered_at__isnull=False, offered_by__isnull=False),
                name="award_offered_pair",
            ),
            models.CheckConstraint(
                condition=Q(recorded_amount__isnull=True) | Q(is_recorded=True),
                name="award_recorded_amount_only_when_recorded",
            ),
        ]

    class PersonalData:
        fields = ["offered_by"]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def get_absolute_url(self):
        return f"/awards/{self.reference}/"


class AwardLine(models.Model):
    """One approved project (or direct decision) inside an award; amount in pounds.

    `starts_on` and `ends_on` are the part of the award it pays for; null is the whole of it.
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    project = models.OneToOneField(Project, models.PROTECT, null=True, related_name="award_line")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="award_lines")
    window = models.CharField(max_length=10, choices=Window, default=Window.MAIN)
    title = models.CharField(max_length=300)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="award_line_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="award_line_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.award.reference}/{self.number}"


class AwardSource(models.Model):
    """How much of an award one source of funds pays, in pounds (X2)."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="sources")
    funding_source = models.ForeignKey(FundingSource, models.PROTECT, related_name="award_shares")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "funding_source"], name="award_source_once"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="award_source_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.award.reference}: {self.funding_source}"


class TermsAcceptance(models.Model):
    """Acceptance of one version of the terms by the payee's authorised signatory; never edited."""

    award = models.OneToOneField(Award, models.PROTECT, related_name="acceptance")
    terms = models.ForeignKey(TermsVersion, models.PROTECT, related_name="acceptances")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on_behalf_of = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = models.CharField(max_length=120)

    class PersonalData:
        fields = ["by", "position"]

    def __str__(self):
        return f"{self.award.reference} accepted by {self.by}"


class Variation(models.Model):
    """An agreed change of an award, with what it was before and after."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="variations")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    reason = models.TextField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="variation_number_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="variation_has_reason"),
        ]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.award.reference}, variation {self.number}"


class Instalment(models.Model):
    """A planned payment with one condition; the condition is met only by a row, named here.

    `amount` in pounds, positive; `direction` IN is a repayment by the recipient. `covers_from` and
    `covers_to` are the part of the award it pays for, null for the whole. `event` with `event_days`: it is due so
    many days after an event, or waits for it.
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    direction = models.CharField(max_length=3, choices=Direction, default=Direction.OUT)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    due_on = models.DateField()
    covers_from = models.DateField(null=True)
    covers_to = models.DateField(null=True)
    event = models.ForeignKey(MovableEvent, models.PROTECT, null=True, related_name="+")
    event_days = models.PositiveSmallIntegerField(null=True)
    condition = models.CharField(max_length=30, choices=ConditionKind, blank=True)
    condition_met_at = models.DateTimeField(null=True)
    condition_row_type = models.CharField(max_length=60, blank=True)
    condition_row_id = models.BigIntegerField(null=True)
    status = models.CharField(max_length=10, choices=InstalmentStatus, default=InstalmentStatus.SCHEDULED)
    held_reason = models.TextField(blank=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField(null=True)
    paid_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    payment_reference = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="instalment_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_positive"),
            models.CheckConstraint(
                condition=Q(covers_from__isnull=True, covers_to__isnull=True) | Q(covers_to__gte=F("covers_from")),
                name="instalment_covers_in_order",
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=False) | (Q(event_days__isnull=True) & ~Q(condition="EVENT_HAPPENED")),
                name="instalment_names_its_event",
            ),
            models.CheckConstraint(
                condition=Q(condition_met_at__isnull=True, condition_row_id__isnull=True)
                | (Q(condition_met_at__isnull=False, condition_row_id__isnull=False) & ~Q(condition_row_type="")),
                name="instalment_condition_met_by_a_row",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="instalment_released_pair",
            ),
            models.CheckConstraint(
                condition=Q(direction="IN")
                | ~Q(status__in=["RELEASED", "PAID"])
                | Q(released_at__isnull=False, condition_met_at__isnull=False),
                name="instalment_released_only_when_met",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, paid_by__isnull=True)
                | Q(paid_on__isnull=False, paid_by__isnull=False),
                name="instalment_paid_pair",
            ),
        ]

    class PersonalData:
        fields = ["released_by", "paid_by"]

    def __str__(self):
        return f"{self.award.reference}, instalment {self.number}"

    @property
    def reference(self):
        return f"{self.award.reference}/I{self.number}"

    def get_absolute_url(self):
        return f"/awards/{self.award.reference}/"


class InstalmentLine(models.Model):
    """The part of an instalment that pays one award line."""

    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="lines")
    award_line = models.ForeignKey(AwardLine, models.PROTECT, related_name="instalment_lines")
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instalment", "award_line"], name="instalment_line_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_line_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.instalment} pays {self.award_line}"


class ReportedSpend(models.Model):
    """What the recipient last reported as spent on an award by a day; monitoring passes it down.

    In pounds since the award began. `spent` null means the return left it unknown. The history of
    unspent money on decision pages is read from here (the hold-back policy).
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="reported_spend")
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20)
    covers_the_award = models.BooleanField(default=False)
    ends_on = models.DateField()
    released = models.DecimalField(max_digits=12, decimal_places=2)
    spent = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    reason = models.TextField(blank=True)
    reported_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "reported spend"

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.reference}: spend on {self.award.reference}"
