"""A frozen rule set never changes: neither it, nor its rows, nor the questions and terms it uses (X1).

A round was opened under it, so for ever it means what applicants read. A change is a new version.
Locks: a row takes its rule set FOR SHARE, so nobody freezes rules while one of their rows is being changed.
"""

from django.db import migrations

RULE_SETS = """
CREATE FUNCTION plans_guard_rule_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.frozen_at IS NOT NULL AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
        RAISE EXCEPTION 'the rules % are frozen', OLD.key USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_guard_rule_set BEFORE UPDATE OR DELETE ON plans_ruleset
    FOR EACH ROW EXECUTE FUNCTION plans_guard_rule_set();

CREATE FUNCTION plans_need_unfrozen(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    found record;
BEGIN
    SELECT key, frozen_at INTO found FROM plans_ruleset WHERE id = wanted FOR SHARE;
    IF found.frozen_at IS NOT NULL THEN
        RAISE EXCEPTION 'the rules % are frozen', found.key USING ERRCODE = 'check_violation';
    END IF;
END $$;
"""
NO_RULE_SETS = """
DROP FUNCTION plans_need_unfrozen(bigint);
DROP TRIGGER plans_guard_rule_set ON plans_ruleset;
DROP FUNCTION plans_guard_rule_set();
"""

# How each kind of row finds its rule sets; `row` is OLD or NEW.
OF_ITS_PARENT = "PERFORM plans_need_unfrozen({row}.rule_set_id);"
OF_ALL = "PERFORM plans_need_unfrozen(id) FROM plans_ruleset WHERE id IN ({ids});"
KINDS = {
    "rule_row": (
        OF_ITS_PARENT,
        "limit lot matchrule formula decisionstage instalmentrule reportingrule approvalrule askedquestions",
    ),
    "criterion": (
        "PERFORM plans_need_unfrozen((SELECT rule_set_id FROM plans_decisionstage WHERE id = {row}.stage_id));",
        "criterion",
    ),
    "score_guide": (
        """PERFORM plans_need_unfrozen((SELECT stage.rule_set_id FROM plans_criterion criterion
        JOIN plans_decisionstage stage ON stage.id = criterion.stage_id WHERE criterion.id = {row}.criterion_id));""",
        "scoreguide",
    ),
    "formula_weight": (
        "PERFORM plans_need_unfrozen((SELECT rule_set_id FROM plans_formula WHERE id = {row}.formula_id));",
        "formulaweight",
    ),
    "question": (
        OF_ALL.format(ids="SELECT rule_set_id FROM plans_askedquestions WHERE question_set_id = {row}.question_set_id"),
        "question",
    ),
    "question_set": (
        OF_ALL.format(ids="SELECT rule_set_id FROM plans_askedquestions WHERE question_set_id = {row}.id"),
        "questionset",
    ),
    "condition": (OF_ALL.format(ids="SELECT id FROM plans_ruleset WHERE terms_id = {row}.terms_id"), "termscondition"),
    "terms": (OF_ALL.format(ids="SELECT id FROM plans_ruleset WHERE terms_id = {row}.id"), "termsversion"),
}

GUARD = """
CREATE FUNCTION plans_guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        {old}
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    {new}
    RETURN NEW;
END $$;
"""
TRIGGER = """
CREATE TRIGGER plans_guard_rules BEFORE INSERT OR UPDATE OR DELETE ON plans_{table}
    FOR EACH ROW EXECUTE FUNCTION plans_guard_{name}();
"""


def guard(name):
    check, tables = KINDS[name]
    made = GUARD.format(name=name, old=check.format(row="OLD"), new=check.format(row="NEW"))
    return made + "".join(TRIGGER.format(name=name, table=table) for table in tables.split())


def no_guard(name):
    tables = KINDS[name][1].split()
    dropped = "".join(f"DROP TRIGGER plans_guard_rules ON plans_{table};\n" for table in tables)
    return f"{dropped}DROP FUNCTION plans_guard_{name}();"


class Migration(migrations.Migration):
    dependencies = [("plans", "0009_money_of_sources_guarded")]

    operations = [
        migrations.RunSQL(RULE_SETS, NO_RULE_SETS),
        *(migrations.RunSQL(guard(name), no_guard(name)) for name in KINDS),
    ]
