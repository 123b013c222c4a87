"""A notice may tell of a meeting at an hour, which its letter carries for a calendar."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0016_numbers_of_sealed_rows")]

    operations = [
        migrations.CreateModel(
            name="NoticeAppointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(max_length=100)),
                ("sequence", models.PositiveSmallIntegerField(default=0)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("title", models.CharField(max_length=300)),
                ("place", models.CharField(blank=True, max_length=300)),
                ("is_cancelled", models.BooleanField(default=False)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="appointments", to="records.notice"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "uid"), name="notice_appointment_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="notice_appointment_in_order"
                    ),
                ],
            },
        ),
    ]
