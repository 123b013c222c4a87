"""A plan written out and loaded again gives the same rows: the real one, the small one, and made-up ones."""

import json
import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

import pcc_portal
from pcc_portal.loading import checking, exporting, knowing, reading, writing
from pcc_portal.loading.rows import read_row
from pcc_portal.loading.sections import SECTIONS
from plans.models import Plan
from tests.make import plan_files

pytestmark = pytest.mark.django_db
KENT = Path(pcc_portal.__file__).parent / "plan_files/kent-2020-21.yaml"
SMALL = Path(__file__).parents[1] / "data/plan_files/small.yaml"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EXAMPLES = 60 if os.environ.get("PCC_TORTURE") == "full" else 5


def load(text):
    """Check and write the text of a plan file; gives what the load did."""
    root = reading.read_text(text)
    plan_file, problems = checking.check_file(root, known=knowing.known_keys(), today=AT.date())
    assert [str(problem) for problem in problems] == []
    return writing.load_rows(plan_file, at=AT)


def all_rows():
    """Every row of every section as a plan file would say it; how often each stands there."""
    return {
        name: Counter(
            json.dumps(
                [getattr(row, section.key_column or "pk", "") if section.key_column else "", read_row(section, row)]
            )
            for row in section.model.objects.all()
        )
        for name, section in SECTIONS.items()
        if name != "people"
    }


def there_and_back(text):
    """(rows after the first load, the export, rows after loading the export alone)."""
    with transaction.atomic():
        load(text)
        before, out = all_rows(), exporting.plan_text(Plan.objects.get())
        assert load(out).wrote_nothing
        transaction.set_rollback(True)
    with transaction.atomic():
        load(out)
        after = all_rows()
        transaction.set_rollback(True)
    return before, out, after


@pytest.mark.parametrize("path", [KENT, SMALL], ids=["kent", "small"])
def test_plan_text_loads_to_the_same_rows(path):
    before, out, after = there_and_back(path.read_text())

    assert after == before
    assert out.startswith("# ")


def test_plan_text_leaves_out_people_and_writes_no_empty_field():
    load(SMALL.read_text())

    found = yaml.safe_load(exporting.plan_text(Plan.objects.get()))

    assert "people" not in found
    assert "money_set_by" not in json.dumps(found, default=str)
    assert set(found["streams"]["north-crime"]["source"]) <= set("s0123456789")


@given(plan=plan_files.plans())
@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.reuse, Phase.generate]
)
def test_plan_text_of_any_plan_loads_to_the_same_rows(plan):
    before, _, after = there_and_back(json.dumps(plan, ensure_ascii=False))

    assert after == before
