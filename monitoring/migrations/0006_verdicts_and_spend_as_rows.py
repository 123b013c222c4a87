"""The verdict of each reviewed return as a row, and what each submitted return reported, passed down to grants."""

from decimal import Decimal

from django.db import migrations

WHOLE = {"YEAR_END", "END_OF_AWARD"}


def fill(apps, schema_editor):
    """One review for the newest version of each reviewed return, one row of spend for each submitted one."""
    Return = apps.get_model("monitoring", "MonitoringReturn")
    Review = apps.get_model("monitoring", "ReturnReview")
    Spend = apps.get_model("grants", "ReportedSpend")
    for row in Return.objects.filter(submitted_at__isnull=False).order_by("pk"):
        newest = row.versions.order_by("-number").first()
        if newest is None:
            continue
        if row.status == "REVIEWED" and not Review.objects.filter(version=newest).exists():
            Review.objects.create(
                version=newest, verdict=row.verdict, reply=row.reply, at=row.reviewed_at, by_id=row.reviewed_by_id
            )
        if row.award_id and not Spend.objects.filter(reference=row.reference).exists():
            Spend.objects.create(**told(row, newest))


def told(row, version):
    """What the newest version of a return says of the money of its award."""
    totals = version.content["totals"]
    spent = totals["spent"]
    return {
        "award_id": row.award_id,
        "reference": row.reference,
        "kind": row.kind,
        "covers_the_award": row.kind in WHOLE,
        "ends_on": row.ends_on,
        "released": Decimal(totals["released"]),
        "spent": None if spent is None else Decimal(spent),
        "reason": version.content["underspend_reason"],
        "reported_at": version.at,
    }


def empty(apps, schema_editor):
    """The way back: rows of spend are made anew from the returns; reviews go with their table."""
    references = apps.get_model("monitoring", "MonitoringReturn").objects.values("reference")
    apps.get_model("grants", "ReportedSpend").objects.filter(reference__in=references).delete()


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0005_corrections_and_reviews"), ("grants", "0006_reported_spend")]

    operations = [migrations.RunPython(fill, reverse_code=empty)]
