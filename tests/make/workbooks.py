"""Workbooks as a person fills them in: downloaded, opened with a spreadsheet library, typed into, saved."""

import io
from decimal import Decimal

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from monitoring.queries import sheets_of
from monitoring.workbook.write import workbook_of

from . import monitoring

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def places(book):
    """Where each answer stands: {(line key, cell name): (sheet name, address)}; one column of answers has no name."""
    found = {}
    for page in book.worksheets:
        if not str(page["A1"].value).startswith("portal:"):
            continue
        names = {
            cell.column: (cell.value or "").partition(":")[2]
            for cell in page[1]
            if str(cell.value or "").partition(":")[0] == "answer"
        }
        for (key,) in page.iter_rows(min_row=2, max_col=1):
            if key.value and not str(key.value).startswith("portal"):
                for column, name in names.items():
                    found[key.value, name] = (page.title, page.cell(key.row, column).coordinate)
    return found


def filled(content, answers):
    """The workbook with these answers typed in: {(line key, cell name): value}."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    where = places(book)
    for (key, name), value in answers.items():
        title, address = where[key, name] if (key, name) in where else where[key, ""]
        book[title][address] = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def answers(monitoring_return, **given):
    """Every answer the return asks for, as `monitoring.whole_answers` gives them to the web form."""
    whole = monitoring.whole_answers(monitoring_return, **given)
    typed = {}
    for sheet in sheets_of(monitoring_return):
        for line in sheet.lines:
            held = whole["entries"].get(line.section, {}).get(line.pk, {}) if line.pk else whole["texts"]
            typed |= {(line.key, cell.name): held[cell.name] for cell in line.cells if cell.name in held}
    return typed


def content(monitoring_return, typed=None):
    """The downloaded workbook of the return, with these answers typed in (all of them, unless said)."""
    blank = workbook_of(monitoring_return, sheets_of(monitoring_return))
    return filled(blank, answers(monitoring_return) if typed is None else typed)


def workbook(monitoring_return, typed=None, *, name="return.xlsx"):
    """The same as a file somebody uploads."""
    return SimpleUploadedFile(name, content(monitoring_return, typed), content_type=KIND)


def spend_keys(monitoring_return):
    """The key of each spend line, in the order of the budget."""
    return [f"spend/{row.pk}" for row in monitoring_return.spend_lines.order_by("budget_line__number", "pk")]


def five_faults(monitoring_return):
    """A whole workbook with five faults of five kinds, and a figure that needs a reason."""
    first, second = spend_keys(monitoring_return)[:2]
    outcome = monitoring_return.outcome_results.order_by("pk").first()
    output = monitoring_return.output_results.order_by("pk").first()
    report = monitoring_return.project_reports.order_by("pk").first()
    return answers(monitoring_return) | {
        (first, "spent"): "about 5k",
        (second, "spent"): Decimal("-20"),
        (f"outcomes/{outcome.pk}", "value"): "n/a",
        (f"outputs/{output.pk}", "delivered"): "12 to 15",
        (f"projects/{report.pk}", "standing"): "Going well",
    }
