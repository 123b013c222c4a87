"""Money rules in the database for every stream: bids, lots, direct awards, years, receipts (C9, R2, V5, X2; ADR 0010).

A line of a bid fits the round's budget with its over-commitment and its lot's; the round is locked where an
allocation would be. A line without a project belongs to a direct award or to what follows an award. A return meets
only the instalments of its own period: the last one that ended by their day, or the first there is.
"""

import importlib

from django.db import migrations

FIRST = importlib.import_module("grants.migrations.0005_guarded_money")
KEPT = importlib.import_module("grants.migrations.0007_conditions_kept_and_part_repayments")


def again(sql):
    """The functions of an earlier migration, put back in place of newer ones."""
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


OLD_ADVISED = again(FIRST.DECIDED_LAWFULLY[FIRST.DECIDED_LAWFULLY.index("CREATE FUNCTION grants_advised") :])
ADVISED = """
CREATE OR REPLACE FUNCTION grants_advised(person bigint, subject bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM grants_evaluation WHERE project_id = subject AND by_id = person)
        OR EXISTS (SELECT FROM grants_assessment WHERE project_id = subject AND by_id = person)
        OR EXISTS (SELECT FROM grants_moderatedscore WHERE project_id = subject AND by_id = person)
        OR EXISTS (SELECT FROM grants_recommendation WHERE project_id = subject AND person IN (by_id, cfo_by_id))
$$;
"""
ADVISED_BEYOND_PROJECTS = """
CREATE FUNCTION grants_advised_decision(person bigint, decision bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM grants_directaward WHERE decision_id = decision
                   AND person IN (proposed_by_id, advised_by_id, cfo_by_id))
        OR EXISTS (SELECT FROM grants_continuation WHERE decision_id = decision
                   AND person IN (advised_by_id, cfo_by_id))
$$;
"""
NO_ADVISED_BEYOND_PROJECTS = "DROP FUNCTION grants_advised_decision(bigint, bigint);"

# What a bid draws on: the money of its round, and of its lot.
BID = """
CREATE FUNCTION grants_check_bid(wanted grants_awardline, award grants_award) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    rules plans_ruleset%ROWTYPE;
    lot plans_lot%ROWTYPE;
    budget numeric;
    taken numeric;
    taken_of_lot numeric;
BEGIN
    SELECT s.* INTO rules FROM plans_ruleset s JOIN grants_round r ON r.rule_set_id = s.id WHERE r.id = award.round_id;
    IF rules.money_set_by <> 'BIDS' OR wanted."window" <> 'MAIN' THEN
        RAISE EXCEPTION 'no allocation stands behind this line' USING ERRCODE = 'check_violation';
    END IF;
    SELECT r.budget INTO budget FROM grants_round r WHERE r.id = award.round_id;
    SELECT l.* INTO lot FROM plans_lot l JOIN grants_project p ON p.lot_id = l.id WHERE p.id = wanted.project_id;
    IF lot.id IS NULL AND EXISTS (SELECT FROM plans_lot WHERE rule_set_id = rules.id)
        OR lot.id IS NOT NULL AND lot.rule_set_id <> rules.id THEN
        RAISE EXCEPTION 'a bid is for one lot of its own round' USING ERRCODE = 'check_violation';
    END IF;
    SELECT coalesce(sum(l.amount), 0), coalesce(sum(l.amount) FILTER (WHERE p.lot_id = lot.id), 0)
        INTO taken, taken_of_lot
        FROM grants_awardline l JOIN grants_award a ON a.id = l.award_id JOIN grants_project p ON p.id = l.project_id
        WHERE a.round_id = award.round_id AND a.status NOT IN ('LAPSED', 'DECLINED');
    IF (taken + wanted.amount <= trunc(budget * (100 + rules.over_commitment_percent) / 100, 2)) IS NOT TRUE THEN
        RAISE EXCEPTION 'the budget of the round does not hold that much' USING ERRCODE = 'check_violation';
    END IF;
    IF taken_of_lot + wanted.amount > trunc(lot.budget * (100 + rules.over_commitment_percent) / 100, 2) THEN
        RAISE EXCEPTION 'the budget of the lot does not hold that much' USING ERRCODE = 'check_violation';
    END IF;
END $$;
"""
NO_BID = "DROP FUNCTION grants_check_bid(grants_awardline, grants_award);"

