"""Standards as release conditions, consent to new terms, and money retained for one provider (P1, C7)."""

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from plans.enums import StandardHold
from plans.models import StandardKind, TermsVersion
from records.models import Decision

from ..enums import RetainStatus, TermsChangeStatus
from .awards import Award
from .business_cases import Project


class AwardStandard(models.Model):
    """A standard asked of an award, as its rule set asked when the award was made: a typed release condition.

    No instalment it holds is released unless the payee holds valid evidence on that day, or a waiver lasts.
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="standards")
    kind = models.ForeignKey(StandardKind, models.PROTECT, related_name="+")
    holds = models.CharField(max_length=10, choices=StandardHold)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["award", "kind"], name="award_standard_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.award.reference}: {self.kind}"


class TermsChange(models.Model):
    """A new version of the terms put to a live award; it binds only once the payee's signatory consents (P1)."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="terms_changes")
    number = models.PositiveSmallIntegerField()
    terms = models.ForeignKey(TermsVersion, models.PROTECT, related_name="+")
    was = models.ForeignKey(TermsVersion, models.PROTECT, related_name="+")
    reason = models.TextField()
    status = models.CharField(max_length=10, choices=TermsChangeStatus, default=TermsChangeStatus.PROPOSED)
    answer_by = models.DateField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    position = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="terms_change_once"),
            models.UniqueConstraint(
                fields=["award"], condition=Q(status="PROPOSED"), name="terms_change_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="terms_change_has_reason"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="terms_change_answered_pair",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["ACCEPTED", "REFUSED"]) | Q(answered_at__isnull=False),
                name="terms_change_answer_is_signed",
            ),
        ]

    class PersonalData:
        fields = ["proposed_by", "answered_by", "position", "answer"]

    def __str__(self):
        return f"{self.award.reference}: terms, change {self.number}"

    @property
    def reference(self):
        return f"{self.award.reference}/T{self.number}"

    def get_absolute_url(self):
        return f"/awards/{self.award.reference}/terms/{self.number}/"


class RetainProposal(models.Model):
    """That the office keep the money of several cases and fund one provider or project itself (C7).

    What each partnership would lose is computed from its projects. The decision moves the allocations; a
    direct award is a decision of its own.
    """

    reference = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    provider = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    provider_name = models.CharField(max_length=200, blank=True)
    why = models.TextField()
    status = models.CharField(max_length=12, choices=RetainStatus, default=RetainStatus.DRAFT)
    direct_award = models.ForeignKey(
        "grants.DirectAward", models.PROTECT, null=True, blank=True, related_name="retained_from"
    )
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recommended_at = models.DateTimeField(null=True)
    recommended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cfo_comment = models.TextField(blank=True)
    cfo_at = models.DateTimeField(null=True)
    cfo_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recommended_at__isnull=True, recommended_by__isnull=True)
                | Q(recommended_at__isnull=False, recommended_by__isnull=False),
                name="retain_recommended_pair",
            ),
            models.CheckConstraint(
                condition=Q(cfo_at__isnull=True, cfo_by__isnull=True, cfo_comment="")
                | Q(~Q(cfo_comment=""), cfo_at__isnull=False, cfo_by__isnull=False),
                name="retain_comment_is_signed",
            ),
        ]

    class PersonalData:
        fields = ["started_by", "recommended_by", "cfo_by"]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def get_absolute_url(self):
        return f"/retain/{self.reference}/"


class RetainPart(models.Model):
    """One project whose money would be retained: the sum, what the partnership loses, its own decision."""

    proposal = models.ForeignKey(RetainProposal, models.CASCADE, related_name="parts")
    project = models.ForeignKey(Project, models.PROTECT, related_name="retain_parts")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "project"], name="retain_part_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="retain_part_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.proposal.reference}: {self.project.reference}"
