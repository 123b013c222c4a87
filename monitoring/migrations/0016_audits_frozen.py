"""The truth about audits kept by the database itself (P4).

A sample that was drawn keeps its scores, and what was passed over can only be added to it. What a visit found of a
condition changes until the report is sent, a finding until it is final; a final report never changes, and of what it
asks for only the day, the status and the evidence do.
"""

from django.db import migrations

CANDIDATES = """
CREATE FUNCTION monitoring_guard_candidate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR
        (NEW.programme_id, NEW.award_id, NEW.contract_id, NEW.score, NEW.lines, NEW.place)
        IS DISTINCT FROM
        (OLD.programme_id, OLD.award_id, OLD.contract_id, OLD.score, OLD.lines, OLD.place) OR OLD.is_chosen THEN
        RAISE EXCEPTION 'a sample that was drawn stays as it was drawn' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_guard_candidate BEFORE UPDATE OR DELETE ON monitoring_auditcandidate
    FOR EACH ROW EXECUTE FUNCTION monitoring_guard_candidate();
"""
NO_CANDIDATES = """
DROP TRIGGER monitoring_guard_candidate ON monitoring_auditcandidate;
DROP FUNCTION monitoring_guard_candidate();
"""

VISITS = """
CREATE FUNCTION monitoring_guard_visit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an audit visit is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status || '>' || NEW.status) NOT IN (
        'PLANNED>UNDER_WAY', 'PLANNED>CANCELLED', 'UNDER_WAY>REPORTED', 'UNDER_WAY>CANCELLED', 'REPORTED>FINAL'
    ) THEN
        RAISE EXCEPTION 'audit visit % cannot go from % to %', OLD.reference, OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status IN ('REPORTED', 'FINAL') AND
        (NEW.award_id, NEW.contract_id, NEW.organisation_id, NEW.terms_id, NEW.visited_on, NEW.summary, NEW.grade)
        IS DISTINCT FROM
        (OLD.award_id, OLD.contract_id, OLD.organisation_id, OLD.terms_id, OLD.visited_on, OLD.summary, OLD.grade) THEN
        RAISE EXCEPTION 'the report of audit visit % was sent, so it stays', OLD.reference
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.replied_at IS NOT NULL AND
        (NEW.reply, NEW.replied_at, NEW.replied_by_id) IS DISTINCT FROM (OLD.reply, OLD.replied_at, OLD.replied_by_id)
    THEN
        RAISE EXCEPTION 'the reply to audit visit % never changes', OLD.reference USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_guard_visit BEFORE UPDATE OR DELETE ON monitoring_auditvisit
    FOR EACH ROW EXECUTE FUNCTION monitoring_guard_visit();
"""
NO_VISITS = """
DROP TRIGGER monitoring_guard_visit ON monitoring_auditvisit;
DROP FUNCTION monitoring_guard_visit();
"""

ROWS = """
CREATE FUNCTION monitoring_guard_audit_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    standing text;
BEGIN
    IF TG_TABLE_NAME = 'monitoring_auditaction' THEN
        SELECT v.status INTO standing FROM monitoring_auditvisit v JOIN monitoring_auditfinding f ON f.visit_id = v.id
            WHERE f.id = CASE TG_OP WHEN 'DELETE' THEN OLD.finding_id ELSE NEW.finding_id END;
        IF standing = 'FINAL' AND TG_OP = 'UPDATE' AND
            (NEW.finding_id, NEW.number, NEW.action, NEW.by_office)
            IS NOT DISTINCT FROM (OLD.finding_id, OLD.number, OLD.action, OLD.by_office) THEN
            RETURN NEW;
        END IF;
    ELSE
        SELECT status INTO standing FROM monitoring_auditvisit
            WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.visit_id ELSE NEW.visit_id END;
    END IF;
    IF standing IN ('FINAL', 'CANCELLED') OR (standing = 'REPORTED' AND TG_TABLE_NAME = 'monitoring_auditcheck') THEN
        RAISE EXCEPTION 'what an audit found is frozen once it is %', lower(standing)
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
NO_ROWS = "DROP FUNCTION monitoring_guard_audit_rows();"
ROWS_OF = """
CREATE TRIGGER monitoring_guard_audit_rows BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION monitoring_guard_audit_rows();
"""
NO_ROWS_OF = "DROP TRIGGER monitoring_guard_audit_rows ON {table};"
TABLES = ["monitoring_auditcheck", "monitoring_auditfinding", "monitoring_auditaction"]


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0015_story_contacts_answered")]
    operations = [
        migrations.RunSQL(CANDIDATES, NO_CANDIDATES),
        migrations.RunSQL(VISITS, NO_VISITS),
        migrations.RunSQL(ROWS, NO_ROWS),
        *[migrations.RunSQL(ROWS_OF.format(table=t), NO_ROWS_OF.format(table=t)) for t in TABLES],
    ]
