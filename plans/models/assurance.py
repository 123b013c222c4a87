"""Standards that organisations must hold, who was looked into, and the stages of complaints (P1, P2)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts import access
from accounts.enums import OrganisationKind
from accounts.models import Organisation, User

from ..enums import StageAnsweredBy, StandardHold, StandardStatus
from .rule_sets import RuleSet


class StandardKind(models.Model):
    """One kind of standard that a rule set may ask for: safeguarding, insurance, DBS...

    `lasts_months` is how long a piece of evidence usually holds; null where it has no end of its own.
    """

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    guidance = models.TextField(blank=True)
    must_expire = models.BooleanField(default=False)
    lasts_months = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/standards/kinds/{self.key}/"


class RequiredStandard(models.Model):
    """A standard that everything funded under the rule set must hold, and what waits where it is missing.

    `for_kinds` empty asks it of any kind of organisation. The body that is paid must hold it.
    """

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="required_standards")
    kind = models.ForeignKey(StandardKind, models.PROTECT, related_name="required_by")
    holds = models.CharField(max_length=10, choices=StandardHold, default=StandardHold.FIRST)
    for_kinds = ArrayField(models.CharField(max_length=25, choices=OrganisationKind), default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule_set", "kind"], name="required_standard_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.rule_set}: {self.kind}"


class HeldStandardQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office sees all; an organisation its own, and those of the body that is paid for it."""
        if access.is_office(user):
            return self
        mine = Organisation.objects.of_user(user)
        return self.filter(Q(organisation__in=mine) | Q(organisation__in=mine.values("accountable_body")))

    def valid_on(self, day):
        """Accepted, begun and not expired on the day."""
        began = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        lasts = Q(expires_on__isnull=True) | Q(expires_on__gte=day)
        return self.filter(began & lasts, status=StandardStatus.ACCEPTED)


class HeldStandard(models.Model):
    """Evidence of a standard that an organisation sent, and who checked it; its files are documents about it.

    A new piece of evidence is a new row, so that the register shows what held when. Expired is computed.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="standards")
    kind = models.ForeignKey(StandardKind, models.PROTECT, related_name="held")
    status = models.CharField(max_length=10, choices=StandardStatus, default=StandardStatus.SENT)
    title = models.CharField(max_length=200)
    starts_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)

    objects = HeldStandardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(expires_on__isnull=True) | Q(expires_on__gte=F("starts_on")),
                name="held_standard_in_order",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="held_standard_checked_pair",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["ACCEPTED", "REFUSED"]) | Q(checked_at__isnull=False),
                name="held_standard_verdict_is_signed",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "kind"], name="held_standard_whose")]

    class PersonalData:
        fields = ["note", "sent_by", "checked_by", "answer"]

    def __str__(self):
        return f"{self.organisation}: {self.kind}"

    def get_absolute_url(self):
        return f"/standards/{self.organisation.key}/{self.pk}/"


class StandardWaiver(models.Model):
    """An officer lets a standard rest until a day, with a reason; `rule_set` null is for everything funded."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="standard_waivers")
    kind = models.ForeignKey(StandardKind, models.PROTECT, related_name="waivers")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, null=True, blank=True, related_name="standard_waivers")
    reason = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="standard_waiver_has_reason"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="standard_waiver_in_order"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="standard_waiver_ended_pair",
            ),
        ]

    class PersonalData:
        fields = ["given_by", "ended_by"]

    def __str__(self):
        return f"{self.organisation}: {self.kind} waived until {self.ends_on}"


class DueDiligenceNote(models.Model):
    """What somebody looked into about an organisation, and what was found; never edited."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="due_diligence")
    on = models.DateField()
    looked_at = models.CharField(max_length=300)
    found = models.TextField()
    is_worry = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(found=""), name="due_diligence_says_what")]

    class PersonalData:
        fields = ["found", "by"]

    def __str__(self):
        return f"{self.organisation}: {self.looked_at}"


class PayeeCheck(models.Model):
    """That the body which is paid was verified, by whom and how; its bank details stay in the finance system."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="payee_checks")
    on = models.DateField()
    how = models.CharField(max_length=300)
    finance_reference = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(how=""), name="payee_check_says_how")]

    class PersonalData:
        fields = ["by"]

    def __str__(self):
        return f"{self.organisation}: payee verified {self.on}"


# The source of the stages that come with the portal, while nobody has changed them.
LEVEL_DELIVERED = "Delivered with the portal"


class ConcernLevel(models.Model):
    """One stage a complaint can reach, who answers it and the clocks it sets, in working days (P2)."""

    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=120)
    answered_by = models.CharField(max_length=15, choices=StageAnsweredBy)
    acknowledge_days = models.PositiveSmallIntegerField()
    answer_days = models.PositiveSmallIntegerField()
    guidance = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledge_days__gt=0) & Q(answer_days__gte=F("acknowledge_days")),
                name="concern_level_clocks",
            )
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.number} {self.name}"
