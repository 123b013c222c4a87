"""Nothing goes live with an empty check, and what it went live with never changes: the database holds it, too (R3)."""

from django.db import migrations, models

LIVE = """
CREATE FUNCTION services_guard_oversight() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.status <> 'LIVE' OR (TG_OP = 'UPDATE' AND OLD.status = 'LIVE') THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM services_oversightcheckkind WHERE retired_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nothing goes live while no check is asked' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM 1 FROM services_oversightcheckkind kind
        WHERE kind.retired_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM services_oversightcheck found
            WHERE found.activity_id = NEW.id AND found.kind_id = kind.id AND found.result = 'MET'
        );
    IF FOUND THEN
        RAISE EXCEPTION 'nothing goes live with a check empty or not met' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER services_guard_oversight BEFORE INSERT OR UPDATE OF status ON services_oversightactivity
    FOR EACH ROW EXECUTE FUNCTION services_guard_oversight();
"""
NO_LIVE = """
DROP TRIGGER services_guard_oversight ON services_oversightactivity;
DROP FUNCTION services_guard_oversight();
"""
CHECKED = """
CREATE FUNCTION services_guard_oversight_check() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    standing text;
BEGIN
    SELECT status INTO standing FROM services_oversightactivity WHERE id = OLD.activity_id FOR UPDATE;
    IF FOUND AND standing <> 'PROPOSED' THEN
        RAISE EXCEPTION 'a check stays as the activity went live with it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER services_guard_oversight_check BEFORE UPDATE OR DELETE ON services_oversightcheck
    FOR EACH ROW EXECUTE FUNCTION services_guard_oversight_check();
"""
NO_CHECKED = """
DROP TRIGGER services_guard_oversight_check ON services_oversightcheck;
DROP FUNCTION services_guard_oversight_check();
"""


class Migration(migrations.Migration):
    dependencies = [("services", "0004_contracts_in_full")]

    operations = [
        migrations.AddField("oversightcheck", "looked_at", models.JSONField(blank=True, default=list)),
        migrations.RunSQL(LIVE, NO_LIVE),
        migrations.RunSQL(CHECKED, NO_CHECKED),
    ]