OLD_LINE = again(FIRST.LINE[: FIRST.LINE.index("CREATE TRIGGER")])
CHANGES_OF_LINE = [
    (
        "    SELECT * INTO award FROM grants_award WHERE id = NEW.award_id FOR UPDATE;\n",
        (
            "    PERFORM 1 FROM grants_round WHERE id = award.round_id AND award.allocation_id IS NULL FOR NO KEY UPDATE;\n"
            "    SELECT * INTO award FROM grants_award WHERE id = NEW.award_id FOR UPDATE;\n"
        ),
    ),
    (
        """    IF award.round_id IS NULL AND NEW.project_id IS NULL
        AND NOT EXISTS (SELECT FROM grants_project WHERE decision_id = decision.id) THEN
        RETURN NEW;
    END IF;
""",
        """    IF NEW.project_id IS NULL AND (
        EXISTS (SELECT FROM grants_directaward d WHERE d.decision_id = decision.id AND award.round_id IS NULL
                AND (d.recipient_id, d.stream_id, d.rule_set_id)
                    IS NOT DISTINCT FROM (award.recipient_id, award.stream_id, award.rule_set_id))
        OR EXISTS (SELECT FROM grants_continuation c WHERE c.award_id = award.id
                   AND c.status IN ('AWAITING_DECISION', 'DECIDED')
                   AND (c.decision_id IS NULL OR c.decision_id = decision.id)
                   AND NOT EXISTS (SELECT FROM grants_project WHERE decision_id = decision.id)
                   AND NOT EXISTS (SELECT FROM grants_directaward WHERE decision_id = decision.id))
    ) THEN
        RETURN NEW;
    END IF;
""",
    ),
    ("c.allocation_id = award.allocation_id", "c.allocation_id IS NOT DISTINCT FROM award.allocation_id"),
    (
        """    SELECT coalesce(sum(l.amount), 0), coalesce(sum(l.amount) FILTER (WHERE l."window" = NEW."window"), 0)
""",
        """    IF award.allocation_id IS NULL THEN
        PERFORM grants_check_bid(NEW, award);
        RETURN NEW;
    END IF;
    SELECT coalesce(sum(l.amount), 0), coalesce(sum(l.amount) FILTER (WHERE l."window" = NEW."window"), 0)
""",
    ),
    (
        "        WHERE a.allocation_id = pot.id AND a.status NOT IN ('LAPSED', 'DECLINED');",
        "        WHERE a.allocation_id = pot.id AND l.project_id IS NOT NULL AND a.status NOT IN ('LAPSED', 'DECLINED');",
    ),
]
LINE = OLD_LINE
for was, now in CHANGES_OF_LINE:
    if LINE.count(was) != 1:
        raise RuntimeError(f"0005_guarded_money no longer says once: {was}")
    LINE = LINE.replace(was, now)

# At the end of the transaction: whose a line without a project is, and which sources pay the award.
LINE_AT_THE_END = """
CREATE FUNCTION grants_check_line() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    decider bigint;
BEGIN
    IF NEW.project_id IS NULL THEN
        IF NOT EXISTS (SELECT FROM grants_directaward d WHERE d.decision_id = NEW.decision_id
                       AND d.award_id = NEW.award_id AND d.status = 'DECIDED')
            AND NOT EXISTS (SELECT FROM grants_continuation c WHERE c.decision_id = NEW.decision_id
                            AND c.award_id = NEW.award_id AND c.status = 'DECIDED' AND c.choice = 'GO_ON') THEN
            RAISE EXCEPTION 'this line belongs to no direct award and to nothing that follows one'
                USING ERRCODE = 'check_violation';
        END IF;
        SELECT made_by_id INTO decider FROM records_decision WHERE id = NEW.decision_id;
        IF grants_advised_decision(decider, NEW.decision_id) THEN
            RAISE EXCEPTION 'who advised does not decide' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF (SELECT coalesce(sum(amount), 0) FROM grants_awardsource WHERE award_id = NEW.award_id)
        <> (SELECT sum(amount) FROM grants_awardline WHERE award_id = NEW.award_id) THEN
        RAISE EXCEPTION 'the sources of an award add up to its lines' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_check_line AFTER INSERT ON grants_awardline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_check_line();
"""
NO_LINE_AT_THE_END = """
DROP TRIGGER grants_check_line ON grants_awardline;
DROP FUNCTION grants_check_line();
"""

