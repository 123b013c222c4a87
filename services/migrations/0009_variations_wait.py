from django.db import migrations, models


class Migration(migrations.Migration):
    """An agreed change may wait for its day; the office itself may be followed by another."""

    dependencies = [("services", "0008_extension_steps_dropped")]

    operations = [
        migrations.AlterField(
            model_name="contractvariation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("VALUE", "Value"),
                    ("SCOPE", "Scope"),
                    ("END", "Earlier end"),
                    ("PROVIDER", "Provider"),
                    ("OFFICE", "The office itself"),
                    ("OUTSIDE_TERMS", "Extension outside the original terms"),
                ],
                max_length=15,
            ),
        ),
        migrations.RemoveConstraint(model_name="contractvariation", name="contract_variation_applied_when"),
        migrations.AddConstraint(
            model_name="contractvariation",
            constraint=models.CheckConstraint(
                condition=~models.Q(status="APPROVED")
                | models.Q(applied_at__isnull=False)
                | models.Q(kind__in=["SCOPE", "PROVIDER", "OFFICE"], takes_effect_on__isnull=False),
                name="contract_variation_applied_when",
            ),
        ),
    ]
