"""A message nobody needs any more is withdrawn instead of sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_default_ladders")]
    operations = [
        migrations.AlterField(
            model_name="message",
            name="status",
            field=models.CharField(
                choices=[
                    ("QUEUED", "Waiting to be sent"),
                    ("SENDING", "Being sent"),
                    ("SENT", "Sent"),
                    ("FAILED", "Could not be delivered"),
                    ("WITHDRAWN", "No longer needed"),
                ],
                default="QUEUED",
                max_length=10,
            ),
        ),
    ]
