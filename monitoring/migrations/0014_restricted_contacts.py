"""Who handles restricted complaints, whom a complaint is about, and stages that were left unanswered (P2)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0013_risk_delivered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="concernstage",
            name="concern_one_stage_open",
        ),
        migrations.AddField(
            model_name="concern",
            name="about_person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="concernstage",
            name="moved_on_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="concernstage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True), ("moved_on_at__isnull", True)),
                fields=("concern",),
                name="concern_one_stage_open",
            ),
        ),
        migrations.CreateModel(
            name="RestrictedContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "restriction",
                    models.CharField(
                        choices=[
                            ("NONE", "Not restricted"),
                            ("SAFEGUARDING", "Safeguarding"),
                            ("STAFF", "About a member of staff"),
                        ],
                        max_length=15,
                        unique=True,
                    ),
                ),
                ("set_at", models.DateTimeField()),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("officer", models.F("deputy")), _negated=True),
                        name="restricted_contact_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("restriction", "NONE"), _negated=True),
                        name="restricted_contact_of_a_restriction",
                    ),
                ],
            },
        ),
    ]
