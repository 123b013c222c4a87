"""One digest for a person and day, failures the office knows of, addresses tried once a day, acts that set a date."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0006_recipient_of_an_obligation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LadderClimb",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveField(model_name="message", name="is_digest"),
        migrations.AddField(model_name="message", name="digest_on", field=models.DateField(null=True)),
        migrations.AddField(model_name="message", name="alerted_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="badaddress",
            name="next_try_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="notice",
            name="sets_date_of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.obligation",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("digest_on__isnull", False), models.Q(("status", "WITHDRAWN"), _negated=True)),
                fields=("person", "digest_on"),
                name="message_one_digest_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("alerted_at__isnull", True), ("status", "FAILED")),
                fields=["created_at"],
                name="message_failed",
            ),
        ),
    ]
