from django.db import models
from django.db.models import F, Q

from accounts import access
from accounts.models import Organisation
from plans.enums import Basis
from plans.models import FundingSource, MovableEvent, RuleSet, Stream
from records.models import Document

from ..enums import ContractPaperKind, ContractStatus, OptionStatus, PartyRole, ReferenceKind, Regime, ServiceState


class ContractQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office sees all contracts; a provider its own, and those it is a partner of."""
        if access.is_office(user):
            return self
        mine = Organisation.objects.of_user(user)
        partner = ContractParty.objects.filter(role=PartyRole.PARTNER, organisation__in=mine, ends_on__isnull=True)
        return self.filter(Q(provider__in=mine) | Q(pk__in=partner.values("contract")))


class Contract(models.Model):
    """A commissioned service: its start, initial term in months and options (S1).

    Initial end, current end and latest possible end are derived (`services.queries`), never typed.
    `reporting` keeps the reporting pattern of the rule set as it was when the contract was given it.
    `light_touch` and `below_threshold` are null where no source says. `estimated_value` is that of the
    notice, in pounds for the whole of the longest term. `ended_on` is set with status ENDED.
    """

    reference = models.CharField(max_length=20, unique=True)
    key = models.SlugField(max_length=80, unique=True)
    stream = models.ForeignKey(Stream, models.PROTECT, null=True, related_name="contracts")
    provider = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="contracts")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, null=True, related_name="contracts")
    reporting = models.JSONField(null=True)
    name = models.CharField(max_length=300)
    starts_on = models.DateField()
    initial_months = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=ContractStatus, default=ContractStatus.LIVE)
    annual_value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    annual_value_year = models.CharField(max_length=20, blank=True)
    annual_value_source = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)
    regime = models.CharField(max_length=10, choices=Regime, blank=True)
    light_touch = models.BooleanField(null=True, blank=True)
    below_threshold = models.BooleanField(null=True, blank=True)
    estimated_value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    estimated_value_source = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(initial_months__gt=0), name="contract_has_term"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(status="ENDED"), name="contract_ended_on_says_ended"
            ),
            models.CheckConstraint(
                condition=Q(estimated_value__isnull=True) | Q(estimated_value__gte=0), name="contract_estimate_positive"
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.reference} {self.name}"

    def get_absolute_url(self):
        return f"/contracts/{self.reference}/"


class ContractParty(models.Model):
    """An organisation that delivers with the provider, from a day, perhaps until another."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contract_parts")
    role = models.CharField(max_length=15, choices=PartyRole)
    does = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "contract parties"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "organisation", "role"], condition=Q(ends_on__isnull=True), name="party_once"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="party_in_order",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.organisation} ({self.get_role_display().lower()})"


class Lot(models.Model):
    """A part of a contract that was let by itself."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="lots")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="lot_once"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="lot_value_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"Lot {self.number}: {self.name}"


class AdditionalService(models.Model):
    """A service inside a contract, delivered or still developing (S3)."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="additional_services")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, blank=True, related_name="services")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=ServiceState, default=ServiceState.DELIVERED)
    starts_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=500, blank=True)

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name


class ExtensionOption(models.Model):
    """A right to extend a contract, with the day by which it must be decided (S1, S2).

    `notice_months` gives a derived decide-by; a printed window ("autumn 2021") is kept with its
    first and last day; a decision that waits for an event whose date may move hangs on it, so many days
    after (`event_days`, below zero: before). The earliest date rules. `inferred` marks what no source states.
    `agreed_months` is what was offered and taken up where that is less than the whole.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField(default=12)
    agreed_months = models.PositiveSmallIntegerField(null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(null=True, blank=True)
    printed_window = models.CharField(max_length=60, blank=True)
    window_starts_on = models.DateField(null=True, blank=True)
    window_ends_on = models.DateField(null=True, blank=True)
    event = models.ForeignKey(MovableEvent, models.PROTECT, null=True, blank=True, related_name="+")
    event_days = models.SmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=OptionStatus, default=OptionStatus.AVAILABLE)
    is_recorded = models.BooleanField(default=False)
    inferred = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="option_number_once"),
            models.CheckConstraint(condition=Q(months__gt=0), name="option_has_length"),
            models.CheckConstraint(
                condition=Q(agreed_months__isnull=True) | Q(agreed_months__gt=0, agreed_months__lte=F("months")),
                name="option_agreed_within_length",
            ),
            models.CheckConstraint(
                condition=Q(window_starts_on__isnull=True, window_ends_on__isnull=True)
                | Q(window_ends_on__gte=F("window_starts_on")),
                name="option_window_in_order",
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=True, event_days__isnull=True)
                | Q(event__isnull=False, event_days__isnull=False),
                name="option_event_and_days",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.contract.reference}, option {self.number}"

    @property
    def reference(self):
        return f"{self.contract.reference}/O{self.number}"

    def get_absolute_url(self):
        return f"/contracts/{self.contract.reference}/"


class ContractValue(models.Model):
    """What a contract is worth in one period, in pounds; null where no source says. The rows are its profile."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="values")
    starts_on = models.DateField()
    ends_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    basis = models.CharField(max_length=20, choices=Basis, blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "starts_on"], name="contract_value_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="contract_value_in_order"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="contract_value_positive"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.contract.reference}, {self.starts_on} to {self.ends_on}"


class ContractSource(models.Model):
    """A source of funds a contract is paid from; `amount` in pounds a year where one is agreed."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="funding")
    funding_source = models.ForeignKey(FundingSource, models.PROTECT, related_name="contracts")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "funding_source"], name="contract_source_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="contract_source_positive"
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.contract.reference}: {self.funding_source}"


class ContractReference(models.Model):
    """A number somebody else knows the contract by: a notice, an Open Contracting identifier."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="references")
    kind = models.CharField(max_length=10, choices=ReferenceKind)
    value = models.CharField(max_length=100)
    url = models.URLField(max_length=500, blank=True)
    published_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "kind", "value"], name="contract_reference_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.get_kind_display()} {self.value}"


class ContractDocument(models.Model):
    """A document of a contract; the copy for the public may leave things out, and says why."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=15, choices=ContractPaperKind)
    title = models.CharField(max_length=200)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    public_copy = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    redaction_reason = models.TextField(blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(public_copy__isnull=True) | ~Q(redaction_reason="") | Q(public_copy=F("document")),
                name="redacted_copy_says_why",
            )
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.title


class ContractPayment(models.Model):
    """An invoice under a contract, in pounds, and when it was paid. Recorded ones come from a plan file.

    The days serve the thirty-day rule (Procurement Act 2023, sections 68 and 69).
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="payments")
    funding_source = models.ForeignKey(FundingSource, models.PROTECT, null=True, blank=True, related_name="+")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    covers_from = models.DateField()
    covers_to = models.DateField()
    invoice = models.CharField(max_length=60, blank=True)
    received_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    is_disputed = models.BooleanField(default=False)
    is_recorded = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["covers_from", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.CheckConstraint(condition=Q(covers_to__gte=F("covers_from")), name="payment_in_order"),
            models.UniqueConstraint(
                fields=["contract", "invoice"], condition=~Q(invoice=""), name="contract_invoice_once"
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.contract.reference}: {self.invoice or self.covers_from}"
