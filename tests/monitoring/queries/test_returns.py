"""What a return holds, as a record."""

from decimal import Decimal

import pytest

from monitoring import queries
from monitoring.queries.returns import plain
from tests.make import monitoring

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("number", "text"), [(None, None), ("0.00", "0"), ("100", "100"), ("12.50", "12.5"), ("-3.10", "-3.1")]
)
def test_plain_leaves_out_useless_noughts(number, text):
    assert plain(None if number is None else Decimal(number)) == text


def test_content_of_an_empty_return_knows_nothing(cast, plan):
    row = monitoring.monitoring_return(cast, plan)

    content = queries.content_of(row, queries.figures_of(row))

    assert (content["totals"]["spent"], content["totals"]["unspent"], content["totals"]["planned"]) == (
        None,
        None,
        "10000",
    )


def test_with_previous_sets_the_last_figure_beside_each(cast, plan):
    first = monitoring.monitoring_return(cast, plan, status="SUBMITTED")
    second = monitoring.opened(first.award, on=monitoring.YEAR_END, at=monitoring.CLOSED)

    previous = queries.previous_version(second)
    content = queries.with_previous(queries.content_of(second, queries.figures_of(second)), previous.content)

    (project,) = content["projects"]
    assert [row["last"] for row in project["spend"]] == ["4950", "50"]
    assert [row["last"] for row in project["outcomes"] + project["outputs"]] == ["105", "25"]


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        ({"spent": "1"}, [("Safer nights: Staff", "£4,950", "£1", True)]),
        ({"evidence": "Other"}, [("Safer nights: evidence for Staff", "Ledger line 12", "Other", False)]),
        ({"spent": None}, [("Safer nights: Staff", "£4,950", "Not given", True)]),
        ({}, []),
    ],
)
def test_before_and_after_names_what_changed(cast, plan, change, rows):
    row = monitoring.monitoring_return(cast, plan, status="SUBMITTED")
    before, after = row.versions.get().content, row.versions.get().content
    after["projects"][0]["spend"][0].update(change)

    found = queries.before_and_after(before, after)

    assert [(line["label"], line["before"], line["after"], line["is_figure"]) for line in found] == rows
