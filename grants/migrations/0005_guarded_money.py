"""Money rules in the database, second part: award lines, instalments, release (C4, C5, X2, X3; ADR 0010).

The table of monitoring returns is named only inside a function body, which PostgreSQL binds late:
grants knows nothing of monitoring, and the migration needs nothing of it.
"""

from django.db import migrations

DECIDED_LAWFULLY = """
CREATE FUNCTION grants_decided_lawfully(decision records_decision, stream bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT decision.outcome IN ('APPROVED', 'APPROVED_LOWER', 'APPROVED_CONDITIONS')
        AND decision.amount IS NOT NULL AND NOT decision.is_recorded AND (
        EXISTS (
            SELECT FROM accounts_membership m JOIN accounts_organisation o ON o.id = m.organisation_id
            WHERE m.user_id = decision.made_by_id AND m.role = 'COMMISSIONER' AND o.kind = 'OFFICE'
              AND (m.ended_at IS NULL OR m.ended_at > decision.made_at)
        ) OR EXISTS (
            WITH RECURSIVE above(id, parent_id) AS (
                SELECT s.id, s.parent_id FROM plans_stream s WHERE s.id = stream
                UNION SELECT s.id, s.parent_id FROM plans_stream s JOIN above ON s.id = above.parent_id
            )
            SELECT FROM plans_delegation g
            JOIN accounts_membership m ON m.role = g.post AND m.user_id = decision.made_by_id
            JOIN accounts_organisation o ON o.id = m.organisation_id AND o.kind = 'OFFICE'
            WHERE g.reference = decision.delegation_reference
              AND g.starts_on <= (decision.made_at AT TIME ZONE 'Europe/London')::date
              AND (g.ends_on IS NULL OR g.ends_on >= (decision.made_at AT TIME ZONE 'Europe/London')::date)
              AND (g."limit" IS NULL OR g."limit" >= decision.amount)
              AND (g.stream_id IS NULL OR g.stream_id IN (SELECT id FROM above))
              AND (m.ended_at IS NULL OR m.ended_at > decision.made_at)
        ))
$$;
CREATE FUNCTION grants_advised(person bigint, subject bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM grants_evaluation WHERE project_id = subject AND by_id = person)
        OR EXISTS (SELECT FROM grants_recommendation WHERE project_id = subject AND person IN (by_id, cfo_by_id))
$$;
"""
NO_DECIDED_LAWFULLY = """
DROP FUNCTION grants_advised(bigint, bigint);
DROP FUNCTION grants_decided_lawfully(records_decision, bigint);
"""

