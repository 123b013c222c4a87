from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from records.models import Decision, Paper

from ..enums import VariationKind, VariationStatus
from .contracts import Contract


class ContractVariation(models.Model):
    """An agreed change of a contract with what it was before and after, its approval and its letter.

    `ends_on` is the new end of an END or OUTSIDE_TERMS variation and `after_options` how many options
    were taken up by then: the term is derived from them (`services.queries.term`). `new_provider` takes the
    place of the provider, or of the office. `applied_at` is null while an agreed change waits for its day. A
    recorded variation comes from a plan file: nobody was asked and nobody is told.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="variations")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=15, choices=VariationKind)
    status = models.CharField(max_length=16, choices=VariationStatus, default=VariationStatus.DRAFT)
    title = models.CharField(max_length=200)
    reason = models.TextField()
    legal_basis = models.TextField(blank=True)
    takes_effect_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    after_options = models.PositiveSmallIntegerField(null=True)
    new_provider = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="contract_variations")
    second_approved_at = models.DateTimeField(null=True)
    second_approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    letter = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    is_recorded = models.BooleanField(default=False)
    inferred = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "contract variation"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="contract_variation_number_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="contract_variation_has_reason"),
            models.CheckConstraint(
                condition=~Q(kind__in=["END", "OUTSIDE_TERMS"])
                | ~Q(status="APPROVED")
                | Q(ends_on__isnull=False, after_options__isnull=False),
                name="contract_variation_end_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="APPROVED")
                | Q(applied_at__isnull=False)
                | Q(kind__in=["SCOPE", "PROVIDER", "OFFICE"], takes_effect_on__isnull=False),
                name="contract_variation_applied_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="APPROVED") | Q(is_recorded=True) | Q(decision__isnull=False),
                name="contract_variation_approved_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(second_approved_at__isnull=True, second_approved_by__isnull=True)
                | Q(second_approved_at__isnull=False, second_approved_by__isnull=False),
                name="contract_variation_second_pair",
            ),
            models.CheckConstraint(
                condition=~Q(kind="OUTSIDE_TERMS")
                | ~Q(status="APPROVED")
                | Q(is_recorded=True)
                | (Q(second_approved_at__isnull=False) & ~Q(legal_basis="")),
                name="outside_terms_needs_law_and_second",
            ),
        ]

    class PersonalData:
        fields = ["drafted_by", "second_approved_by"]

    def __str__(self):
        return f"{self.contract.reference}, variation {self.number}"

    @property
    def reference(self):
        return f"{self.contract.reference}/V{self.number}"

    def get_absolute_url(self):
        return f"/contracts/{self.contract.reference}/variations/{self.number}/"
