"""Whose award an obligation is about, where another body owes it: the recipient's people are told too."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_mail_choice_and_calendar_feeds"),
        ("records", "0005_holds_and_bad_addresses"),
    ]
    operations = [
        migrations.AddField(
            model_name="obligation",
            name="recipient",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
    ]
