"""The reporting pattern as it was when it was agreed: a later change of the rules leaves it alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0002_contract_rule_set")]

    operations = [migrations.AddField("contract", "reporting", models.JSONField(null=True))]
