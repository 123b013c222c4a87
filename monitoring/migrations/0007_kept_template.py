"""What was handed on was answered under one version of a template, and keeps that version for good (X5, X6)."""

from django.db import migrations

TEMPLATE = """
CREATE FUNCTION monitoring_guard_template() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'OPEN' AND NEW.template_version_id IS DISTINCT FROM OLD.template_version_id THEN
        RAISE EXCEPTION 'monitoring return % keeps its template', OLD.reference USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_guard_template BEFORE UPDATE ON monitoring_monitoringreturn
    FOR EACH ROW EXECUTE FUNCTION monitoring_guard_template();
"""
NO_TEMPLATE = """
DROP TRIGGER monitoring_guard_template ON monitoring_monitoringreturn;
DROP FUNCTION monitoring_guard_template();
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0006_verdicts_and_spend_as_rows")]

    operations = [migrations.RunSQL(TEMPLATE, NO_TEMPLATE)]
