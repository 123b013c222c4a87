"""Terms and topics of schools in plan files (P5)."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from pcc_portal.loading import checking, knowing, reading, writing
from plans.models import SchoolTerm, SchoolTopic

SMALL = Path(__file__).parents[1] / "data/plan_files/small.yaml"
AT = datetime(2020, 9, 1, 9, 0, tzinfo=UTC)
AUTUMN = {"name": "Autumn", "starts_on": "2020-09-03", "ends_on": "2020-12-18"}


def checked(**sections):
    """(what is wrong with a plan file that has these sections, the file)."""
    root = reading.read_text(yaml.safe_dump({**yaml.safe_load(SMALL.read_text()), **sections}, sort_keys=False))
    plan_file, problems = checking.check_file(root, known=knowing.known_keys(), today=AT.date())
    return [str(problem) for problem in problems], plan_file


@pytest.mark.django_db
def test_terms_and_topics_of_a_plan_file_are_loaded():
    problems, plan_file = checked(
        school_terms={"autumn": AUTUMN}, school_topics={"knives": {"name": "Knife crime", "most_in_term": 2}}
    )
    assert problems == []

    writing.load_rows(plan_file, at=AT)

    assert list(SchoolTerm.objects.values_list("name", "starts_on")) == [("Autumn", date(2020, 9, 3))]
    assert list(SchoolTopic.objects.values_list("key", "name", "most_in_term")) == [("knives", "Knife crime", 2)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ({"ends_on": "2020-09-03"}, "the last day of a term must be after the first."),
        ({"name": "Other"}, "these days are part of Autumn too. Terms do not overlap."),
    ],
)
def test_terms_of_a_plan_file_are_in_order_and_apart(term, sentence):
    first = {"autumn": AUTUMN} if "name" in term else {}

    problems, _ = checked(school_terms={**first, "second": {**AUTUMN, **term}})

    assert [problem.endswith(sentence) for problem in problems] == [True]
