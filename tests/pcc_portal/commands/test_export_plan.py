"""Writing a plan out as a file, from the shell and from the screen."""

from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from plans.models import Plan
from tests.make import accounts, plans

pytestmark = pytest.mark.django_db
SMALL = Path(__file__).parents[2] / "data/plan_files/small.yaml"


def export(*words):
    out = StringIO()
    call_command("export_plan", *words, stdout=out)
    return out.getvalue()


def test_export_plan_writes_what_load_plan_takes(tmp_path):
    call_command("load_plan", SMALL, verbosity=0)
    key, written = Plan.objects.get().key, tmp_path / "out.yaml"

    said = export(key, str(written))

    assert said == f"{Plan.objects.get().title} written to {written}.\n"
    assert written.read_text() == export(key)
    found = StringIO()
    call_command("load_plan", written, stdout=found)
    assert found.getvalue().endswith("out.yaml: nothing changed.\n")


def test_export_plan_says_which_plans_there_are(tmp_path):
    with pytest.raises(CommandError) as none:
        export("nowhere")
    call_command("load_plan", SMALL, verbosity=0)
    with pytest.raises(CommandError) as one:
        export("nowhere")
    with pytest.raises(CommandError) as nowhere:
        export(Plan.objects.get().key, str(tmp_path / "no" / "out.yaml"))

    assert str(none.value) == "There is no plan nowhere in the portal. There is: none yet."
    assert str(one.value) == f"There is no plan nowhere in the portal. There is: {Plan.objects.get().key}."
    assert "cannot be written: No such file or directory. Name another place." in str(nowhere.value)


def test_plan_export_is_a_file_for_officers(client):
    cast = accounts.cast()
    plan = plans.plan(cast)
    client.force_login(cast.officer)

    answer = client.get(f"/plan/export/{plan.plan.key}.yaml")

    assert answer["Content-Disposition"] == f'attachment; filename="{plan.plan.key}.yaml"'
    assert plan.plan.title in yaml.safe_load(answer.content)["plan"]["title"]
