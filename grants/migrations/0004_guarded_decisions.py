"""Money rules in the database, first part: decided projects, awards, award lines (C4, C5, X2, X3; ADR 0010).

Every function locks the parents it counts in the one order of the house: allocation, then award.
"""

from django.db import migrations

FROZEN = """
CREATE FUNCTION grants_never_changes() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a row of % never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
"""
NO_FROZEN = "DROP FUNCTION grants_never_changes();"
FROZEN_TABLE = """
CREATE TRIGGER grants_never_changes BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION grants_never_changes();
"""
NO_FROZEN_TABLE = "DROP TRIGGER grants_never_changes ON {table};"
FROZEN_TABLES = [
    "grants_allocationmovement",
    "grants_awardline",
    "grants_casesnapshot",
    "grants_instalmentline",
    "grants_termsacceptance",
    "grants_variation",
]

ALLOCATION = """
CREATE FUNCTION grants_guard_allocation() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.opened_amount IS NULL OR (SELECT is_recorded FROM grants_round WHERE id = OLD.round_id) THEN
        RETURN NEW;
    END IF;
    IF (NEW.opened_amount, NEW.round_id, NEW.organisation_id)
        IS DISTINCT FROM (OLD.opened_amount, OLD.round_id, OLD.organisation_id) THEN
        RAISE EXCEPTION 'an allocation stays as it was opened' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.amount > OLD.amount OR NEW.main_amount > OLD.main_amount OR NEW.tactical_amount > OLD.tactical_amount
        OR (OLD.amount IS NULL) <> (NEW.amount IS NULL)
        OR (OLD.main_amount IS NULL) <> (NEW.main_amount IS NULL)
        OR (OLD.tactical_amount IS NULL) <> (NEW.tactical_amount IS NULL) THEN
        RAISE EXCEPTION 'an opened allocation only shrinks; more needs a recorded exception'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_allocation BEFORE UPDATE ON grants_allocation
    FOR EACH ROW EXECUTE FUNCTION grants_guard_allocation();
"""
NO_ALLOCATION = """
DROP TRIGGER grants_guard_allocation ON grants_allocation;
DROP FUNCTION grants_guard_allocation();
"""

PROJECT = """
CREATE FUNCTION grants_guard_project() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    outcome text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.status <> 'PROPOSED' THEN
            RAISE EXCEPTION 'a project that was decided on is never deleted' USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'PROPOSED' OR NEW.decision_id IS NOT NULL THEN
            RAISE EXCEPTION 'a project starts proposed and undecided' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.case_id <> OLD.case_id THEN
        RAISE EXCEPTION 'a project stays in its business case' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status IN ('APPROVED', 'DECLINED', 'RETAINED')
        AND (NEW.status, NEW.decision_id) IS DISTINCT FROM (OLD.status, OLD.decision_id) THEN
        RAISE EXCEPTION 'a decided project never changes' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = OLD.status THEN
        IF NEW.decision_id IS DISTINCT FROM OLD.decision_id THEN
            RAISE EXCEPTION 'a project is decided by a change of its status' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status = 'DEFERRED' AND NEW.status = 'PROPOSED' THEN
        RETURN NEW;
    END IF;
    IF OLD.status <> 'PROPOSED' THEN
        RAISE EXCEPTION 'a project cannot go from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    IF (SELECT status FROM grants_businesscase WHERE id = NEW.case_id FOR UPDATE) <> 'AWAITING_DECISION' THEN
        RAISE EXCEPTION 'this business case does not wait for a decision' USING ERRCODE = 'check_violation';
    END IF;
    SELECT d.outcome INTO outcome FROM records_decision d WHERE d.id = NEW.decision_id;
    IF outcome IS NULL OR NEW.status <> (CASE WHEN outcome LIKE 'APPROVED%' THEN 'APPROVED' ELSE outcome END) THEN
        RAISE EXCEPTION 'no decision makes this project %', NEW.status USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM grants_project WHERE decision_id = NEW.decision_id AND id <> NEW.id) THEN
        RAISE EXCEPTION 'one decision decides one project' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_project BEFORE INSERT OR UPDATE OR DELETE ON grants_project
    FOR EACH ROW EXECUTE FUNCTION grants_guard_project();
"""
NO_PROJECT = """
DROP TRIGGER grants_guard_project ON grants_project;
DROP FUNCTION grants_guard_project();
"""

