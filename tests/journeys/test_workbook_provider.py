"""A provider's return by workbook, over HTTP: figures only, five faults, mended, sent without a certifier, accepted."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest

from monitoring import actions
from monitoring.models import MonitoringReturn
from monitoring.queries import sheets_of
from tests.make import accounts, plans, services, workbooks
from tests.make.records import ladders

from . import steps
from .person import Person, words

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SWEPT = datetime(2020, 4, 8, 6, 0, tzinfo=UTC)
TYPED = ["several", "-3", "1.5", "12 to 15", "n/a"]


@pytest.fixture
def cast(settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    ladders()
    return accounts.cast()


@pytest.fixture
def row(cast):
    """The quarterly return of a provider, opened by the sweep and empty."""
    services.reporting_contract(cast, plans.plan(cast))
    [row] = actions.open_due_returns(on=SWEPT.date(), at=SWEPT)
    return row


def upload(lead, content, name):
    lead.attach("Workbook", name, content, workbooks.KIND).press("Upload and check")


def explain(lead):
    """The same reason for everything that looks unusual."""
    asked = [words(label) for label in lead.page.all("label") if "Why is that right?" in words(label)]
    for label in asked:
        lead.fill(label, "As agreed with the officer.")


def test_provider_return_by_workbook(row, cast):
    lead, officer, address = Person(cast.provider_lead), Person(cast.officer), row.get_absolute_url()
    whole = workbooks.answers(row)
    lines = {line.key: line for sheet in sheets_of(row) for line in sheet.lines}
    counts = [place for place in whole if lines[place[0]].cells[0].kind == "COUNT"][:5]

    blank = lead.visit(address).download("Download the workbook")
    lead.follow("Upload the workbook")
    upload(lead, workbooks.filled(blank, whole | dict(zip(counts, TYPED, strict=True))), "q4.xlsx")
    lead.sees("5 things to mend", *(f"“{typed}”" for typed in TYPED))

    marked = lead.download("Download the marked copy")
    book = openpyxl.load_workbook(io.BytesIO(marked))
    where = workbooks.places(book)
    cells = [book[title][address] for title, address in (where.get(place) or where[place[0], ""] for place in counts)]
    assert [cell.value for cell in cells] == TYPED
    assert all(f"“{typed}”" in cell.comment.text for cell, typed in zip(cells, TYPED, strict=True))

    lead.follow("Upload the workbook again")
    upload(lead, workbooks.filled(marked, {place: whole[place] for place in counts}), "q4-mended.xlsx")
    lead.sees("Nothing has to be mended.")
    if "Why is that right?" in lead.page.text:
        explain(lead)
    lead.press("Use these figures").sees("The figures of q4-mended.xlsx are in the return.")
    lead.follow("Check your answers").press("Submit the return").sees("Return submitted")

    officer.visit(address).sees("q4-mended.xlsx").follow("Ask questions")
    steps.ask(officer, "People referred and supported", "Does that count everybody once?")
    lead.visit(address).follow("Answer the questions").fill_each("Does that count everybody once?", "Yes.")
    lead.press("Answer and submit")
    steps.review(officer, address)

    done = MonitoringReturn.objects.get()
    assert (done.verdict, done.versions.count()) == ("SATISFACTORY", 2)
    saved = {
        (line.key, cell.name): cell.value for sheet in sheets_of(done) for line in sheet.lines for cell in line.cells
    }
    assert {place: saved[place] for place in whole} == whole
