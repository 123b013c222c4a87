from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.enums import OrganisationKind

from ..enums import (
    Anchor,
    CasePart,
    ConditionKind,
    ContinuationPolicy,
    DueWhen,
    LimitOn,
    MoneySetBy,
    ReportKind,
    Severity,
    Timing,
    WhenExtended,
)
from . import patterns
from .bodies import MovableEvent
from .plans import Plan
from .streams import Stream
from .templates import ReturnTemplate


class TermsVersion(models.Model):
    """A versioned text of terms and conditions; frozen once any award uses it, or an officer issues it (P1)."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=20)
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    frozen_at = models.DateTimeField(null=True, blank=True)
    introduction = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["title", "version"], name="terms_version_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.title}, version {self.version}"

    def get_absolute_url(self):
        return f"/plan/terms/{self.key}/"


class TermsCondition(models.Model):
    """One numbered, checkable condition of the terms; without `streams` it holds for all."""

    terms = models.ForeignKey(TermsVersion, models.CASCADE, related_name="conditions")
    number = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    why = models.TextField(blank=True)
    checked_by = models.CharField(max_length=300, blank=True)
    streams = models.ManyToManyField(Stream, blank=True, related_name="terms_conditions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["terms", "number"], name="condition_number_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.number} {self.text[:60]}"


class RuleSet(models.Model):
    """What a round, a direct award or a contract points to, so that all funded meets the minimum.

    `tactical_numerator / tactical_denominator` is the largest share of an allocation, as opened,
    that may be its tactical pot (C5); both 0/1 where there is none. `declaration` is what a certifier
    signs, empty for the usual words. Where more than `hold_back_percent` of the money stayed unspent in
    `hold_back_years` years in a row, decision pages say so.

    `frozen_at`: a round was opened under these rules, so no row of them changes any more; a change is a
    new version, which names what it `follows`. Who may apply: `open_to_kinds` and `open_to_areas` are empty
    for any; `invited_only` wants an invitation or an allocation; `current_recipients_only` an award of
    the stream now or in the year before (V1). `months_least` and `months_most` limit how long a project
    lasts; `profile_months` asks for its money by periods of that many months. Approvals may come to
    `over_commitment_percent` above the money of the round (X2). `continuation`: see R2; its business case is
    due `continuation_due_days` before the year ends. `extension_months` with `extension_event`: one decision
    after the event (V5), never later than `safe_working_days` before the end of the award.
    """

    key = models.SlugField(max_length=80, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rule_sets")
    name = models.CharField(max_length=200)
    terms = models.ForeignKey(TermsVersion, models.PROTECT, null=True, related_name="rule_sets")
    tactical_numerator = models.PositiveSmallIntegerField(default=0)
    tactical_denominator = models.PositiveSmallIntegerField(default=1)
    required_parts = ArrayField(models.CharField(max_length=20, choices=CasePart), default=list, blank=True)
    spend_evidence_required = models.BooleanField(default=False)
    certifier_required = models.BooleanField(default=True)
    one_person_may_certify_and_submit = models.BooleanField(default=False)
    acceptance_working_days = models.PositiveSmallIntegerField(default=20)
    review_working_days = models.PositiveSmallIntegerField(default=15)
    query_working_days = models.PositiveSmallIntegerField(default=10)
    repayment_working_days = models.PositiveSmallIntegerField(default=20)
    declaration = models.TextField(blank=True)
    hold_back_years = models.PositiveSmallIntegerField(default=2)
    hold_back_percent = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal("5"))
    version = models.PositiveSmallIntegerField(default=1)
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    frozen_at = models.DateTimeField(null=True, blank=True)
    money_set_by = models.CharField(max_length=20, choices=MoneySetBy, default=MoneySetBy.NEGOTIATED)
    open_to_kinds = ArrayField(models.CharField(max_length=25, choices=OrganisationKind), default=list, blank=True)
    open_to_areas = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    invited_only = models.BooleanField(default=True)
    current_recipients_only = models.BooleanField(default=False)
    months_least = models.PositiveSmallIntegerField(null=True, blank=True)
    months_most = models.PositiveSmallIntegerField(null=True, blank=True)
    profile_months = models.PositiveSmallIntegerField(null=True, blank=True)
    over_commitment_percent = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal("0"))
    continuation = models.CharField(max_length=10, choices=ContinuationPolicy, default=ContinuationPolicy.NONE)
    continuation_due_days = models.PositiveSmallIntegerField(default=60)
    continuation_needs_satisfactory = models.BooleanField(default=True)
    extension_months = models.PositiveSmallIntegerField(null=True, blank=True)
    extension_event = models.ForeignKey(MovableEvent, models.PROTECT, null=True, blank=True, related_name="+")
    safe_working_days = models.PositiveSmallIntegerField(default=20)
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tactical_denominator__gt=0) & Q(tactical_numerator__lte=F("tactical_denominator")),
                name="rule_set_tactical_share",
            ),
            models.CheckConstraint(
                condition=Q(months_least__isnull=True)
                | Q(months_most__isnull=True)
                | Q(months_most__gte=F("months_least")),
                name="rule_set_months_in_order",
            ),
            models.CheckConstraint(
                condition=Q(over_commitment_percent__gte=0) & Q(over_commitment_percent__lte=100),
                name="rule_set_over_commitment",
            ),
            models.CheckConstraint(
                condition=(Q(profile_months__isnull=True) | Q(profile_months__gt=0))
                & (Q(extension_months__isnull=True) | Q(extension_months__gt=0)),
                name="rule_set_months_positive",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/plan/rule-sets/{self.key}/"

    def tactical_limit(self, allocated):
        """The largest tactical pot in pounds, rounded down to the penny (C5)."""
        share = allocated * self.tactical_numerator / self.tactical_denominator
        return share.quantize(Decimal("0.01"), rounding="ROUND_DOWN")


class InstalmentRule(models.Model):
    """One instalment of an award under the rule set: its share and the condition that releases it.

    `due_days` counts from the start of the award's period, or from `event`; SET_DAY falls on `due_on`;
    ON_RECEIPTS is paid in arrears for accepted claims. `each_year`: the share is of each year's part
    of a longer award, not of the whole. Shares of main lines add up to 100 by
    the loader's check; tactical lines are paid whole on `for_tactical` rules.
    """

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="instalment_rules")
    number = models.PositiveSmallIntegerField()
    share_percent = models.DecimalField(max_digits=5, decimal_places=2)
    condition = models.CharField(max_length=30, choices=ConditionKind)
    due_days = models.PositiveSmallIntegerField(default=0)
    for_tactical = models.BooleanField(default=False)
    due_when = models.CharField(max_length=12, choices=DueWhen, default=DueWhen.AFTER_START)
    due_on = models.DateField(null=True, blank=True)
    event = models.ForeignKey(MovableEvent, models.PROTECT, null=True, blank=True, related_name="+")
    each_year = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "for_tactical", "number"], name="instalment_rule_once"),
            models.CheckConstraint(
                condition=Q(due_when="SET_DAY", due_on__isnull=False)
                | (~Q(due_when="SET_DAY") & Q(due_on__isnull=True)),
                name="instalment_rule_set_day",
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=False) | (~Q(due_when="AFTER_EVENT") & ~Q(condition="EVENT_HAPPENED")),
                name="instalment_rule_names_its_event",
            ),
            models.CheckConstraint(
                condition=Q(share_percent__gt=0) & Q(share_percent__lte=100),
                name="instalment_rule_share",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.rule_set}: {self.number}"


class ReportingRule(models.Model):
    """One kind of return that an award or contract under the rule set owes, and when.

    ONCE: the period runs from the start to `period_months` later, or to the end when null.
    REPEATED: a period every `period_months`, the last may be short. FIXED_DAYS: periods end on
    each of `days`, the last at the end. AFTER_ANCHOR: one return over the whole period. Due
    `due_days` days after the anchor, or `due_working_days` working days where that is given.
    `when_extended` concerns a return at the end only: periods asked for again and again go on.
    `template` null means the usual one of the stream's purpose.
    """

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="reporting_rules")
    kind = models.CharField(max_length=20, choices=ReportKind)
    period_months = models.PositiveSmallIntegerField(null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(default=30)
    timing = models.CharField(max_length=12, choices=Timing, default=Timing.ONCE)
    anchor = models.CharField(max_length=12, choices=Anchor, default=Anchor.PERIOD_END)
    event = models.ForeignKey(MovableEvent, models.PROTECT, null=True, blank=True, related_name="+")
    days = ArrayField(models.DateField(), default=list, blank=True)
    due_working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    when_extended = models.CharField(max_length=6, choices=WhenExtended, default=WhenExtended.ADDS)
    template = models.ForeignKey(ReturnTemplate, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "kind"], name="reporting_rule_once"),
            models.CheckConstraint(
                condition=Q(anchor="EVENT", event__isnull=False) | (~Q(anchor="EVENT") & Q(event__isnull=True)),
                name="reporting_rule_names_its_event",
            ),
            models.CheckConstraint(
                condition=Q(timing="FIXED_DAYS", days__len__gt=0) | (~Q(timing="FIXED_DAYS") & Q(days__len=0)),
                name="reporting_rule_fixed_days",
            ),
            models.CheckConstraint(
                condition=~Q(timing="REPEATED") | Q(period_months__gt=0), name="reporting_rule_repeats_by_months"
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.rule_set}: {self.get_kind_display()}"

    @property
    def pattern(self):
        """The rule apart from its row."""
        return patterns.Pattern(
            kind=self.kind,
            timing=self.timing,
            anchor=self.anchor,
            period_months=self.period_months,
            days=tuple(self.days),
            due_days=self.due_days,
            due_working_days=self.due_working_days,
            when_extended=self.when_extended,
            event=self.event_id,
            template=self.template_id,
        )

    def owed(self, *, starts_on, ends_on, made_on, event_on=None, event_name="", not_before=None, segments=()):
        """Every return of this kind over the period of an award or contract; see `patterns.owed`."""
        days = patterns.Days(starts_on, ends_on, made_on, event_on, event_name)
        return patterns.owed(self.pattern, days, not_before=not_before, segments=segments)


class Limit(models.Model):
    """A limit in pounds with its severity: it blocks, warns, or needs a recorded exception."""

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="limits")
    on = models.CharField(max_length=20, choices=LimitOn)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    severity = models.CharField(max_length=20, choices=Severity)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "on", "severity"], name="limit_once_by_severity"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="limit_amount_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.get_on_display()}: £{self.amount}"
