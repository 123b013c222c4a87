"""A figure reported for a KPI never changes and is never deleted; it is accepted once, superseded once (S4, X6)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION services_guard_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a reported figure is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.kpi_id, NEW.starts_on, NEW.ends_on, NEW.value, NEW.comment, NEW.report, NEW.version, NEW.reported_at)
        IS DISTINCT FROM
       (OLD.kpi_id, OLD.starts_on, OLD.ends_on, OLD.value, OLD.comment, OLD.report, OLD.version, OLD.reported_at) THEN
        RAISE EXCEPTION 'a reported figure never changes' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.accepted_at IS NOT NULL AND NEW.accepted_at IS DISTINCT FROM OLD.accepted_at THEN
        RAISE EXCEPTION 'a figure is accepted once' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.superseded_at IS NOT NULL AND NEW.superseded_at IS DISTINCT FROM OLD.superseded_at THEN
        RAISE EXCEPTION 'a figure is superseded once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER services_guard_result BEFORE UPDATE OR DELETE ON services_kpiresult
    FOR EACH ROW EXECUTE FUNCTION services_guard_result();
"""
NO_GUARD = """
DROP TRIGGER services_guard_result ON services_kpiresult;
DROP FUNCTION services_guard_result();
"""


class Migration(migrations.Migration):
    dependencies = [("services", "0009_variations_wait")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