LINE = """
CREATE FUNCTION grants_guard_line() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    award grants_award%ROWTYPE;
    pot grants_allocation%ROWTYPE;
    decision records_decision%ROWTYPE;
    share numeric;
    taken numeric;
    taken_here numeric;
    more numeric;
    more_here numeric;
BEGIN
    SELECT * INTO award FROM grants_award WHERE id = NEW.award_id;
    SELECT * INTO pot FROM grants_allocation WHERE id = award.allocation_id FOR UPDATE;
    SELECT * INTO award FROM grants_award WHERE id = NEW.award_id FOR UPDATE;
    IF award.status NOT IN ('MADE', 'OFFERED', 'LIVE') THEN
        RAISE EXCEPTION 'nothing is added to award %', award.reference USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO decision FROM records_decision WHERE id = NEW.decision_id;
    IF grants_decided_lawfully(decision, award.stream_id) IS NOT TRUE THEN
        RAISE EXCEPTION 'no lawful approval stands behind this line' USING ERRCODE = 'check_violation';
    END IF;
    SELECT coalesce(sum(amount), 0) INTO taken FROM grants_awardline WHERE decision_id = NEW.decision_id;
    IF taken + NEW.amount > decision.amount THEN
        RAISE EXCEPTION 'decision % approved no more than %', decision.reference, decision.amount
            USING ERRCODE = 'check_violation';
    END IF;
    IF award.round_id IS NULL AND NEW.project_id IS NULL
        AND NOT EXISTS (SELECT FROM grants_project WHERE decision_id = decision.id) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM grants_project p JOIN grants_businesscase c ON c.id = p.case_id
        WHERE p.id = NEW.project_id AND p.status = 'APPROVED' AND p.decision_id = decision.id
          AND c."window" = NEW."window" AND c.round_id = award.round_id
          AND c.organisation_id = award.recipient_id AND c.allocation_id = award.allocation_id
    ) THEN
        RAISE EXCEPTION 'a line is of an approved project of the same case, round and pot'
            USING ERRCODE = 'check_violation';
    END IF;
    IF grants_advised(decision.made_by_id, NEW.project_id) THEN
        RAISE EXCEPTION 'who advised does not decide' USING ERRCODE = 'check_violation';
    END IF;
    SELECT coalesce(sum(l.amount), 0), coalesce(sum(l.amount) FILTER (WHERE l."window" = NEW."window"), 0)
        INTO taken, taken_here
        FROM grants_awardline l JOIN grants_award a ON a.id = l.award_id
        WHERE a.allocation_id = pot.id AND a.status NOT IN ('LAPSED', 'DECLINED');
    SELECT coalesce(sum(amount), 0), coalesce(sum(amount) FILTER (WHERE "window" = NEW."window"), 0)
        INTO more, more_here
        FROM grants_allocationmovement WHERE allocation_id = pot.id AND kind = 'EXCEPTION';
    IF (taken + NEW.amount <= pot.amount + more) IS NOT TRUE THEN
        RAISE EXCEPTION 'the allocation does not hold that much' USING ERRCODE = 'check_violation';
    END IF;
    IF (taken_here + NEW.amount
        <= (CASE NEW."window" WHEN 'TACTICAL' THEN pot.tactical_amount ELSE pot.main_amount END) + more_here)
        IS NOT TRUE THEN
        RAISE EXCEPTION 'that part of the allocation does not hold that much' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW."window" = 'TACTICAL' THEN
        SELECT trunc(pot.opened_amount * s.tactical_numerator / s.tactical_denominator, 2) INTO share
            FROM grants_round r JOIN plans_ruleset s ON s.id = r.rule_set_id WHERE r.id = pot.round_id;
        IF (taken_here + NEW.amount <= share) IS NOT TRUE THEN
            RAISE EXCEPTION 'the tactical pot is above its share of the allocation as opened'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_line BEFORE INSERT ON grants_awardline
    FOR EACH ROW EXECUTE FUNCTION grants_guard_line();
"""
NO_LINE = """
DROP TRIGGER grants_guard_line ON grants_awardline;
DROP FUNCTION grants_guard_line();
"""

CONDITION = """
CREATE FUNCTION grants_condition_met(part grants_instalment) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF part.condition = 'TERMS_ACCEPTED' THEN
        RETURN part.condition_row_type = 'grants.TermsAcceptance' AND EXISTS (
            SELECT FROM grants_termsacceptance WHERE id = part.condition_row_id AND award_id = part.award_id);
    ELSIF part.condition IN ('MID_YEAR_SATISFACTORY', 'YEAR_END_SATISFACTORY') THEN
        RETURN part.condition_row_type = 'monitoring.MonitoringReturn' AND EXISTS (
            SELECT FROM monitoring_monitoringreturn
            WHERE id = part.condition_row_id AND award_id = part.award_id
              AND status = 'REVIEWED' AND verdict = 'SATISFACTORY'
              AND (CASE part.condition WHEN 'MID_YEAR_SATISFACTORY' THEN kind = 'MID_YEAR'
                   ELSE kind IN ('YEAR_END', 'END_OF_AWARD') END));
    ELSIF part.condition = 'OFFICER_CONFIRMED' THEN
        RETURN part.condition_row_type = 'records.Event' AND EXISTS (
            SELECT FROM records_event
            WHERE id = part.condition_row_id AND subject_type = 'grants.Instalment' AND subject_id = part.id
              AND verb = 'condition_confirmed' AND reason <> '' AND by_id IS NOT NULL);
    END IF;
    RETURN false;
END $$;
"""
NO_CONDITION = "DROP FUNCTION grants_condition_met(grants_instalment);"

