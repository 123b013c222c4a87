import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="MovableEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("expected_on", models.DateField()),
                ("first_expected_on", models.DateField()),
                ("source", models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name="CommissioningBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("short_name", models.CharField(max_length=60)),
                ("commissioner_title", models.CharField(max_length=120)),
                ("commissioner_short_title", models.CharField(default="Commissioner", max_length=40)),
                ("police_area", models.CharField(blank=True, max_length=120)),
                ("address", models.TextField(blank=True)),
                ("contact_email", models.EmailField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                ("brand_colour", models.CharField(default="#1d2b53", max_length=7)),
                ("accent_colour", models.CharField(default="#00703c", max_length=7)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("is_example", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="body", to="accounts.organisation"
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="plans.commissioningbody",
                    ),
                ),
            ],
            options={
                "verbose_name": "commissioning body",
                "verbose_name_plural": "commissioning bodies",
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("purpose", models.TextField(blank=True)),
                ("is_example", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="plans.commissioningbody"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="plan_in_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField()),
                ("area", models.CharField(max_length=300)),
                ("evidence", models.TextField(blank=True)),
                ("change", models.TextField(blank=True)),
                ("owner", models.CharField(blank=True, max_length=120)),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="learning", to="plans.plan"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("plan", "order"), name="learning_order")],
            },
        ),
        migrations.CreateModel(
            name="FundingSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("funder", models.CharField(max_length=200)),
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
                ("carry_over_allowed", models.BooleanField(default=False)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
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
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("is_example", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sources", to="plans.plan"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="source_amount_positive",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Priority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("order", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("is_violence_reduction", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="priorities", to="plans.plan"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "priorities",
                "constraints": [models.UniqueConstraint(fields=("plan", "order"), name="priority_order")],
            },
        ),
        migrations.CreateModel(
            name="SensitivePeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("source", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="sensitive_period_in_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Stream",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("number", models.CharField(max_length=10)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("code", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=200)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("VICTIMS", "Support for victims"),
                            ("CRIME_REDUCTION", "Crime and disorder reduction"),
                            ("VIOLENCE_REDUCTION", "Violence reduction"),
                            ("OTHER", "Other"),
                        ],
                        default="OTHER",
                        max_length=30,
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[("CURRENT", "Current"), ("DISCONTINUED", "Discontinued")],
                        default="CURRENT",
                        max_length=20,
                    ),
                ),
                ("informed_on", models.DateField(blank=True, null=True)),
                ("description", models.TextField(blank=True)),
                ("legal_power", models.CharField(blank=True, max_length=120)),
                ("budget", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="plans.stream"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="streams", to="plans.plan"
                    ),
                ),
                ("priorities", models.ManyToManyField(blank=True, related_name="streams", to="plans.priority")),
                ("sources", models.ManyToManyField(blank=True, related_name="streams", to="plans.fundingsource")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="stream_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("budget__isnull", True), ("budget__gte", 0), _connector="OR"),
                        name="stream_budget_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=60, unique=True)),
                (
                    "post",
                    models.CharField(
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
                ("limit", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="plans.commissioningbody",
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="plans.stream"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="delegation_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("limit__isnull", True), ("limit__gte", 0), _connector="OR"),
                        name="delegation_limit_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("title", models.CharField(max_length=300)),
                ("year", models.CharField(max_length=20)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
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
                ("source", models.CharField(max_length=500)),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="accounts.organisation"
                    ),
                ),
                (
                    "funding_source",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="plans.fundingsource"
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="commitment_lines", to="plans.stream"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="commitment_amount_positive",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TermsVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("version", models.CharField(max_length=20)),
                ("introduction", models.TextField(blank=True)),
                ("is_example", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("title", "version"), name="terms_version_once")],
            },
        ),
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("tactical_numerator", models.PositiveSmallIntegerField(default=0)),
                ("tactical_denominator", models.PositiveSmallIntegerField(default=1)),
                (
                    "required_parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("NEED", "Need and evidence"),
                                ("OUTCOMES", "Outcomes"),
                                ("OUTPUTS", "Outputs"),
                                ("BUDGET", "Budget"),
                                ("PRIORITIES", "Priorities"),
                                ("AREAS", "Areas and partners"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("spend_evidence_required", models.BooleanField(default=False)),
                ("certifier_required", models.BooleanField(default=True)),
                ("one_person_may_certify_and_submit", models.BooleanField(default=False)),
                ("acceptance_working_days", models.PositiveSmallIntegerField(default=20)),
                ("review_working_days", models.PositiveSmallIntegerField(default=15)),
                ("query_working_days", models.PositiveSmallIntegerField(default=10)),
                ("repayment_working_days", models.PositiveSmallIntegerField(default=20)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rule_sets", to="plans.plan"
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rule_sets",
                        to="plans.termsversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tactical_denominator__gt", 0),
                            ("tactical_numerator__lte", models.F("tactical_denominator")),
                        ),
                        name="rule_set_tactical_share",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("period_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("due_days", models.PositiveSmallIntegerField(default=30)),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reporting_rules", to="plans.ruleset"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("rule_set", "kind"), name="reporting_rule_once")],
            },
        ),
        migrations.CreateModel(
            name="Limit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "on",
                    models.CharField(
                        choices=[("CASE_TOTAL", "Total of a business case"), ("PROJECT_TOTAL", "Total of a project")],
                        max_length=20,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("BLOCK", "Blocks"),
                            ("WARN", "Warns"),
                            ("NEEDS_EXCEPTION", "Needs an exception with approver and reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="limits", to="plans.ruleset"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("rule_set", "on"), name="limit_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="limit_amount_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstalmentRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("share_percent", models.DecimalField(decimal_places=2, max_digits=5)),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("TERMS_ACCEPTED", "Terms accepted by the payee's signatory"),
                            ("MID_YEAR_SATISFACTORY", "Satisfactory mid-year return"),
                            ("YEAR_END_SATISFACTORY", "Satisfactory year-end return"),
                            ("OFFICER_CONFIRMED", "Confirmed by a named officer with evidence"),
                        ],
                        max_length=30,
                    ),
                ),
                ("due_days", models.PositiveSmallIntegerField(default=0)),
                ("for_tactical", models.BooleanField(default=False)),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="instalment_rules", to="plans.ruleset"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("rule_set", "for_tactical", "number"), name="instalment_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(("share_percent__gt", 0), ("share_percent__lte", 100)),
                        name="instalment_rule_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermsCondition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=10)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("text", models.TextField()),
                ("why", models.TextField(blank=True)),
                ("checked_by", models.CharField(blank=True, max_length=300)),
                (
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conditions", to="plans.termsversion"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("terms", "number"), name="condition_number_once")],
            },
        ),
    ]
