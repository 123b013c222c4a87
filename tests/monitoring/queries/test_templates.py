"""A template before there is any return: the same sheets, empty."""

import pytest

from monitoring.enums import CellKind
from monitoring.queries.templates import sheets_of_version
from plans.queries import whole_versions
from tests.make import accounts, templates

pytestmark = pytest.mark.django_db


def sheets(key, **asked):
    templates.built_in()
    return sheets_of_version(whole_versions().get(template__key=key, status="IN_USE"), **asked)


def test_sheets_of_version_has_every_section_with_something_to_fill_in():
    assert [sheet.slug for sheet in sheets("grants-return")] == [
        "spend",
        "outcomes",
        "outputs",
        "i-people",
        "i-difference",
        "projects",
        "overall",
        "underspend",
    ]


def test_sheets_of_version_before_the_end_asks_what_is_expected():
    found = {sheet.slug: sheet for sheet in sheets("grants-return", at_the_end=False)}

    assert [cell.name for cell in found["spend"].lines[0].cells] == ["spent", "forecast", "evidence"]


def test_sheets_of_version_asks_everything_and_answers_nothing():
    found = {sheet.slug: sheet for sheet in sheets("victims-return")}

    lines = found["i-experience"].lines
    assert [line.label for line in lines][-3:] == ["People asked", "Average score before", "Average score after"]
    assert {cell.value for sheet in found.values() for line in sheet.lines for cell in line.cells} <= {None, ""}
    assert [line.label for line in found["spend"].lines] == ["Staff", "Venue and materials"]
    assert found["i-waiting"].lines[0].cells[0].kind == CellKind.COUNT


def test_sheets_of_version_lines_are_told_apart():
    keys = [line.key for sheet in sheets("victims-return") for line in sheet.lines]

    assert len(set(keys)) == len(keys)


def test_sheets_of_version_shows_an_example_kpi_where_the_template_asks_for_kpis():
    version = templates.draft(accounts.cast().officer)

    [sheet] = [sheet for sheet in sheets_of_version(version) if sheet.section == "KPIS"]

    [line] = sheet.lines
    assert (line.label, line.beside["target"], line.cells[0].kind) == ("A KPI of the contract", 90, "PERCENTAGE")
