"""The log is only ever added to; what was decided never changes (X3, X6).

Of a decision only the stamps "offered" and "published" are set later, each once. TRUNCATE of the
log is left to the owner of the table, who empties test databases with it.
"""

from django.db import migrations

EVENT = """
CREATE FUNCTION records_guard_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the log is only ever added to' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER records_guard_event BEFORE UPDATE OR DELETE ON records_event
    FOR EACH ROW EXECUTE FUNCTION records_guard_event();
CREATE TRIGGER records_guard_event_truncate BEFORE TRUNCATE ON records_event
    FOR EACH STATEMENT EXECUTE FUNCTION records_guard_event();
"""
NO_EVENT = """
DROP TRIGGER records_guard_event_truncate ON records_event;
DROP TRIGGER records_guard_event ON records_event;
DROP FUNCTION records_guard_event();
"""

DECISION = """
CREATE FUNCTION records_guard_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    stamps text[] := ARRAY['offered_at', 'offered_by_id', 'published_at', 'published_by_id'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'decision % is never deleted', OLD.reference USING ERRCODE = 'check_violation';
    END IF;
    IF (to_jsonb(NEW) - stamps) IS DISTINCT FROM (to_jsonb(OLD) - stamps) THEN
        RAISE EXCEPTION 'decision % is never changed', OLD.reference USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.offered_at IS NOT NULL
        AND (NEW.offered_at, NEW.offered_by_id) IS DISTINCT FROM (OLD.offered_at, OLD.offered_by_id) THEN
        RAISE EXCEPTION 'decision % was offered once', OLD.reference USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.published_at IS NOT NULL
        AND (NEW.published_at, NEW.published_by_id) IS DISTINCT FROM (OLD.published_at, OLD.published_by_id) THEN
        RAISE EXCEPTION 'decision % was published once', OLD.reference USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER records_guard_decision BEFORE UPDATE OR DELETE ON records_decision
    FOR EACH ROW EXECUTE FUNCTION records_guard_decision();
"""
NO_DECISION = """
DROP TRIGGER records_guard_decision ON records_decision;
DROP FUNCTION records_guard_decision();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0001_first_tables")]

    operations = [migrations.RunSQL(EVENT, NO_EVENT), migrations.RunSQL(DECISION, NO_DECISION)]
