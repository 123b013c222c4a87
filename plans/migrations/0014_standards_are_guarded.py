"""What rules ask for is frozen with them, terms that were issued stay as they are, and evidence has its truth (P1).

A row that asks for a standard is frozen like every row of a rule set. Terms are frozen by their own issue too, and
so are the streams of their conditions. Evidence of a standard starts as sent, is checked by another person than
the one who sent it, and what was accepted or refused stays as it was.
"""

from django.db import migrations

REQUIRED = """
CREATE TRIGGER plans_guard_rules BEFORE INSERT OR UPDATE OR DELETE ON plans_requiredstandard
    FOR EACH ROW EXECUTE FUNCTION plans_guard_rule_row();
"""
NO_REQUIRED = "DROP TRIGGER plans_guard_rules ON plans_requiredstandard;"

TERMS = """
CREATE FUNCTION plans_guard_issued_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.frozen_at IS NOT NULL AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
        RAISE EXCEPTION 'the terms % were issued', OLD.key USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_guard_issued BEFORE UPDATE OR DELETE ON plans_termsversion
    FOR EACH ROW EXECUTE FUNCTION plans_guard_issued_terms();

CREATE FUNCTION plans_need_unissued(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    found record;
BEGIN
    SELECT key, frozen_at INTO found FROM plans_termsversion WHERE id = wanted FOR SHARE;
    IF found.frozen_at IS NOT NULL THEN
        RAISE EXCEPTION 'the terms % were issued', found.key USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION plans_guard_issued_condition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM plans_need_unissued(OLD.terms_id);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM plans_need_unissued(NEW.terms_id);
    RETURN NEW;
END $$;
CREATE TRIGGER plans_guard_issued BEFORE INSERT OR UPDATE OR DELETE ON plans_termscondition
    FOR EACH ROW EXECUTE FUNCTION plans_guard_issued_condition();

CREATE FUNCTION plans_guard_condition_stream() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN wanted := OLD.termscondition_id; ELSE wanted := NEW.termscondition_id; END IF;
    SELECT terms_id INTO wanted FROM plans_termscondition WHERE id = wanted;
    PERFORM plans_need_unissued(wanted);
    PERFORM plans_need_unfrozen(id) FROM plans_ruleset WHERE terms_id = wanted;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_guard_rules BEFORE INSERT OR UPDATE OR DELETE ON plans_termscondition_streams
    FOR EACH ROW EXECUTE FUNCTION plans_guard_condition_stream();
"""
NO_TERMS = """
DROP TRIGGER plans_guard_rules ON plans_termscondition_streams;
DROP FUNCTION plans_guard_condition_stream();
DROP TRIGGER plans_guard_issued ON plans_termscondition;
DROP FUNCTION plans_guard_issued_condition();
DROP FUNCTION plans_need_unissued(bigint);
DROP TRIGGER plans_guard_issued ON plans_termsversion;
DROP FUNCTION plans_guard_issued_terms();
"""

EVIDENCE = """
CREATE FUNCTION plans_guard_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'evidence of a standard is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'SENT' OR NEW.checked_at IS NOT NULL THEN
            RAISE EXCEPTION 'evidence of a standard starts as sent' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.organisation_id, NEW.kind_id, NEW.starts_on, NEW.expires_on, NEW.sent_at, NEW.sent_by_id)
        IS DISTINCT FROM (OLD.organisation_id, OLD.kind_id, OLD.starts_on, OLD.expires_on, OLD.sent_at, OLD.sent_by_id)
    THEN
        RAISE EXCEPTION 'evidence of a standard stays as it was sent' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = OLD.status THEN
        IF (NEW.checked_at, NEW.checked_by_id) IS DISTINCT FROM (OLD.checked_at, OLD.checked_by_id) THEN
            RAISE EXCEPTION 'evidence of a standard is checked once' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.status || '>' || NEW.status) NOT IN (
        'SENT>ACCEPTED', 'SENT>REFUSED', 'SENT>WITHDRAWN', 'ACCEPTED>WITHDRAWN'
    ) THEN
        RAISE EXCEPTION 'evidence of a standard cannot go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status IN ('ACCEPTED', 'REFUSED') AND NEW.checked_by_id IS NOT DISTINCT FROM NEW.sent_by_id THEN
        RAISE EXCEPTION 'who sent evidence does not check it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_guard_evidence BEFORE INSERT OR UPDATE OR DELETE ON plans_heldstandard
    FOR EACH ROW EXECUTE FUNCTION plans_guard_evidence();
"""
NO_EVIDENCE = """
DROP TRIGGER plans_guard_evidence ON plans_heldstandard;
DROP FUNCTION plans_guard_evidence();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0013_stages_of_complaints")]

    operations = [
        migrations.RunSQL(REQUIRED, NO_REQUIRED),
        migrations.RunSQL(TERMS, NO_TERMS),
        migrations.RunSQL(EVIDENCE, NO_EVIDENCE),
    ]
