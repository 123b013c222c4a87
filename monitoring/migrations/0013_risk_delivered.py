"""The points of risk delivered with the portal; officers change them on screen (P4)."""

from django.db import migrations

POINTS = {
    "VALUE": [(10_000, 1), (35_000, 2), (100_000, 4), (500_000, 6)],
    "LATE_RETURNS": [(1, 2), (3, 4)],
    "UNSATISFACTORY": [(1, 4), (2, 6)],
    "OPEN_COMPLAINTS": [(1, 3), (3, 5)],
    "NEW_ORGANISATION": [(1, 3)],
    "FIRST_YEAR": [(1, 2)],
    "AUDIT_NOT_MET": [(1, 3), (3, 6)],
    "OPEN_ACTIONS": [(1, 3)],
    "STANDARDS_MISSING": [(1, 2), (3, 4)],
    "NEVER_AUDITED": [(1, 1)],
}


def write(apps, schema_editor):
    rule = apps.get_model("monitoring", "RiskRule")
    if rule.objects.exists():
        return
    for factor, marks in POINTS.items():
        for at_least, points in marks:
            rule.objects.create(factor=factor, at_least=at_least, points=points)


def take_back(apps, schema_editor):
    apps.get_model("monitoring", "RiskRule").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0012_assurance_and_learning")]
    operations = [migrations.RunPython(write, reverse_code=take_back)]
