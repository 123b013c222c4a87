from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grants", "0015_guarded_stages")]

    operations = [
        migrations.AddField(
            model_name="continuation",
            name="recommended_amount",
            field=models.DecimalField(decimal_places=2, max_digits=12, null=True),
        ),
    ]
