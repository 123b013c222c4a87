"""Stages of complaints as data: written on screen, loaded from a file (P2)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from pcc_portal.loading import checking, knowing, reading, writing
from plans.actions.concern_levels import save_level
from plans.models import ConcernLevel
from plans.rules import concern_levels as rules
from records.models import Event
from records.refusals import Refused
from tests.make import accounts
from tests.make import concerns as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SMALL = Path(__file__).parents[1] / "data/plan_files/small.yaml"
CLOCKS = {"answered_by": "HEAD", "acknowledge_days": 2, "answer_days": 9}


@pytest.fixture
def cast(db):
    return accounts.cast()


@pytest.fixture
def levels(db):
    make.delivered()
    return list(ConcernLevel.objects.order_by("number"))


def stages(**first):
    """A plan file with one stage of complaints; the complaints of the loader, and what the load did."""
    said = {"number": 1, "name": "The service", "answered_by": "PROVIDER", "acknowledge_days": 1, "answer_days": 8}
    content = {**yaml.safe_load(SMALL.read_text()), "complaint_stages": {"first": {**said, **first}}}
    root = reading.read_text(yaml.safe_dump(content, sort_keys=False))
    plan_file, problems = checking.check_file(root, known=knowing.known_keys(), today=AT.date())
    return [str(problem) for problem in problems], plan_file


def test_save_level_changes_a_stage_with_its_reason(cast, levels):
    save_level(level=levels[2], name="A panel", **CLOCKS, reason="Agreed in March", by=cast.head, at=AT)

    level = ConcernLevel.objects.get(number=3)
    assert (level.name, level.acknowledge_days, level.answer_days, level.source) == ("A panel", 2, 9, "")
    event = Event.objects.get(subject_type="plans.ConcernLevel", subject_id=level.pk)
    assert (event.reason, event.changes["answer_days"]) == ("Agreed in March", [15, 9])


def test_save_level_adds_one_after_the_last(cast, levels):
    assert save_level(name="A panel", **CLOCKS, reason="Agreed", by=cast.head, at=AT).number == 5


def test_save_level_is_for_officers(cast, levels):
    with pytest.raises(Refused):
        save_level(name="A panel", **CLOCKS, reason="Agreed", by=cast.finance, at=AT)


@pytest.mark.parametrize(
    ("acknowledge", "answer", "sentence"),
    [
        (3, 15, ""),
        (3, 3, ""),
        (4, 3, "The answer cannot be due before the acknowledgement."),
        (0, 3, "Give a number of working days from 1 to 120."),
        (1, 121, "Give a number of working days from 1 to 120."),
    ],
)
def test_why_not_these_clocks_wants_the_acknowledgement_first(acknowledge, answer, sentence):
    assert rules.why_not_these_clocks(acknowledge, answer) == sentence


def test_a_plan_file_replaces_a_stage_nobody_has_touched(levels):
    problems, plan_file = stages()
    writing.load_rows(plan_file, at=AT)

    assert problems == []
    assert ConcernLevel.objects.values_list("name", "answer_days").get(number=1) == ("The service", 8)


def test_a_plan_file_stops_at_a_stage_changed_on_screen(levels):
    ConcernLevel.objects.filter(number=1).update(name="A panel", source="")  # as the page leaves it
    _problems, plan_file = stages()

    with pytest.raises(writing.Stopped, match="complaint_stages, first"):
        writing.load_rows(plan_file, at=AT)


def test_a_plan_file_with_clocks_out_of_order_is_told_so(levels):
    problems, _plan_file = stages(acknowledge_days=9)

    assert [problem for problem in problems if "The answer cannot be due before" in problem] == problems
    assert len(problems) == 1
