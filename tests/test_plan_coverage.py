"""docs/plan-coverage.md tells the truth: functions and tests it names exist, and no rule in scope is missing."""

import pytest

from . import plan_coverage

IN_SCOPE = {"P0", "P1", "P3", "P7", "P8", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "S1", "M1",
            "X1", "X2", "X3", "X4", "X5", "X6", "X8"}  # fmt: skip
ROWS = plan_coverage.rows()


def test_plan_coverage_has_a_row_for_every_rule_in_scope():
    assert IN_SCOPE - {row.rule for row in ROWS} == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_plan_coverage_names_functions_that_exist(row):
    assert row.functions
    for dotted in row.functions:
        assert callable(plan_coverage.function_of(dotted))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_plan_coverage_names_tests_that_exist(row):
    assert row.tests
    assert [node for node in row.tests if not plan_coverage.test_exists(node)] == []


def test_plan_coverage_notices_a_test_that_does_not_exist():
    text = "| C4 | rule | page | `grants.rules.instalments.why_not_release` | `tests/nowhere.py::test_nothing` |"

    row = plan_coverage.rows(text)[0]

    assert row.rule == "C4"
    assert not plan_coverage.test_exists(row.tests[0])
