"""The KPI lines of a return change only while it is open or queried, as its other figures do (X6)."""

from django.db import migrations

GUARD = """
CREATE TRIGGER monitoring_guard_figures BEFORE INSERT OR UPDATE OR DELETE ON monitoring_kpiline
    FOR EACH ROW EXECUTE FUNCTION monitoring_guard_figures();
"""
NO_GUARD = "DROP TRIGGER monitoring_guard_figures ON monitoring_kpiline;"


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0008_kpis_in_returns")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