PERIOD = """
CREATE FUNCTION grants_period_fits(part grants_instalment, kinds text[], ends date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT FROM records_obligation o
        WHERE o.kind = 'RETURN' AND o.subject_type = 'grants.Award' AND o.subject_id = part.award_id
          AND split_part(o.period, ':', 1) = ANY (kinds) AND o.closing NOT LIKE 'No longer owed%'
          AND ((o.period_ends_on <= part.due_on AND o.period_ends_on > ends)
               OR (ends > part.due_on AND o.period_ends_on < ends))
    )
$$;
"""
NO_PERIOD = "DROP FUNCTION grants_period_fits(grants_instalment, text[], date);"

OLD_CONDITION = KEPT.CONDITION.replace(KEPT.BY_RETURN, KEPT.BY_VERDICT)
BY_KIND = """((CASE part.condition WHEN 'MID_YEAR_SATISFACTORY' THEN r.kind = 'MID_YEAR'
                    ELSE r.kind IN ('YEAR_END', 'END_OF_AWARD') END)
"""
BY_KIND_AND_PERIOD = """((r.kind = ANY (kinds) AND grants_period_fits(part, kinds, r.ends_on))
"""
BEYOND = """
    ELSIF part.condition = 'DAY_REACHED' THEN
        RETURN part.condition_row_type = 'records.Event' AND EXISTS (
            SELECT FROM records_event
            WHERE id = part.condition_row_id AND subject_type = 'grants.Instalment' AND subject_id = part.id
              AND verb = 'day_reached' AND (at AT TIME ZONE 'Europe/London')::date >= part.due_on);
    ELSIF part.condition = 'MATCH_CONFIRMED' THEN
        RETURN part.condition_row_type = 'records.Event' AND EXISTS (
            SELECT FROM records_event
            WHERE id = part.condition_row_id AND subject_type = 'grants.Instalment' AND subject_id = part.id
              AND verb = 'match_confirmed' AND reason <> '' AND by_id IS NOT NULL);
    ELSIF part.condition = 'EVENT_HAPPENED' THEN
        RETURN part.condition_row_type = 'records.Event' AND EXISTS (
            SELECT FROM records_event
            WHERE id = part.condition_row_id AND subject_type = 'plans.MovableEvent' AND subject_id = part.event_id
              AND verb = 'event_happened' AND by_id IS NOT NULL);
    ELSIF part.condition = 'RECEIPTS_ACCEPTED' THEN
        RETURN part.condition_row_type = 'grants.Claim' AND EXISTS (
            SELECT FROM grants_claim
            WHERE id = part.condition_row_id AND instalment_id = part.id AND status = 'ACCEPTED'
              AND accepted_amount = part.amount);
    ELSIF part.condition = 'CONTINUATION_APPROVED' THEN
        RETURN part.condition_row_type = 'grants.Continuation' AND EXISTS (
            SELECT FROM grants_continuation c JOIN records_decision d ON d.id = c.decision_id
            JOIN grants_award a ON a.id = c.award_id
            WHERE c.id = part.condition_row_id AND c.award_id = part.award_id AND c.status = 'DECIDED'
              AND c.choice = 'GO_ON' AND part.covers_from BETWEEN c.starts_on AND c.ends_on
              AND grants_decided_lawfully(d, a.stream_id)
              AND NOT grants_advised_decision(d.made_by_id, d.id)
              AND NOT EXISTS (SELECT FROM grants_project WHERE decision_id = d.id)
              AND NOT EXISTS (SELECT FROM grants_directaward WHERE decision_id = d.id));
    END IF;
    RETURN false;"""
CHANGES_OF_CONDITION = [
    ("AS $$\nBEGIN", "AS $$\nDECLARE\n    kinds text[];\nBEGIN"),
    (
        "    ELSIF part.condition IN ('MID_YEAR_SATISFACTORY', 'YEAR_END_SATISFACTORY') THEN\n",
        (
            "    ELSIF part.condition IN ('MID_YEAR_SATISFACTORY', 'YEAR_END_SATISFACTORY', 'QUARTERLY_SATISFACTORY') THEN\n"
            "        kinds := CASE part.condition WHEN 'MID_YEAR_SATISFACTORY' THEN ARRAY['MID_YEAR']\n"
            "            WHEN 'QUARTERLY_SATISFACTORY' THEN ARRAY['QUARTERLY'] ELSE ARRAY['YEAR_END', 'END_OF_AWARD'] END;\n"
        ),
    ),
    (BY_KIND, BY_KIND_AND_PERIOD),
    ("\n    END IF;\n    RETURN false;", BEYOND),
]
CONDITION = OLD_CONDITION
for was, now in CHANGES_OF_CONDITION:
    if CONDITION.count(was) != 1:
        raise RuntimeError(f"0007_conditions_kept_and_part_repayments no longer says once: {was}")
    CONDITION = CONDITION.replace(was, now)

