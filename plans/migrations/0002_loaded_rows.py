from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="LoadedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_key", models.SlugField(max_length=80)),
                ("section", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("subject_id", models.BigIntegerField(null=True)),
                ("content", models.JSONField(default=dict)),
                ("loaded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("file_key", "section", "key"), name="loaded_row_once")],
            },
        ),
    ]
