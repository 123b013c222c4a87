"""Corrections of what was submitted, and each verdict as a row of its own (X5, X6).

A submitted or reviewed return may be opened again, always with a reason; the reason goes into the
next version. The verdict on a version is kept for good, whatever becomes of the return.
"""

import importlib

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WAS = importlib.import_module("monitoring.migrations.0002_frozen_returns").RETURNS
FUNCTION = WAS[: WAS.index("CREATE TRIGGER")].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
FINISHED = "IF OLD.status IN ('REVIEWED', 'WAIVED') THEN"
REOPENED = "IF OLD.status = 'WAIVED' OR (OLD.status = 'REVIEWED' AND NEW.status <> 'OPEN') THEN"
MOVES = "'SUBMITTED>QUERIED', 'SUBMITTED>REVIEWED',"
MORE_MOVES = "'SUBMITTED>QUERIED', 'SUBMITTED>REVIEWED', 'SUBMITTED>OPEN', 'REVIEWED>OPEN',"
WORDS = "    IF OLD.status NOT IN ('OPEN', 'QUERIED') AND"
WITH_REASON = """    IF OLD.status IN ('SUBMITTED', 'REVIEWED') AND NEW.status = 'OPEN' AND NEW.correction_reason = '' THEN
        RAISE EXCEPTION 'monitoring return % is opened again only with a reason', OLD.reference
            USING ERRCODE = 'check_violation';
    END IF;
"""
CORRECTED = FUNCTION.replace(FINISHED, REOPENED).replace(MOVES, MORE_MOVES).replace(WORDS, WITH_REASON + WORDS)

REVIEWS = """
CREATE FUNCTION monitoring_guard_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a verdict never changes' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER monitoring_guard_review BEFORE UPDATE OR DELETE ON monitoring_returnreview
    FOR EACH ROW EXECUTE FUNCTION monitoring_guard_review();
"""
NO_REVIEWS = """
DROP TRIGGER monitoring_guard_review ON monitoring_returnreview;
DROP FUNCTION monitoring_guard_review();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0003_indicators_and_workbooks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("monitoringreturn", "correction_reason", models.TextField(blank=True, default="")),
        migrations.AlterField("monitoringreturn", "correction_reason", models.TextField(blank=True)),
        migrations.CreateModel(
            name="ReturnReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("SATISFACTORY", "Satisfactory"), ("UNSATISFACTORY", "Unsatisfactory")],
                        max_length=15,
                    ),
                ),
                ("reply", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="monitoring.returnversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reply", ""), _negated=True), name="return_review_replies"
                    )
                ],
            },
        ),
        migrations.RunSQL(sql=CORRECTED, reverse_sql=FUNCTION),
        migrations.RunSQL(sql=REVIEWS, reverse_sql=NO_REVIEWS),
    ]
