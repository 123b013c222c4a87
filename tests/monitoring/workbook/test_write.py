"""The workbook as it goes out: what may be typed where, what it looks like, and that it is nothing but data."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from monitoring.enums import CellKind, FaultClass
from monitoring.queries.sheet import Cell
from monitoring.rules.faults import Fault
from monitoring.workbook import layout
from monitoring.workbook.formats import validation
from monitoring.workbook.write import workbook_of
from plans.models import Indicator

from .plants import FIGURES, OVERALL, PROJECTS, SPEND, put
from .prepared import inside, opened, reading_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def book(prepared):
    return opened(prepared.filled)


def links(page):
    """Where each link of a sheet leads."""
    return [cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink]


def validations(page):
    """The data validation of each cell, by its address."""
    return {
        cell.coordinate: rule
        for rule in page.data_validations.dataValidation
        for area in rule.sqref.ranges
        for row in page.iter_rows(area.min_row, area.max_row, area.min_col, area.max_col)
        for cell in row
    }


def test_only_the_answers_can_be_typed_into(prepared, book):
    unlocked = {
        (page.title, cell.coordinate)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if not cell.protection.locked
    }

    assert unlocked == set(prepared.where)


def test_every_sheet_is_protected_without_a_password_and_lets_columns_be_widened(book):
    kept = {page.title: (page.protection.sheet, page.protection.password) for page in book.worksheets}

    assert set(kept.values()) == {(True, None)}
    assert not book[SPEND].protection.formatColumns, "false means it is not forbidden"
    assert not book[SPEND].protection.selectLockedCells


def test_every_answer_has_its_rule(prepared, book):
    ruled = {(name, address) for name in (SPEND, FIGURES, PROJECTS, OVERALL) for address in validations(book[name])}

    assert ruled == set(prepared.where)


RULES = {
    (SPEND, "E5"): ("decimal", "between", "0", "9999999999.99", None),
    (FIGURES, "G5"): ("whole", "between", "0", "9999999999.99", None),
    (FIGURES, "G8"): ("decimal", "between", "0", "100", None),
    (FIGURES, "G12"): ("decimal", "between", "1", "10", None),
    (FIGURES, "G14"): ("list", None, "Lists!$B$1:$B$2", None, ["Yes", "No"]),
    (FIGURES, "G15"): ("textLength", "lessThanOrEqual", "200", None, None),
    (PROJECTS, "C5"): ("list", None, "Lists!$A$1:$A$4", None, ["Ahead of plan", "On track", "Behind plan", "Stopped"]),
}


@pytest.mark.parametrize("place", RULES)
def test_rule_of_a_kind(book, place):
    sheet, address = place
    rule = validations(book[sheet])[address]
    kind, operator, low, high, choices = RULES[place]

    listed = [cell.value for (cell,) in book["Lists"][low.partition("!")[2]]] if choices else None
    assert (rule.type, rule.operator if operator != "between" else "between", rule.formula1, rule.formula2) == (
        kind, operator, low, high
    )  # fmt: skip
    assert listed == choices
    assert (rule.allowBlank, rule.showErrorMessage, rule.showInputMessage, rule.errorStyle) == (True, True, True, None)


SAYS = [
    (
        Cell("n", CellKind.PERCENTAGE, "", None, Decimal(0), Decimal(100)),
        "Type a percentage (45 means 45%) from 0 to 100. Leave it empty while it is not known; type 0 for none.",
    ),
    (
        Cell("n", CellKind.COUNT, "", None, Decimal(0), Decimal("9999999999.99"), 0),
        "Type a whole number, 0 or more. Leave it empty while it is not known; type 0 for none.",
    ),
    (
        Cell("n", CellKind.NUMBER, "", None, Decimal("-9999999999.99"), Decimal("9999999999.99")),
        "Type a number. Leave it empty while it is not known; type 0 for none.",
    ),
    (
        Cell("w", CellKind.TEXT, "", "", longest=2000),
        "Write at most 2,000 letters. Leave out names and other personal data.",
    ),
    (Cell("w", CellKind.YES_NO, "", "", choices=(("YES", "Yes"), ("NO", "No"))), "Choose one of: Yes, No."),
]


@pytest.mark.parametrize(("cell", "message"), SAYS, ids=lambda value: str(getattr(value, "kind", "")))
def test_cell_says_what_to_type_in_plain_words(cell, message):
    options = validation(cell, {("Yes", "No"): "=Lists!$A$1:$A$2"})

    assert options["input_message"] == message
    assert options["error_message"] == f"{message} Press Cancel to go back."
    assert all(len(options[name]) <= 32 for name in ("input_title", "error_title"))
    assert all(len(options[name]) <= 255 for name in ("input_message", "error_message"))


def test_long_list_of_choices_fits_its_message():
    choices = tuple((str(number), f"Choice number {number}") for number in range(60))

    options = validation(
        Cell("w", CellKind.CHOICE, "", "", choices=choices), {tuple(c[1] for c in choices): "=Lists!A1"}
    )

    assert (len(options["input_message"]), len(options["error_message"])) == (255, 255)


def test_figures_have_the_form_of_their_kind(book):
    forms = {address: book[FIGURES][address].number_format for address in ("G5", "G6", "G7", "G8", "G15")}

    assert forms == {"G5": "#,##0", "G6": "#,##0.00", "G7": "£#,##0.00", "G8": "0.00", "G15": "@"}
    assert (book[FIGURES]["G8"].value, book[FIGURES]["E8"].value) == (45, "% (45 means 45%)")


def test_totals_are_formulas_with_their_result_in_locked_cells(prepared, book):
    values = CalamineWorkbook.from_filelike(io.BytesIO(prepared.filled)).get_sheet_by_name(SPEND)

    assert [book[SPEND][f"{column}9"].value for column in "CDEF"] == [
        "Total", "=SUM(D5:D8)", "=SUM(E5:E8)", "=SUM(F5:F8)"
    ]  # fmt: skip
    assert values.to_python(skip_empty_area=False)[8][2:6] == ["Total", 12000.0, 5002.0, 5002.0]
    assert book[SPEND]["E9"].protection.locked


def test_sheet_is_laid_out_for_reading_and_printing(book):
    for name in (SPEND, FIGURES, PROJECTS, OVERALL):
        page = book[name]
        assert page.freeze_panes == "A5"
        assert page.print_title_rows == "$4:$4"
        assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == (
            "landscape",
            9,
            0,
        )
        assert (page.row_dimensions[1].hidden, page.column_dimensions["A"].hidden) == (True, True)
        assert not page.merged_cells.ranges
        assert all(cell.font.b for cell in page[4] if cell.column > 1)


def test_columns_are_wide_enough_for_their_words(book):
    """No heading is broken inside a word, no answer is narrower than its figure."""
    for name in (SPEND, FIGURES, PROJECTS, OVERALL):
        page = book[name]
        widths = {
            get_column_letter(column): form.width
            for form in page.column_dimensions.values()
            for column in range(form.min, form.max + 1)
        }
        for cell in page[4][1:]:
            assert widths[cell.column_letter] >= max(map(len, cell.value.split())) + 1, cell.value
            assert widths[cell.column_letter] >= 12


def test_what_the_workbook_is_stands_in_it_twice(prepared, book):
    expected = {
        "Portal format": "1",
        "Return reference": prepared.monitoring_return.reference,
        "Recipient": "Safer Maidstone Partnership",
        "Kind of return": "Mid-year return",
        "Period": "1 April 2020 to 30 September 2020",
        "Template": "every-kind",
        "Template version": "2",
        "Draft version": "1",
    }

    assert {prop.name: prop.value for prop in book.custom_doc_props.props} == expected
    assert {row[0].value: row[1].value for row in book["_portal"].iter_rows()} == expected
    assert [page.title for page in book.worksheets if page.sheet_state == "veryHidden"] == ["_portal"]
    assert [page.title for page in book.worksheets if page.sheet_state == "hidden"] == ["Lists"]
    assert book.properties.title == f"{prepared.monitoring_return.reference} Mid-year return"


def test_front_sheet_says_what_for_whom_by_when_and_how(prepared, book):
    told = {str(row[0].value): str(row[1].value) for row in book[layout.FRONT].iter_rows(max_col=2) if row[0].value}
    texts = [str(row[1].value) for row in book[layout.FRONT].iter_rows(max_col=2)]

    assert book.sheetnames == [layout.FRONT, SPEND, FIGURES, PROJECTS, OVERALL, "Lists", "_portal"]
    assert book[layout.FRONT]["A1"].value == f"Mid-year return {prepared.monitoring_return.reference}"
    assert told["Organisation"] == "Safer Maidstone Partnership"
    assert told["Due"] == "30 October 2020"
    assert told["Who to ask"] == "Office of the Commissioner"
    assert "Give numbers only." in texts
    assert any(text.startswith("Red with a double border") for text in texts)
    assert links(book[layout.FRONT]) == [f"'{name}'!B2" for name in (SPEND, FIGURES, PROJECTS, OVERALL)]


def test_workbook_says_what_an_answer_depends_on(prepared):
    words = "Needed only if you answer Yes to “Did you ask?”."
    sheet = next(sheet for sheet in prepared.sheets if layout.sheet_names([sheet])[sheet.slug] == FIGURES)
    line = replace(sheet.lines[0], beside={**sheet.lines[0].beside, "needed": words})
    proof = Indicator(key="proof", label="The proof", kind="FILE")
    told = replace(sheet, lines=(line, *sheet.lines[1:]), files=(proof,), needed={"proof": words})

    book = opened(workbook_of(prepared.monitoring_return, [told]))

    beside = {book[FIGURES].cell(4, column).value: book[FIGURES].cell(5, column).value for column in range(1, 12)}
    assert beside["When it is needed"] == words
    front = [str(row[1].value) for row in book[layout.FRONT].iter_rows(max_col=2)]
    assert [text for text in front if "The proof" in text] == [
        f"Upload this on the page of the return: The proof. {words}"
    ]


def test_same_return_gives_the_same_bytes(prepared):
    again = workbook_of(prepared.monitoring_return, prepared.sheets, values=prepared.typed)

    assert again == prepared.filled


def test_nothing_typed_is_in_an_empty_workbook_but_what_the_portal_holds(prepared):
    line = prepared.sheets[0].lines[0]
    held = replace(line, cells=(replace(line.cells[0], value=Decimal("77.70")), *line.cells[1:]))
    sheets = [replace(prepared.sheets[0], lines=(held, *prepared.sheets[0].lines[1:])), *prepared.sheets[1:]]

    book = opened(workbook_of(prepared.monitoring_return, sheets))

    assert [book[SPEND][f"E{row}"].value for row in (5, 6, 7, 8)] == [77.7, None, None, None]
    assert book[SPEND]["E9"].value == "=SUM(E5:E8)"


PAYLOADS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"https://example.org\")", "=cmd|' /C calc'!A0",
    "https://example.org/", "mailto:a@example.org", "internal:'Spend'!A1", "{=1}", "'=1", "_x0041_", "<b>&amp;</b>",
]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_of_people_are_words_and_nothing_else(prepared, payload):
    """As an answer, a label, a group, a title, guidance and a name: no formula, no link, the same words back."""
    sheet = prepared.sheets[-1]
    line = replace(sheet.lines[0], label=payload, group=payload, beside={"measure": payload})
    spoilt = replace(sheet, title=payload, guidance=payload, lines=(line,))
    key = (line.key, line.cells[0].name)

    content = workbook_of(prepared.monitoring_return, [spoilt], values={key: payload}, marks=[mark(line, payload)])

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    assert not [name for name, text in parts.items() if re.search(r"<f[ >]", text)]
    assert not [name for name, text in parts.items() if 'TargetMode="External"' in text]
    reading = reading_of(prepared, content)
    assert reading.raw[key] == payload


def mark(line, payload):
    return Fault(FaultClass.VALUE, "fault", "overall", line.key, line.cells[0].name, payload, payload, "x")


NAMES = [
    ("People: asked / told?", "People asked told"),
    ("A" * 40, "A" * 31),
    ("'Quoted'", "Quoted"),
    ("[*]", "Sheet"),
    ("", "Sheet"),
    ("History", "History (2)"),
    ("lists", "lists (2)"),
    ("a\tb\nc", "a b c"),
]


@pytest.mark.parametrize(("title", "name"), NAMES)
def test_name_of_a_sheet_is_one_a_spreadsheet_allows(prepared, title, name):
    sheet = replace(prepared.sheets[0], title=title)

    assert layout.sheet_names([sheet]) == {sheet.slug: name}


def test_names_of_sheets_differ_even_when_cut(prepared):
    sheets = [replace(prepared.sheets[0], slug=str(number), title="Long " * 10) for number in range(12)]

    names = list(layout.sheet_names(sheets).values())

    assert len({name.casefold() for name in names}) == 12
    assert max(map(len, names)) <= 31


def test_long_guidance_stands_in_front_and_its_first_lines_on_the_sheet(prepared):
    guidance = "Count only what this grant paid for, and nothing else. " * 20
    sheet = replace(prepared.sheets[0], guidance=guidance)

    book = opened(workbook_of(prepared.monitoring_return, [sheet]))

    assert book[SPEND].freeze_panes == "A8"
    assert book[SPEND]["B6"].value == "There is more about this sheet on “Read me first”."
    assert any(" ".join(guidance.split())[:300] in str(cell.value) for (cell,) in book[layout.FRONT]["B1:B60"])


def test_marked_copy_keeps_what_was_typed_and_says_in_its_cell_what_is_wrong(prepared):
    came = put(SPEND, E5="about 5k")(prepared)
    reading = reading_of(prepared, came)

    content = workbook_of(prepared.monitoring_return, prepared.sheets, marks=reading.faults, values=reading.raw)

    book = opened(content)
    cell, other = book[SPEND]["E5"], book[SPEND]["E6"]
    said = "“about 5k” is not one exact figure", "Enter the figure alone, without words or signs"
    assert (cell.value, other.value) == ("about 5k", 1250.5)
    assert cell.comment.text == ". ".join(said)
    assert (other.comment, cell.fill.fgColor.rgb, other.fill.fgColor.rgb) == (None, "FFF6D7D2", "FFFFF7BF")
    listed = [[cell.value for cell in row] for row in book[layout.MEND].iter_rows(min_row=3)]
    assert listed == [
        ["Where", "Sheet", "What to do", "What is wrong", "How to mend it"],
        ["Spend, E5", "Spend", "Mend", *said],
    ]
    assert links(book[layout.MEND]) == ["'Spend'!E5"]
    assert book.sheetnames[:3] == [layout.FRONT, layout.MEND, SPEND]
    assert book.active.title == layout.MEND


def test_workbook_is_dated_by_its_return(prepared):
    with zipfile.ZipFile(io.BytesIO(prepared.filled)) as archive:
        core = archive.read("docProps/core.xml").decode()
        days = {entry.date_time for entry in archive.infolist()}
    opened_at = prepared.monitoring_return.opened_at.astimezone(UTC)

    assert f"{opened_at:%Y-%m-%dT%H:%M:%SZ}" in core
    assert days == {(1980, 1, 1, 0, 0, 0)}
    assert opened_at < datetime(2021, 1, 1, tzinfo=UTC)


def test_workbook_is_let_in_by_our_own_guard(prepared):
    assert "refused" not in inside(prepared.filled)
