import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_mail_choice_and_calendar_feeds"),
        ("accounts", "__first__"),
        ("grants", "0018_assurance"),
        ("monitoring", "0011_reviews_passed_down"),
        ("plans", "0012_standards_and_schools"),
        ("services", "0010_kpi_results_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="CapacityOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("TRAINING", "Training"), ("CLINIC", "Clinic"), ("TEMPLATE", "Template or guide")],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("description", models.TextField()),
                ("for_whom", models.CharField(blank=True, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[("DRAFT", "In preparation"), ("OPEN", "Open"), ("CLOSED", "Closed")],
                        default="DRAFT",
                        max_length=6,
                    ),
                ),
                ("is_example", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="AuditProgramme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[("DRAFT", "In preparation"), ("DRAWN", "Sample drawn"), ("CLOSED", "Closed")],
                        default="DRAFT",
                        max_length=8,
                    ),
                ),
                ("sample_size", models.PositiveSmallIntegerField()),
                (
                    "strategy",
                    models.CharField(
                        choices=[
                            ("HIGHEST", "The highest scores"),
                            ("RANDOM", "Drawn by lot"),
                            ("WEIGHTED", "Drawn by lot, higher scores more likely"),
                            ("MIXED", "Half the highest scores, half by lot"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("seed", models.CharField(blank=True, max_length=40)),
                ("drawn_at", models.DateTimeField(null=True)),
                ("summary", models.TextField(blank=True)),
                ("is_example", models.BooleanField(default=False)),
                (
                    "drawn_by",
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
                    models.CheckConstraint(condition=models.Q(("sample_size__gt", 0)), name="programme_has_sample"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="programme_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "DRAFT"),
                            models.Q(
                                ("drawn_at__isnull", False),
                                ("drawn_by__isnull", False),
                                models.Q(("seed", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="programme_drawn_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditCandidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.PositiveIntegerField()),
                ("lines", models.JSONField(default=list)),
                ("place", models.PositiveIntegerField()),
                ("is_chosen", models.BooleanField(default=False)),
                ("why", models.CharField(max_length=300)),
                (
                    "award",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grants.award"
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="services.contract"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidates",
                        to="monitoring.auditprogramme",
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("award__isnull", False), ("contract__isnull", True)),
                            models.Q(("award__isnull", True), ("contract__isnull", False)),
                            _connector="OR",
                        ),
                        name="candidate_is_one_thing",
                    ),
                    models.UniqueConstraint(fields=("programme", "award"), name="candidate_award_once"),
                    models.UniqueConstraint(fields=("programme", "contract"), name="candidate_contract_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PLANNED", "Planned"),
                            ("UNDER_WAY", "Under way"),
                            ("REPORTED", "Sent to the recipient for reply"),
                            ("FINAL", "Report final"),
                            ("CANCELLED", "Cancelled"),
                        ],
                        default="PLANNED",
                        max_length=10,
                    ),
                ),
                ("planned_on", models.DateField()),
                ("visited_on", models.DateField(blank=True, null=True)),
                ("who_was_seen", models.CharField(blank=True, max_length=300)),
                ("summary", models.TextField(blank=True)),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[("HIGH", "High"), ("MEDIUM", "Medium"), ("LOW", "Low"), ("GOOD", "Good practice")],
                        max_length=8,
                    ),
                ),
                ("reported_at", models.DateTimeField(null=True)),
                ("reply_by", models.DateField(null=True)),
                ("reply", models.TextField(blank=True)),
                ("replied_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("is_example", models.BooleanField(default=False)),
                (
                    "auditor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_visits",
                        to="grants.award",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_visits",
                        to="services.contract",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_visits",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="monitoring.auditprogramme",
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.termsversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("award__isnull", False), ("contract__isnull", True)),
                            models.Q(("award__isnull", True), ("contract__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_is_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["REPORTED", "FINAL"]), _negated=True),
                            models.Q(("visited_on__isnull", False), ("reported_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_reported_after_visit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("MET", "Met"),
                            ("PARTLY", "Partly met"),
                            ("NOT_MET", "Not met"),
                            ("NOT_APPLICABLE", "Not applicable"),
                        ],
                        max_length=15,
                    ),
                ),
                ("evidence", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                (
                    "condition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.termscondition"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="monitoring.auditvisit"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("visit", "condition"), name="audit_check_once")],
            },
        ),
        migrations.CreateModel(
            name="AuditFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "grade",
                    models.CharField(
                        choices=[("HIGH", "High"), ("MEDIUM", "Medium"), ("LOW", "Low"), ("GOOD", "Good practice")],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "check_row",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="findings",
                        to="monitoring.auditcheck",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="monitoring.auditvisit"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("visit", "number"), name="audit_finding_once")],
            },
        ),
        migrations.CreateModel(
            name="CapacitySession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("place", models.CharField(max_length=300)),
                ("places", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_reason", models.CharField(blank=True, max_length=300)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="monitoring.capacityoffer",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("offer", "number"), name="capacity_session_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="capacity_session_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places__isnull", True), ("places__gt", 0), _connector="OR"),
                        name="capacity_session_places",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CapacitySuggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("LOW_SCORE", "Low score on a criterion"),
                            ("QUERIED", "Question about a section of a return"),
                            ("UNSATISFACTORY", "Unsatisfactory return"),
                            ("AUDIT", "Condition not met at an audit"),
                            ("STANDARD", "Required standard missing or expired"),
                        ],
                        max_length=15,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("about", models.CharField(max_length=60)),
                ("suggested_at", models.DateTimeField()),
                ("set_aside_at", models.DateTimeField(null=True)),
                ("set_aside_reason", models.CharField(blank=True, max_length=300)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="monitoring.capacityoffer",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="capacity_suggestions",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("offer", "organisation", "kind", "about"), name="suggestion_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ComparedWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PROJECT", "Project of a business case"),
                            ("DIRECT_AWARD", "Direct award"),
                            ("CONTRACT", "Contract"),
                            ("SERVICE", "Additional service of a contract"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject_id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=300)),
                ("link", models.CharField(max_length=200)),
                ("organisation_name", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                (
                    "provider_marks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                (
                    "school_terms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                (
                    "cohorts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("embedding", models.BinaryField(null=True)),
                ("in_play", models.BooleanField(default=True)),
                ("digest", models.CharField(max_length=64)),
                ("compared_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name_plural": "compared work",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["provider_marks"], name="compared_providers"),
                    django.contrib.postgres.indexes.GinIndex(fields=["school_terms"], name="compared_schools"),
                    django.contrib.postgres.indexes.GinIndex(fields=["terms"], name="compared_terms"),
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "subject_id"), name="compared_work_once")],
            },
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("PUBLIC_FORM", "The public form"),
                            ("OFFICER", "Entered by an officer"),
                            ("PROVIDER", "Told by a recipient or provider"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("NEW", "Received"),
                            ("OPEN", "Being answered"),
                            ("ANSWERED", "Answered"),
                            ("CLOSED", "Closed"),
                            ("ELSEWHERE", "For somebody else"),
                            ("WITHDRAWN", "Withdrawn"),
                        ],
                        default="NEW",
                        max_length=10,
                    ),
                ),
                (
                    "restriction",
                    models.CharField(
                        choices=[
                            ("NONE", "Not restricted"),
                            ("SAFEGUARDING", "Safeguarding"),
                            ("STAFF", "About a member of staff"),
                        ],
                        default="NONE",
                        max_length=15,
                    ),
                ),
                ("about", models.CharField(max_length=300)),
                (
                    "theme",
                    models.CharField(
                        choices=[
                            ("QUALITY", "Quality of the service"),
                            ("ACCESS", "Getting the service"),
                            ("DELAY", "Waiting too long"),
                            ("CONDUCT", "How somebody was treated"),
                            ("SAFETY", "Safety"),
                            ("PRIVACY", "Personal information"),
                            ("EQUALITY", "Discrimination"),
                            ("MONEY", "Use of money"),
                            ("OTHER", "Something else"),
                        ],
                        default="OTHER",
                        max_length=15,
                    ),
                ),
                ("what_happened", models.TextField()),
                ("happened_on", models.CharField(blank=True, max_length=120)),
                ("wanted", models.TextField(blank=True)),
                ("name", models.CharField(blank=True, max_length=150)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                ("reach_by", models.CharField(blank=True, max_length=200)),
                ("may_tell_provider", models.BooleanField(default=False)),
                ("follow_hash", models.CharField(blank=True, max_length=64)),
                ("received_at", models.DateTimeField()),
                ("shared_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("UPHELD", "Upheld"),
                            ("PARTLY", "Upheld in part"),
                            ("NOT_UPHELD", "Not upheld"),
                            ("RESOLVED", "Put right without a finding"),
                        ],
                        max_length=15,
                    ),
                ),
                ("is_example", models.BooleanField(default=False)),
                (
                    "award",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="grants.award",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="services.contract",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "named_officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "complaint",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("restriction", "NONE"), ("named_officer__isnull", False), _connector="OR"),
                        name="concern_restricted_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("award__isnull", True), ("contract__isnull", True), _connector="OR"),
                        name="concern_about_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "CLOSED"), _negated=True),
                            models.Q(("closed_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="concern_closed_with_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConcernLearning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("action", models.CharField(max_length=300)),
                ("by_office", models.BooleanField(default=False)),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                ("result", models.TextField(blank=True)),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="learning", to="monitoring.concern"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("concern", "number"), name="concern_learning_once")],
            },
        ),
        migrations.CreateModel(
            name="ConcernStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "moved_by",
                    models.CharField(
                        choices=[
                            ("FIRST", "The complaint was taken up"),
                            ("REQUEST", "The complainant asked"),
                            ("OFFICER", "An officer decided"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("started_at", models.DateTimeField()),
                ("acknowledge_by", models.DateField()),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("answer_by", models.DateField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("UPHELD", "Upheld"),
                            ("PARTLY", "Upheld in part"),
                            ("NOT_UPHELD", "Not upheld"),
                            ("RESOLVED", "Put right without a finding"),
                        ],
                        max_length=15,
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
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="monitoring.concern"
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.concernlevel"
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
            ],
            options={
                "verbose_name": "complaint stage",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("concern", "number"), name="concern_stage_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=("concern",),
                        name="concern_one_stage_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            models.Q(models.Q(("answer", ""), _negated=True), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="concern_stage_answer_says_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferTrigger",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("LOW_SCORE", "Low score on a criterion"),
                            ("QUERIED", "Question about a section of a return"),
                            ("UNSATISFACTORY", "Unsatisfactory return"),
                            ("AUDIT", "Condition not met at an audit"),
                            ("STANDARD", "Required standard missing or expired"),
                        ],
                        max_length=15,
                    ),
                ),
                ("section", models.CharField(blank=True, max_length=60)),
                ("words", models.CharField(blank=True, max_length=120)),
                ("below_percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="plans.criterion",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="triggers",
                        to="monitoring.capacityoffer",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="plans.standardkind",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutcomeStory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("DRAFT", "In preparation"),
                            ("SHARED", "In the library"),
                            ("PUBLIC", "In the library and public"),
                            ("WITHDRAWN", "Withdrawn"),
                        ],
                        default="DRAFT",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("story", models.TextField()),
                ("what_worked", models.TextField(blank=True)),
                ("advice", models.TextField(blank=True)),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list, size=None
                    ),
                ),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list, size=None
                    ),
                ),
                ("period_ends_on", models.DateField()),
                ("consent_from", models.CharField(blank=True, max_length=200)),
                ("consent_on", models.DateField(blank=True, null=True)),
                ("consent_public", models.BooleanField(default=False)),
                ("open_to_contact", models.BooleanField(default=False)),
                ("checked_at", models.DateTimeField(null=True)),
                ("shared_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                ("words", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ("is_example", models.BooleanField(default=False)),
                (
                    "award",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stories",
                        to="grants.award",
                    ),
                ),
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
                    "contract",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stories",
                        to="services.contract",
                    ),
                ),
                (
                    "monitoring_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stories",
                        to="monitoring.monitoringreturn",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stories", to="accounts.organisation"
                    ),
                ),
                (
                    "shared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stories",
                        to="plans.stream",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "outcome stories",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["SHARED", "PUBLIC"]), _negated=True),
                            models.Q(
                                ("consent_on__isnull", False),
                                models.Q(("consent_from", ""), _negated=True),
                                ("checked_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="story_shared_with_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "PUBLIC"), _negated=True), ("consent_public", True), _connector="OR"
                        ),
                        name="story_public_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at__isnull", True), ("checked_by__isnull", True)),
                            models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="story_checked_pair",
                    ),
                ],
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["words"], name="story_words")],
            },
        ),
        migrations.CreateModel(
            name="OutsideFunding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("funder", models.CharField(max_length=200)),
                ("purpose", models.CharField(max_length=300)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("won_on", models.DateField()),
                (
                    "how_it_helped",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "offer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="won_with",
                        to="monitoring.capacityoffer",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_funding",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "outside funding",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gt", 0), _connector="OR"),
                        name="outside_funding_positive",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OverlapPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("FOUND", "Found"), ("CONFIRMED", "Confirmed"), ("DISMISSED", "Dismissed")],
                        default="FOUND",
                        max_length=10,
                    ),
                ),
                ("evidence", models.JSONField(default=list)),
                ("score", models.PositiveSmallIntegerField()),
                ("is_structured", models.BooleanField(default=False)),
                ("found_at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pairs_first",
                        to="monitoring.comparedwork",
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pairs_second",
                        to="monitoring.comparedwork",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="overlap_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="overlap_pair_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "FOUND"),
                            models.Q(
                                models.Q(("reason", ""), _negated=True),
                                ("judged_at__isnull", False),
                                ("judged_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="overlap_judged_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "factor",
                    models.CharField(
                        choices=[
                            ("VALUE", "Value in pounds"),
                            ("LATE_RETURNS", "Returns late in the last two years"),
                            ("UNSATISFACTORY", "Unsatisfactory returns in the last two years"),
                            ("OPEN_COMPLAINTS", "Open complaints"),
                            ("NEW_ORGANISATION", "Organisation never funded before"),
                            ("FIRST_YEAR", "First year of the award or contract"),
                            ("AUDIT_NOT_MET", "Conditions not met at the last audit"),
                            ("OPEN_ACTIONS", "Audit actions past their date"),
                            ("STANDARDS_MISSING", "Required standards missing or expired"),
                            ("NEVER_AUDITED", "Never audited"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at_least", models.DecimalField(decimal_places=2, max_digits=12)),
                ("points", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["factor", "at_least"],
                "constraints": [
                    models.UniqueConstraint(fields=("factor", "at_least"), name="risk_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(("at_least__gt", 0), ("points__gt", 0)), name="risk_rule_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("BOOKED", "Booked"), ("WAITING", "On the waiting list"), ("CANCELLED", "Cancelled")],
                        default="BOOKED",
                        max_length=10,
                    ),
                ),
                ("signed_up_at", models.DateTimeField()),
                ("attended", models.BooleanField(null=True)),
                ("rating", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("feedback", models.TextField(blank=True)),
                ("feedback_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sign_ups", to="accounts.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ups",
                        to="monitoring.capacitysession",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "person"), name="sign_up_once"),
                    models.CheckConstraint(
                        condition=models.Q(("rating__isnull", True), ("rating__range", (1, 5)), _connector="OR"),
                        name="sign_up_rating",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message", models.TextField()),
                ("sent_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="monitoring.outcomestory",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("message", ""), _negated=True), name="story_contact_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=300)),
                ("unit", models.CharField(blank=True, max_length=60)),
                ("value", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("target", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("counts_people", models.BooleanField(default=False)),
                ("group", models.CharField(blank=True, max_length=120)),
                ("is_total", models.BooleanField(default=False)),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="monitoring.outcomestory",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("story", "number"), name="story_figure_once")],
            },
        ),
        migrations.CreateModel(
            name="AuditAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("action", models.CharField(max_length=500)),
                ("by_office", models.BooleanField(default=False)),
                ("due_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[("OPEN", "To be done"), ("DONE", "Said to be done"), ("CLOSED", "Closed")],
                        default="OPEN",
                        max_length=8,
                    ),
                ),
                ("done_at", models.DateTimeField(null=True)),
                ("evidence", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(null=True)),
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
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="monitoring.auditfinding",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("finding", "number"), name="audit_action_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["DONE", "CLOSED"]), _negated=True),
                            models.Q(("done_at__isnull", False), models.Q(("evidence", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="audit_action_done_with_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "CLOSED"), _negated=True),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="audit_action_closed_by_whom",
                    ),
                ],
            },
        ),
    ]
