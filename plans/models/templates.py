from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ..enums import CheckKind, IndicatorKind, Required, ReturnPart, StreamPurpose, TemplateStatus


class ReturnTemplate(models.Model):
    """A kind of monitoring return: what it asks for stands in its versions.

    `for_purpose` makes it the usual one of all streams with that purpose; empty for none.
    """

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    for_purpose = ArrayField(models.CharField(max_length=20, choices=StreamPurpose), default=list, blank=True)
    source = models.CharField(max_length=500, blank=True)

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/return-templates/{self.key}/"


class TemplateVersion(models.Model):
    """One version of a template: edited while a draft, frozen for ever once in use."""

    template = models.ForeignKey(ReturnTemplate, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=TemplateStatus, default=TemplateStatus.DRAFT)
    guidance = models.TextField(blank=True)
    why = models.TextField(blank=True)
    put_to_use_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(status="IN_USE"), name="template_one_version_in_use"
            ),
            models.UniqueConstraint(fields=["template"], condition=Q(status="DRAFT"), name="template_one_draft"),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.template}, version {self.number}"

    def get_absolute_url(self):
        return f"/return-templates/{self.template.key}/{self.number}/"


class TemplateSection(models.Model):
    """One section of a template: figures of its own, or a part that follows from the award."""

    version = models.ForeignKey(TemplateVersion, models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    part = models.CharField(max_length=12, choices=ReturnPart, default=ReturnPart.INDICATORS)
    title = models.CharField(max_length=200)
    guidance = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="template_section_once"),
            models.UniqueConstraint(
                fields=["version", "part"], condition=~Q(part="INDICATORS"), name="template_part_once"
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.title


class Indicator(models.Model):
    """One thing a template asks for: a figure, figures by category, a score, words or a file.

    `required_if` names another indicator of the version by its key. `lowest` and `highest` are
    limits in the unit of the figure; `longest` the letters of words. A SCORE's limits are those of
    its scale. `warns_on_jump` asks about a change of over half on the last return.
    """

    section = models.ForeignKey(TemplateSection, models.CASCADE, related_name="indicators")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    label = models.CharField(max_length=200)
    help = models.TextField(blank=True)
    kind = models.CharField(max_length=12, choices=IndicatorKind)
    unit = models.CharField(max_length=40, blank=True)
    categories = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    required = models.CharField(max_length=12, choices=Required, default=Required.ALWAYS)
    required_if = models.SlugField(max_length=60, blank=True)
    lowest = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    highest = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    longest = models.PositiveIntegerField(default=2000)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    fewer_is_better = models.BooleanField(default=False)
    warns_on_jump = models.BooleanField(default=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["section", "key"], name="indicator_once"),
            models.CheckConstraint(
                condition=Q(lowest__isnull=True) | Q(highest__isnull=True) | Q(highest__gte=F("lowest")),
                name="indicator_limits_in_order",
            ),
            models.CheckConstraint(
                condition=(Q(required="WHEN") & ~Q(required_if="")) | (~Q(required="WHEN") & Q(required_if="")),
                name="indicator_required_if_says_what",
            ),
            models.CheckConstraint(
                condition=Q(kind="COUNTS", categories__len__gt=0) | (~Q(kind="COUNTS") & Q(categories__len=0)),
                name="indicator_counts_have_categories",
            ),
        ]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.label


class TemplateCheck(models.Model):
    """How figures of one version must agree: those of `left` together against `right`, by their keys.

    A COUNTS indicator counts as its sum, a SCORE as the people asked.
    """

    version = models.ForeignKey(TemplateVersion, models.CASCADE, related_name="checks")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=15, choices=CheckKind)
    left = ArrayField(models.SlugField(max_length=60))
    right = models.SlugField(max_length=60)
    only_warns = models.BooleanField(default=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="template_check_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{' + '.join(self.left)} {self.get_kind_display()} {self.right}"