AWARD = """
CREATE FUNCTION grants_guard_award() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT NEW.is_recorded AND NEW.status <> 'MADE' THEN
            RAISE EXCEPTION 'an award starts as made' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF NOT OLD.is_recorded THEN
            RAISE EXCEPTION 'award % is never deleted', OLD.reference USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.is_recorded <> OLD.is_recorded THEN
        RAISE EXCEPTION 'a recorded award stays recorded' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT OLD.is_recorded
        AND (NEW.reference, NEW.stream_id, NEW.round_id, NEW.allocation_id, NEW.rule_set_id, NEW.terms_id,
             NEW.recipient_id, NEW.payee_id)
        IS DISTINCT FROM
            (OLD.reference, OLD.stream_id, OLD.round_id, OLD.allocation_id, OLD.rule_set_id, OLD.terms_id,
             OLD.recipient_id, OLD.payee_id) THEN
        RAISE EXCEPTION 'award % keeps its parties, money and terms', OLD.reference USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    IF (OLD.status || '>' || NEW.status) NOT IN (
        'MADE>OFFERED', 'OFFERED>LIVE', 'OFFERED>LAPSED', 'OFFERED>DECLINED',
        'LIVE>SUSPENDED', 'LIVE>CLOSED', 'LIVE>TERMINATED', 'SUSPENDED>LIVE'
    ) THEN
        RAISE EXCEPTION 'award % cannot go from % to %', OLD.reference, OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = 'LIVE' AND NOT EXISTS (SELECT FROM grants_termsacceptance WHERE award_id = NEW.id) THEN
        RAISE EXCEPTION 'award % is not accepted', OLD.reference USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_award BEFORE INSERT OR UPDATE OR DELETE ON grants_award
    FOR EACH ROW EXECUTE FUNCTION grants_guard_award();
"""
NO_AWARD = """
DROP TRIGGER grants_guard_award ON grants_award;
DROP FUNCTION grants_guard_award();
"""

ACCEPTANCE = """
CREATE FUNCTION grants_guard_acceptance() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    award grants_award%ROWTYPE;
BEGIN
    SELECT * INTO award FROM grants_award WHERE id = NEW.award_id FOR UPDATE;
    IF award.status <> 'OFFERED' THEN
        RAISE EXCEPTION 'award % is not on offer', award.reference USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.terms_id IS DISTINCT FROM award.terms_id OR NEW.on_behalf_of_id <> award.payee_id THEN
        RAISE EXCEPTION 'the payee accepts the terms of the award itself' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM accounts_membership m JOIN accounts_organisation o ON o.id = award.payee_id
        WHERE m.user_id = NEW.by_id AND m.role = 'SIGNATORY'
          AND m.organisation_id IN (o.id, o.accountable_body_id)
          AND (m.ended_at IS NULL OR m.ended_at > NEW.at)
    ) THEN
        RAISE EXCEPTION 'only an authorised signatory of the payee accepts terms' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_acceptance BEFORE INSERT ON grants_termsacceptance
    FOR EACH ROW EXECUTE FUNCTION grants_guard_acceptance();
"""
NO_ACCEPTANCE = """
DROP TRIGGER grants_guard_acceptance ON grants_termsacceptance;
DROP FUNCTION grants_guard_acceptance();
"""

SOURCE = """
CREATE FUNCTION grants_guard_source() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM grants_award a
        JOIN plans_stream s ON s.id = a.stream_id
        JOIN plans_fundingsource f ON f.id = NEW.funding_source_id
        WHERE a.id = NEW.award_id AND NOT a.is_recorded AND f.purpose NOT IN ('ANY', s.purpose)
    ) THEN
        RAISE EXCEPTION 'the purpose of this source forbids this award' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_source BEFORE INSERT OR UPDATE ON grants_awardsource
    FOR EACH ROW EXECUTE FUNCTION grants_guard_source();
"""
NO_SOURCE = """
DROP TRIGGER grants_guard_source ON grants_awardsource;
DROP FUNCTION grants_guard_source();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0003_recorded_rounds_without_days"),
        ("records", "0002_append_only"),
    ]

    operations = [
        migrations.RunSQL(FROZEN, NO_FROZEN),
        *[migrations.RunSQL(FROZEN_TABLE.format(table=t), NO_FROZEN_TABLE.format(table=t)) for t in FROZEN_TABLES],
        migrations.RunSQL(ALLOCATION, NO_ALLOCATION),
        migrations.RunSQL(PROJECT, NO_PROJECT),
        migrations.RunSQL(AWARD, NO_AWARD),
        migrations.RunSQL(ACCEPTANCE, NO_ACCEPTANCE),
        migrations.RunSQL(SOURCE, NO_SOURCE),
    ]
