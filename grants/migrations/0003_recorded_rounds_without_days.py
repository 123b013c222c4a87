from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0002_change_request_reply"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="round",
            name="deadline_on",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="round",
            name="opens_on",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_recorded", True),
                    models.Q(("deadline_on__isnull", False), ("opens_on__isnull", False)),
                    _connector="OR",
                ),
                name="round_has_its_days_unless_recorded",
            ),
        ),
    ]
