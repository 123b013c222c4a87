"""Stages of a decision in the database: results never change, and what failed or skipped a stage is not funded (V3)."""

from django.db import migrations

RESULTS = """
CREATE TRIGGER grants_never_changes BEFORE UPDATE OR DELETE ON grants_stageresult
    FOR EACH ROW EXECUTE FUNCTION grants_never_changes();
"""
NO_RESULTS = "DROP TRIGGER grants_never_changes ON grants_stageresult;"

SETTLED = """
CREATE FUNCTION grants_guard_settled() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    judged record;
BEGIN
    IF TG_TABLE_NAME = 'grants_score' THEN
        SELECT a.project_id, a.stage_id INTO judged FROM grants_assessment a
            WHERE a.id = coalesce(NEW.assessment_id, OLD.assessment_id);
    ELSE
        SELECT coalesce(NEW.project_id, OLD.project_id) AS project_id, coalesce(NEW.stage_id, OLD.stage_id) AS stage_id
            INTO judged;
    END IF;
    IF EXISTS (SELECT FROM grants_stageresult r
               WHERE r.project_id = judged.project_id AND r.stage_id = judged.stage_id) THEN
        RAISE EXCEPTION 'the stage is settled, so its scores stay' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
"""
NO_SETTLED = "DROP FUNCTION grants_guard_settled();"
SETTLED_TABLE = """
CREATE TRIGGER grants_guard_settled BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION grants_guard_settled();
"""
NO_SETTLED_TABLE = "DROP TRIGGER grants_guard_settled ON {table};"
SETTLED_TABLES = ["grants_assessment", "grants_score", "grants_moderatedscore"]

# The stages that concern a project: those of its rule set whose sums hold what it asks for.
STAGES = """
CREATE FUNCTION grants_stages_of(subject bigint) RETURNS SETOF plans_decisionstage
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT s.* FROM plans_decisionstage s
    JOIN grants_round r ON r.rule_set_id = s.rule_set_id
    JOIN grants_businesscase c ON c.round_id = r.id
    JOIN grants_project p ON p.case_id = c.id
    CROSS JOIN LATERAL (SELECT coalesce(sum(b.amount), 0) AS asked FROM grants_budgetline b
                        WHERE b.project_id = p.id) wanted
    WHERE p.id = subject
      AND (s.from_amount IS NULL OR wanted.asked >= s.from_amount)
      AND (s.up_to_amount IS NULL OR wanted.asked <= s.up_to_amount)
$$;
CREATE FUNCTION grants_deciding_stage(subject bigint) RETURNS integer
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT max(number) FROM grants_stages_of(subject) WHERE kind IN ('OFFICER', 'COMMISSIONER')
$$;
"""
NO_STAGES = """
DROP FUNCTION grants_deciding_stage(bigint);
DROP FUNCTION grants_stages_of(bigint);
"""

REACHED = """
CREATE FUNCTION grants_guard_reached() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    deciding integer := grants_deciding_stage(NEW.id);
BEGIN
    IF EXISTS (
        SELECT FROM grants_stages_of(NEW.id) s
        LEFT JOIN grants_stageresult r ON r.stage_id = s.id AND r.project_id = NEW.id
        WHERE (deciding IS NULL OR s.number < deciding) AND (r.id IS NULL OR r.outcome = 'FAILED')
          AND (s.kind <> 'MODERATION' OR EXISTS (
              SELECT FROM grants_stages_of(NEW.id) e WHERE e.kind = 'SCORED' AND e.number < s.number))
    ) THEN
        RAISE EXCEPTION 'a project is approved only once it is through its stages' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_reached BEFORE UPDATE OF status ON grants_project
    FOR EACH ROW WHEN (NEW.status = 'APPROVED' AND OLD.status <> 'APPROVED')
    EXECUTE FUNCTION grants_guard_reached();
"""
NO_REACHED = """
DROP TRIGGER grants_guard_reached ON grants_project;
DROP FUNCTION grants_guard_reached();
"""

AGREED = """
CREATE FUNCTION grants_guard_agreed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.project_id IS NOT NULL AND EXISTS (
        SELECT FROM grants_stages_of(NEW.project_id) s
        LEFT JOIN grants_stageresult r ON r.stage_id = s.id AND r.project_id = NEW.project_id
        WHERE s.kind = 'SECOND_BODY' AND s.number > grants_deciding_stage(NEW.project_id)
          AND (r.id IS NULL OR r.outcome = 'FAILED')
    ) THEN
        RAISE EXCEPTION 'a second body has not agreed to this project' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_agreed BEFORE INSERT ON grants_awardline
    FOR EACH ROW EXECUTE FUNCTION grants_guard_agreed();
"""
NO_AGREED = """
DROP TRIGGER grants_guard_agreed ON grants_awardline;
DROP FUNCTION grants_guard_agreed();
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0014_sections_of_bids"), ("plans", "0008_rules_as_rows")]

    operations = [
        migrations.RunSQL(RESULTS, NO_RESULTS),
        migrations.RunSQL(SETTLED, NO_SETTLED),
        *[migrations.RunSQL(SETTLED_TABLE.format(table=t), NO_SETTLED_TABLE.format(table=t)) for t in SETTLED_TABLES],
        migrations.RunSQL(STAGES, NO_STAGES),
        migrations.RunSQL(REACHED, NO_REACHED),
        migrations.RunSQL(AGREED, NO_AGREED),
    ]
