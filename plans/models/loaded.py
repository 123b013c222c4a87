from django.db import models


class LoadedRow(models.Model):
    """What a plan file said about one row when it was last loaded.

    Comparing it with the row and with the file tells an edit made on screen from a change of the
    file, so that a second load never overwrites the first.
    """

    file_key = models.SlugField(max_length=80)
    section = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    subject_id = models.BigIntegerField(null=True)
    content = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file_key", "section", "key"], name="loaded_row_once")]

    class PersonalData:
        fields = ["content"]

    def __str__(self):
        return f"{self.file_key}: {self.section}, {self.key}"
