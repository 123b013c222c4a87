from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts import access
from accounts.models import Organisation, User
from plans.models import Lot, Priority, QuestionSet
from records.models import Decision

from ..enums import (
    CASE_EDITABLE,
    CaseSection,
    CaseStatus,
    EvidenceStrength,
    MeasureDirection,
    ProjectStatus,
    Window,
)
from .rounds import Allocation, Round


class BusinessCaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office sees what was ever submitted; an organisation sees its own cases."""
        if access.is_office(user):
            return self.exclude(status=CaseStatus.DRAFT, first_submitted_at__isnull=True)
        return self.filter(organisation__in=Organisation.objects.of_user(user))


class BusinessCase(models.Model):
    """The request of one organisation in one window of a round; it holds several projects.

    `version` grows with every save, so that a second editor's stale save is refused (X6).
    """

    reference = models.CharField(max_length=20, unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="cases")
    allocation = models.ForeignKey(Allocation, models.PROTECT, null=True, related_name="cases")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    window = models.CharField(max_length=10, choices=Window, default=Window.MAIN)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    continues = models.ForeignKey("grants.Award", models.PROTECT, null=True, blank=True, related_name="renewals")
    serving_officers = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=CaseStatus, default=CaseStatus.DRAFT)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    first_submitted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = BusinessCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"],
                condition=Q(window="MAIN") & ~Q(status="WITHDRAWN"),
                name="one_main_case_in_a_round",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="case_submitted_pair",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["DRAFT", "WITHDRAWN"]) | Q(submitted_at__isnull=False),
                name="case_beyond_draft_was_submitted",
            ),
        ]

    class PersonalData:
        fields = ["started_by", "submitted_by", "serving_officers"]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def get_absolute_url(self):
        return f"/cases/{self.reference}/"

    @property
    def is_editable(self):
        return self.status in CASE_EDITABLE

    @property
    def is_tactical(self):
        return self.window == Window.TACTICAL


class Project(models.Model):
    """One project of a business case, decided on its own (C4)."""

    case = models.ForeignKey(BusinessCase, models.CASCADE, related_name="projects")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, blank=True, related_name="projects")
    status = models.CharField(max_length=10, choices=ProjectStatus, default=ProjectStatus.PROPOSED)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    need = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    evidence_strength = models.CharField(max_length=10, choices=EvidenceStrength, blank=True)
    evidence_source = models.CharField(max_length=300, blank=True)
    no_priority_reason = models.TextField(blank=True)
    officer_justification = models.TextField(blank=True)
    priorities = models.ManyToManyField(Priority, blank=True, related_name="projects")
    no_outputs_reason = models.TextField(blank=True)
    areas = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    answer = models.TextField(blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="projects")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="project_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=["PROPOSED", "DEFERRED"]) | Q(decision__isnull=False),
                name="project_decided_by_a_decision",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.case.reference}/{self.number} {self.title}"

    @property
    def reference(self):
        return f"{self.case.reference}/{self.number}"

    def get_absolute_url(self):
        return f"/cases/{self.case.reference}/#project-{self.number}"

    @property
    def amount_requested(self):
        """The sum of the budget lines (read from the prefetched lines where there are any)."""
        return sum((line.amount for line in self.budget_lines.all()), Decimal("0.00"))


class AsAsked(models.Manager):
    """Rows as the business case asked for them, without those that a change of the award added."""

    def get_queryset(self):
        return super().get_queryset().filter(variation__isnull=True)


class Changeable(models.Model):
    """A part of a project that a change of its award may add or drop; `agreed` reads the rows of both."""

    variation = models.ForeignKey("grants.Variation", models.PROTECT, null=True, blank=True, related_name="+")
    is_dropped = models.BooleanField(default=False)

    objects = AsAsked()
    agreed = models.Manager()

    class Meta:
        abstract = True


class PlannedOutcome(Changeable):
    """What should change, how it is counted, from which baseline to which target."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="outcomes")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=300)
    measure = models.CharField(max_length=300)
    unit = models.CharField(max_length=60, blank=True)
    direction = models.CharField(max_length=4, choices=MeasureDirection, default=MeasureDirection.UP)
    baseline = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2)
    agreed_target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="outcome_number_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.outcome

    @property
    def target_now(self):
        """The target as last agreed."""
        return self.target if self.agreed_target is None else self.agreed_target


class PlannedOutput(Changeable):
    """What is delivered, and how many."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="outputs")
    number = models.PositiveSmallIntegerField()
    output = models.CharField(max_length=300)
    target = models.DecimalField(max_digits=12, decimal_places=2)
    unit = models.CharField(max_length=60, blank=True)
    agreed_target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="output_number_once"),
            models.CheckConstraint(condition=Q(target__gte=0), name="output_target_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.output

    @property
    def target_now(self):
        """The target as last agreed."""
        return self.target if self.agreed_target is None else self.agreed_target


class BudgetLine(Changeable):
    """One line of a project's budget, in pounds."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="budget_lines")
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    agreed_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="budget_line_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="budget_line_positive"),
            models.CheckConstraint(
                condition=Q(agreed_amount__isnull=True) | Q(agreed_amount__gte=0), name="budget_line_agreed_positive"
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.heading

    @property
    def amount_now(self):
        """The sum as last agreed."""
        return self.amount if self.agreed_amount is None else self.agreed_amount


class DeliveryPartner(Changeable):
    """Who delivers with or for the applicant; an organisation we know, or a name."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="partners")
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    part = models.CharField(max_length=300, blank=True)

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name


class CaseSnapshot(models.Model):
    """What was submitted, frozen: every field of the case as sent, and the paper of it (X6)."""

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    paper = models.ForeignKey("records.Paper", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="snapshot_number_once")]

    class PersonalData:
        fields = ["by", "content"]

    def __str__(self):
        return f"{self.case.reference}, submission {self.number}"


class ChangeRequest(models.Model):
    """A named section an officer returned for changes, with what is asked for; `question_set` where it is one."""

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="change_requests")
    project = models.ForeignKey(Project, models.CASCADE, null=True, related_name="+")
    section = models.CharField(max_length=20, choices=CaseSection)
    question_set = models.ForeignKey(QuestionSet, models.PROTECT, null=True, blank=True, related_name="+")
    asked = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reply = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    snapshot = models.ForeignKey(CaseSnapshot, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(asked=""), name="change_request_says_what")]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.heading}: {self.asked[:60]}"

    @property
    def heading(self):
        """The section by the name that applicants see."""
        return self.question_set.title if self.question_set else self.get_section_display()
