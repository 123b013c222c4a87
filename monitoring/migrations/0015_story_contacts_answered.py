"""A message about a story can be answered through the portal (P6)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0014_restricted_contacts")]

    operations = [
        migrations.AddField(
            model_name="storycontact",
            name="answers",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="monitoring.storycontact",
            ),
        ),
    ]