OLD_RELEASE = again(FIRST.RELEASE)
RELEASE = OLD_RELEASE.replace(
    "grants_advised(part.released_by_id, l.project_id)",
    "grants_advised(part.released_by_id, l.project_id)\n"
    "               OR grants_advised_decision(part.released_by_id, l.decision_id)",
).replace(
    "        RAISE EXCEPTION 'who advised or decided does not release' USING ERRCODE = 'check_violation';\n    END IF;\n",
    """        RAISE EXCEPTION 'who advised or decided does not release' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM grants_continuation c JOIN records_decision d ON d.id = c.decision_id
        WHERE part.condition = 'CONTINUATION_APPROVED' AND c.id = part.condition_row_id
          AND part.released_by_id IN (c.advised_by_id, c.cfo_by_id, d.made_by_id)
    ) OR EXISTS (
        SELECT FROM grants_claim c
        WHERE part.condition = 'RECEIPTS_ACCEPTED' AND c.id = part.condition_row_id
          AND part.released_by_id IN (c.answered_by_id, c.submitted_by_id)
    ) THEN
        RAISE EXCEPTION 'who advised or decided does not release' USING ERRCODE = 'check_violation';
    END IF;
""",
)

OLD_GUARD = KEPT.GUARD.replace(KEPT.SUM_STAYS, KEPT.SUM_STAYS_BUT_FOR_PARTS)
GUARD = OLD_GUARD.replace(
    "    IF (NEW.award_id, NEW.number, NEW.direction, NEW.condition)\n"
    "        IS DISTINCT FROM (OLD.award_id, OLD.number, OLD.direction, OLD.condition) THEN",
    "    IF (NEW.award_id, NEW.number, NEW.direction, NEW.condition, NEW.event_id, NEW.covers_from, NEW.covers_to)\n"
    "        IS DISTINCT FROM (OLD.award_id, OLD.number, OLD.direction, OLD.condition, OLD.event_id, OLD.covers_from,\n"
    "                          OLD.covers_to) THEN",
).replace(
    "AND NEW.amount < OLD.amount) AND (",
    "AND NEW.amount < OLD.amount)\n"
    "        AND NOT (OLD.direction = 'OUT' AND OLD.condition = 'RECEIPTS_ACCEPTED' AND OLD.status = 'SCHEDULED'\n"
    "                 AND NEW.status = 'SCHEDULED' AND OLD.condition_met_at IS NULL AND NEW.amount < OLD.amount) AND (",
)

# A part accepted of what was claimed: its line shrinks, and the rest stands as an instalment of its own.
SPLIT = """
DROP TRIGGER grants_never_changes ON grants_instalmentline;
CREATE FUNCTION grants_guard_part_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.id, NEW.instalment_id, NEW.award_line_id)
            IS NOT DISTINCT FROM (OLD.id, OLD.instalment_id, OLD.award_line_id)
        AND NEW.amount < OLD.amount AND EXISTS (
            SELECT FROM grants_instalment WHERE id = OLD.instalment_id AND direction = 'OUT' AND status = 'SCHEDULED'
              AND condition = 'RECEIPTS_ACCEPTED' AND condition_met_at IS NULL) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a row of % never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER grants_never_changes BEFORE UPDATE OR DELETE ON grants_instalmentline
    FOR EACH ROW EXECUTE FUNCTION grants_guard_part_change();

CREATE FUNCTION grants_check_split() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (
        SELECT coalesce(sum(p.amount), 0) FROM grants_instalmentline p
        JOIN grants_instalment i ON i.id = p.instalment_id AND i.condition = 'RECEIPTS_ACCEPTED'
        WHERE p.award_line_id = NEW.award_line_id AND p.id > NEW.id
          AND i.number > (SELECT number FROM grants_instalment WHERE id = NEW.instalment_id)
    ) < OLD.amount - NEW.amount THEN
        RAISE EXCEPTION 'the rest of what was claimed stays on the schedule' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_check_split AFTER UPDATE OF amount ON grants_instalmentline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_check_split();
CREATE CONSTRAINT TRIGGER grants_check_parts_changed AFTER UPDATE OF amount ON grants_instalmentline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_check_parts();
"""
NO_SPLIT = """
DROP TRIGGER grants_check_parts_changed ON grants_instalmentline;
DROP TRIGGER grants_check_split ON grants_instalmentline;
DROP FUNCTION grants_check_split();
DROP TRIGGER grants_never_changes ON grants_instalmentline;
DROP FUNCTION grants_guard_part_change();
CREATE TRIGGER grants_never_changes BEFORE UPDATE OR DELETE ON grants_instalmentline
    FOR EACH ROW EXECUTE FUNCTION grants_never_changes();
"""

