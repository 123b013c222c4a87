from django.db import models
from django.db.models import F, Q

from accounts import access
from accounts.models import Organisation
from plans.models import RuleSet, Stream

from .enums import ContractStatus, OptionStatus, ServiceState


class ContractQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office sees all contracts; a provider its own."""
        if access.is_office(user):
            return self
        return self.filter(provider__in=Organisation.objects.of_user(user))


class Contract(models.Model):
    """A commissioned service: its start, initial term in months and options (S1).

    Initial end, current end and latest possible end are derived (`services.queries`), never typed.
    `reporting` keeps the reporting pattern of the rule set as it was when the contract was given it.
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
    is_example = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(initial_months__gt=0), name="contract_has_term")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.reference} {self.name}"

    def get_absolute_url(self):
        return f"/contracts/{self.reference}/"


class AdditionalService(models.Model):
    """A service inside a contract, delivered or still developing (S3)."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="additional_services")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=ServiceState, default=ServiceState.DELIVERED)
    source = models.CharField(max_length=500, blank=True)

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name


class ExtensionOption(models.Model):
    """A right to extend a contract, with the day by which it must be decided (S1, S2).

    `notice_months` gives a derived decide-by; a printed window ("autumn 2021") is kept with its
    first and last day. The earlier date rules. `inferred` marks what no source states.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField(default=12)
    notice_months = models.PositiveSmallIntegerField(null=True, blank=True)
    printed_window = models.CharField(max_length=60, blank=True)
    window_starts_on = models.DateField(null=True, blank=True)
    window_ends_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=OptionStatus, default=OptionStatus.AVAILABLE)
    is_recorded = models.BooleanField(default=False)
    inferred = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="option_number_once"),
            models.CheckConstraint(condition=Q(months__gt=0), name="option_has_length"),
            models.CheckConstraint(
                condition=Q(window_starts_on__isnull=True, window_ends_on__isnull=True)
                | Q(window_ends_on__gte=F("window_starts_on")),
                name="option_window_in_order",
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
