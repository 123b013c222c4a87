"""The audit programme: risk, sample, visits, findings, actions (P4)."""

from django.db import models
from django.db.models import Q

from accounts import access
from accounts.models import Organisation, User
from grants.models import Award
from plans.models import TermsCondition, TermsVersion
from services.models import Contract

from ..enums import (
    ActionStatus,
    CheckResult,
    FindingGrade,
    ProgrammeStatus,
    RiskFactor,
    SampleStrategy,
    VisitStatus,
)


class RiskRule(models.Model):
    """So many points where a factor reaches a mark; of several marks of one factor the highest reached counts."""

    factor = models.CharField(max_length=20, choices=RiskFactor)
    at_least = models.DecimalField(max_digits=12, decimal_places=2)
    points = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["factor", "at_least"]
        constraints = [
            models.UniqueConstraint(fields=["factor", "at_least"], name="risk_rule_once"),
            models.CheckConstraint(condition=Q(at_least__gt=0) & Q(points__gt=0), name="risk_rule_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.get_factor_display()}: {self.points} from {self.at_least}"


class AuditProgramme(models.Model):
    """The audits of a year: how many, chosen how, by which seed and why."""

    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    status = models.CharField(max_length=8, choices=ProgrammeStatus, default=ProgrammeStatus.DRAFT)
    sample_size = models.PositiveSmallIntegerField()
    strategy = models.CharField(max_length=10, choices=SampleStrategy)
    reason = models.TextField()
    seed = models.CharField(max_length=40, blank=True)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    summary = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sample_size__gt=0), name="programme_has_sample"),
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("starts_on")), name="programme_in_order"),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | (Q(drawn_at__isnull=False) & Q(drawn_by__isnull=False) & ~Q(seed="")),
                name="programme_drawn_by_whom",
            ),
        ]

    class PersonalData:
        fields = ["drawn_by"]

    def __str__(self):
        return f"{self.reference} {self.name}"

    def get_absolute_url(self):
        return f"/audits/{self.reference}/"


class AuditCandidate(models.Model):
    """An award or contract as it stood when the sample was drawn: its score line by line, chosen or not and why."""

    programme = models.ForeignKey(AuditProgramme, models.CASCADE, related_name="candidates")
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="+")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="+")
    score = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    place = models.PositiveIntegerField()
    is_chosen = models.BooleanField(default=False)
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(
                condition=Q(award__isnull=False, contract__isnull=True) | Q(award__isnull=True, contract__isnull=False),
                name="candidate_is_one_thing",
            ),
            models.UniqueConstraint(fields=["programme", "award"], name="candidate_award_once"),
            models.UniqueConstraint(fields=["programme", "contract"], name="candidate_contract_once"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.programme.reference}: {self.award or self.contract}"


class AuditVisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office sees all; the organisation its own once the report was sent to it."""
        if access.is_office(user):
            return self
        mine = Organisation.objects.of_user(user)
        told = {VisitStatus.REPORTED, VisitStatus.FINAL}
        return self.filter(organisation__in=mine, status__in=told)


class AuditVisit(models.Model):
    """A check that the accepted terms are kept: planned, carried out, reported, answered, closed."""

    reference = models.CharField(max_length=20, unique=True)
    programme = models.ForeignKey(AuditProgramme, models.PROTECT, null=True, related_name="visits")
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="audit_visits")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="audit_visits")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="audit_visits")
    terms = models.ForeignKey(TermsVersion, models.PROTECT, null=True, related_name="+")
    auditor = models.ForeignKey(User, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=VisitStatus, default=VisitStatus.PLANNED)
    planned_on = models.DateField()
    visited_on = models.DateField(null=True, blank=True)
    who_was_seen = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    grade = models.CharField(max_length=8, choices=FindingGrade, blank=True)
    reported_at = models.DateTimeField(null=True)
    reply_by = models.DateField(null=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    is_example = models.BooleanField(default=False)

    objects = AuditVisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(award__isnull=False, contract__isnull=True) | Q(award__isnull=True, contract__isnull=False),
                name="visit_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["REPORTED", "FINAL"])
                | (Q(visited_on__isnull=False) & Q(reported_at__isnull=False)),
                name="visit_reported_after_visit",
            ),
        ]

    class PersonalData:
        fields = ["auditor", "who_was_seen", "reply", "replied_by"]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return f"/audits/visits/{self.reference}/"


class AuditCheck(models.Model):
    """One condition of the accepted terms as the visit found it; null until it was looked at."""

    visit = models.ForeignKey(AuditVisit, models.CASCADE, related_name="checks")
    condition = models.ForeignKey(TermsCondition, models.PROTECT, related_name="+")
    result = models.CharField(max_length=15, choices=CheckResult, blank=True)
    evidence = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "condition"], name="audit_check_once")]

    class PersonalData:
        fields = ["evidence", "note"]

    def __str__(self):
        return f"{self.visit.reference}: {self.condition.number}"


class AuditFinding(models.Model):
    """What the visit found, graded; `check_row` is the condition it concerns, where one is."""

    visit = models.ForeignKey(AuditVisit, models.CASCADE, related_name="findings")
    number = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=8, choices=FindingGrade)
    text = models.TextField()
    check_row = models.ForeignKey(AuditCheck, models.SET_NULL, null=True, blank=True, related_name="findings")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["visit", "number"], name="audit_finding_once")]

    class PersonalData:
        fields = ["text"]

    def __str__(self):
        return f"{self.visit.reference}/{self.number}"


class AuditAction(models.Model):
    """What is to be done about a finding, by whom and when; closed by the office on evidence."""

    finding = models.ForeignKey(AuditFinding, models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    action = models.CharField(max_length=500)
    by_office = models.BooleanField(default=False)
    due_on = models.DateField()
    status = models.CharField(max_length=8, choices=ActionStatus, default=ActionStatus.OPEN)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    evidence = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "number"], name="audit_action_once"),
            models.CheckConstraint(
                condition=~Q(status__in=["DONE", "CLOSED"]) | (Q(done_at__isnull=False) & ~Q(evidence="")),
                name="audit_action_done_with_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(status="CLOSED") | (Q(closed_at__isnull=False) & Q(closed_by__isnull=False)),
                name="audit_action_closed_by_whom",
            ),
        ]

    class PersonalData:
        fields = ["evidence", "done_by", "closed_by"]

    def __str__(self):
        return self.action

    @property
    def reference(self):
        return f"{self.finding.visit.reference}/{self.finding.number}.{self.number}"

    def get_absolute_url(self):
        return self.finding.visit.get_absolute_url()
