"""A reason for ad hoc returns, and the truth about returns kept by the database itself (C6, X6).

A return starts open, moves only as the table of moves says and is never deleted; what was reported
changes only while it is open or queried; what was submitted, and a verdict, never change.
"""

from django.db import migrations, models

RETURNS = """
CREATE FUNCTION monitoring_guard_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a monitoring return is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'OPEN' THEN
            RAISE EXCEPTION 'a monitoring return starts open' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status IN ('REVIEWED', 'WAIVED') THEN
        RAISE EXCEPTION 'monitoring return % is finished and never changes', OLD.reference
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status || '>' || NEW.status) NOT IN (
        'OPEN>CERTIFYING', 'OPEN>SUBMITTED', 'OPEN>WAIVED',
        'CERTIFYING>CERTIFIED', 'CERTIFYING>OPEN', 'CERTIFYING>QUERIED',
        'CERTIFIED>SUBMITTED', 'CERTIFIED>OPEN', 'CERTIFIED>QUERIED',
        'SUBMITTED>QUERIED', 'SUBMITTED>REVIEWED',
        'QUERIED>CERTIFYING', 'QUERIED>SUBMITTED'
    ) THEN
        RAISE EXCEPTION 'monitoring return % cannot go from % to %', OLD.reference, OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status NOT IN ('OPEN', 'QUERIED') AND
        (NEW.narrative, NEW.learning, NEW.risks, NEW.underspend_reason)
        IS DISTINCT FROM (OLD.narrative, OLD.learning, OLD.risks, OLD.underspend_reason) THEN
        RAISE EXCEPTION 'the words of monitoring return % are frozen', OLD.reference
            USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.reference, NEW.obligation_id, NEW.award_id, NEW.contract_id, NEW.kind, NEW.starts_on, NEW.ends_on)
        IS DISTINCT FROM
       (OLD.reference, OLD.obligation_id, OLD.award_id, OLD.contract_id, OLD.kind, OLD.starts_on, OLD.ends_on) THEN
        RAISE EXCEPTION 'monitoring return % keeps its award and period', OLD.reference
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_guard_return BEFORE INSERT OR UPDATE OR DELETE ON monitoring_monitoringreturn
    FOR EACH ROW EXECUTE FUNCTION monitoring_guard_return();
"""
NO_RETURNS = """
DROP TRIGGER monitoring_guard_return ON monitoring_monitoringreturn;
DROP FUNCTION monitoring_guard_return();
"""

FIGURES = """
CREATE FUNCTION monitoring_guard_figures() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    standing text;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT status INTO standing FROM monitoring_monitoringreturn WHERE id = OLD.monitoring_return_id FOR SHARE;
        IF standing NOT IN ('OPEN', 'QUERIED') THEN
            RAISE EXCEPTION 'the figures of a return that is % are frozen', lower(standing)
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        SELECT status INTO standing FROM monitoring_monitoringreturn WHERE id = NEW.monitoring_return_id FOR SHARE;
        IF standing NOT IN ('OPEN', 'QUERIED') THEN
            RAISE EXCEPTION 'the figures of a return that is % are frozen', lower(standing)
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;
"""
NO_FIGURES = "DROP FUNCTION monitoring_guard_figures();"

FIGURES_OF = """
CREATE TRIGGER monitoring_guard_figures BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION monitoring_guard_figures();
"""
NO_FIGURES_OF = "DROP TRIGGER monitoring_guard_figures ON {table};"
TABLES = [
    "monitoring_projectreport",
    "monitoring_spendline",
    "monitoring_outcomeresult",
    "monitoring_outputresult",
]

VERSIONS = """
CREATE FUNCTION monitoring_guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was submitted never changes' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER monitoring_guard_version BEFORE UPDATE OR DELETE ON monitoring_returnversion
    FOR EACH ROW EXECUTE FUNCTION monitoring_guard_version();
"""
NO_VERSIONS = """
DROP TRIGGER monitoring_guard_version ON monitoring_returnversion;
DROP FUNCTION monitoring_guard_version();
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_first_tables")]

    operations = [
        migrations.AddField("monitoringreturn", "asked_reason", models.TextField(blank=True, default="")),
        migrations.AlterField("monitoringreturn", "asked_reason", models.TextField(blank=True)),
        migrations.RunSQL(RETURNS, NO_RETURNS),
        migrations.RunSQL(FIGURES, NO_FIGURES),
        *[migrations.RunSQL(FIGURES_OF.format(table=t), NO_FIGURES_OF.format(table=t)) for t in TABLES],
        migrations.RunSQL(VERSIONS, NO_VERSIONS),
    ]