DIRECT = """
CREATE FUNCTION grants_guard_direct_award() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    decision records_decision%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a proposal of a direct award is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'DRAFT' OR NEW.decision_id IS NOT NULL OR NEW.award_id IS NOT NULL THEN
            RAISE EXCEPTION 'a direct award starts as a proposal' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status IN ('DECIDED', 'WITHDRAWN')
        AND (to_jsonb(NEW) - 'award_id' IS DISTINCT FROM to_jsonb(OLD) - 'award_id'
             OR (OLD.award_id IS NOT NULL AND NEW.award_id IS DISTINCT FROM OLD.award_id)) THEN
        RAISE EXCEPTION 'a decided proposal never changes' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.award_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM grants_award a WHERE a.id = NEW.award_id AND a.round_id IS NULL AND NEW.status = 'DECIDED'
          AND (a.recipient_id, a.stream_id, a.rule_set_id)
              IS NOT DISTINCT FROM (NEW.recipient_id, NEW.stream_id, NEW.rule_set_id)) THEN
        RAISE EXCEPTION 'the award is of another proposal' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status <> 'DRAFT' AND (NEW.stream_id, NEW.rule_set_id, NEW.recipient_id, NEW.title, NEW.purpose, NEW.reason,
            NEW.starts_on, NEW.ends_on, NEW.proposed_by_id)
        IS DISTINCT FROM (OLD.stream_id, OLD.rule_set_id, OLD.recipient_id, OLD.title, OLD.purpose, OLD.reason,
            OLD.starts_on, OLD.ends_on, OLD.proposed_by_id) THEN
        RAISE EXCEPTION 'what was sent for decision stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = OLD.status THEN
        IF NEW.decision_id IS DISTINCT FROM OLD.decision_id THEN
            RAISE EXCEPTION 'a direct award is decided by a change of its status' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.status || '>' || NEW.status) NOT IN (
        'DRAFT>AWAITING_DECISION', 'DRAFT>WITHDRAWN', 'AWAITING_DECISION>DECIDED', 'AWAITING_DECISION>DRAFT',
        'AWAITING_DECISION>WITHDRAWN'
    ) THEN
        RAISE EXCEPTION 'a direct award cannot go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = 'DECIDED' THEN
        SELECT * INTO decision FROM records_decision WHERE id = NEW.decision_id;
        IF decision.is_recorded OR decision.made_by_id IN (NEW.proposed_by_id, NEW.advised_by_id, NEW.cfo_by_id) THEN
            RAISE EXCEPTION 'who advised does not decide' USING ERRCODE = 'check_violation';
        END IF;
        IF decision.outcome NOT IN ('DECLINED', 'APPROVED', 'APPROVED_LOWER', 'APPROVED_CONDITIONS')
            OR EXISTS (SELECT FROM grants_project WHERE decision_id = decision.id)
            OR (decision.outcome <> 'DECLINED' AND (grants_decided_lawfully(decision, NEW.stream_id) IS NOT TRUE
                OR decision.amount > (SELECT sum(amount) FROM grants_directawardsource
                                      WHERE direct_award_id = NEW.id))) THEN
            RAISE EXCEPTION 'no lawful decision stands behind this direct award' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.decision_id IS NOT NULL THEN
        RAISE EXCEPTION 'a direct award is decided by a change of its status' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_direct_award BEFORE INSERT OR UPDATE OR DELETE ON grants_directaward
    FOR EACH ROW EXECUTE FUNCTION grants_guard_direct_award();

CREATE FUNCTION grants_guard_direct_source() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    proposal grants_directaward%ROWTYPE;
BEGIN
    SELECT * INTO proposal FROM grants_directaward
        WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.direct_award_id ELSE OLD.direct_award_id END FOR UPDATE;
    IF proposal.status <> 'DRAFT' THEN
        RAISE EXCEPTION 'what was sent for decision stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.direct_award_id <> proposal.id THEN
        RAISE EXCEPTION 'money stays with its proposal' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM plans_fundingsource f JOIN plans_stream s ON s.id = proposal.stream_id
               WHERE f.id = NEW.funding_source_id AND f.purpose NOT IN ('ANY', s.purpose)) THEN
        RAISE EXCEPTION 'the purpose of this source forbids this award' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_direct_source BEFORE INSERT OR UPDATE OR DELETE ON grants_directawardsource
    FOR EACH ROW EXECUTE FUNCTION grants_guard_direct_source();
"""
NO_DIRECT = """
DROP TRIGGER grants_guard_direct_source ON grants_directawardsource;
DROP FUNCTION grants_guard_direct_source();
DROP TRIGGER grants_guard_direct_award ON grants_directaward;
DROP FUNCTION grants_guard_direct_award();
"""

