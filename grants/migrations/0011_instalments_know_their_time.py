import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0010_agreed_changes"),
        ("plans", "0010_frozen_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="instalment",
            name="covers_from",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="instalment",
            name="covers_to",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="instalment",
            name="event",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.movableevent"
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="event_days",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("covers_from__isnull", True), ("covers_to__isnull", True)),
                    ("covers_to__gte", models.F("covers_from")),
                    _connector="OR",
                ),
                name="instalment_covers_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("event__isnull", False),
                    models.Q(("event_days__isnull", True), models.Q(("condition", "EVENT_HAPPENED"), _negated=True)),
                    _connector="OR",
                ),
                name="instalment_names_its_event",
            ),
        ),
    ]
