from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q

from ..enums import PaperKind
from .events import NotSealed


def private_storage():
    """Files outside the web root; served only by a view that fetched the parent."""
    return storages["default"]


class Document(models.Model):
    """An uploaded file about a subject; `file` is a random name, `name` what people see."""

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    section = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="documents/%Y/%m/", storage=private_storage)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    sealed = models.BooleanField(default=False, db_default=False)

    objects = NotSealed()
    everything = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="document_subject")]
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="document_not_empty")]

    class PersonalData:
        fields = ["name", "file", "uploaded_by"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/documents/{self.pk}/"

    @property
    def url(self):
        return self.get_absolute_url()

    @property
    def kind(self):
        """What people call it: PDF, DOCX, PNG..."""
        return self.name.rpartition(".")[2].upper()


class Paper(models.Model):
    """A frozen paper: the HTML as made and, where Pango is installed, the tagged PDF of it."""

    kind = models.CharField(max_length=30, choices=PaperKind)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    reference = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    html = models.TextField()
    pdf = models.BinaryField(null=True)
    is_example = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False, db_default=False)

    objects = NotSealed()
    everything = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="paper_subject")]

    class PersonalData:
        fields = ["html", "pdf", "made_by"]

    def __str__(self):
        return f"{self.title} ({self.reference})"

    def get_absolute_url(self):
        return f"/papers/{self.pk}/"

    @property
    def pdf_url(self):
        return f"/papers/{self.pk}.pdf"
