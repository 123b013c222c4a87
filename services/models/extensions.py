from django.db import models
from django.db.models import Q

from accounts.models import User
from records.models import Decision, Paper

from ..enums import ExtensionOutcome, ExtensionStatus, ExtensionStepKind
from .contracts import Contract, ExtensionOption


class ExtensionCase(models.Model):
    """The work on one extension decision, from the first step to the notice (S2).

    `option` null: an extension outside the original terms, once no option is left; `decide_by` is then
    the day the office set itself. `pack` is the evidence as it stood when advice was given; it never
    changes. Advice and comment name who gave them. `provider_willing` null: not answered yet.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="extension_cases")
    option = models.ForeignKey(ExtensionOption, models.PROTECT, null=True, related_name="cases")
    number = models.PositiveSmallIntegerField()
    decide_by = models.DateField(null=True)
    status = models.CharField(max_length=16, choices=ExtensionStatus, default=ExtensionStatus.PREPARING)
    opened_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    provider_willing = models.BooleanField(null=True)
    provider_answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lapse_effect = models.TextField(blank=True)
    recommended = models.CharField(max_length=15, choices=ExtensionOutcome, blank=True)
    recommended_months = models.PositiveSmallIntegerField(null=True)
    recommended_ends_on = models.DateField(null=True)
    legal_basis = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    advised_at = models.DateTimeField(null=True)
    advised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cfo_comment = models.TextField(blank=True)
    cfo_commented_at = models.DateTimeField(null=True)
    cfo_commented_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    pack = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    deferred_until = models.DateField(null=True)
    notice_needed = models.BooleanField(null=True)
    notice_working = models.TextField(blank=True)
    notice_reference = models.CharField(max_length=60, blank=True)
    notice_published_on = models.DateField(null=True)

    class Meta:
        verbose_name = "extension decision"
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="extension_case_number_once"),
            models.UniqueConstraint(
                fields=["contract"],
                condition=~Q(status__in=["DECIDED", "CLOSED"]),
                name="extension_case_one_open",
            ),
            models.CheckConstraint(
                condition=Q(advised_at__isnull=True, advised_by__isnull=True)
                | Q(advised_at__isnull=False, advised_by__isnull=False),
                name="extension_advised_pair",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["PREPARING", "CLOSED"])
                | (Q(advised_at__isnull=False, pack__isnull=False) & ~Q(advice="")),
                name="extension_advised_with_its_pack",
            ),
            models.CheckConstraint(
                condition=Q(cfo_commented_at__isnull=True, cfo_commented_by__isnull=True)
                | Q(cfo_commented_at__isnull=False, cfo_commented_by__isnull=False),
                name="extension_commented_pair",
            ),
        ]

    class PersonalData:
        fields = ["asked_by", "answered_by", "advised_by", "cfo_commented_by"]

    def __str__(self):
        return f"{self.contract.reference}, extension decision {self.number}"

    @property
    def reference(self):
        return f"{self.contract.reference}/X{self.number}"

    def get_absolute_url(self):
        return f"/contracts/{self.contract.reference}/extensions/{self.number}/"


class ExtensionStep(models.Model):
    """One step towards an extension decision, with its day and what met it. `dropped`: nobody takes it any more."""

    case = models.ForeignKey(ExtensionCase, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=15, choices=ExtensionStepKind)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    dropped = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="extension_step_once")]

    class PersonalData:
        fields = ["done_by"]

    def __str__(self):
        return f"{self.case.reference}: {self.get_kind_display()}"

    @property
    def reference(self):
        return self.case.reference

    def get_absolute_url(self):
        return self.case.get_absolute_url()


class ExtensionRuling(models.Model):
    """What was decided in an extension case; one that defers is followed by another. Never changed.

    `months` is the length offered; `safe_until` the last safe date of a deferral. Outside the original
    terms it takes effect with the second approver, who is somebody else. An offer carries the provider's
    answer: `accepted` null until it is given, by `answer_by`.
    """

    case = models.ForeignKey(ExtensionCase, models.PROTECT, related_name="rulings")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=15, choices=ExtensionOutcome)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="extension_ruling")
    months = models.PositiveSmallIntegerField(null=True)
    ends_on = models.DateField(null=True)
    safe_until = models.DateField(null=True)
    legal_basis = models.TextField(blank=True)
    second_approved_at = models.DateTimeField(null=True)
    second_approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer_by = models.DateField(null=True)
    accepted = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    letter = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="extension_ruling_once"),
            models.CheckConstraint(
                condition=~Q(outcome="OUTSIDE") | (~Q(legal_basis="") & Q(ends_on__isnull=False)),
                name="extension_outside_says_law_and_end",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="DEFER") | Q(safe_until__isnull=False), name="extension_deferral_has_safe_date"
            ),
            models.CheckConstraint(
                condition=Q(second_approved_at__isnull=True, second_approved_by__isnull=True)
                | Q(second_approved_at__isnull=False, second_approved_by__isnull=False),
                name="extension_second_pair",
            ),
            models.CheckConstraint(
                condition=Q(months__isnull=True) | Q(months__gte=1),
                name="extension_ruling_has_length",
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, answered_at__isnull=True, answered_by__isnull=True)
                | Q(accepted__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
                name="extension_offer_answered_by_somebody",
            ),
        ]

    class PersonalData:
        fields = ["second_approved_by", "answered_by"]

    def __str__(self):
        return f"{self.case}: {self.get_outcome_display()}"