RELEASE = """
CREATE FUNCTION grants_check_release(part grants_instalment) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    award grants_award%ROWTYPE;
BEGIN
    SELECT * INTO award FROM grants_award WHERE id = part.award_id FOR UPDATE;
    IF award.is_recorded OR award.status <> 'LIVE'
        OR NOT EXISTS (SELECT FROM grants_termsacceptance WHERE award_id = award.id) THEN
        RAISE EXCEPTION 'award % is not live and accepted', award.reference USING ERRCODE = 'check_violation';
    END IF;
    IF part.condition_met_at IS NULL OR grants_condition_met(part) IS NOT TRUE THEN
        RAISE EXCEPTION 'the condition of this instalment is not met by a row' USING ERRCODE = 'check_violation';
    END IF;
    IF part.amount IS DISTINCT FROM (SELECT sum(amount) FROM grants_instalmentline WHERE instalment_id = part.id) THEN
        RAISE EXCEPTION 'the parts of this instalment do not add up' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM grants_instalmentline i JOIN grants_awardline l ON l.id = i.award_line_id
        JOIN records_decision d ON d.id = l.decision_id
        WHERE i.instalment_id = part.id
          AND (l.award_id <> award.id OR grants_decided_lawfully(d, award.stream_id) IS NOT TRUE)
    ) THEN
        RAISE EXCEPTION 'a line of this instalment lacks an approving decision' USING ERRCODE = 'check_violation';
    END IF;
    IF part.amount + (SELECT coalesce(sum(amount), 0) FROM grants_instalment
                      WHERE award_id = award.id AND id <> part.id AND direction = 'OUT'
                        AND status IN ('RELEASED', 'PAID'))
        > (SELECT coalesce(sum(amount), 0) FROM grants_awardline WHERE award_id = award.id) THEN
        RAISE EXCEPTION 'award % does not hold that much', award.reference USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM grants_awardline l JOIN records_decision d ON d.id = l.decision_id
        WHERE l.award_id = award.id
          AND (d.made_by_id = part.released_by_id OR grants_advised(part.released_by_id, l.project_id))
    ) THEN
        RAISE EXCEPTION 'who advised or decided does not release' USING ERRCODE = 'check_violation';
    END IF;
END $$;
"""
NO_RELEASE = "DROP FUNCTION grants_check_release(grants_instalment);"

INSTALMENT = """
CREATE FUNCTION grants_guard_instalment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    award grants_award%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an instalment is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT * INTO award FROM grants_award WHERE id = NEW.award_id FOR UPDATE;
        IF award.is_recorded THEN
            RAISE EXCEPTION 'a recorded award never pays' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.status = 'PAID' OR (NEW.direction = 'OUT' AND (NEW.status <> 'SCHEDULED' OR NEW.released_at IS NOT NULL))
        THEN
            RAISE EXCEPTION 'an instalment starts on the schedule' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.condition_met_at IS NOT NULL AND grants_condition_met(NEW) IS NOT TRUE THEN
            RAISE EXCEPTION 'no such row meets the condition' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.direction = 'IN' AND NEW.amount
            + (SELECT coalesce(sum(amount), 0) FROM grants_instalment
               WHERE award_id = award.id AND direction = 'IN' AND status <> 'CANCELLED')
            > (SELECT coalesce(sum(amount), 0) FROM grants_instalment
               WHERE award_id = award.id AND direction = 'OUT' AND status = 'PAID') THEN
            RAISE EXCEPTION 'no more comes back than was paid' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.award_id, NEW.number, NEW.direction, NEW.condition)
        IS DISTINCT FROM (OLD.award_id, OLD.number, OLD.direction, OLD.condition) THEN
        RAISE EXCEPTION 'an instalment keeps its award and condition' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.amount <> OLD.amount AND (
        OLD.status <> 'SCHEDULED' OR NEW.status <> 'SCHEDULED'
        OR (SELECT status FROM grants_award WHERE id = OLD.award_id FOR UPDATE) <> 'MADE'
    ) THEN
        RAISE EXCEPTION 'the sum of an instalment stays as it was offered' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.condition_met_at, NEW.condition_row_type, NEW.condition_row_id)
        IS DISTINCT FROM (OLD.condition_met_at, OLD.condition_row_type, OLD.condition_row_id)
        AND (OLD.condition_met_at IS NOT NULL OR grants_condition_met(NEW) IS NOT TRUE) THEN
        RAISE EXCEPTION 'no such row meets the condition' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.released_at IS NOT NULL AND (NEW.released_at, NEW.released_by_id)
        IS DISTINCT FROM (OLD.released_at, OLD.released_by_id) THEN
        RAISE EXCEPTION 'a release is made once' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status = 'PAID' AND to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD) THEN
        RAISE EXCEPTION 'a payment is recorded once' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    IF (OLD.status || '>' || NEW.status) NOT IN (
        'SCHEDULED>RELEASED', 'SCHEDULED>WITHHELD', 'SCHEDULED>CANCELLED',
        'WITHHELD>SCHEDULED', 'WITHHELD>CANCELLED', 'RELEASED>PAID'
    ) THEN
        RAISE EXCEPTION 'an instalment cannot go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = 'RELEASED' AND NEW.direction = 'OUT' THEN
        PERFORM grants_check_release(NEW);
    END IF;
    IF NEW.status = 'PAID' AND NEW.paid_on IS NULL THEN
        RAISE EXCEPTION 'a payment has its day' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_instalment BEFORE INSERT OR UPDATE OR DELETE ON grants_instalment
    FOR EACH ROW EXECUTE FUNCTION grants_guard_instalment();
"""
NO_INSTALMENT = """
DROP TRIGGER grants_guard_instalment ON grants_instalment;
DROP FUNCTION grants_guard_instalment();
"""

