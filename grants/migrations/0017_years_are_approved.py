"""Money of a later year is released only once that year was approved, where the rules ask for it (R2; ADR 0010).

Whatever the condition of the instalment: a satisfactory return alone does not carry an award into its next year.
"""

import importlib

from django.db import migrations

BEFORE = importlib.import_module("grants.migrations.0012_guards_of_every_stream").RELEASE
FIRST_CHECK = "    IF part.condition_met_at IS NULL OR"
YEAR = """    IF EXISTS (
        SELECT FROM plans_ruleset s WHERE s.id = award.rule_set_id AND s.continuation = 'YEARLY'
          AND part.covers_from >= award.starts_on + interval '1 year'
    ) AND NOT EXISTS (
        SELECT FROM grants_continuation c JOIN records_decision d ON d.id = c.decision_id
        WHERE c.award_id = award.id AND c.status = 'DECIDED' AND c.choice = 'GO_ON'
          AND part.covers_from BETWEEN c.starts_on AND c.ends_on AND grants_decided_lawfully(d, award.stream_id)
    ) THEN
        RAISE EXCEPTION 'the year this instalment pays for has not been approved' USING ERRCODE = 'check_violation';
    END IF;
"""
if BEFORE.count(FIRST_CHECK) != 1:
    raise RuntimeError("0012_guards_of_every_stream no longer says once what is looked for")


class Migration(migrations.Migration):
    dependencies = [("grants", "0016_recommended_sum")]

    operations = [migrations.RunSQL(BEFORE.replace(FIRST_CHECK, YEAR + FIRST_CHECK), reverse_sql=BEFORE)]
