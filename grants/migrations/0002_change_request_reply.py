from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0001_first_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="changerequest",
            name="reply",
            field=models.TextField(blank=True),
        ),
    ]
