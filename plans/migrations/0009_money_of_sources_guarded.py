"""Money of sources in the database: movements and costs never change, purposes and carry-over are kept (X2, V8)."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION plans_money_never_changes() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a row of % never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER plans_money_never_changes BEFORE UPDATE OR DELETE ON plans_sourcemovement
    FOR EACH ROW EXECUTE FUNCTION plans_money_never_changes();
CREATE TRIGGER plans_money_never_changes BEFORE UPDATE OR DELETE ON plans_commitmentcost
    FOR EACH ROW EXECUTE FUNCTION plans_money_never_changes();
"""
NO_FROZEN = """
DROP TRIGGER plans_money_never_changes ON plans_commitmentcost;
DROP TRIGGER plans_money_never_changes ON plans_sourcemovement;
DROP FUNCTION plans_money_never_changes();
"""

MOVEMENT = """
CREATE FUNCTION plans_guard_movement() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    source plans_fundingsource%ROWTYPE;
    moved numeric;
BEGIN
    SELECT * INTO source FROM plans_fundingsource WHERE id = NEW.funding_source_id FOR UPDATE;
    IF NEW.kind = 'CARRIED_OUT' AND NOT source.carry_over_allowed THEN
        RAISE EXCEPTION 'the money of % is not carried over', source.key USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind IN ('CARRIED_OUT', 'CARRIED_IN') AND NEW.other_id IS NULL THEN
        RAISE EXCEPTION 'a carry-over names the other source' USING ERRCODE = 'check_violation';
    END IF;
    SELECT coalesce(sum(CASE WHEN kind IN ('INCREASED', 'CARRIED_IN') THEN amount ELSE -amount END), 0) INTO moved
        FROM plans_sourcemovement WHERE funding_source_id = source.id;
    IF NEW.kind NOT IN ('INCREASED', 'CARRIED_IN') AND source.amount + moved < NEW.amount THEN
        RAISE EXCEPTION 'source % does not hold that much', source.key USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_guard_movement BEFORE INSERT ON plans_sourcemovement
    FOR EACH ROW EXECUTE FUNCTION plans_guard_movement();
"""
NO_MOVEMENT = """
DROP TRIGGER plans_guard_movement ON plans_sourcemovement;
DROP FUNCTION plans_guard_movement();
"""

COMMITMENT = """
CREATE FUNCTION plans_guard_commitment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM plans_fundingsource f JOIN plans_stream s ON s.id = NEW.stream_id
        WHERE f.id = NEW.funding_source_id AND f.purpose NOT IN ('ANY', s.purpose)
    ) THEN
        RAISE EXCEPTION 'the purpose of this source forbids this commitment' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_guard_commitment BEFORE INSERT OR UPDATE OF stream_id, funding_source_id ON plans_commitmentline
    FOR EACH ROW EXECUTE FUNCTION plans_guard_commitment();
"""
NO_COMMITMENT = """
DROP TRIGGER plans_guard_commitment ON plans_commitmentline;
DROP FUNCTION plans_guard_commitment();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0008_rules_as_rows")]
    operations = [
        migrations.RunSQL(FROZEN, NO_FROZEN),
        migrations.RunSQL(MOVEMENT, NO_MOVEMENT),
        migrations.RunSQL(COMMITMENT, NO_COMMITMENT),
    ]
