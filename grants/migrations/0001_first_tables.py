import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_first_tables"),
        ("accounts", "__first__"),
        ("plans", "0001_first_tables"),
        ("records", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Being prepared"),
                            ("OPEN", "Open"),
                            ("CLOSED", "Closed"),
                            ("DECIDED", "Decided"),
                        ],
                        default="DRAFT",
                        max_length=10,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("opens_on", models.DateField()),
                ("deadline_on", models.DateField()),
                ("tactical_opens_on", models.DateField(blank=True, null=True)),
                ("tactical_closes_on", models.DateField(blank=True, null=True)),
                ("guidance", models.TextField(blank=True)),
                ("is_recorded", models.BooleanField(default=False)),
                ("is_example", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "funding_source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="plans.fundingsource",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="plans.ruleset"
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="plans.stream"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="round_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deadline_on__gte", models.F("opens_on"))),
                        name="round_deadline_after_opening",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("tactical_closes_on__isnull", True), ("tactical_opens_on__isnull", True)),
                            ("tactical_closes_on__gte", models.F("tactical_opens_on")),
                            _connector="OR",
                        ),
                        name="round_tactical_window",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_year_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("formula_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("adjustment", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("opened_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("main_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("tactical_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("AWARD", "Award"),
                            ("ALLOCATION", "Allocation"),
                            ("ANNOUNCED", "Announced"),
                            ("ANNUAL_VALUE", "Annual value"),
                            ("TENDER_ESTIMATE", "Tender estimate"),
                            ("POT", "Size of the fund"),
                            ("BUDGET_LINE", "Budget line"),
                            ("SPEND", "Spend"),
                            ("RETURNED", "Returned"),
                            ("EXAMPLE", "Example data"),
                        ],
                        max_length=20,
                    ),
                ),
                ("provenance", models.CharField(blank=True, max_length=300)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "copied_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="grants.allocation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="allocations", to="grants.round"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "organisation"), name="allocation_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                            models.Q(("opened_amount__isnull", True), ("opened_amount__gte", 0), _connector="OR"),
                            models.Q(("main_amount__isnull", True), ("main_amount__gte", 0), _connector="OR"),
                            models.Q(("tactical_amount__isnull", True), ("tactical_amount__gte", 0), _connector="OR"),
                        ),
                        name="allocation_amounts_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("key", models.SlugField(max_length=120, null=True, unique=True)),
                ("title", models.CharField(max_length=300)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("period_label", models.CharField(blank=True, max_length=30)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("MADE", "Made, not yet offered"),
                            ("OFFERED", "Offered"),
                            ("LIVE", "Live"),
                            ("SUSPENDED", "Suspended"),
                            ("CLOSED", "Closed"),
                            ("LAPSED", "Lapsed"),
                            ("DECLINED", "Declined by the recipient"),
                            ("TERMINATED", "Ended early"),
                            ("RECORDED", "Recorded past award"),
                        ],
                        default="MADE",
                        max_length=12,
                    ),
                ),
                ("made_at", models.DateTimeField(null=True)),
                ("offered_at", models.DateTimeField(null=True)),
                ("is_recorded", models.BooleanField(default=False)),
                ("recorded_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("recorded_returned", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("AWARD", "Award"),
                            ("ALLOCATION", "Allocation"),
                            ("ANNOUNCED", "Announced"),
                            ("ANNUAL_VALUE", "Annual value"),
                            ("TENDER_ESTIMATE", "Tender estimate"),
                            ("POT", "Size of the fund"),
                            ("BUDGET_LINE", "Budget line"),
                            ("SPEND", "Spend"),
                            ("RETURNED", "Returned"),
                            ("EXAMPLE", "Example data"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "allocation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="grants.allocation",
                    ),
                ),
                ("joint_recipients", models.ManyToManyField(blank=True, related_name="+", to="accounts.organisation")),
                (
                    "offered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_awards",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="accounts.organisation"
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="plans.ruleset",
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="plans.stream"
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="plans.termsversion",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="grants.round"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("is_recorded", False),
                            models.Q(("status__in", ["LAPSED", "DECLINED", "TERMINATED"]), _negated=True),
                        ),
                        fields=("round", "recipient"),
                        name="one_award_in_a_round",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_recorded", True), ("status", "RECORDED")),
                            models.Q(("is_recorded", False), models.Q(("status", "RECORDED"), _negated=True)),
                            _connector="OR",
                        ),
                        name="award_recorded_says_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_recorded", True),
                            models.Q(
                                ("ends_on__gt", models.F("starts_on")),
                                ("starts_on__isnull", False),
                                ("terms__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="award_has_period_and_terms",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offered_at__isnull", True), ("offered_by__isnull", True)),
                            models.Q(("offered_at__isnull", False), ("offered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="award_offered_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_amount__isnull", True), ("is_recorded", True), _connector="OR"),
                        name="award_recorded_amount_only_when_recorded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BusinessCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "window",
                    models.CharField(
                        choices=[("MAIN", "Main window"), ("TACTICAL", "Tactical pot")], default="MAIN", max_length=10
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField(blank=True)),
                ("serving_officers", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Draft"),
                            ("SUBMITTED", "Submitted"),
                            ("RETURNED", "Returned for changes"),
                            ("UNDER_EVALUATION", "Being evaluated"),
                            ("AWAITING_DECISION", "Waiting for a decision"),
                            ("DECIDED", "Decided"),
                            ("WITHDRAWN", "Withdrawn"),
                        ],
                        default="DRAFT",
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("started_at", models.DateTimeField()),
                ("first_submitted_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "allocation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="grants.allocation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="accounts.organisation"
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="grants.round"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("window", "MAIN"), models.Q(("status", "WITHDRAWN"), _negated=True)),
                        fields=("round", "organisation"),
                        name="one_main_case_in_a_round",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="case_submitted_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["DRAFT", "WITHDRAWN"]), ("submitted_at__isnull", False), _connector="OR"
                        ),
                        name="case_beyond_draft_was_submitted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseSnapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="grants.businesscase"
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
                "constraints": [models.UniqueConstraint(fields=("case", "number"), name="snapshot_number_once")],
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "direction",
                    models.CharField(
                        choices=[("OUT", "Paid to the recipient"), ("IN", "Repaid to the office")],
                        default="OUT",
                        max_length=3,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("due_on", models.DateField()),
                (
                    "condition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("TERMS_ACCEPTED", "Terms accepted by the payee's signatory"),
                            ("MID_YEAR_SATISFACTORY", "Satisfactory mid-year return"),
                            ("YEAR_END_SATISFACTORY", "Satisfactory year-end return"),
                            ("OFFICER_CONFIRMED", "Confirmed by a named officer with evidence"),
                        ],
                        max_length=30,
                    ),
                ),
                ("condition_met_at", models.DateTimeField(null=True)),
                ("condition_row_type", models.CharField(blank=True, max_length=60)),
                ("condition_row_id", models.BigIntegerField(null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("SCHEDULED", "Scheduled"),
                            ("RELEASED", "Released"),
                            ("PAID", "Paid"),
                            ("WITHHELD", "Withheld"),
                            ("CANCELLED", "Cancelled"),
                        ],
                        default="SCHEDULED",
                        max_length=10,
                    ),
                ),
                ("held_reason", models.TextField(blank=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("paid_on", models.DateField(null=True)),
                ("payment_reference", models.CharField(blank=True, max_length=60)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="instalments", to="grants.award"
                    ),
                ),
                (
                    "paid_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
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
                    models.UniqueConstraint(fields=("award", "number"), name="instalment_number_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="instalment_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("condition_met_at__isnull", True), ("condition_row_id__isnull", True)),
                            models.Q(
                                ("condition_met_at__isnull", False),
                                ("condition_row_id__isnull", False),
                                models.Q(("condition_row_type", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="instalment_condition_met_by_a_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="instalment_released_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("direction", "IN"),
                            models.Q(("status__in", ["RELEASED", "PAID"]), _negated=True),
                            models.Q(("condition_met_at__isnull", False), ("released_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="instalment_released_only_when_met",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paid_by__isnull", True), ("paid_on__isnull", True)),
                            models.Q(("paid_by__isnull", False), ("paid_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="instalment_paid_pair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InterestDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("has_interest", models.BooleanField()),
                ("details", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="interests", to="grants.businesscase"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "user"), name="interest_declared_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("has_interest", False), models.Q(("details", ""), _negated=True), _connector="OR"
                        ),
                        name="interest_says_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PROPOSED", "Proposed"),
                            ("DEFERRED", "Deferred with a question"),
                            ("APPROVED", "Approved"),
                            ("DECLINED", "Declined"),
                            ("RETAINED", "Retained by the office"),
                        ],
                        default="PROPOSED",
                        max_length=10,
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("need", models.TextField(blank=True)),
                ("evidence", models.TextField(blank=True)),
                (
                    "evidence_strength",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("STRONG", "Strong: evaluated elsewhere or here"),
                            ("GOOD", "Good: local figures or analysis"),
                            ("SOME", "Some: professional judgement"),
                            ("NONE", "None yet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("evidence_source", models.CharField(blank=True, max_length=300)),
                ("no_priority_reason", models.TextField(blank=True)),
                ("officer_justification", models.TextField(blank=True)),
                ("no_outputs_reason", models.TextField(blank=True)),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list, size=None
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="projects", to="grants.businesscase"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="records.decision",
                    ),
                ),
                ("priorities", models.ManyToManyField(blank=True, related_name="projects", to="plans.priority")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="project_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["PROPOSED", "DEFERRED"]), ("decision__isnull", False), _connector="OR"
                        ),
                        name="project_decided_by_a_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "window",
                    models.CharField(
                        choices=[("MAIN", "Main window"), ("TACTICAL", "Tactical pot")], default="MAIN", max_length=10
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("added_at", models.DateTimeField()),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="grants.award"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="award_lines", to="records.decision"
                    ),
                ),
                (
                    "project",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="award_line",
                        to="grants.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("award", "number"), name="award_line_number_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="award_line_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstalmentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "award_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instalment_lines",
                        to="grants.awardline",
                    ),
                ),
                (
                    "instalment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="grants.instalment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("instalment", "award_line"), name="instalment_line_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="instalment_line_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedOutput",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("output", models.CharField(max_length=300)),
                ("target", models.DecimalField(decimal_places=2, max_digits=12)),
                ("unit", models.CharField(blank=True, max_length=60)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outputs", to="grants.project"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="output_number_once"),
                    models.CheckConstraint(condition=models.Q(("target__gte", 0)), name="output_target_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("outcome", models.CharField(max_length=300)),
                ("measure", models.CharField(max_length=300)),
                ("unit", models.CharField(blank=True, max_length=60)),
                (
                    "direction",
                    models.CharField(
                        choices=[("UP", "Higher is better"), ("DOWN", "Lower is better")], default="UP", max_length=4
                    ),
                ),
                ("baseline", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("target", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outcomes", to="grants.project"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("project", "number"), name="outcome_number_once")],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("need", models.TextField()),
                ("outcomes", models.TextField()),
                ("value_for_money", models.TextField()),
                ("risks", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evaluations", to="grants.project"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("project", "by"), name="evaluation_once_each")],
            },
        ),
        migrations.CreateModel(
            name="DeliveryPartner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("part", models.CharField(blank=True, max_length=300)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="accounts.organisation"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="partners", to="grants.project"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.CharField(
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
                ("asked", models.TextField()),
                ("at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_requests",
                        to="grants.businesscase",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grants.casesnapshot",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="grants.project"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked", ""), _negated=True), name="change_request_says_what"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("heading", models.CharField(max_length=200)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="budget_lines", to="grants.project"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="budget_line_number_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="budget_line_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
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
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("advice", models.TextField()),
                ("conditions", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("cfo_comment", models.TextField(blank=True)),
                ("cfo_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recommendation", to="grants.project"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cfo_at__isnull", True), ("cfo_by__isnull", True)),
                            models.Q(("cfo_at__isnull", False), ("cfo_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="recommendation_cfo_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="recommendation_amount_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LateAcceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="late_acceptances", to="grants.round"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "organisation"), name="late_acceptance_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="late_acceptance_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermsAcceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("position", models.CharField(max_length=120)),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="acceptance", to="grants.award"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "on_behalf_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="acceptances", to="plans.termsversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Variation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="variations", to="grants.award"
                    ),
                ),
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
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.decision"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("award", "number"), name="variation_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="variation_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AllocationMovement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("EXCEPTION", "Recorded exception"),
                            ("CUT", "Cut"),
                            ("RETAINED", "Retained by the office"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "window",
                    models.CharField(choices=[("MAIN", "Main window"), ("TACTICAL", "Tactical pot")], max_length=10),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "allocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="movements", to="grants.allocation"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.decision"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="movement_amount_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="movement_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sources", to="grants.award"
                    ),
                ),
                (
                    "funding_source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="award_shares",
                        to="plans.fundingsource",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("award", "funding_source"), name="award_source_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="award_source_positive",
                    ),
                ],
            },
        ),
    ]
