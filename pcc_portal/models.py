from django.conf import settings
from django.db import models


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