PART = """
CREATE FUNCTION grants_guard_part() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    line grants_awardline%ROWTYPE;
    part grants_instalment%ROWTYPE;
BEGIN
    SELECT * INTO line FROM grants_awardline WHERE id = NEW.award_line_id;
    PERFORM 1 FROM grants_award WHERE id = line.award_id FOR UPDATE;
    SELECT * INTO part FROM grants_instalment WHERE id = NEW.instalment_id FOR UPDATE;
    IF part.award_id IS DISTINCT FROM line.award_id OR part.direction <> 'OUT' OR part.status <> 'SCHEDULED' THEN
        RAISE EXCEPTION 'only a scheduled instalment of the same award pays a line' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.amount + (SELECT coalesce(sum(p.amount), 0) FROM grants_instalmentline p
                     JOIN grants_instalment i ON i.id = p.instalment_id
                     WHERE p.award_line_id = line.id AND i.status <> 'CANCELLED') > line.amount THEN
        RAISE EXCEPTION 'a line is not paid twice' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_part BEFORE INSERT ON grants_instalmentline
    FOR EACH ROW EXECUTE FUNCTION grants_guard_part();

CREATE FUNCTION grants_check_parts() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    part grants_instalment%ROWTYPE;
    wanted bigint;
BEGIN
    IF TG_TABLE_NAME = 'grants_instalment' THEN wanted := NEW.id; ELSE wanted := NEW.instalment_id; END IF;
    SELECT * INTO part FROM grants_instalment WHERE id = wanted;
    IF part.direction = 'OUT' AND part.amount
        IS DISTINCT FROM (SELECT sum(amount) FROM grants_instalmentline WHERE instalment_id = part.id) THEN
        RAISE EXCEPTION 'the parts of an instalment add up to it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_check_parts AFTER INSERT OR UPDATE OF amount ON grants_instalment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_check_parts();
CREATE CONSTRAINT TRIGGER grants_check_parts AFTER INSERT ON grants_instalmentline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_check_parts();
"""
NO_PART = """
DROP TRIGGER grants_check_parts ON grants_instalmentline;
DROP TRIGGER grants_check_parts ON grants_instalment;
DROP FUNCTION grants_check_parts();
DROP TRIGGER grants_guard_part ON grants_instalmentline;
DROP FUNCTION grants_guard_part();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0004_guarded_decisions"),
        ("accounts", "0001_first_tables"),
        ("plans", "0001_first_tables"),
    ]

    operations = [
        migrations.RunSQL(DECIDED_LAWFULLY, NO_DECIDED_LAWFULLY),
        migrations.RunSQL(LINE, NO_LINE),
        migrations.RunSQL(CONDITION, NO_CONDITION),
        migrations.RunSQL(RELEASE, NO_RELEASE),
        migrations.RunSQL(INSTALMENT, NO_INSTALMENT),
        migrations.RunSQL(PART, NO_PART),
    ]
