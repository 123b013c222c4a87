import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_mail_choice_and_calendar_feeds"),
        ("accounts", "__first__"),
        ("plans", "0007_kpis_in_templates"),
        ("records", "0011_ladders_of_contract_work"),
        ("services", "0003_contract_reporting"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContractDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("CONTRACT", "Contract"),
                            ("SPECIFICATION", "Specification"),
                            ("CHANGE", "Agreed change"),
                            ("PERFORMANCE", "Performance paper"),
                            ("OTHER", "Other document"),
                        ],
                        max_length=15,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("redaction_reason", models.TextField(blank=True)),
                ("added_at", models.DateTimeField()),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="services.contract"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.document"
                    ),
                ),
                (
                    "public_copy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.document",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("public_copy__isnull", True),
                            models.Q(("redaction_reason", ""), _negated=True),
                            ("public_copy", models.F("document")),
                            _connector="OR",
                        ),
                        name="redacted_copy_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("MONTHLY", "Monthly meeting"),
                            ("QUARTERLY", "Quarterly meeting"),
                            ("OTHER", "Other meeting"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("PLANNED", "Planned"), ("HELD", "Held"), ("CANCELLED", "Cancelled")],
                        default="PLANNED",
                        max_length=10,
                    ),
                ),
                ("planned_on", models.DateField()),
                ("held_on", models.DateField(blank=True, null=True)),
                ("present", models.TextField(blank=True)),
                ("notes", models.TextField(blank=True)),
                ("cancelled_reason", models.TextField(blank=True)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="services.contract"
                    ),
                ),
                (
                    "notes_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "contract meeting",
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "number"), name="meeting_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "HELD"), _negated=True), ("held_on__isnull", False), _connector="OR"
                        ),
                        name="meeting_held_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "CANCELLED"), _negated=True),
                            models.Q(("cancelled_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="meeting_cancelled_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("PARTNER", "Partner of the provider"), ("SUBCONTRACTOR", "Subcontractor")],
                        max_length=15,
                    ),
                ),
                ("does", models.CharField(blank=True, max_length=300)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="services.contract"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contract_parts",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "contract parties",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("contract", "organisation", "role"),
                        name="party_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="party_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractPayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("covers_from", models.DateField()),
                ("covers_to", models.DateField()),
                ("invoice", models.CharField(blank=True, max_length=60)),
                ("received_on", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("paid_on", models.DateField(blank=True, null=True)),
                ("is_disputed", models.BooleanField(default=False)),
                ("is_recorded", models.BooleanField(default=False)),
                ("note", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="services.contract"
                    ),
                ),
                (
                    "funding_source",
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
                "ordering": ["covers_from", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("covers_to__gte", models.F("covers_from"))), name="payment_in_order"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("invoice", ""), _negated=True),
                        fields=("contract", "invoice"),
                        name="contract_invoice_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("OFFICE", "The office's own reference"),
                            ("TENDER", "Tender notice"),
                            ("AWARD", "Contract award notice"),
                            ("DETAILS", "Contract details notice"),
                            ("CHANGE", "Contract change notice"),
                            ("OCID", "Open Contracting identifier"),
                            ("OTHER", "Other reference"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(max_length=100)),
                ("url", models.URLField(blank=True, max_length=500)),
                ("published_on", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="references", to="services.contract"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "kind", "value"), name="contract_reference_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="funding", to="services.contract"
                    ),
                ),
                (
                    "funding_source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contracts", to="plans.fundingsource"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "funding_source"), name="contract_source_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="contract_source_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
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
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="values", to="services.contract"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "starts_on"), name="contract_value_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="contract_value_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="contract_value_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractVariation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("VALUE", "Value"),
                            ("SCOPE", "Scope"),
                            ("END", "Earlier end"),
                            ("PROVIDER", "Provider"),
                            ("OUTSIDE_TERMS", "Extension outside the original terms"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Draft"),
                            ("SUBMITTED", "Waiting for approval"),
                            ("AWAITING_SECOND", "Waiting for the second approver"),
                            ("APPROVED", "Approved"),
                            ("DECLINED", "Declined"),
                            ("WITHDRAWN", "Withdrawn"),
                        ],
                        default="DRAFT",
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("reason", models.TextField()),
                ("legal_basis", models.TextField(blank=True)),
                ("takes_effect_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("after_options", models.PositiveSmallIntegerField(null=True)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("drafted_at", models.DateTimeField()),
                ("second_approved_at", models.DateTimeField(null=True)),
                ("applied_at", models.DateTimeField(null=True)),
                ("is_recorded", models.BooleanField(default=False)),
                ("inferred", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="variations", to="services.contract"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contract_variations",
                        to="records.decision",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.paper"
                    ),
                ),
                (
                    "new_provider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "second_approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "contract variation",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "number"), name="contract_variation_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="contract_variation_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["END", "OUTSIDE_TERMS"]), _negated=True),
                            models.Q(("status", "APPROVED"), _negated=True),
                            models.Q(("after_options__isnull", False), ("ends_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="contract_variation_end_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "APPROVED"), _negated=True),
                            ("applied_at__isnull", False),
                            _connector="OR",
                        ),
                        name="contract_variation_applied_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "APPROVED"), _negated=True),
                            ("is_recorded", True),
                            ("decision__isnull", False),
                            _connector="OR",
                        ),
                        name="contract_variation_approved_by_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("second_approved_at__isnull", True), ("second_approved_by__isnull", True)),
                            models.Q(("second_approved_at__isnull", False), ("second_approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="contract_variation_second_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "OUTSIDE_TERMS"), _negated=True),
                            models.Q(("status", "APPROVED"), _negated=True),
                            ("is_recorded", True),
                            models.Q(
                                ("second_approved_at__isnull", False), models.Q(("legal_basis", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="outside_terms_needs_law_and_second",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExtensionCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PREPARING", "Being prepared"),
                            ("ADVISED", "Waiting for the decision"),
                            ("AWAITING_SECOND", "Waiting for the second approver"),
                            ("DECIDED", "Decided"),
                            ("CLOSED", "No longer needed"),
                        ],
                        default="PREPARING",
                        max_length=16,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(null=True)),
                ("provider_answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("lapse_effect", models.TextField(blank=True)),
                (
                    "recommended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("OFFER", "Offer the whole option"),
                            ("OFFER_SHORTER", "Offer a shorter extension"),
                            ("DECLINE", "Do not offer it"),
                            ("DEFER", "Decide later"),
                            ("LAPSE", "Let it lapse"),
                            ("OUTSIDE", "Extend outside the original terms"),
                        ],
                        max_length=15,
                    ),
                ),
                ("recommended_months", models.PositiveSmallIntegerField(null=True)),
                ("recommended_ends_on", models.DateField(null=True)),
                ("legal_basis", models.TextField(blank=True)),
                ("advice", models.TextField(blank=True)),
                ("advised_at", models.DateTimeField(null=True)),
                ("cfo_comment", models.TextField(blank=True)),
                ("cfo_commented_at", models.DateTimeField(null=True)),
                ("deferred_until", models.DateField(null=True)),
                ("notice_needed", models.BooleanField(null=True)),
                ("notice_working", models.TextField(blank=True)),
                ("notice_reference", models.CharField(blank=True, max_length=60)),
                ("notice_published_on", models.DateField(null=True)),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cfo_commented_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extension_cases",
                        to="services.contract",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="services.extensionoption",
                    ),
                ),
                (
                    "pack",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.paper"
                    ),
                ),
            ],
            options={
                "verbose_name": "extension decision",
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "number"), name="extension_case_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["DECIDED", "CLOSED"]), _negated=True),
                        fields=("contract",),
                        name="extension_case_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("advised_at__isnull", True), ("advised_by__isnull", True)),
                            models.Q(("advised_at__isnull", False), ("advised_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="extension_advised_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["PREPARING", "CLOSED"]),
                            models.Q(
                                ("advised_at__isnull", False),
                                ("pack__isnull", False),
                                models.Q(("advice", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="extension_advised_with_its_pack",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cfo_commented_at__isnull", True), ("cfo_commented_by__isnull", True)),
                            models.Q(("cfo_commented_at__isnull", False), ("cfo_commented_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="extension_commented_pair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExtensionRuling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("OFFER", "Offer the whole option"),
                            ("OFFER_SHORTER", "Offer a shorter extension"),
                            ("DECLINE", "Do not offer it"),
                            ("DEFER", "Decide later"),
                            ("LAPSE", "Let it lapse"),
                            ("OUTSIDE", "Extend outside the original terms"),
                        ],
                        max_length=15,
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("safe_until", models.DateField(null=True)),
                ("legal_basis", models.TextField(blank=True)),
                ("second_approved_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rulings", to="services.extensioncase"
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extension_ruling",
                        to="records.decision",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.paper"
                    ),
                ),
                (
                    "second_approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="extension_ruling_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "OUTSIDE"), _negated=True),
                            models.Q(models.Q(("legal_basis", ""), _negated=True), ("ends_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="extension_outside_says_law_and_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "DEFER"), _negated=True),
                            ("safe_until__isnull", False),
                            _connector="OR",
                        ),
                        name="extension_deferral_has_safe_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("second_approved_at__isnull", True), ("second_approved_by__isnull", True)),
                            models.Q(("second_approved_at__isnull", False), ("second_approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="extension_second_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("months__isnull", True), ("months__gte", 1), _connector="OR"),
                        name="extension_ruling_has_length",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExtensionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PROVIDER_ASKED", "Provider asked"),
                            ("EVIDENCE", "Evidence ready"),
                            ("ADVICE", "Officer's advice"),
                            ("FINANCE", "Chief finance officer's comment"),
                            ("DECISION", "Decision"),
                            ("LETTER", "Letter to the provider"),
                            ("NOTICE", "Notice the law asks for"),
                        ],
                        max_length=15,
                    ),
                ),
                ("due_on", models.DateField()),
                ("done_at", models.DateTimeField(null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="services.extensioncase"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "constraints": [models.UniqueConstraint(fields=("case", "kind"), name="extension_step_once")],
            },
        ),
        migrations.CreateModel(
            name="Kpi",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("definition", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("COUNT", "Whole number"),
                            ("NUMBER", "Number"),
                            ("PERCENTAGE", "Percentage"),
                            ("MONEY", "Amount in pounds"),
                            ("DAYS", "Days"),
                        ],
                        default="NUMBER",
                        max_length=12,
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40)),
                (
                    "direction",
                    models.CharField(
                        choices=[("HIGHER", "Higher is better"), ("LOWER", "Lower is better")],
                        default="HIGHER",
                        max_length=8,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("retired_on", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kpis", to="services.contract"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kpis",
                        to="services.additionalservice",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "number"), name="kpi_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("retired_on__isnull", True), ("retired_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="kpi_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImprovementPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ASKED", "Asked of the provider"),
                            ("PROPOSED", "Proposed by the provider"),
                            ("AGREED", "Agreed"),
                            ("CLOSED", "Closed"),
                        ],
                        default="ASKED",
                        max_length=10,
                    ),
                ),
                ("because", models.TextField()),
                ("cause", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closing", models.TextField(blank=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="improvement_plans",
                        to="services.contract",
                    ),
                ),
                (
                    "kpi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="improvement_plans", to="services.kpi"
                    ),
                ),
            ],
            options={
                "verbose_name": "improvement plan",
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "number"), name="improvement_plan_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "CLOSED"), _negated=True),
                        fields=("kpi",),
                        name="improvement_plan_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "CLOSED"), _negated=True),
                            models.Q(("closing", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="improvement_plan_closed_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImprovementStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("does", models.CharField(max_length=300)),
                ("owner", models.CharField(blank=True, max_length=120)),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="services.improvementplan"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("plan", "number"), name="improvement_step_once")],
            },
        ),
        migrations.CreateModel(
            name="KpiResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("comment", models.TextField(blank=True)),
                ("report", models.CharField(max_length=20)),
                ("version", models.PositiveSmallIntegerField()),
                ("reported_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "kpi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="services.kpi"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("kpi", "starts_on", "ends_on"),
                        name="kpi_result_once_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="kpi_result_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KpiTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("target", models.DecimalField(decimal_places=2, max_digits=12)),
                ("amber", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("reason", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "kpi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="services.kpi"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on"],
                "constraints": [models.UniqueConstraint(fields=("kpi", "starts_on"), name="kpi_target_once")],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True)),
                ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lots", to="services.contract"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "number"), name="lot_once"),
                    models.CheckConstraint(
                        condition=models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                        name="lot_value_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[("OPEN", "To do"), ("DONE", "Done"), ("DROPPED", "Dropped")],
                        default="OPEN",
                        max_length=8,
                    ),
                ),
                ("does", models.CharField(max_length=300)),
                ("owner", models.CharField(blank=True, max_length=120)),
                ("due_on", models.DateField()),
                ("settled_on", models.DateField(blank=True, null=True)),
                ("words", models.TextField(blank=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="services.contractmeeting",
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
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "action of a meeting",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="meeting_action_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_on__isnull", True), ("status", "OPEN")),
                            models.Q(models.Q(("status", "OPEN"), _negated=True), ("settled_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="meeting_action_settled_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "DROPPED"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="meeting_action_dropped_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OversightActivity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=300)),
                ("purpose", models.TextField()),
                ("area", models.CharField(blank=True, max_length=200)),
                ("cohort", models.CharField(blank=True, max_length=200)),
                ("provider_name", models.CharField(blank=True, max_length=200)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PROPOSED", "Proposed"),
                            ("LIVE", "Live"),
                            ("ENDED", "Ended"),
                            ("STOPPED", "Stopped before it went live"),
                        ],
                        default="PROPOSED",
                        max_length=10,
                    ),
                ),
                ("live_at", models.DateTimeField(null=True)),
                ("closed_reason", models.TextField(blank=True)),
                ("is_example", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "funding_source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.fundingsource",
                    ),
                ),
                (
                    "live_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("partners", models.ManyToManyField(blank=True, related_name="+", to="accounts.organisation")),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="oversight_activities",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="oversight_activities",
                        to="plans.stream",
                    ),
                ),
            ],
            options={
                "verbose_name": "oversight activity",
                "verbose_name_plural": "oversight activities",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="oversight_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="oversight_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("live_at__isnull", True), ("live_by__isnull", True)),
                            models.Q(("live_at__isnull", False), ("live_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="oversight_live_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "LIVE"), _negated=True), ("live_at__isnull", False), _connector="OR"
                        ),
                        name="oversight_live_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OversightCheckKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=60, unique=True)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("name", models.CharField(max_length=120)),
                ("question", models.CharField(max_length=300)),
                ("guidance", models.TextField(blank=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OversightCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("result", models.CharField(choices=[("MET", "Met"), ("NOT_MET", "Not met")], max_length=8)),
                ("evidence", models.TextField()),
                ("checked_at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="services.oversightactivity",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.document",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="services.oversightcheckkind",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "kind"), name="oversight_check_once"),
                    models.CheckConstraint(
                        condition=models.Q(("evidence", ""), _negated=True), name="oversight_check_has_evidence"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="additionalservice",
            name="description",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="additionalservice",
            name="starts_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="contract",
            name="below_threshold",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="contract",
            name="description",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contract",
            name="ended_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="contract",
            name="ended_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contract",
            name="estimated_value",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
        ),
        migrations.AddField(
            model_name="contract",
            name="estimated_value_source",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="contract",
            name="light_touch",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="contract",
            name="regime",
            field=models.CharField(
                blank=True,
                choices=[("PCR2015", "Public Contracts Regulations 2015"), ("PA2023", "Procurement Act 2023")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="extensionoption",
            name="agreed_months",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="additionalservice",
            name="state",
            field=models.CharField(
                choices=[("DELIVERED", "Delivered"), ("DEVELOPING", "Developing"), ("STOPPED", "Stopped")],
                default="DELIVERED",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_on__isnull", True), ("status", "ENDED"), _connector="OR"),
                name="contract_ended_on_says_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("estimated_value__isnull", True), ("estimated_value__gte", 0), _connector="OR"),
                name="contract_estimate_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="extensionoption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed_months__isnull", True),
                    models.Q(("agreed_months__gt", 0), ("agreed_months__lte", models.F("months"))),
                    _connector="OR",
                ),
                name="option_agreed_within_length",
            ),
        ),
        migrations.AddField(
            model_name="additionalservice",
            name="lot",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="services",
                to="services.lot",
            ),
        ),
    ]
