"""Verdicts given before grants kept them, passed down with what the reviewed version says was reached (R2, V2)."""

from django.db import migrations

from monitoring.queries.reached import reached


def pass_down(apps, schema_editor):
    MonitoringReturn = apps.get_model("monitoring", "MonitoringReturn")
    ReviewedReturn = apps.get_model("grants", "ReviewedReturn")
    known = ReviewedReturn.objects.values("reference")
    rows = MonitoringReturn.objects.filter(award__isnull=False, status="REVIEWED").exclude(reference__in=known)
    for row in rows.iterator():
        version = row.versions.order_by("-number").first()
        ReviewedReturn.objects.create(
            award_id=row.award_id,
            obligation_id=row.obligation_id,
            reference=row.reference,
            kind=row.kind,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            verdict=row.verdict,
            results=reached(version.content) if version else [],
            reviewed_at=row.reviewed_at,
        )


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0010_agreed_targets"), ("grants", "0013_what_returns_told")]

    operations = [migrations.RunPython(pass_down, migrations.RunPython.noop)]
