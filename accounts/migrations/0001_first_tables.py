import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("full_name", models.CharField(max_length=150)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                ("is_active", models.BooleanField(default=True)),
                ("is_staff", models.BooleanField(default=False)),
                ("is_example", models.BooleanField(default=False)),
                ("date_joined", models.DateTimeField(auto_now_add=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("email"), name="user_email_any_case")
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
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
                        max_length=30,
                    ),
                ),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list, size=None
                    ),
                ),
                ("public_address_hidden", models.BooleanField(default=False)),
                ("is_example", models.BooleanField(default=False)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "accountable_body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accountable_for",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="organisation_name_any_case"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accountable_body__isnull", True),
                            models.Q(("accountable_body", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="organisation_not_own_accountable_body",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
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
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "organisation", "role"),
                        name="membership_once_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="membership_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("full_name", models.CharField(max_length=150)),
                (
                    "role",
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
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("invited_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_accepted_pair",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationIdentifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scheme",
                    models.CharField(
                        choices=[
                            ("GB-CHC", "Charity Commission number"),
                            ("GB-COH", "Companies House number"),
                            ("GB-LAE", "Local authority code"),
                            ("GB-EDU", "School number"),
                            ("GB-UKPRN", "Learning provider number"),
                            ("OTHER", "Other register"),
                        ],
                        max_length=10,
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("scheme", "number"), name="identifier_once")],
            },
        ),
        migrations.CreateModel(
            name="OrganisationName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(choices=[("ALIAS", "Also known as"), ("FORMER", "Former name")], max_length=10),
                ),
                ("until", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_names",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"), django.db.models.functions.text.Lower("name"), name="other_name_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationSuccession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=500)),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessions",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once")],
            },
        ),
    ]
