"""The four stages of complaints delivered with the portal; an office changes them on screen or in its plan file (P2)."""

from django.db import migrations

LEVELS = [
    (1, "The organisation that provides the service", "PROVIDER", 3, 15),
    (2, "A commissioning officer", "OFFICER", 3, 15),
    (3, "The head of commissioning", "HEAD", 3, 15),
    (4, "The commissioner", "COMMISSIONER", 3, 20),
]


def write(apps, schema_editor):
    level = apps.get_model("plans", "ConcernLevel")
    if level.objects.exists():
        return
    for number, name, answered_by, acknowledge_days, answer_days in LEVELS:
        level.objects.create(
            number=number,
            name=name,
            answered_by=answered_by,
            acknowledge_days=acknowledge_days,
            answer_days=answer_days,
            source="Delivered with the portal",
        )


def take_back(apps, schema_editor):
    apps.get_model("plans", "ConcernLevel").objects.filter(source="Delivered with the portal").delete()


class Migration(migrations.Migration):
    dependencies = [("plans", "0012_standards_and_schools")]
    operations = [migrations.RunPython(write, reverse_code=take_back)]
