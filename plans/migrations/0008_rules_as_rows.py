from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_mail_choice_and_calendar_feeds"),
        ("accounts", "__first__"),
        ("plans", "0007_kpis_in_templates"),
        ("records", "0013_ladders_of_grant_work"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("OFFICER", "A commissioning officer"),
                            ("HEAD", "The head of commissioning"),
                            ("COMMISSIONER", "The commissioner, or a post with a delegation"),
                        ],
                        max_length=12,
                    ),
                ),
                ("up_to_percent", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ("up_to_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approval_rules", to="plans.ruleset"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("rule_set", "kind", "level"), name="approval_rule_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentCost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("on", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("what", models.CharField(max_length=300)),
                ("invoice", models.CharField(blank=True, max_length=60)),
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
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="costs", to="plans.commitmentline"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("commitment", "number"), name="commitment_cost_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="commitment_cost_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("GATE", "Gate: every criterion is met or the project goes no further"),
                            ("SCORED", "Scored by evaluators, each alone"),
                            ("MODERATION", "Moderation: the evaluators agree one score"),
                            ("PANEL", "Panel"),
                            ("PUBLIC_VOTE", "Result of a public vote"),
                            ("OFFICER", "Decision by an officer under a delegation"),
                            ("COMMISSIONER", "Decision by the commissioner"),
                            ("SECOND_BODY", "Agreement of a second body"),
                        ],
                        max_length=15,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("guidance", models.TextField(blank=True)),
                ("evaluators", models.PositiveSmallIntegerField(default=0)),
                ("pass_percent", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ("places", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("from_amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("up_to_amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                (
                    "post",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("COMMISSIONER", "Commissioner"),
                            ("CHIEF_EXECUTIVE", "Chief executive"),
                            ("CHIEF_FINANCE_OFFICER", "Chief finance officer"),
                            ("HEAD_OF_COMMISSIONING", "Head of commissioning"),
                            ("COMMISSIONING_OFFICER", "Commissioning officer"),
                            ("FINANCE_OFFICER", "Finance officer"),
                            ("AUDITOR", "Auditor"),
                            ("READER", "Reader"),
                            ("CONTRIBUTOR", "Contributor"),
                            ("LEAD", "Lead"),
                            ("CERTIFIER", "Certifier"),
                            ("SIGNATORY", "Authorised signatory"),
                        ],
                        max_length=30,
                    ),
                ),
                ("body", models.CharField(blank=True, max_length=200)),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="plans.ruleset"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("rule_set", "number"), name="stage_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pass_percent__isnull", True),
                            models.Q(("pass_percent__gte", 0), ("pass_percent__lte", 100)),
                            _connector="OR",
                        ),
                        name="stage_pass_percent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_amount__isnull", True),
                            ("up_to_amount__isnull", True),
                            ("up_to_amount__gte", models.F("from_amount")),
                            _connector="OR",
                        ),
                        name="stage_amounts_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "SECOND_BODY"), _negated=True),
                            models.Q(("body", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="stage_second_body_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("guidance", models.TextField(blank=True)),
                ("weight", models.DecimalField(decimal_places=2, default=Decimal("1"), max_digits=5)),
                ("highest", models.PositiveSmallIntegerField(default=5)),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="plans.decisionstage"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "criteria",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("stage", "number"), name="criterion_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gt", 0), ("highest__gt", 0)), name="criterion_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Formula",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("floor", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=12)),
                ("damping_percent", models.DecimalField(decimal_places=2, default=Decimal("100"), max_digits=5)),
                ("most_loss_percent", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ("most_gain_percent", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                ("why", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="formulas", to="plans.ruleset"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("rule_set", "number"), name="formula_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("floor__gte", 0), ("damping_percent__gte", 0), ("damping_percent__lte", 100)
                        ),
                        name="formula_within_bounds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormulaWeight",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("key", models.SlugField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("weight", models.DecimalField(decimal_places=2, max_digits=5)),
                (
                    "formula",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="weights", to="plans.formula"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("formula", "key"), name="formula_weight_once"),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gt", 0), ("weight__lte", 100)), name="formula_weight_percent"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("guidance", models.TextField(blank=True)),
                ("budget", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("floor", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("cap", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lots", to="plans.ruleset"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("rule_set", "number"), name="lot_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("budget__isnull", True), ("budget__gt", 0), _connector="OR"),
                            models.Q(("floor__isnull", True), ("floor__gte", 0), _connector="OR"),
                            models.Q(("cap__isnull", True), ("cap__gt", 0), _connector="OR"),
                        ),
                        name="lot_sums_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("floor__isnull", True),
                            ("cap__isnull", True),
                            ("cap__gte", models.F("floor")),
                            _connector="OR",
                        ),
                        name="lot_floor_below_cap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "match_in",
                    models.CharField(
                        choices=[("MONEY", "Money"), ("KIND", "Help in kind"), ("EITHER", "Money or help in kind")],
                        default="EITHER",
                        max_length=10,
                    ),
                ),
                ("percent", models.DecimalField(decimal_places=2, max_digits=5)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("BLOCK", "Blocks"),
                            ("WARN", "Warns"),
                            ("NEEDS_EXCEPTION", "Needs an exception with approver and reason"),
                        ],
                        default="BLOCK",
                        max_length=20,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="match_rules", to="plans.ruleset"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("rule_set", "match_in"), name="match_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gt", 0), ("percent__lt", 100)), name="match_rule_percent"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opportunity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("key", models.SlugField(max_length=80, null=True, unique=True)),
                ("funder", models.CharField(max_length=200)),
                ("fund", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("ANY", "Any purpose of the office"),
                            ("VICTIMS", "Support for victims only"),
                            ("CRIME_REDUCTION", "Crime and disorder reduction only"),
                            ("VIOLENCE_REDUCTION", "Violence reduction only"),
                        ],
                        default="ANY",
                        max_length=30,
                    ),
                ),
                ("fit", models.TextField(blank=True)),
                ("opens_on", models.DateField(blank=True, null=True)),
                ("closes_on", models.DateField(blank=True, null=True)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("match_needed", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("HORIZON", "On the horizon"),
                            ("BIDDING", "Bid being written"),
                            ("SUBMITTED", "Bid sent"),
                            ("WON", "Won"),
                            ("LOST", "Not won"),
                            ("NOT_PURSUED", "Not pursued"),
                            ("WITHDRAWN", "Withdrawn"),
                        ],
                        default="HORIZON",
                        max_length=12,
                    ),
                ),
                ("bid_amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("submitted_on", models.DateField(blank=True, null=True)),
                ("outcome_on", models.DateField(blank=True, null=True)),
                ("won_amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("lessons", models.TextField(blank=True)),
                ("is_example", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "funding_source",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opportunity",
                        to="plans.fundingsource",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opportunities", to="plans.plan"
                    ),
                ),
                ("priorities", models.ManyToManyField(blank=True, related_name="opportunities", to="plans.priority")),
                (
                    "stream",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opportunities",
                        to="plans.stream",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "opportunities",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on__isnull", True),
                            ("closes_on__isnull", True),
                            ("closes_on__gte", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="opportunity_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                            models.Q(("match_needed__isnull", True), ("match_needed__gte", 0), _connector="OR"),
                            models.Q(("bid_amount__isnull", True), ("bid_amount__gt", 0), _connector="OR"),
                            models.Q(("won_amount__isnull", True), ("won_amount__gt", 0), _connector="OR"),
                        ),
                        name="opportunity_sums_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "WON"), _negated=True),
                            ("funding_source__isnull", False),
                            _connector="OR",
                        ),
                        name="opportunity_won_is_a_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpportunityPartner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("part", models.CharField(blank=True, max_length=300)),
                ("brings", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("agreed_on", models.DateField(blank=True, null=True)),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="partners", to="plans.opportunity"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("brings__isnull", True), ("brings__gte", 0), _connector="OR"),
                        name="partner_brings_positive",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OpportunityTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("task", models.CharField(max_length=300)),
                ("owner", models.CharField(blank=True, max_length=120)),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                ("result", models.TextField(blank=True)),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="plans.opportunity"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("opportunity", "number"), name="opportunity_task_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80)),
                ("order", models.PositiveSmallIntegerField()),
                ("number", models.CharField(blank=True, max_length=10)),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PROSE", "Words only"),
                            ("LEARNING", "The learning review"),
                            ("PRIORITIES", "Priorities"),
                            ("BUDGET", "Budget by source of funds"),
                            ("STREAM", "A stream, with its rules, awards and commitments"),
                            ("SERVICES", "A commissioned service, with its contracts"),
                            ("OPPORTUNITIES", "Funding opportunities"),
                        ],
                        default="PROSE",
                        max_length=15,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="plans.plan"
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="plans.stream",
                    ),
                ),
            ],
            options={
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "key"), name="plan_section_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["STREAM", "SERVICES"]), _negated=True),
                            ("stream__isnull", False),
                            _connector="OR",
                        ),
                        name="plan_section_names_its_stream",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("on", models.DateField()),
                ("title", models.CharField(max_length=300)),
                ("reason", models.TextField()),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="plans.plan"
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="plans.plansection",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="plan_change_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="plan_change_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("introduction", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name="AskedQuestions",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "asked_of",
                    models.CharField(
                        choices=[("CASE", "The business case, once"), ("PROJECT", "Each project")],
                        default="CASE",
                        max_length=10,
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="asked", to="plans.ruleset"
                    ),
                ),
                (
                    "question_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="asked_by", to="plans.questionset"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "asked questions",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("rule_set", "question_set"), name="question_set_asked_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("key", models.SlugField(max_length=60)),
                ("label", models.CharField(max_length=300)),
                ("help", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("TEXT", "A few words"),
                            ("WORDS", "Several sentences"),
                            ("NUMBER", "A number"),
                            ("MONEY", "Money in pounds"),
                            ("YES_NO", "Yes or no"),
                            ("CHOICE", "One of a list"),
                            ("CHOICES", "Any of a list"),
                            ("DAY", "A day"),
                            ("FILE", "A file"),
                        ],
                        max_length=10,
                    ),
                ),
                ("required", models.BooleanField(default=True)),
                (
                    "options",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("lowest", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("highest", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("longest", models.PositiveIntegerField(default=2000)),
                ("shown_if", models.SlugField(blank=True, max_length=60)),
                (
                    "shown_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                (
                    "question_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="plans.questionset"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("question_set", "key"), name="question_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["CHOICE", "CHOICES"]), ("options__len__gt", 0)),
                            models.Q(models.Q(("kind__in", ["CHOICE", "CHOICES"]), _negated=True), ("options__len", 0)),
                            _connector="OR",
                        ),
                        name="question_choice_has_options",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shown_for__len", 0), ("shown_if", "")),
                            models.Q(models.Q(("shown_if", ""), _negated=True), ("shown_for__len__gt", 0)),
                            _connector="OR",
                        ),
                        name="question_shown_if_says_for_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequirementReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("scope", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("OPEN", "Under way"), ("CONCLUDED", "Concluded")], default="OPEN", max_length=10
                    ),
                ),
                ("opened_on", models.DateField()),
                ("concluded_on", models.DateField(blank=True, null=True)),
                ("conclusion", models.TextField(blank=True)),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requirement_reviews",
                        to="plans.stream",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "CONCLUDED"), _negated=True),
                            models.Q(("concluded_on__isnull", False), models.Q(("conclusion", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="requirement_review_concluded_says_so",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("finding", models.TextField()),
                ("condition", models.TextField(blank=True)),
                ("checked_by", models.CharField(blank=True, max_length=300)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="plans.requirementreview",
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="from_findings",
                        to="plans.termsversion",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("review", "number"), name="review_finding_once")],
            },
        ),
        migrations.CreateModel(
            name="ScoreGuide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.PositiveSmallIntegerField()),
                ("meaning", models.CharField(max_length=500)),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guides", to="plans.criterion"
                    ),
                ),
            ],
            options={
                "ordering": ["score"],
                "constraints": [models.UniqueConstraint(fields=("criterion", "score"), name="score_guide_once")],
            },
        ),
        migrations.CreateModel(
            name="SectionText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
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
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="plans.plansection"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SourceMovement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("INCREASED", "More given"),
                            ("REDUCED", "Reduced by the funder"),
                            ("CARRIED_IN", "Carried over from the year before"),
                            ("CARRIED_OUT", "Carried over into the next year"),
                            ("HANDED_BACK", "Handed back to the funder"),
                        ],
                        max_length=12,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("on", models.DateField()),
                ("reason", models.TextField()),
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
                    "funding_source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="movements", to="plans.fundingsource"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.fundingsource",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="source_movement_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="source_movement_has_reason"
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="limit",
            name="limit_once",
        ),
        migrations.AddField(
            model_name="commitmentline",
            name="case_by_case",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="commitmentline",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.decision",
            ),
        ),
        migrations.AddField(
            model_name="commitmentline",
            name="ended_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="commitmentline",
            name="purpose",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="commitmentline",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="commitmentline",
            name="rule_set",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="plans.ruleset",
            ),
        ),
        migrations.AddField(
            model_name="fundingsource",
            name="carry_over_needs_consent",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="fundingsource",
            name="carry_over_percent",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name="fundingsource",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="plans.fundingsource",
            ),
        ),
        migrations.AddField(
            model_name="fundingsource",
            name="over_commitment_percent",
            field=models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=5),
        ),
        migrations.AddField(
            model_name="instalmentrule",
            name="due_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="instalmentrule",
            name="due_when",
            field=models.CharField(
                choices=[
                    ("AFTER_START", "So many days after the start"),
                    ("SET_DAY", "On a set day"),
                    ("AFTER_EVENT", "So many days after an event whose day may move"),
                    ("ON_RECEIPTS", "In arrears, on receipts"),
                ],
                default="AFTER_START",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="instalmentrule",
            name="each_year",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="instalmentrule",
            name="event",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="plans.movableevent",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="follows",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="plans.plan",
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="continuation",
            field=models.CharField(
                choices=[
                    ("NONE", "None: the award runs to its end"),
                    ("YEARLY", "Each later year needs a decision (R2)"),
                ],
                default="NONE",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="continuation_due_days",
            field=models.PositiveSmallIntegerField(default=60),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="continuation_needs_satisfactory",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="current_recipients_only",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="extension_event",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="plans.movableevent",
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="extension_months",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="follows",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="plans.ruleset",
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="frozen_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="invited_only",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="money_set_by",
            field=models.CharField(
                choices=[
                    ("NEGOTIATED", "Agreed with each organisation and entered by the office"),
                    ("SAME_AS_LAST_YEAR", "The same as last year"),
                    ("FORMULA", "By formula"),
                    ("BIDS", "By bids for the money of the round"),
                    ("DIRECT", "By direct award, without a round"),
                ],
                default="NEGOTIATED",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="months_least",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="months_most",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="open_to_areas",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="open_to_kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("OFFICE", "Office of the commissioner"),
                        ("CSP", "Community Safety Partnership"),
                        ("LOCAL_AUTHORITY", "Local authority"),
                        ("STATUTORY_THIRD_PARTY", "Statutory third party"),
                        ("POLICE", "Police"),
                        ("PRISON", "Prison"),
                        ("HEALTH", "Health body"),
                        ("CHARITY", "Charity"),
                        ("CIC", "Community interest company"),
                        ("COMPANY", "Company"),
                        ("HOUSING_ASSOCIATION", "Housing association"),
                        ("VOLUNTARY_GROUP", "Voluntary or community group"),
                        ("PROVIDER", "Provider under contract"),
                        ("OTHER", "Other organisation"),
                    ],
                    max_length=25,
                ),
                blank=True,
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="over_commitment_percent",
            field=models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=5),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="profile_months",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="safe_working_days",
            field=models.PositiveSmallIntegerField(default=20),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="version",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="stream",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="plans.stream",
            ),
        ),
        migrations.AlterField(
            model_name="instalmentrule",
            name="condition",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="limit",
            name="on",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="instalmentrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_on__isnull", False), ("due_when", "SET_DAY")),
                    models.Q(models.Q(("due_when", "SET_DAY"), _negated=True), ("due_on__isnull", True)),
                    _connector="OR",
                ),
                name="instalment_rule_set_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalmentrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("event__isnull", False),
                    models.Q(
                        models.Q(("due_when", "AFTER_EVENT"), _negated=True),
                        models.Q(("condition", "EVENT_HAPPENED"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="instalment_rule_names_its_event",
            ),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.UniqueConstraint(fields=("rule_set", "on", "severity"), name="limit_once_by_severity"),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("months_least__isnull", True),
                    ("months_most__isnull", True),
                    ("months_most__gte", models.F("months_least")),
                    _connector="OR",
                ),
                name="rule_set_months_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(("over_commitment_percent__gte", 0), ("over_commitment_percent__lte", 100)),
                name="rule_set_over_commitment",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("profile_months__isnull", True), ("profile_months__gt", 0), _connector="OR"),
                    models.Q(("extension_months__isnull", True), ("extension_months__gt", 0), _connector="OR"),
                ),
                name="rule_set_months_positive",
            ),
        ),
    ]
