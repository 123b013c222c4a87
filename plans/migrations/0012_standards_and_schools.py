import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_mail_choice_and_calendar_feeds"),
        ("accounts", "__first__"),
        ("plans", "0011_examples_marked"),
    ]

    operations = [
        migrations.CreateModel(
            name="StandardKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("guidance", models.TextField(blank=True)),
                ("must_expire", models.BooleanField(default=False)),
                ("lasts_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("is_example", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ConcernLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "answered_by",
                    models.CharField(
                        choices=[
                            ("PROVIDER", "The organisation concerned"),
                            ("OFFICER", "A commissioning officer"),
                            ("HEAD", "The head of commissioning"),
                            ("COMMISSIONER", "The commissioner"),
                        ],
                        max_length=15,
                    ),
                ),
                ("acknowledge_days", models.PositiveSmallIntegerField()),
                ("answer_days", models.PositiveSmallIntegerField()),
                ("guidance", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acknowledge_days__gt", 0), ("answer_days__gte", models.F("acknowledge_days"))
                        ),
                        name="concern_level_clocks",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("is_example", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="school_term_in_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("most_in_term", models.PositiveSmallIntegerField(default=1)),
                ("is_example", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("most_in_term__gt", 0)), name="school_topic_some")
                ],
            },
        ),
        migrations.CreateModel(
            name="DueDiligenceNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("looked_at", models.CharField(max_length=300)),
                ("found", models.TextField()),
                ("is_worry", models.BooleanField(default=False)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="due_diligence",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("found", ""), _negated=True), name="due_diligence_says_what"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayeeCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("how", models.CharField(max_length=300)),
                ("finance_reference", models.CharField(blank=True, max_length=60)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payee_checks",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("how", ""), _negated=True), name="payee_check_says_how")
                ],
            },
        ),
        migrations.CreateModel(
            name="School",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("urn", models.CharField(max_length=10, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("NURSERY", "Nursery"),
                            ("PRIMARY", "Primary"),
                            ("MIDDLE", "Middle"),
                            ("SECONDARY", "Secondary"),
                            ("SIXTEEN_PLUS", "16 plus"),
                            ("ALL_THROUGH", "All-through"),
                            ("SPECIAL", "Special"),
                            ("ALTERNATIVE", "Alternative provision"),
                            ("OTHER", "Other or not known"),
                        ],
                        default="OTHER",
                        max_length=15,
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=120)),
                ("area", models.CharField(max_length=80)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("is_example", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="plans.school",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["area", "phase"], name="school_area_phase")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("urn", ""), _negated=True)),
                        name="school_is_named",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RequiredStandard",
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
                        default="FIRST",
                        max_length=10,
                    ),
                ),
                (
                    "for_kinds",
                    django.contrib.postgres.fields.ArrayField(
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
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="required_standards",
                        to="plans.ruleset",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="required_by", to="plans.standardkind"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("rule_set", "kind"), name="required_standard_once")],
            },
        ),
        migrations.CreateModel(
            name="HeldStandard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("SENT", "Waiting to be checked"),
                            ("ACCEPTED", "Accepted"),
                            ("REFUSED", "Not accepted"),
                            ("WITHDRAWN", "No longer relied on"),
                        ],
                        default="SENT",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                ("sent_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("is_example", models.BooleanField(default=False)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standards",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="held", to="plans.standardkind"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "kind"], name="held_standard_whose")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("expires_on__isnull", True),
                            ("expires_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="held_standard_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at__isnull", True), ("checked_by__isnull", True)),
                            models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="held_standard_checked_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["ACCEPTED", "REFUSED"]), _negated=True),
                            ("checked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="held_standard_verdict_is_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardWaiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("given_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="waivers", to="plans.standardkind"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standard_waivers",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standard_waivers",
                        to="plans.ruleset",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="standard_waiver_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="standard_waiver_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="standard_waiver_ended_pair",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="termscondition",
            name="streams",
            field=models.ManyToManyField(blank=True, related_name="terms_conditions", to="plans.stream"),
        ),
        migrations.AddField(
            model_name="termsversion",
            name="follows",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="plans.termsversion",
            ),
        ),
        migrations.AddField(
            model_name="termsversion",
            name="frozen_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="ruleset",
            name="required_parts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("NEED", "Need and evidence"),
                        ("OUTCOMES", "Outcomes"),
                        ("OUTPUTS", "Outputs"),
                        ("BUDGET", "Budget"),
                        ("PRIORITIES", "Priorities"),
                        ("AREAS", "Areas and partners"),
                        ("SCHOOLS", "Schools"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                size=None,
            ),
        ),
    ]
