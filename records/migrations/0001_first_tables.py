import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import records.models.documents


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_first_tables"),
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="LadderStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("BUSINESS_CASE", "Business case"),
                            ("CASE_CHANGES", "Changes to a business case"),
                            ("EVALUATION", "Evaluation"),
                            ("DECISION", "Decision"),
                            ("DEFERRED_QUESTION", "Answer to a question"),
                            ("ACCEPTANCE", "Acceptance of terms"),
                            ("RETURN", "Monitoring return"),
                            ("RETURN_QUERY", "Answer to a query on a return"),
                            ("RETURN_REVIEW", "Review of a return"),
                            ("EXTENSION_DECISION", "Extension decision"),
                            ("REPAYMENT", "Repayment of unspent money"),
                        ],
                        max_length=30,
                    ),
                ),
                ("working_days", models.SmallIntegerField()),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("CONTRIBUTOR", "Contributors of the organisation"),
                                ("LEAD", "Lead of the organisation"),
                                ("CERTIFIER", "Certifier of the organisation"),
                                ("SIGNATORY", "Authorised signatory of the payee"),
                                ("OFFICER", "Commissioning officers"),
                                ("FINANCE", "Finance officers"),
                                ("HEAD", "Head of commissioning"),
                                ("COMMISSIONER", "The commissioner's office"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("heading", models.CharField(max_length=200)),
                ("wording", models.TextField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "working_days"), name="ladder_step_once")],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.EmailField(max_length=254)),
                ("heading", models.CharField(max_length=300)),
                ("body", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("QUEUED", "Waiting to be sent"),
                            ("SENDING", "Being sent"),
                            ("SENT", "Sent"),
                            ("FAILED", "Could not be delivered"),
                        ],
                        default="QUEUED",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("leased_until", models.DateTimeField(null=True)),
                ("lease", models.UUIDField(null=True)),
                ("message_id", models.CharField(blank=True, max_length=200)),
                ("dated_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("possibly_doubled", models.BooleanField(default=False)),
                ("answer", models.CharField(blank=True, max_length=500)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "SENT"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="message_sent_when",
                    )
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["QUEUED", "SENDING"])),
                        fields=["next_try_at"],
                        name="message_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("BUSINESS_CASE", "Business case"),
                            ("CASE_CHANGES", "Changes to a business case"),
                            ("EVALUATION", "Evaluation"),
                            ("DECISION", "Decision"),
                            ("DEFERRED_QUESTION", "Answer to a question"),
                            ("ACCEPTANCE", "Acceptance of terms"),
                            ("RETURN", "Monitoring return"),
                            ("RETURN_QUERY", "Answer to a query on a return"),
                            ("RETURN_REVIEW", "Review of a return"),
                            ("EXTENSION_DECISION", "Extension decision"),
                            ("REPAYMENT", "Repayment of unspent money"),
                        ],
                        max_length=30,
                    ),
                ),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("title", models.CharField(max_length=300)),
                ("link", models.CharField(blank=True, max_length=200)),
                ("period", models.CharField(blank=True, max_length=40)),
                ("period_starts_on", models.DateField(null=True)),
                ("period_ends_on", models.DateField(null=True)),
                ("anchor", models.CharField(blank=True, max_length=120)),
                ("opens_on", models.DateField(null=True)),
                ("due_on", models.DateField()),
                ("first_due_on", models.DateField()),
                ("source", models.CharField(blank=True, max_length=500)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closing", models.CharField(blank=True, max_length=200)),
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
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("kind", "subject_type", "subject_id", "period"),
                        name="obligation_once_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_starts_on__isnull", True),
                            ("period_ends_on__gte", models.F("period_starts_on")),
                            _connector="OR",
                        ),
                        name="obligation_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), models.Q(("closing", ""), _negated=True), _connector="OR"
                        ),
                        name="obligation_closed_says_how",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)), fields=["due_on"], name="obligation_open_due"
                    ),
                    models.Index(fields=["subject_type", "subject_id"], name="obligation_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("SUBMISSION_RECEIPT", "Receipt for a business case"),
                            ("AWARD_LETTER", "Award letter"),
                            ("DECISION_NOTICE", "Decision notice"),
                            ("RETURN_RECEIPT", "Receipt for a monitoring return"),
                        ],
                        max_length=30,
                    ),
                ),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=300)),
                ("made_at", models.DateTimeField()),
                ("html", models.TextField()),
                ("pdf", models.BinaryField(null=True)),
                ("is_example", models.BooleanField(default=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject_type", "subject_id"], name="paper_subject")],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, unique=True)),
                ("rule", models.CharField(max_length=60)),
                ("due_on", models.DateField(null=True)),
                ("step", models.SmallIntegerField(null=True)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("heading", models.CharField(max_length=300)),
                ("body", models.TextField()),
                ("link", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="records.message",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="records.obligation",
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
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id"], name="notice_subject"),
                    models.Index(
                        condition=models.Q(("message__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=["person"],
                        name="notice_unsent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferenceCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("prefix", models.CharField(max_length=4)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("prefix", "year"), name="reference_prefix_year")],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("title", models.CharField(max_length=300)),
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
                ("made_at", models.DateTimeField()),
                ("post", models.CharField(blank=True, max_length=120)),
                ("delegation_reference", models.CharField(blank=True, max_length=60)),
                ("purpose", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("conditions", models.TextField(blank=True)),
                ("question", models.TextField(blank=True)),
                ("advice", models.TextField(blank=True)),
                ("cfo_comment", models.TextField(blank=True)),
                ("interests", models.TextField(blank=True)),
                ("is_key", models.BooleanField(default=False)),
                ("notice_number", models.PositiveIntegerField(null=True, unique=True)),
                ("is_recorded", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=500)),
                ("offered_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "published_by",
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
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="decision_amount_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offered_at__isnull", True), ("offered_by__isnull", True)),
                            models.Q(("offered_at__isnull", False), ("offered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_offered_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_published_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_recorded", True),
                            models.Q(("made_by__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="decision_made_by_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_recorded", True),
                            models.Q(
                                ("outcome__in", ["APPROVED", "APPROVED_CONDITIONS", "APPROVED_LOWER"]), _negated=True
                            ),
                            models.Q(("amount__isnull", False), models.Q(("purpose", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="decision_approval_has_amount_and_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "DEFERRED"), _negated=True),
                            models.Q(("question", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_deferral_asks",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("section", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "file",
                    models.FileField(storage=records.models.documents.private_storage, upload_to="documents/%Y/%m/"),
                ),
                ("uploaded_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject_type", "subject_id"], name="document_subject")],
                "constraints": [models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="document_not_empty")],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("verb", models.CharField(max_length=60)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("by_label", models.CharField(blank=True, max_length=200)),
                ("summary", models.CharField(max_length=500)),
                ("reason", models.TextField(blank=True)),
                ("changes", models.JSONField(blank=True, default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id", "at"], name="event_subject"),
                    models.Index(fields=["at"], name="event_at"),
                ],
            },
        ),
    ]
