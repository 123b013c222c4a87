import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0012_guards_of_every_stream"),
        ("records", "0013_ladders_of_grant_work"),
    ]

    operations = [
        migrations.AddField(
            model_name="continuation",
            name="reapply_round",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grants.round"
            ),
        ),
        migrations.AddField(
            model_name="limitexception",
            name="continuation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="limit_exceptions",
                to="grants.continuation",
            ),
        ),
        migrations.CreateModel(
            name="ReviewedReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("SATISFACTORY", "Satisfactory"), ("UNSATISFACTORY", "Unsatisfactory")],
                        max_length=15,
                    ),
                ),
                ("results", models.JSONField(blank=True, default=list)),
                ("reviewed_at", models.DateTimeField()),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviewed_returns", to="grants.award"
                    ),
                ),
                (
                    "obligation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.obligation"
                    ),
                ),
            ],
        ),
    ]
