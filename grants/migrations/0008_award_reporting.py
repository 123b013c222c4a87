"""The reporting pattern as it was when it was agreed: a later change of the rules leaves it alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grants", "0007_conditions_kept_and_part_repayments")]

    operations = [migrations.AddField("award", "reporting", models.JSONField(null=True))]
