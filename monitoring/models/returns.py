from django.db import models
from django.db.models import F, Q

from accounts import access
from accounts.models import Organisation, User
from grants.models import Award, AwardLine, BudgetLine, PlannedOutcome, PlannedOutput
from plans.enums import ReportKind
from plans.models import RuleSet, TemplateVersion
from records.models import Obligation
from services.models import Contract

from ..enums import RETURN_DUE_FROM_RECIPIENT, RETURN_EDITABLE, ReturnStatus, Standing, Verdict

COVERS_THE_AWARD = frozenset({ReportKind.YEAR_END, ReportKind.END_OF_AWARD, ReportKind.EXTENSION})


class MonitoringReturnQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office sees every return; recipient, payee and provider their own."""
        if access.is_office(user):
            return self
        mine = Organisation.objects.of_user(user)
        return self.filter(
            Q(award__recipient__in=mine) | Q(award__payee__in=mine) | Q(contract__provider__in=mine)
        ).distinct()

    def with_parents(self):
        """With all that a line of a list or the head of a page names."""
        return self.select_related(
            "obligation", "award__recipient", "award__payee", "award__stream", "award__rule_set",
            "contract__provider", "contract__stream", "contract__rule_set",
        )  # fmt: skip

    def due_from_recipient(self):
        return self.filter(status__in=RETURN_DUE_FROM_RECIPIENT)

    def late_on(self, day):
        """Owed by the day before and not yet submitted once (a query has its own due day)."""
        return self.due_from_recipient().filter(submitted_at__isnull=True, obligation__due_on__lt=day)

    def handed_in(self):
        return self.filter(submitted_at__isnull=False)


class MonitoringReturn(models.Model):
    """What a recipient or provider sends for a period; belongs to an award or to a contract.

    `correction_reason` stands while something submitted is being corrected, until it is sent again.
    """

    reference = models.CharField(max_length=20, unique=True)
    obligation = models.OneToOneField(Obligation, models.PROTECT, related_name="+")
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="returns")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="returns")
    template_version = models.ForeignKey(TemplateVersion, models.PROTECT, null=True, related_name="returns")
    kind = models.CharField(max_length=20, choices=ReportKind)
    starts_on = models.DateField()
    ends_on = models.DateField()
    status = models.CharField(max_length=12, choices=ReturnStatus, default=ReturnStatus.OPEN)
    version = models.PositiveIntegerField(default=1)
    narrative = models.TextField(blank=True)
    learning = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    asked_reason = models.TextField(blank=True)
    underspend_reason = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    certified_at = models.DateTimeField(null=True)
    certified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=15, choices=Verdict, blank=True)
    reply = models.TextField(blank=True)
    waived_reason = models.TextField(blank=True)
    correction_reason = models.TextField(blank=True)

    objects = MonitoringReturnQuerySet.as_manager()

    class Meta:
        verbose_name = "monitoring return"
        constraints = [
            models.CheckConstraint(
                condition=Q(award__isnull=False, contract__isnull=True) | Q(award__isnull=True, contract__isnull=False),
                name="return_of_award_or_contract",
            ),
            models.UniqueConstraint(
                fields=["award", "kind", "starts_on", "ends_on"],
                condition=Q(award__isnull=False),
                name="return_once_award_period",
            ),
            models.UniqueConstraint(
                fields=["contract", "kind", "starts_on", "ends_on"],
                condition=Q(contract__isnull=False),
                name="return_once_contract_period",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="return_period_in_order"),
            models.CheckConstraint(
                condition=Q(certified_at__isnull=True, certified_by__isnull=True)
                | Q(certified_at__isnull=False, certified_by__isnull=False),
                name="return_certified_pair",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="return_submitted_pair",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="return_reviewed_pair",
            ),
            models.CheckConstraint(
                condition=~Q(status="REVIEWED") | (~Q(verdict="") & ~Q(reply="") & Q(reviewed_at__isnull=False)),
                name="return_reviewed_has_verdict_and_reply",
            ),
            models.CheckConstraint(condition=~Q(status="WAIVED") | ~Q(waived_reason=""), name="return_waived_says_why"),
        ]

    class PersonalData:
        fields = ["certified_by", "submitted_by", "reviewed_by", "narrative", "learning", "risks"]

    def __str__(self):
        return f"{self.reference} {self.get_kind_display()}"

    def get_absolute_url(self):
        return f"/returns/{self.reference}/"

    @property
    def subject(self):
        """The award or the contract it belongs to; what is owed is owed about that."""
        return self.award or self.contract

    @property
    def organisation(self):
        """Who owes the return."""
        if self.award:
            return self.award.recipient
        assert self.contract  # return_of_award_or_contract
        return self.contract.provider

    @property
    def rules(self):
        """The rule set of the award or contract; where there is none, the defaults of one."""
        return (self.subject.rule_set if self.subject else None) or RuleSet()

    @property
    def is_editable(self):
        return self.status in RETURN_EDITABLE

    @property
    def is_corrected(self):
        """Whether something submitted is being corrected just now."""
        return bool(self.correction_reason)

    @property
    def covers_the_award(self):
        """Whether it tells of the award to its end, so that money left over must be explained.

        The return at an end that an extension has moved on from does not; that of the extension does.
        """
        if self.kind not in COVERS_THE_AWARD:
            return False
        return not self.award or not self.award.ends_on or self.ends_on >= self.award.ends_on


class ProjectReport(models.Model):
    """The part of a return about one award line: how it stands, and what happened."""

    monitoring_return = models.ForeignKey(MonitoringReturn, models.CASCADE, related_name="project_reports")
    award_line = models.ForeignKey(AwardLine, models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=Standing, blank=True)
    narrative = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["monitoring_return", "award_line"], name="project_report_once")]

    class PersonalData:
        fields = ["narrative"]

    def __str__(self):
        return f"{self.monitoring_return.reference}: {self.award_line}"


class SpendLine(models.Model):
    """Spend to the end of the period on one budget line, in pounds, since the award began.

    `forecast` is what will have been spent by the end of the award; asked while it still runs.
    """

    monitoring_return = models.ForeignKey(MonitoringReturn, models.CASCADE, related_name="spend_lines")
    award_line = models.ForeignKey(AwardLine, models.PROTECT, related_name="+")
    budget_line = models.ForeignKey(BudgetLine, models.PROTECT, null=True, related_name="+")
    heading = models.CharField(max_length=200)
    planned = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    spent = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    forecast = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(spent__isnull=True) | Q(spent__gte=0), name="spend_positive"),
            models.CheckConstraint(condition=Q(forecast__isnull=True) | Q(forecast__gte=0), name="forecast_positive"),
            models.UniqueConstraint(
                fields=["monitoring_return", "budget_line"],
                condition=Q(budget_line__isnull=False),
                name="spend_line_once",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.heading


class OutcomeResult(models.Model):
    """The figure reached for one planned outcome by the end of the period; `target` as agreed when it was opened."""

    monitoring_return = models.ForeignKey(MonitoringReturn, models.CASCADE, related_name="outcome_results")
    planned = models.ForeignKey(PlannedOutcome, models.PROTECT, related_name="results")
    award_line = models.ForeignKey(AwardLine, models.PROTECT, related_name="+")
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["monitoring_return", "planned"], name="outcome_result_once")]

    class PersonalData:
        fields = ["comment"]

    def __str__(self):
        return str(self.planned)

    @property
    def target_then(self):
        """What was promised when the return was opened."""
        return self.planned.target if self.target is None else self.target


class OutputResult(models.Model):
    """The number delivered of one planned output by the end of the period; `target` as for an outcome."""

    monitoring_return = models.ForeignKey(MonitoringReturn, models.CASCADE, related_name="output_results")
    planned = models.ForeignKey(PlannedOutput, models.PROTECT, related_name="results")
    award_line = models.ForeignKey(AwardLine, models.PROTECT, related_name="+")
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    delivered = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(delivered__isnull=True) | Q(delivered__gte=0),
                name="output_result_positive",
            ),
            models.UniqueConstraint(fields=["monitoring_return", "planned"], name="output_result_once"),
        ]

    class PersonalData:
        fields = ["comment"]

    def __str__(self):
        return str(self.planned)

    @property
    def target_then(self):
        """What was promised when the return was opened."""
        return self.planned.target if self.target is None else self.target


class ReturnQuery(models.Model):
    """One named question of an officer on a return, and the recipient's answer."""

    monitoring_return = models.ForeignKey(MonitoringReturn, models.PROTECT, related_name="queries")
    section = models.CharField(max_length=120)
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "return queries"
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="return_query_asks"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="return_query_answered_pair",
            ),
        ]

    class PersonalData:
        fields = ["asked_by", "answered_by", "answer"]

    def __str__(self):
        return self.question[:60]


class ReturnVersion(models.Model):
    """What was submitted, frozen; a correction is the next version, with its reason."""

    monitoring_return = models.ForeignKey(MonitoringReturn, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    paper = models.ForeignKey("records.Paper", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["monitoring_return", "number"], name="return_version_once")]

    class PersonalData:
        fields = ["content", "by"]

    def __str__(self):
        return f"{self.monitoring_return.reference}, version {self.number}"


class ReturnReview(models.Model):
    """The verdict on one version with the reply; never changed, also where the return is reopened later."""

    version = models.OneToOneField(ReturnVersion, models.PROTECT, related_name="review")
    verdict = models.CharField(max_length=15, choices=Verdict)
    reply = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reply=""), name="return_review_replies")]

    class PersonalData:
        fields = ["by", "reply"]

    def __str__(self):
        return f"{self.version}: {self.get_verdict_display()}"
