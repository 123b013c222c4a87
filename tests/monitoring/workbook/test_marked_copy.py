"""The marked copy, and workbooks of what is not an ordinary return."""

from copy import copy
from datetime import date
from types import SimpleNamespace

import pytest

from accounts.models import Organisation
from monitoring.enums import FaultClass
from monitoring.rules.faults import Fault
from monitoring.workbook import layout
from monitoring.workbook.write import workbook_of
from services.models import Contract

from .plants import FIGURES, OVERALL, PROJECTS, SPEND, put
from .prepared import opened, reading_of

pytestmark = pytest.mark.django_db


def test_marked_copy_comes_back_with_the_same_faults(prepared):
    reading = reading_of(prepared, put(SPEND, E5="about 5k", F6=-3)(prepared))
    marked = workbook_of(prepared.monitoring_return, prepared.sheets, marks=reading.faults, values=reading.raw)

    again = reading_of(prepared, marked)

    assert (again.faults, again.values, again.raw) == (reading.faults, reading.values, reading.raw)


def test_faults_without_a_cell_are_listed_in_the_marked_copy(prepared):
    whole = Fault(FaultClass.FILE, "warning", "", "", "", "The file is odd", "Look at it", "file:odd")
    section = Fault(FaultClass.SECTION, "warning", "spend", "", "", "The sum is odd", "", "sum")

    book = opened(workbook_of(prepared.monitoring_return, prepared.sheets, marks=[whole, section]))

    look = "Look at it, and mend it if it is wrong"
    assert [[cell.value or "" for cell in row] for row in book[layout.MEND].iter_rows(min_row=4)] == [
        ["The workbook as a whole", "", look, "The file is odd", "Look at it"],
        ["The sheet as a whole", "Spend", look, "The sum is odd", ""],
    ]


def test_days_and_truths_as_typed_are_shown_as_people_write_them(prepared):
    first, second = [(line.key, "spent") for line in prepared.sheets[0].lines[:2]]

    book = opened(
        workbook_of(prepared.monitoring_return, prepared.sheets, values={first: date(2020, 10, 5), second: True})
    )

    assert [book[SPEND][f"E{row}"].value for row in (5, 6)] == ["05/10/2020", "TRUE"]


def test_preview_of_a_template_needs_no_return(prepared):
    version = prepared.monitoring_return.template_version

    content = workbook_of(None, prepared.sheets, template_version=version)

    book = opened(content)
    assert book[layout.FRONT]["A1"].value == "Preview: Every kind, version 2"
    assert book["_portal"]["B2"].value in ("", None)
    assert book["_portal"]["B6"].value == "every-kind"
    assert book.sheetnames[1:5] == [SPEND, FIGURES, PROJECTS, OVERALL]
    assert opened(workbook_of(None, prepared.sheets))[layout.FRONT]["A1"].value == "Preview of a monitoring return"


def test_return_without_a_template_goes_out_and_comes_back(prepared):
    plain = copy(prepared.monitoring_return)
    plain.template_version = None
    given = SimpleNamespace(monitoring_return=plain, sheets=prepared.sheets)

    reading = reading_of(given, workbook_of(plain, prepared.sheets, values=prepared.typed))

    assert (reading.faults, reading.template_number) == ([], None)
    assert len(reading.values) == len(prepared.typed)


def test_return_of_a_contract_goes_out_and_comes_back(prepared):
    of_contract = copy(prepared.monitoring_return)
    of_contract.award, of_contract.contract = (
        None,
        Contract(
            reference="CT-2020-001", name="Support  for all", provider=Organisation(name="Provider  & Sons <Ltd>")
        ),
    )
    given = SimpleNamespace(monitoring_return=of_contract, sheets=prepared.sheets)

    content = workbook_of(of_contract, prepared.sheets, values=prepared.typed)

    front = [[cell.value for cell in row] for row in opened(content)[layout.FRONT].iter_rows(3, 4, 1, 2)]
    assert front == [["Organisation", "Provider  & Sons <Ltd>"], ["For", "CT-2020-001 Support  for all"]]
    assert reading_of(given, content).faults == []
