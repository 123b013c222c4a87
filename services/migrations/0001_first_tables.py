import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_first_tables"),
        ("plans", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contract",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=300)),
                ("starts_on", models.DateField()),
                ("initial_months", models.PositiveSmallIntegerField()),
                (
                    "status",
                    models.CharField(choices=[("LIVE", "Live"), ("ENDED", "Ended")], default="LIVE", max_length=10),
                ),
                ("annual_value", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("annual_value_year", models.CharField(blank=True, max_length=20)),
                ("annual_value_source", models.CharField(blank=True, max_length=500)),
                ("is_example", models.BooleanField(default=False)),
                ("note", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "provider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="plans.stream",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("initial_months__gt", 0)), name="contract_has_term")
                ],
            },
        ),
        migrations.CreateModel(
            name="AdditionalService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("DELIVERED", "Delivered"), ("DEVELOPING", "Developing")],
                        default="DELIVERED",
                        max_length=12,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="additional_services",
                        to="services.contract",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExtensionOption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("months", models.PositiveSmallIntegerField(default=12)),
                ("notice_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("printed_window", models.CharField(blank=True, max_length=60)),
                ("window_starts_on", models.DateField(blank=True, null=True)),
                ("window_ends_on", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("AVAILABLE", "Open"),
                            ("OFFERED", "Offered to the provider"),
                            ("TAKEN_UP", "Taken up"),
                            ("DECLINED", "Not offered"),
                            ("REFUSED", "Refused by the provider"),
                            ("LAPSED", "Lapsed"),
                        ],
                        default="AVAILABLE",
                        max_length=10,
                    ),
                ),
                ("is_recorded", models.BooleanField(default=False)),
                ("inferred", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="options", to="services.contract"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "number"), name="option_number_once"),
                    models.CheckConstraint(condition=models.Q(("months__gt", 0)), name="option_has_length"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("window_ends_on__isnull", True), ("window_starts_on__isnull", True)),
                            ("window_ends_on__gte", models.F("window_starts_on")),
                            _connector="OR",
                        ),
                        name="option_window_in_order",
                    ),
                ],
            },
        ),
    ]
