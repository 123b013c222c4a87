"""A version of a return template is frozen by the database itself once it is in use (X5, X6).

It starts as a draft and moves only as the table of moves says. Its sections, indicators, checks and guidance
change, come and go only while it is a draft, so a return for ever means what it asked when it was filled in.
"""

from django.db import migrations

VERSIONS = """
CREATE FUNCTION plans_guard_template_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'DRAFT' OR NEW.put_to_use_at IS NOT NULL THEN
            RAISE EXCEPTION 'a version of a return template starts as a draft' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.status <> 'DRAFT' THEN
            RAISE EXCEPTION 'version % of the return template is frozen', OLD.number
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF (NEW.template_id, NEW.number) IS DISTINCT FROM (OLD.template_id, OLD.number) THEN
        RAISE EXCEPTION 'version % of the return template keeps its template and number', OLD.number
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status || '>' || NEW.status) NOT IN ('DRAFT>IN_USE', 'IN_USE>REPLACED') THEN
        RAISE EXCEPTION 'version % of the return template cannot go from % to %', OLD.number, OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status <> 'DRAFT' AND
        (NEW.guidance, NEW.why, NEW.put_to_use_at) IS DISTINCT FROM (OLD.guidance, OLD.why, OLD.put_to_use_at) THEN
        RAISE EXCEPTION 'version % of the return template is frozen', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.status = 'DRAFT') <> (NEW.put_to_use_at IS NULL) THEN
        RAISE EXCEPTION 'version % of the return template says since when it is in use', OLD.number
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_guard_template_version BEFORE INSERT OR UPDATE OR DELETE ON plans_templateversion
    FOR EACH ROW EXECUTE FUNCTION plans_guard_template_version();
"""
NO_VERSIONS = """
DROP TRIGGER plans_guard_template_version ON plans_templateversion;
DROP FUNCTION plans_guard_template_version();
"""

# The version is locked, so that it cannot be put to use while one of its rows is being changed.
DRAFT = """
CREATE FUNCTION plans_need_draft(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    found record;
BEGIN
    SELECT status, number INTO found FROM plans_templateversion WHERE id = wanted FOR SHARE;
    IF found.status <> 'DRAFT' THEN
        RAISE EXCEPTION 'version % of the return template is frozen', found.number USING ERRCODE = 'check_violation';
    END IF;
END $$;
"""
NO_DRAFT = "DROP FUNCTION plans_need_draft(bigint);"

ROWS = """
CREATE FUNCTION plans_guard_template_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM plans_need_draft(OLD.version_id);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM plans_need_draft(NEW.version_id);
    RETURN NEW;
END $$;
CREATE TRIGGER plans_guard_template_row BEFORE INSERT OR UPDATE OR DELETE ON plans_templatesection
    FOR EACH ROW EXECUTE FUNCTION plans_guard_template_row();
CREATE TRIGGER plans_guard_template_row BEFORE INSERT OR UPDATE OR DELETE ON plans_templatecheck
    FOR EACH ROW EXECUTE FUNCTION plans_guard_template_row();
"""
NO_ROWS = """
DROP TRIGGER plans_guard_template_row ON plans_templatecheck;
DROP TRIGGER plans_guard_template_row ON plans_templatesection;
DROP FUNCTION plans_guard_template_row();
"""

INDICATORS = """
CREATE FUNCTION plans_guard_indicator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM plans_need_draft((SELECT version_id FROM plans_templatesection WHERE id = OLD.section_id));
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM plans_need_draft((SELECT version_id FROM plans_templatesection WHERE id = NEW.section_id));
    RETURN NEW;
END $$;
CREATE TRIGGER plans_guard_indicator BEFORE INSERT OR UPDATE OR DELETE ON plans_indicator
    FOR EACH ROW EXECUTE FUNCTION plans_guard_indicator();
"""
NO_INDICATORS = """
DROP TRIGGER plans_guard_indicator ON plans_indicator;
DROP FUNCTION plans_guard_indicator();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_return_templates_and_patterns")]

    operations = [
        migrations.RunSQL(VERSIONS, NO_VERSIONS),
        migrations.RunSQL(DRAFT, NO_DRAFT),
        migrations.RunSQL(ROWS, NO_ROWS),
        migrations.RunSQL(INDICATORS, NO_INDICATORS),
    ]