CLAIM = """
CREATE FUNCTION grants_guard_claim() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    part grants_instalment%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a claim is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT * INTO part FROM grants_instalment WHERE id = NEW.instalment_id;
        IF NEW.status <> 'SUBMITTED' OR part.award_id IS DISTINCT FROM NEW.award_id
            OR part.condition <> 'RECEIPTS_ACCEPTED' OR part.direction <> 'OUT' OR part.status <> 'SCHEDULED'
            OR part.condition_met_at IS NOT NULL OR NEW.amount > part.amount THEN
            RAISE EXCEPTION 'a claim is for an instalment that waits for receipts' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status <> 'SUBMITTED' OR NEW.status NOT IN ('ACCEPTED', 'REFUSED')
        OR (NEW.reference, NEW.award_id, NEW.instalment_id, NEW.amount, NEW.covers_from, NEW.covers_to, NEW.description,
            NEW.submitted_at, NEW.submitted_by_id)
        IS DISTINCT FROM (OLD.reference, OLD.award_id, OLD.instalment_id, OLD.amount, OLD.covers_from, OLD.covers_to,
            OLD.description, OLD.submitted_at, OLD.submitted_by_id) THEN
        RAISE EXCEPTION 'a claim is answered once and stays as it was sent' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.answered_by_id IS NULL OR NEW.answered_by_id = NEW.submitted_by_id THEN
        RAISE EXCEPTION 'who claims does not accept' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_claim BEFORE INSERT OR UPDATE OR DELETE ON grants_claim
    FOR EACH ROW EXECUTE FUNCTION grants_guard_claim();
"""
NO_CLAIM = """
DROP TRIGGER grants_guard_claim ON grants_claim;
DROP FUNCTION grants_guard_claim();
"""

CONTINUATION = """
CREATE FUNCTION grants_guard_continuation() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a decision on time to come is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status = 'DECIDED'
        AND (to_jsonb(NEW) - 'line_id' IS DISTINCT FROM to_jsonb(OLD) - 'line_id'
             OR (OLD.line_id IS NOT NULL AND NEW.line_id IS DISTINCT FROM OLD.line_id)) THEN
        RAISE EXCEPTION 'what was decided about time to come never changes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_continuation BEFORE UPDATE OR DELETE ON grants_continuation
    FOR EACH ROW EXECUTE FUNCTION grants_guard_continuation();
"""
NO_CONTINUATION = """
DROP TRIGGER grants_guard_continuation ON grants_continuation;
DROP FUNCTION grants_guard_continuation();
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0011_instalments_know_their_time"), ("plans", "0008_rules_as_rows")]

    operations = [
        migrations.RunSQL(ADVISED, OLD_ADVISED),
        migrations.RunSQL(ADVISED_BEYOND_PROJECTS, NO_ADVISED_BEYOND_PROJECTS),
        migrations.RunSQL(BID, NO_BID),
        migrations.RunSQL(LINE, OLD_LINE),
        migrations.RunSQL(LINE_AT_THE_END, NO_LINE_AT_THE_END),
        migrations.RunSQL(PERIOD, NO_PERIOD),
        migrations.RunSQL(CONDITION, OLD_CONDITION),
        migrations.RunSQL(RELEASE, OLD_RELEASE),
        migrations.RunSQL(GUARD, OLD_GUARD),
        migrations.RunSQL(SPLIT, NO_SPLIT),
        migrations.RunSQL(DIRECT, NO_DIRECT),
        migrations.RunSQL(CLAIM, NO_CLAIM),
        migrations.RunSQL(CONTINUATION, NO_CONTINUATION),
    ]
