import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0002_loaded_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReturnTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "for_purpose",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("VICTIMS", "Support for victims"),
                                ("CRIME_REDUCTION", "Crime and disorder reduction"),
                                ("VIOLENCE_REDUCTION", "Violence reduction"),
                                ("OTHER", "Other"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name="TemplateVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[("DRAFT", "Draft"), ("IN_USE", "In use"), ("REPLACED", "Replaced")],
                        default="DRAFT",
                        max_length=10,
                    ),
                ),
                ("guidance", models.TextField(blank=True)),
                ("why", models.TextField(blank=True)),
                ("put_to_use_at", models.DateTimeField(null=True)),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="plans.returntemplate"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("template", "number"), name="template_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "IN_USE")),
                        fields=("template",),
                        name="template_one_version_in_use",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "DRAFT")), fields=("template",), name="template_one_draft"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("SUM_IS", "add up to"), ("SUM_NOT_ABOVE", "add up to no more than")], max_length=15
                    ),
                ),
                (
                    "left",
                    django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=60), size=None),
                ),
                ("right", models.SlugField(max_length=60)),
                ("only_warns", models.BooleanField(default=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="plans.templateversion"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("version", "number"), name="template_check_once")],
            },
        ),
        migrations.CreateModel(
            name="TemplateSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("key", models.SlugField(max_length=60)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("INDICATORS", "Figures of this template"),
                            ("SPEND", "Spend by budget line"),
                            ("OUTCOMES", "Outcomes promised in the business case"),
                            ("OUTPUTS", "Outputs promised in the business case"),
                            ("PROJECTS", "How each project stands"),
                            ("OVERALL", "The period as a whole"),
                            ("UNDERSPEND", "Unspent money"),
                            ("FILES", "Files"),
                        ],
                        default="INDICATORS",
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("guidance", models.TextField(blank=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="plans.templateversion"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "key"), name="template_section_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("part", "INDICATORS"), _negated=True),
                        fields=("version", "part"),
                        name="template_part_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("key", models.SlugField(max_length=60)),
                ("label", models.CharField(max_length=200)),
                ("help", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("COUNT", "Whole number"),
                            ("NUMBER", "Number with decimals"),
                            ("MONEY", "Money in pounds"),
                            ("PERCENTAGE", "Percentage"),
                            ("COUNTS", "Whole numbers by category"),
                            ("SCORE", "Distance travelled: people asked, score before, score after"),
                            ("YES_NO", "Yes or no"),
                            ("TEXT", "Words"),
                            ("FILE", "A file"),
                        ],
                        max_length=12,
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40)),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list, size=None
                    ),
                ),
                (
                    "required",
                    models.CharField(
                        choices=[
                            ("ALWAYS", "Always"),
                            ("AT_THE_END", "Only in the return that covers the whole award"),
                            ("WHEN", "When another answer is above nought or yes"),
                            ("NEVER", "Never"),
                        ],
                        default="ALWAYS",
                        max_length=12,
                    ),
                ),
                ("required_if", models.SlugField(blank=True, max_length=60)),
                ("lowest", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("highest", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("longest", models.PositiveIntegerField(default=2000)),
                ("target", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("fewer_is_better", models.BooleanField(default=False)),
                ("warns_on_jump", models.BooleanField(default=True)),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="plans.templatesection",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("section", "key"), name="indicator_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lowest__isnull", True),
                            ("highest__isnull", True),
                            ("highest__gte", models.F("lowest")),
                            _connector="OR",
                        ),
                        name="indicator_limits_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("required", "WHEN"), models.Q(("required_if", ""), _negated=True)),
                            models.Q(models.Q(("required", "WHEN"), _negated=True), ("required_if", "")),
                            _connector="OR",
                        ),
                        name="indicator_required_if_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("categories__len__gt", 0), ("kind", "COUNTS")),
                            models.Q(models.Q(("kind", "COUNTS"), _negated=True), ("categories__len", 0)),
                            _connector="OR",
                        ),
                        name="indicator_counts_have_categories",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="reportingrule",
            name="anchor",
            field=models.CharField(
                choices=[
                    ("PERIOD_END", "the end of the period"),
                    ("MADE", "the day the award or contract was made"),
                    ("START", "the start"),
                    ("END", "the end of the award or contract"),
                    ("EVENT", "an event whose day may move"),
                ],
                default="PERIOD_END",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="reportingrule",
            name="days",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DateField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="reportingrule",
            name="due_working_days",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="reportingrule",
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
            model_name="reportingrule",
            name="timing",
            field=models.CharField(
                choices=[
                    ("ONCE", "Once: so many months from the start, or the whole period"),
                    ("REPEATED", "Again and again, every so many months"),
                    ("FIXED_DAYS", "For periods that end on set days"),
                    ("AFTER_ANCHOR", "Once, so long after something happened"),
                ],
                default="ONCE",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="reportingrule",
            name="when_extended",
            field=models.CharField(
                choices=[
                    ("ADDS", "Stays due as it was; the extension adds a return of its own"),
                    ("MOVES", "Moves to the new end"),
                ],
                default="ADDS",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="reportingrule",
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
        migrations.AddField(
            model_name="reportingrule",
            name="template",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="plans.returntemplate",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("anchor", "EVENT"), ("event__isnull", False)),
                    models.Q(models.Q(("anchor", "EVENT"), _negated=True), ("event__isnull", True)),
                    _connector="OR",
                ),
                name="reporting_rule_names_its_event",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("days__len__gt", 0), ("timing", "FIXED_DAYS")),
                    models.Q(models.Q(("timing", "FIXED_DAYS"), _negated=True), ("days__len", 0)),
                    _connector="OR",
                ),
                name="reporting_rule_fixed_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("timing", "REPEATED"), _negated=True), ("period_months__gt", 0), _connector="OR"
                ),
                name="reporting_rule_repeats_by_months",
            ),
        ),
    ]
