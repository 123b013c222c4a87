"""What a certifier signs, and from when on repeated underspend is pointed out: data of the rule set (X1, X5)."""

from decimal import Decimal

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_built_in_return_templates")]

    operations = [
        migrations.AddField("ruleset", "declaration", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("ruleset", "hold_back_years", models.PositiveSmallIntegerField(default=2)),
        migrations.AddField(
            "ruleset",
            "hold_back_percent",
            models.DecimalField(decimal_places=2, default=Decimal("5"), max_digits=5),
        ),
    ]
