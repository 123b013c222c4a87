"""Sealed rows take their numbers from a series of their own, so that no other number tells of them (P2)."""

from django.db import migrations

SERIES = "CREATE SEQUENCE records_sealed_number START 4611686018427387904"


class Migration(migrations.Migration):
    dependencies = [("records", "0015_ladders_of_assurance")]
    operations = [migrations.RunSQL(SERIES, "DROP SEQUENCE records_sealed_number")]
