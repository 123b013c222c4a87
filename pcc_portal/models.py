from django.conf import settings
from django.db import models

from records.models import Paper


class HeldDraft(models.Model):
    """What a person had typed when their sign-in had run out; given back to them alone, within a day.

    The browser holds a token of which only the hash is kept here.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    fields = models.JSONField()
    had_files = models.BooleanField(default=False)
    held_at = models.DateTimeField()

    class PersonalData:
        fields = ["user", "fields"]

    def __str__(self):
        return f"{self.path} of {self.user_id}"


class EvidencePack(models.Model):
    """The content of a frozen evidence pack, from which its paper was made; never changed.

    `digest` is the SHA-256 of the content, printed on every page of the paper.
    """

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="+")
    as_at = models.DateField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "evidence pack"

    class PersonalData:
        fields = ["content"]

    def __str__(self):
        return f"Evidence as at {self.as_at}, {self.digest[:12]}"
