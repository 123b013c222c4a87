"""The truth about complaints kept by the database itself (P2).

What a complainant said never changes but to be emptied when its time is over; a complaint moves only as the table says
and is never deleted. The clocks of a stage stay as they were set; what was answered, and that it went on unanswered,
stay for good.
"""

from django.db import migrations

CONCERNS = """
CREATE FUNCTION monitoring_guard_concern() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a complaint is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status || '>' || NEW.status) NOT IN (
        'NEW>OPEN', 'NEW>ELSEWHERE', 'NEW>WITHDRAWN', 'OPEN>ANSWERED', 'OPEN>ELSEWHERE', 'OPEN>WITHDRAWN',
        'ANSWERED>OPEN', 'ANSWERED>CLOSED', 'CLOSED>OPEN'
    ) THEN
        RAISE EXCEPTION 'complaint % cannot go from % to %', OLD.reference, OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.reference, NEW.route, NEW.received_at, NEW.entered_by_id)
        IS DISTINCT FROM (OLD.reference, OLD.route, OLD.received_at, OLD.entered_by_id)
        OR NEW.about NOT IN ('', OLD.about)
        OR NEW.what_happened NOT IN ('', OLD.what_happened) OR NEW.wanted NOT IN ('', OLD.wanted)
    THEN
        RAISE EXCEPTION 'what was said in complaint % never changes', OLD.reference USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_guard_concern BEFORE UPDATE OR DELETE ON monitoring_concern
    FOR EACH ROW EXECUTE FUNCTION monitoring_guard_concern();
"""
NO_CONCERNS = """
DROP TRIGGER monitoring_guard_concern ON monitoring_concern;
DROP FUNCTION monitoring_guard_concern();
"""

STAGES = """
CREATE FUNCTION monitoring_guard_concern_stage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a stage of a complaint is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.concern_id, NEW.number, NEW.level_id, NEW.moved_by, NEW.started_at, NEW.acknowledge_by, NEW.answer_by)
        IS DISTINCT FROM
        (OLD.concern_id, OLD.number, OLD.level_id, OLD.moved_by, OLD.started_at, OLD.acknowledge_by, OLD.answer_by) THEN
        RAISE EXCEPTION 'the clocks of a stage stay as they were set' USING ERRCODE = 'check_violation';
    END IF;
    IF (OLD.answered_at IS NOT NULL OR OLD.moved_on_at IS NOT NULL) AND
        (NEW.answered_at, NEW.answered_by_id, NEW.outcome, NEW.moved_on_at)
        IS DISTINCT FROM (OLD.answered_at, OLD.answered_by_id, OLD.outcome, OLD.moved_on_at)
        OR OLD.answered_at IS NOT NULL AND NEW.answer NOT IN ('', OLD.answer)
    THEN
        RAISE EXCEPTION 'the answer at a stage never changes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_guard_concern_stage BEFORE UPDATE OR DELETE ON monitoring_concernstage
    FOR EACH ROW EXECUTE FUNCTION monitoring_guard_concern_stage();
"""
NO_STAGES = """
DROP TRIGGER monitoring_guard_concern_stage ON monitoring_concernstage;
DROP FUNCTION monitoring_guard_concern_stage();
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0016_audits_frozen")]
    operations = [
        migrations.RunSQL(CONCERNS, reverse_sql=NO_CONCERNS),
        migrations.RunSQL(STAGES, reverse_sql=NO_STAGES),
    ]
