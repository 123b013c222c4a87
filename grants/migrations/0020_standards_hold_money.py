"""No money is released while a standard its award asks is missing, and terms change only by consent (P1, C4).

A standard holds where the payee has accepted evidence that counts on the day of the release, or a waiver lasts.
The terms of an award move only to a version its payee's signatory accepted last.
"""

import importlib

from django.db import migrations

YEARS = importlib.import_module("grants.migrations.0017_years_are_approved")
OLD_RELEASE = YEARS.BEFORE.replace(YEARS.FIRST_CHECK, YEARS.YEAR + YEARS.FIRST_CHECK)
DECLARED = "    award grants_award%ROWTYPE;\n"
STANDARDS = """    on_day := (part.released_at AT TIME ZONE 'Europe/London')::date;
    PERFORM 1 FROM plans_heldstandard WHERE organisation_id = award.payee_id AND status = 'ACCEPTED' FOR SHARE;
    PERFORM 1 FROM plans_standardwaiver WHERE organisation_id = award.payee_id AND ended_at IS NULL FOR SHARE;
    SELECT k.name INTO missing FROM grants_awardstandard s JOIN plans_standardkind k ON k.id = s.kind_id
    WHERE s.award_id = award.id
      AND (s.holds = 'EVERY' OR (s.holds = 'FIRST' AND NOT EXISTS (
          SELECT FROM grants_instalment WHERE award_id = award.id AND id <> part.id AND direction = 'OUT'
            AND status IN ('RELEASED', 'PAID'))))
      AND NOT EXISTS (
          SELECT FROM plans_heldstandard h WHERE h.organisation_id = award.payee_id AND h.kind_id = s.kind_id
            AND h.status = 'ACCEPTED' AND coalesce(h.starts_on <= on_day, true) AND coalesce(h.expires_on >= on_day, true))
      AND NOT EXISTS (
          SELECT FROM plans_standardwaiver w WHERE w.organisation_id = award.payee_id AND w.kind_id = s.kind_id
            AND (w.rule_set_id IS NULL OR w.rule_set_id = award.rule_set_id)
            AND on_day BETWEEN w.starts_on AND w.ends_on AND w.ended_at IS NULL)
    LIMIT 1;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'the payee of award % does not hold: %', award.reference, missing
            USING ERRCODE = 'check_violation';
    END IF;
"""
if OLD_RELEASE.count(DECLARED) != 1 or OLD_RELEASE.count(YEARS.FIRST_CHECK) != 1:
    raise RuntimeError("0017_years_are_approved no longer says once what is looked for")
RELEASE = OLD_RELEASE.replace(DECLARED, f"{DECLARED}    on_day date;\n    missing text;\n").replace(
    YEARS.FIRST_CHECK, STANDARDS + YEARS.FIRST_CHECK
)

AWARDS = importlib.import_module("grants.migrations.0004_guarded_decisions")
OLD_AWARD = AWARDS.AWARD[: AWARDS.AWARD.index("CREATE TRIGGER")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
KEPT_TERMS = "NEW.rule_set_id, NEW.terms_id,", "OLD.rule_set_id, OLD.terms_id,"
MOVED = "    IF NEW.status = OLD.status THEN\n        RETURN NEW;\n    END IF;\n"
CONSENT = """    IF NOT OLD.is_recorded AND NEW.terms_id IS DISTINCT FROM OLD.terms_id AND (
        OLD.status NOT IN ('LIVE', 'SUSPENDED') OR NOT EXISTS (
            SELECT FROM grants_termschange c WHERE c.award_id = NEW.id AND c.status = 'ACCEPTED'
              AND c.was_id = OLD.terms_id AND c.terms_id = NEW.terms_id
              AND c.number = (SELECT max(number) FROM grants_termschange WHERE award_id = NEW.id))
    ) THEN
        RAISE EXCEPTION 'award % keeps the terms its payee accepted', OLD.reference USING ERRCODE = 'check_violation';
    END IF;
"""
if any(OLD_AWARD.count(words) != 1 for words in (*KEPT_TERMS, MOVED)):
    raise RuntimeError("0004_guarded_decisions no longer says once what is looked for")
AWARD = (
    OLD_AWARD.replace(KEPT_TERMS[0], "NEW.rule_set_id,")
    .replace(KEPT_TERMS[1], "OLD.rule_set_id,")
    .replace(MOVED, CONSENT + MOVED)
)

CHANGE = """
CREATE FUNCTION grants_guard_terms_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    award grants_award%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a change of terms is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO award FROM grants_award WHERE id = NEW.award_id FOR UPDATE;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'PROPOSED' OR award.status NOT IN ('LIVE', 'SUSPENDED')
            OR NEW.was_id IS DISTINCT FROM award.terms_id THEN
            RAISE EXCEPTION 'a change of terms starts as put to a live award' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status <> 'PROPOSED' OR NEW.status NOT IN ('ACCEPTED', 'REFUSED', 'WITHDRAWN')
        OR (NEW.award_id, NEW.number, NEW.terms_id, NEW.was_id, NEW.reason, NEW.proposed_at, NEW.proposed_by_id)
        IS DISTINCT FROM
        (OLD.award_id, OLD.number, OLD.terms_id, OLD.was_id, OLD.reason, OLD.proposed_at, OLD.proposed_by_id) THEN
        RAISE EXCEPTION 'a change of terms is answered once and stays as it was put' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status IN ('ACCEPTED', 'REFUSED') AND NOT EXISTS (
        SELECT FROM accounts_membership m JOIN accounts_organisation o ON o.id = award.payee_id
        WHERE m.user_id = NEW.answered_by_id AND m.role = 'SIGNATORY'
          AND m.organisation_id IN (o.id, o.accountable_body_id)
          AND (m.ended_at IS NULL OR m.ended_at > NEW.answered_at)
    ) THEN
        RAISE EXCEPTION 'only an authorised signatory of the payee accepts terms' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_guard_terms_change BEFORE INSERT OR UPDATE OR DELETE ON grants_termschange
    FOR EACH ROW EXECUTE FUNCTION grants_guard_terms_change();
CREATE TRIGGER grants_never_changes BEFORE UPDATE OR DELETE ON grants_awardstandard
    FOR EACH ROW EXECUTE FUNCTION grants_never_changes();
"""
NO_CHANGE = """
DROP TRIGGER grants_never_changes ON grants_awardstandard;
DROP TRIGGER grants_guard_terms_change ON grants_termschange;
DROP FUNCTION grants_guard_terms_change();
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0019_retain_comment_signed"), ("plans", "0014_standards_are_guarded")]

    operations = [
        migrations.RunSQL(RELEASE, OLD_RELEASE),
        migrations.RunSQL(AWARD, OLD_AWARD),
        migrations.RunSQL(CHANGE, NO_CHANGE),
    ]
