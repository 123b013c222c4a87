import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_mail_choice_and_calendar_feeds"),
        ("accounts", "__first__"),
        ("grants", "0017_years_are_approved"),
        ("plans", "0012_standards_and_schools"),
        ("records", "0014_sealed_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="RetainProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("provider_name", models.CharField(blank=True, max_length=200)),
                ("why", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("DRAFT", "In preparation"),
                            ("RECOMMENDED", "Waiting for a decision"),
                            ("DECIDED", "Decided"),
                            ("WITHDRAWN", "Withdrawn"),
                        ],
                        default="DRAFT",
                        max_length=12,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("recommended_at", models.DateTimeField(null=True)),
                ("cfo_comment", models.TextField(blank=True)),
                (
                    "direct_award",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retained_from",
                        to="grants.directaward",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "recommended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recommended_at__isnull", True), ("recommended_by__isnull", True)),
                            models.Q(("recommended_at__isnull", False), ("recommended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="retain_recommended_pair",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RetainPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.decision"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="retain_parts", to="grants.project"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="grants.retainproposal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "project"), name="retain_part_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="retain_part_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolInput",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "year_groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("sessions", models.PositiveSmallIntegerField(default=1)),
                ("pupils", models.PositiveIntegerField(blank=True, null=True)),
                ("lead_agreed_on", models.DateField(blank=True, null=True)),
                ("lead_post", models.CharField(blank=True, max_length=120)),
                (
                    "status",
                    models.CharField(
                        choices=[("PLANNED", "Planned"), ("DELIVERED", "Delivered"), ("CANCELLED", "Cancelled")],
                        default="PLANNED",
                        max_length=10,
                    ),
                ),
                ("delivered_on", models.DateField(blank=True, null=True)),
                ("sessions_delivered", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("pupils_reached", models.PositiveIntegerField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="school_inputs", to="grants.project"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inputs", to="plans.school"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inputs", to="plans.schooltopic"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="school_input_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="school_input_in_order"
                    ),
                    models.CheckConstraint(condition=models.Q(("sessions__gt", 0)), name="school_input_has_sessions"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "DELIVERED"), _negated=True),
                            ("delivered_on__isnull", False),
                            _connector="OR",
                        ),
                        name="school_input_delivered_when",
                    ),
                ],
                "indexes": [models.Index(fields=["school", "topic", "starts_on"], name="school_input_when")],
            },
        ),
        migrations.CreateModel(
            name="ClashRuling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="grants.schoolinput",
                    ),
                ),
                (
                    "school_input",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rulings", to="grants.schoolinput"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="clash_ruling_has_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("goes", models.BooleanField(null=True)),
                ("curriculum_link", models.TextField(blank=True)),
                ("delivered_by", models.CharField(blank=True, max_length=300)),
                ("dbs_checked", models.BooleanField(null=True)),
                ("dbs_words", models.TextField(blank=True)),
                ("materials", models.TextField(blank=True)),
                ("evaluation", models.TextField(blank=True)),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="school_part", to="grants.project"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TermsChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("reason", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PROPOSED", "Waiting for consent"),
                            ("ACCEPTED", "Accepted"),
                            ("REFUSED", "Refused"),
                            ("WITHDRAWN", "Withdrawn"),
                        ],
                        default="PROPOSED",
                        max_length=10,
                    ),
                ),
                ("answer_by", models.DateField()),
                ("proposed_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("position", models.CharField(blank=True, max_length=120)),
                ("answer", models.TextField(blank=True)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms_changes", to="grants.award"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.termsversion"
                    ),
                ),
                (
                    "was",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.termsversion"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("award", "number"), name="terms_change_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "PROPOSED")), fields=("award",), name="terms_change_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="terms_change_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="terms_change_answered_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["ACCEPTED", "REFUSED"]), _negated=True),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="terms_change_answer_is_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardStandard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "holds",
                    models.CharField(
                        choices=[
                            ("FIRST", "The first instalment"),
                            ("EVERY", "Every instalment"),
                            ("NOTHING", "No money; it is only asked for"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="standards", to="grants.award"
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.standardkind"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("award", "kind"), name="award_standard_once")],
            },
        ),
        migrations.AddField(
            model_name="deliverysession",
            name="school",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delivery_sessions",
                to="plans.school",
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
                    ("SCHOOLS", "Schools"),
                    ("MATCH", "Match funding"),
                    ("PROFILE", "Money by period"),
                    ("QUESTIONS", "Questions of this round"),
                ],
                max_length=20,
            ),
        ),
    ]
