import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("grants", "0006_reported_spend"),
        ("monitoring", "0002_frozen_returns"),
        ("plans", "0003_return_templates_and_patterns"),
        ("records", "0005_holds_and_bad_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndicatorValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(blank=True, max_length=80)),
                ("number", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("words", models.TextField(blank=True)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="values", to="plans.indicator"
                    ),
                ),
                (
                    "monitoring_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicator_values",
                        to="monitoring.monitoringreturn",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("monitoring_return", "indicator", "part"), name="indicator_value_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("RECEIVED", "Being read"),
                            ("REFUSED", "Could not be read"),
                            ("FAULTY", "Things to mend"),
                            ("READY", "Ready to use"),
                            ("APPLIED", "Used"),
                            ("DROPPED", "Not used"),
                        ],
                        default="RECEIVED",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("draft", models.PositiveIntegerField()),
                ("template_number", models.PositiveSmallIntegerField(null=True)),
                ("findings", models.JSONField(default=list)),
                ("entries", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.document"
                    ),
                ),
                (
                    "monitoring_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="monitoring.monitoringreturn",
                    ),
                ),
            ],
            options={
                "verbose_name": "uploaded workbook",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "APPLIED"), _negated=True),
                            ("applied_at__isnull", False),
                            _connector="OR",
                        ),
                        name="upload_applied_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WarningReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=200)),
                ("sentence", models.TextField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "monitoring_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="warning_reasons",
                        to="monitoring.monitoringreturn",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("monitoring_return", "code"), name="warning_reason_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="warning_reason_says_why"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="monitoringreturn",
            name="template_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="returns",
                to="plans.templateversion",
            ),
        ),
        migrations.AddField(
            model_name="spendline",
            name="forecast",
            field=models.DecimalField(decimal_places=2, max_digits=12, null=True),
        ),
        migrations.AlterField(
            model_name="monitoringreturn",
            name="kind",
            field=models.CharField(
                choices=[
                    ("MID_YEAR", "Mid-year return"),
                    ("YEAR_END", "Year-end return"),
                    ("END_OF_AWARD", "End of award return"),
                    ("QUARTERLY", "Quarterly return"),
                    ("MONTHLY", "Monthly return"),
                    ("ON_SET_DAYS", "Return for a set day"),
                    ("AFTERWARDS", "Follow-up return"),
                    ("EXTENSION", "Return for an extension"),
                    ("AD_HOC", "Ad hoc return"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="spendline",
            constraint=models.CheckConstraint(
                condition=models.Q(("forecast__isnull", True), ("forecast__gte", 0), _connector="OR"),
                name="forecast_positive",
            ),
        ),
        migrations.RunSQL(
            sql="\nCREATE TRIGGER monitoring_guard_figures BEFORE INSERT OR UPDATE OR DELETE ON monitoring_indicatorvalue\n    FOR EACH ROW EXECUTE FUNCTION monitoring_guard_figures();\n",
            reverse_sql="DROP TRIGGER monitoring_guard_figures ON monitoring_indicatorvalue;",
        ),
    ]
