import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_mail_choice_and_calendar_feeds"),
        ("accounts", "__first__"),
        ("grants", "0008_award_reporting"),
        ("plans", "0008_rules_as_rows"),
        ("records", "0013_ladders_of_grant_work"),
    ]

    operations = [
        migrations.CreateModel(
            name="AllocationFactor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.DecimalField(decimal_places=4, max_digits=16)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "allocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="factors", to="grants.allocation"
                    ),
                ),
                (
                    "weight",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.formulaweight"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("allocation", "weight"), name="allocation_factor_once"),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="allocation_factor_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.JSONField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="grants.businesscase"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="grants.project",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.question"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "project", "question"), name="answer_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("comment", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="grants.project"
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="plans.decisionstage",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("project", "stage", "by"), name="assessed_once_each")],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("covers_from", models.DateField()),
                ("covers_to", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("description", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[("SUBMITTED", "With the office"), ("ACCEPTED", "Accepted"), ("REFUSED", "Refused")],
                        default="SUBMITTED",
                        max_length=10,
                    ),
                ),
                ("submitted_at", models.DateTimeField()),
                ("accepted_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
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
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="grants.award"
                    ),
                ),
                (
                    "instalment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="grants.instalment"
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="claim_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("covers_to__gte", models.F("covers_from"))), name="claim_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ACCEPTED"), _negated=True),
                            models.Q(("accepted_amount__gt", 0), ("accepted_amount__lte", models.F("amount"))),
                            _connector="OR",
                        ),
                        name="claim_accepted_sum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="claim_answered_pair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Continuation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("CONTINUATION", "Next year of the award"),
                            ("EXTENSION", "What follows the end of the award"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("case_due_on", models.DateField(null=True)),
                ("expected_on", models.DateField(null=True)),
                ("safe_by", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("WAITING", "Not open yet"),
                            ("OPEN", "With the recipient"),
                            ("SUBMITTED", "With the officers"),
                            ("AWAITING_DECISION", "Waiting for a decision"),
                            ("DECIDED", "Decided"),
                            ("CANCELLED", "No longer needed"),
                        ],
                        default="WAITING",
                        max_length=20,
                    ),
                ),
                ("need", models.TextField(blank=True)),
                ("changes", models.TextField(blank=True)),
                ("plans_for_year", models.TextField(blank=True)),
                ("asked_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("results", models.JSONField(blank=True, default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("submitted_at", models.DateTimeField(null=True)),
                (
                    "recommended",
                    models.CharField(
                        blank=True,
                        choices=[("GO_ON", "Goes on"), ("REAPPLY", "The recipient applies again"), ("END", "Ends")],
                        max_length=10,
                    ),
                ),
                ("advice", models.TextField(blank=True)),
                ("advised_at", models.DateTimeField(null=True)),
                ("cfo_comment", models.TextField(blank=True)),
                ("cfo_at", models.DateTimeField(null=True)),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[("GO_ON", "Goes on"), ("REAPPLY", "The recipient applies again"), ("END", "Ends")],
                        max_length=10,
                    ),
                ),
                (
                    "advised_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="continuations", to="grants.award"
                    ),
                ),
                (
                    "cfo_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continuation",
                        to="records.decision",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.movableevent",
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continuation",
                        to="grants.awardline",
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
                "constraints": [
                    models.UniqueConstraint(fields=("award", "kind", "number"), name="continuation_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="continuation_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "DECIDED"), _negated=True),
                            models.Q(("decision__isnull", False), models.Q(("choice", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="continuation_decided_by_a_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gt", 0), _connector="OR"),
                        name="continuation_amount_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="continuation_submitted_pair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliverySchedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(default="day", max_length=60)),
                ("promised", models.PositiveSmallIntegerField()),
                ("guidance", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="schedule", to="grants.award"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("promised__gt", 0)), name="schedule_promises_something")
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("promised", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="blocks", to="grants.deliveryschedule"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("schedule", "number"), name="delivery_block_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="delivery_block_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliverySession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("on", models.DateField()),
                ("place", models.CharField(max_length=200)),
                ("area", models.CharField(blank=True, max_length=80)),
                ("audience", models.CharField(blank=True, max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PLANNED", "Planned"),
                            ("DELIVERED", "Delivered"),
                            ("REARRANGED", "Re-arranged"),
                            ("CANCELLED", "Cancelled"),
                        ],
                        default="PLANNED",
                        max_length=12,
                    ),
                ),
                ("people", models.PositiveIntegerField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "block",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="grants.deliveryblock",
                    ),
                ),
                (
                    "instead_of",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="grants.deliverysession",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="grants.deliveryschedule",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "number"],
                "constraints": [models.UniqueConstraint(fields=("schedule", "number"), name="delivery_session_once")],
            },
        ),
        migrations.CreateModel(
            name="DirectAward",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("title", models.CharField(max_length=300)),
                ("purpose", models.TextField()),
                ("reason", models.TextField()),
                ("outcomes", models.TextField(blank=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Being prepared"),
                            ("AWAITING_DECISION", "Waiting for a decision"),
                            ("DECIDED", "Decided"),
                            ("WITHDRAWN", "Withdrawn"),
                        ],
                        default="DRAFT",
                        max_length=20,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                (
                    "recommended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("APPROVED", "Approved in full"),
                            ("APPROVED_LOWER", "Approved at a lower sum"),
                            ("APPROVED_CONDITIONS", "Approved with conditions"),
                            ("DEFERRED", "Deferred with a question"),
                            ("DECLINED", "Declined"),
                            ("RETAINED", "Retained by the office"),
                        ],
                        max_length=20,
                    ),
                ),
                ("advice", models.TextField(blank=True)),
                ("advised_at", models.DateTimeField(null=True)),
                ("cfo_comment", models.TextField(blank=True)),
                ("cfo_at", models.DateTimeField(null=True)),
                ("is_example", models.BooleanField(default=False)),
                (
                    "advised_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "award",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="grants.award",
                    ),
                ),
                (
                    "cfo_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="direct_award",
                        to="records.decision",
                    ),
                ),
                ("priorities", models.ManyToManyField(blank=True, related_name="direct_awards", to="plans.priority")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="direct_awards",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="direct_awards", to="plans.ruleset"
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="direct_awards", to="plans.stream"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="direct_award_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("purpose", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="direct_award_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("advised_at__isnull", True), ("advised_by__isnull", True)),
                            models.Q(("advised_at__isnull", False), ("advised_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="direct_award_advised_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cfo_at__isnull", True), ("cfo_by__isnull", True)),
                            models.Q(("cfo_at__isnull", False), ("cfo_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="direct_award_cfo_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "DECIDED"), _negated=True), ("decision__isnull", False), _connector="OR"
                        ),
                        name="direct_award_decided_by_a_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DirectAwardSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "direct_award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="grants.directaward"
                    ),
                ),
                (
                    "funding_source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.fundingsource"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("direct_award", "number"), name="direct_award_source_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="direct_award_source_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="direct_award_source_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LimitException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "on",
                    models.CharField(
                        choices=[
                            ("CASE_TOTAL", "Total of a business case"),
                            ("PROJECT_TOTAL", "Total of a project"),
                            ("CASE_YEAR", "A business case in any one year"),
                            ("PROJECT_YEAR", "A project in any one year"),
                            ("APPLICANT_ROUND", "All that one applicant asks for in the round"),
                            ("APPLICANT_YEAR", "All that one applicant has or asks for in one year of the stream"),
                        ],
                        max_length=20,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "award",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="limit_exceptions",
                        to="grants.award",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="limit_exceptions",
                        to="grants.businesscase",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("award__isnull", True), ("case__isnull", False)),
                            models.Q(("award__isnull", False), ("case__isnull", True)),
                            _connector="OR",
                        ),
                        name="limit_exception_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), models.Q(("reason", ""), _negated=True)),
                        name="limit_exception_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("who", models.CharField(max_length=200)),
                ("kind", models.CharField(choices=[("MONEY", "Money"), ("KIND", "Help in kind")], max_length=6)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("is_confirmed", models.BooleanField(default=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="match_lines", to="grants.project"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="match_line_number_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="match_line_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ModeratedScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.PositiveSmallIntegerField()),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.criterion"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moderated_scores",
                        to="grants.project",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.decisionstage"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("project", "criterion"), name="moderated_once")],
            },
        ),
        migrations.CreateModel(
            name="PriorResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("return_reference", models.CharField(max_length=20)),
                ("return_kind", models.CharField(max_length=20)),
                ("what", models.CharField(max_length=300)),
                ("measure", models.CharField(blank=True, max_length=300)),
                ("unit", models.CharField(blank=True, max_length=60)),
                ("target", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("result", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("words", models.TextField(blank=True)),
                (
                    "award",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grants.award"),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="prior_results", to="grants.project"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("project", "number"), name="prior_result_number_once")],
            },
        ),
        migrations.CreateModel(
            name="ProfileLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="profile_lines", to="grants.project"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="profile_line_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="profile_line_in_order"
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="profile_line_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "continues",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grants.award",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="grants.round"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("round", "organisation"), name="invited_once")],
            },
        ),
        migrations.CreateModel(
            name="RoundSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("share_percent", models.DecimalField(decimal_places=2, max_digits=5)),
                (
                    "funding_source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.fundingsource"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="grants.round"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "funding_source"), name="round_source_once"),
                    models.CheckConstraint(
                        condition=models.Q(("share_percent__gt", 0), ("share_percent__lte", 100)),
                        name="round_source_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.PositiveSmallIntegerField(null=True)),
                ("is_met", models.BooleanField(null=True)),
                ("comment", models.TextField(blank=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="grants.assessment"
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.criterion"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "criterion"), name="scored_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_met__isnull", True), ("score__isnull", False)),
                            models.Q(("is_met__isnull", False), ("score__isnull", True)),
                            _connector="OR",
                        ),
                        name="score_or_met",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StageResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("PASSED", "Goes on"), ("FAILED", "Goes no further"), ("RECORDED", "Recorded")],
                        max_length=10,
                    ),
                ),
                ("percent", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ("place", models.PositiveSmallIntegerField(null=True)),
                ("votes", models.PositiveIntegerField(null=True)),
                ("held_on", models.DateField(null=True)),
                ("who", models.TextField(blank=True)),
                ("minutes", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stage_results", to="grants.project"
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="plans.decisionstage"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("project", "stage"), name="stage_result_once")],
            },
        ),
        migrations.CreateModel(
            name="SustainabilityPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told_on", models.DateField(blank=True, null=True)),
                ("summary", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("OPEN", "Under way"), ("CLOSED", "Closed with its outcome")],
                        default="OPEN",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("OTHER_FUNDER", "Goes on with other funding"),
                            ("OWN_MONEY", "Goes on with the organisation's own money"),
                            ("MAINSTREAMED", "Taken into another service"),
                            ("SMALLER", "Goes on at a smaller size"),
                            ("ENDED", "Ended"),
                        ],
                        max_length=15,
                    ),
                ),
                ("outcome_words", models.TextField(blank=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sustainability", to="grants.award"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "CLOSED"), _negated=True),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("closed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="sustainability_closed_with_outcome",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SustainabilityAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("action", models.CharField(max_length=300)),
                ("by_office", models.BooleanField(default=False)),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                ("result", models.TextField(blank=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="grants.sustainabilityplan",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("plan", "number"), name="sustainability_action_once")],
            },
        ),
        migrations.CreateModel(
            name="SustainabilityContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("who", models.CharField(max_length=200)),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="grants.sustainabilityplan",
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("note", ""), _negated=True), name="contact_says_what")
                ],
            },
        ),
        migrations.CreateModel(
            name="VariationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("TIME", "More time, or another end"),
                            ("MONEY", "Money moved between budget lines"),
                            ("OUTPUTS", "Other outputs or outcomes"),
                            ("PARTNER", "Another delivery partner"),
                            ("PURPOSE", "Another purpose"),
                            ("SUSPENSION", "A pause"),
                            ("EARLY_END", "An earlier end"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                ("before", models.JSONField(blank=True, default=dict)),
                ("after", models.JSONField(blank=True, default=dict)),
                ("effect", models.JSONField(blank=True, default=dict)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Draft"),
                            ("SUBMITTED", "With the office"),
                            ("RETURNED", "Sent back with a question"),
                            ("AWAITING_DECISION", "Waiting for a decision"),
                            ("APPROVED", "Approved"),
                            ("REFUSED", "Refused"),
                            ("WITHDRAWN", "Withdrawn"),
                        ],
                        default="DRAFT",
                        max_length=20,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("OFFICER", "A commissioning officer"),
                            ("HEAD", "The head of commissioning"),
                            ("COMMISSIONER", "The commissioner, or a post with a delegation"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("started_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("question", models.TextField(blank=True)),
                ("advice", models.TextField(blank=True)),
                ("advised_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("APPROVED", "Approved in full"),
                            ("APPROVED_LOWER", "Approved at a lower sum"),
                            ("APPROVED_CONDITIONS", "Approved with conditions"),
                            ("DEFERRED", "Deferred with a question"),
                            ("DECLINED", "Declined"),
                            ("RETAINED", "Retained by the office"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "advised_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="grants.award"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="variation_request",
                        to="records.decision",
                    ),
                ),
                (
                    "started_by",
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
                (
                    "variation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request",
                        to="grants.variation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="request_submitted_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="request_decided_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "APPROVED"), _negated=True),
                            ("variation__isnull", False),
                            _connector="OR",
                        ),
                        name="request_approved_is_applied",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="award",
            name="purpose",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="award",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="awardline",
            name="ends_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="awardline",
            name="starts_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="businesscase",
            name="continues",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="renewals",
                to="grants.award",
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="lot",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="projects",
                to="plans.lot",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="budget",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
        ),
        migrations.AddField(
            model_name="round",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="grants.round",
            ),
        ),
        migrations.AlterField(
            model_name="changerequest",
            name="section",
            field=models.CharField(
                choices=[
                    ("OVERVIEW", "About the business case"),
                    ("PROJECTS", "Projects"),
                    ("NEED", "Need and evidence"),
                    ("OUTCOMES", "Outcomes"),
                    ("OUTPUTS", "Outputs"),
                    ("BUDGET", "Budget"),
                    ("PRIORITIES", "Priorities"),
                    ("AREAS", "Areas and partners"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="instalment",
            name="condition",
            field=models.CharField(
                blank=True,
                choices=[
                    ("TERMS_ACCEPTED", "Terms accepted by the payee's signatory"),
                    ("MID_YEAR_SATISFACTORY", "Satisfactory mid-year return"),
                    ("YEAR_END_SATISFACTORY", "Satisfactory year-end return"),
                    ("OFFICER_CONFIRMED", "Confirmed by a named officer with evidence"),
                    ("QUARTERLY_SATISFACTORY", "Satisfactory quarterly return of the quarter before"),
                    ("DAY_REACHED", "The day it is due"),
                    ("EVENT_HAPPENED", "An event has happened"),
                    ("RECEIPTS_ACCEPTED", "Receipts accepted by an officer"),
                    ("MATCH_CONFIRMED", "Match funding confirmed by an officer"),
                    ("CONTINUATION_APPROVED", "Continuation into the year approved"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget__isnull", True), ("budget__gt", 0), _connector="OR"),
                name="round_budget_positive",
            ),
        ),
    ]
