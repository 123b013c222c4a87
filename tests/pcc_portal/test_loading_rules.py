"""Rules changed by a plan file: told like rules changed on screen, and refused once money was offered under them."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from plans import actions, queries
from plans.models import RuleSet
from records.models import Event

pytestmark = pytest.mark.django_db
SMALL = Path(__file__).parent.parent / "data" / "plan_files" / "small.yaml"


@pytest.fixture
def plan_file(tmp_path):
    """The small plan, loaded once, in a copy that a test may change."""
    call_command("load_plan", SMALL, stdout=StringIO())
    copy = tmp_path / "small.yaml"
    copy.write_text(SMALL.read_text())
    return copy


def rewrite(path, before, after):
    assert path.read_text().count(before) == 1
    path.write_text(path.read_text().replace(before, after))


def test_load_plan_tells_changed_rules_so_that_any_day_can_be_told(plan_file):
    before = queries.parts_of(RuleSet.objects.get())
    moment = timezone.now()
    rewrite(plan_file, "due_days: 200", "due_days: 100")

    call_command("load_plan", plan_file, stdout=StringIO())

    rules = RuleSet.objects.get()
    event = Event.objects.filter(subject_type="plans.RuleSet", verb="changed").get()
    assert list(event.changes) == ["instalment_rules"]
    assert [row["due_days"] for row in queries.parts_of(rules)["instalment_rules"]] == [0, 100, 0]
    assert queries.parts_at(rules, moment) == before
    assert queries.parts_at(rules, moment + timedelta(days=1)) == queries.parts_of(rules)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("due_days: 200", "due_days: 100", "A round was opened under these rules, so they are fixed."),
        ('text: "Spend well"', 'text: "Spend very well"', "Money was offered under rules that use them on"),
    ],
)
def test_load_plan_leaves_frozen_rules_and_their_terms_alone(plan_file, before, after, sentence):
    actions.freeze_rules(rule_set=RuleSet.objects.get(), at=timezone.now())
    rewrite(plan_file, before, after)

    with pytest.raises(CommandError) as refused:
        call_command("load_plan", plan_file, stdout=StringIO())

    assert sentence in str(refused.value)
