"""Conditions that outlive a correction, a later return in place of a failed one, repayments in parts (X2, X5).

The verdict that met a condition is a row of its own, so the condition stays met when the return is
reopened. A return of another kind meets it only with an officer's reason in the log. A repayment may
arrive in parts: what arrived is recorded, and the rest stands as a repayment asked for on the same day.
"""

import importlib

from django.db import migrations, models

OLD = importlib.import_module("grants.migrations.0005_guarded_money")
CONDITION = OLD.CONDITION.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
BY_RETURN = CONDITION[CONDITION.index("            SELECT FROM monitoring_monitoringreturn") :]
BY_RETURN = BY_RETURN[: BY_RETURN.index("    ELSIF part.condition = 'OFFICER_CONFIRMED'")]
BY_VERDICT = """            SELECT FROM monitoring_monitoringreturn r
            WHERE r.id = part.condition_row_id AND r.award_id = part.award_id
              AND ((r.status = 'REVIEWED' AND r.verdict = 'SATISFACTORY') OR (
                  SELECT w.verdict FROM monitoring_returnreview w
                  JOIN monitoring_returnversion v ON v.id = w.version_id
                  WHERE v.monitoring_return_id = r.id AND w.at <= part.condition_met_at
                  ORDER BY w.at DESC, w.id DESC LIMIT 1) = 'SATISFACTORY')
              AND ((CASE part.condition WHEN 'MID_YEAR_SATISFACTORY' THEN r.kind = 'MID_YEAR'
                    ELSE r.kind IN ('YEAR_END', 'END_OF_AWARD') END)
                   OR EXISTS (
                       SELECT FROM records_event
                       WHERE subject_type = 'grants.Instalment' AND subject_id = part.id
                         AND verb = 'condition_met_instead' AND reason <> '' AND by_id IS NOT NULL)));
"""
GUARD = OLD.INSTALMENT[: OLD.INSTALMENT.index("CREATE TRIGGER")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
SUM_STAYS = "    IF NEW.amount <> OLD.amount AND ("
SUM_STAYS_BUT_FOR_PARTS = (
    "    IF NEW.amount <> OLD.amount AND NOT ("
    "OLD.direction = 'IN' AND OLD.status = 'RELEASED' AND NEW.status = 'PAID' AND NEW.amount < OLD.amount) AND ("
)

REST = """
CREATE FUNCTION grants_check_rest() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.direction = 'IN' AND NEW.amount < OLD.amount AND (
        SELECT coalesce(sum(amount), 0) FROM grants_instalment
        WHERE award_id = NEW.award_id AND direction = 'IN' AND status <> 'CANCELLED'
          AND number > NEW.number AND released_at = NEW.released_at
    ) < OLD.amount - NEW.amount THEN
        RAISE EXCEPTION 'the rest of a repayment stays asked for' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_check_rest AFTER UPDATE OF amount ON grants_instalment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_check_rest();
"""
NO_REST = """
DROP TRIGGER grants_check_rest ON grants_instalment;
DROP FUNCTION grants_check_rest();
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0006_reported_spend")]

    operations = [
        migrations.AddField("recommendation", "spend_history", models.JSONField(blank=True, default=dict)),
        migrations.RunSQL(sql=CONDITION.replace(BY_RETURN, BY_VERDICT), reverse_sql=CONDITION),
        migrations.RunSQL(sql=GUARD.replace(SUM_STAYS, SUM_STAYS_BUT_FOR_PARTS), reverse_sql=GUARD),
        migrations.RunSQL(sql=REST, reverse_sql=NO_REST),
    ]
