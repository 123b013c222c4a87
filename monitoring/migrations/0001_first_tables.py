import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("grants", "0001_first_tables"),
        ("records", "0001_first_tables"),
        ("services", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="MonitoringReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("MID_YEAR", "Mid-year return"),
                            ("YEAR_END", "Year-end return"),
                            ("END_OF_AWARD", "End of award return"),
                            ("QUARTERLY", "Quarterly return"),
                            ("MONTHLY", "Monthly return"),
                            ("AD_HOC", "Ad hoc return"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("OPEN", "Open"),
                            ("CERTIFYING", "Waiting for the certifier"),
                            ("CERTIFIED", "Certified, ready to submit"),
                            ("SUBMITTED", "Submitted"),
                            ("QUERIED", "Queried"),
                            ("REVIEWED", "Reviewed"),
                            ("WAIVED", "Waived"),
                        ],
                        default="OPEN",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("narrative", models.TextField(blank=True)),
                ("learning", models.TextField(blank=True)),
                ("risks", models.TextField(blank=True)),
                ("underspend_reason", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
                ("certified_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("SATISFACTORY", "Satisfactory"), ("UNSATISFACTORY", "Unsatisfactory")],
                        max_length=15,
                    ),
                ),
                ("reply", models.TextField(blank=True)),
                ("waived_reason", models.TextField(blank=True)),
                (
                    "award",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="grants.award",
                    ),
                ),
                (
                    "certified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="services.contract",
                    ),
                ),
                (
                    "obligation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.obligation"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "monitoring return",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("award__isnull", False), ("contract__isnull", True)),
                            models.Q(("award__isnull", True), ("contract__isnull", False)),
                            _connector="OR",
                        ),
                        name="return_of_award_or_contract",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("award__isnull", False)),
                        fields=("award", "kind", "starts_on", "ends_on"),
                        name="return_once_award_period",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("contract__isnull", False)),
                        fields=("contract", "kind", "starts_on", "ends_on"),
                        name="return_once_contract_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="return_period_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certified_at__isnull", True), ("certified_by__isnull", True)),
                            models.Q(("certified_at__isnull", False), ("certified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="return_certified_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="return_submitted_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="return_reviewed_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "REVIEWED"), _negated=True),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True),
                                models.Q(("reply", ""), _negated=True),
                                ("reviewed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="return_reviewed_has_verdict_and_reply",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "WAIVED"), _negated=True),
                            models.Q(("waived_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="return_waived_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutcomeResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("comment", models.TextField(blank=True)),
                (
                    "award_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grants.awardline"
                    ),
                ),
                (
                    "monitoring_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcome_results",
                        to="monitoring.monitoringreturn",
                    ),
                ),
                (
                    "planned",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="grants.plannedoutcome"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("monitoring_return", "planned"), name="outcome_result_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="OutputResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("delivered", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("comment", models.TextField(blank=True)),
                (
                    "award_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grants.awardline"
                    ),
                ),
                (
                    "monitoring_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="output_results",
                        to="monitoring.monitoringreturn",
                    ),
                ),
                (
                    "planned",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="grants.plannedoutput"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("delivered__isnull", True), ("delivered__gte", 0), _connector="OR"),
                        name="output_result_positive",
                    ),
                    models.UniqueConstraint(fields=("monitoring_return", "planned"), name="output_result_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "standing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("AHEAD", "Ahead of plan"),
                            ("ON_TRACK", "On track"),
                            ("BEHIND", "Behind plan"),
                            ("STOPPED", "Stopped"),
                        ],
                        max_length=10,
                    ),
                ),
                ("narrative", models.TextField(blank=True)),
                (
                    "award_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grants.awardline"
                    ),
                ),
                (
                    "monitoring_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="project_reports",
                        to="monitoring.monitoringreturn",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("monitoring_return", "award_line"), name="project_report_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnQuery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(max_length=120)),
                ("question", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "monitoring_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="queries",
                        to="monitoring.monitoringreturn",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "return queries",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True), name="return_query_asks"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="return_query_answered_pair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("reason", models.TextField(blank=True)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="monitoring.monitoringreturn",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.paper"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("monitoring_return", "number"), name="return_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SpendLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("heading", models.CharField(max_length=200)),
                ("planned", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("spent", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                (
                    "award_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grants.awardline"
                    ),
                ),
                (
                    "budget_line",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grants.budgetline"
                    ),
                ),
                (
                    "monitoring_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spend_lines",
                        to="monitoring.monitoringreturn",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                        name="spend_positive",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("budget_line__isnull", False)),
                        fields=("monitoring_return", "budget_line"),
                        name="spend_line_once",
                    ),
                ],
            },
        ),
    ]
