"""Kinds of fault people make in a workbook, each planted, and named with its cell, its class and its mend (X5)."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from monitoring.enums import FaultClass as C

from . import plants
from .plants import FIGURES, OVERALL, PROJECTS, SPEND, put
from .prepared import VALUES, reading_of

pytestmark = pytest.mark.django_db
UNREAD = object()
ALIKE = "Download the workbook again and copy your answers into it"
STAYS = "What the portal holds for it stays. Fill it in on the page of the return"


def value(cell, sentence, mend, level="fault"):
    """What is to be said of one answer."""
    return (C.VALUE, level, *cell, sentence, mend)


def about(cls, level, sheet, cell, sentence, mend=""):
    return (cls, level, sheet, cell, sentence, mend)


E5, F5 = (SPEND, "E5"), (SPEND, "F5")
G5, G6, G8, G12, G14, G15 = ((FIGURES, f"G{row}") for row in (5, 6, 8, 12, 14, 15))
POUNDS = "Enter an amount in pounds, like 1250 or 1250.50"
WHOLE = "Enter a whole number, like 12"
NUMBER = "Enter a number, like 12 or 12.5"

# One wrong answer: what is typed where, what is said, how it is mended.
ANSWERS = {
    "words for money": (E5, "abc", "“abc” is not an amount in pounds", POUNDS),
    "about": (E5, "about 5k", "“about 5k” is not one exact figure", "Enter the figure alone, without words or signs"),
    "shortened": (E5, "5k", "“5k” is shortened", "Write it out in full: an amount in pounds, like 1250 or 1250.50"),
    "power": (E5, "1.5E3", "“1.5E3” is shortened", "Write it out in full: an amount in pounds, like 1250 or 1250.50"),
    "not applicable": (
        E5,
        "n/a",
        "“n/a” is not a number",
        "Enter 0 for none, or leave it empty while it is not known",
    ),
    "range": (G5, "12 to 15", "“12 to 15” is a range", "Enter one figure, the best you know"),
    "decimal comma": (E5, "12,5", "“12,5” has a comma where a point belongs", "Write 12.5"),
    "two figures": (E5, "500 and 20", "“500 and 20” is not an amount in pounds", POUNDS),
    "negative money": (E5, -20, "“-20” is below nought", "Enter £0 or more"),
    "negative count": (G5, -3, "“-3” is below nought", "Enter 0 or more"),
    "too large": (E5, 1_000_000_000_000, "The figure is too large to be right", "Check how many digits it has"),
    "half a person": (G5, 12.5, "“12.5” is not a whole number", "Enter a whole number"),
    "three decimals": (
        G6,
        7.125,
        "“7.125” has too many decimals: two decimals can be kept",
        "Round it to 7.12",
    ),
    "per cent above 100": (G8, 145, "“145” is above 100%, the highest that can be", "Enter 100% or less"),
    "score above its scale": (G12, 11, "“11” is above 10, the highest that can be", "Enter 10 or less"),
    "score below its scale": (G12, 0.5, "“0.5” is below 1, the lowest that can be", "Enter 1 or more"),
    "date as text": (G5, "05/10/2020", "“05/10/2020” looks like a date, where a whole number belongs", WHOLE),
    "date": (
        G5,
        plants.A_DAY,
        "This is a date, 5 October 2020, where a whole number belongs",
        "Enter a whole number, like 12; in a spreadsheet, format the cell as a number",
    ),
    "true for a count": (G5, True, "“True” is not a number", WHOLE),
    "money for people": (G5, "£5", "“£5” is money, where a whole number belongs", WHOLE),
    "per cent for a number": (G6, "45%", "“45%” is a percentage, where a number belongs", NUMBER),
    "number in words": (G5, "twelve", "“twelve” is not a whole number", WHOLE),
    "neither yes nor no": (G14, "Maybe", "“Maybe” is neither yes nor no", "Enter Yes or No"),
    "number for yes": (G14, 2, "“2” is neither yes nor no", "Enter Yes or No"),
    "not of the list": (
        (PROJECTS, "C5"),
        "Going well",
        "“Going well” is not one of the choices",
        "Choose Ahead of plan, On track, Behind plan or Stopped",
    ),
    "too long": (G15, "x" * 201, "The text is 201 letters long, and 200 fit", "Shorten it by 1"),
    "reference broken": (E5, "#REF!", "The cell shows #REF!, an error of the spreadsheet",
                         "Type the answer in place of the formula"),
    "formula without result": (E5, "=1+1", "The cell holds a formula without a result",
                               "Press F9 in Excel and save, or type the answer"),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_fault_in_one_answer_is_named_and_the_others_are_read(prepared, name):
    (sheet, cell), typed, sentence, mend = ANSWERS[name]

    reading = reading_of(prepared, put(sheet, **{cell: typed})(prepared))

    assert said(reading) == [value((sheet, cell), sentence, mend)]
    assert reading.values == expected(prepared, reading, {(sheet, cell): UNREAD})


FINE = {
    "nothing changed": (plants.fresh, {}),
    "number stored as text": (put(SPEND, E5="1,250.50"), {}),
    "pound sign": (put(SPEND, E5="£99"), {E5: Decimal("99.00")}),
    "per cent sign": (put(FIGURES, G8="46%"), {G8: Decimal("46.00")}),
    "no-break spaces": (put(SPEND, E5="\u00a01\u00a0250.00 "), {E5: Decimal("1250.00")}),
    "a hair beside": (put(SPEND, E5=0.1 + 0.2), {E5: Decimal("0.30")}),
    "seventeen digits": (plants.cell_xml(SPEND, "E5", "<v>1234.5599999999999</v>"), {E5: Decimal("1234.56")}),
    "emptied figure": (put(SPEND, E5=None), {E5: None}),
    "blanks only": (put(SPEND, E5="  "), {E5: None}),
    "emptied words": (put(OVERALL, C5=None), {(OVERALL, "C5"): ""}),
    "lower case choice": (put(PROJECTS, C5="behind PLAN"), {(PROJECTS, "C5"): "BEHIND"}),
    "true for yes": (put(FIGURES, G14=False), {G14: "NO"}),
    "lines of words": (put(OVERALL, C5=" One\r\nTwo\n"), {(OVERALL, "C5"): "One\nTwo"}),
    "number for words": (put(SPEND, G5=12345), {(SPEND, "G5"): "12345"}),
    "date for words": (put(SPEND, G5=plants.A_DAY), {(SPEND, "G5"): "5 October 2020"}),
    "formula in words": (put(FIGURES, G15="'=1+1"), {G15: "'=1+1"}),
    "rows sorted": (plants.sorted_rows(SPEND, 5, 8), {}),
    "row put between": (plants.edited(lambda book: book[SPEND].insert_rows(6)), {}),
    "rows put above": (plants.edited(lambda book: book[SPEND].insert_rows(1, 3)), {}),
    "column put between": (plants.edited(lambda book: book[SPEND].insert_cols(5)), {}),
    "column moved": (plants.moved_column(SPEND, 5, 9), {}),
    "keys in capitals": (put(OVERALL, A5="TEXTS/NARRATIVE"), {}),
    "hidden row of keys deleted": (plants.delete_rows(SPEND, 1), {}),
    "sheets in another order": (plants.edited(lambda book: book.move_sheet(SPEND, 5)), {}),
    "empty sheet added": (plants.edited(lambda book: book.create_sheet("Sheet1")), {}),
    "front sheet deleted": (plants.edited(lambda book: book.remove(book["Read me first"])), {}),
    "protection taken off": (plants.edited(lambda book: book[SPEND].protection.disable()), {}),
    "title cells merged": (plants.edited(lambda book: book[SPEND].merge_cells("B2:E2")), {}),
    "properties lost": (plants.edited(lambda book: book.custom_doc_props.props.clear()), {}),
    "hidden identity lost": (plants.edited(lambda book: book.remove(book["_portal"])), {}),
    "lists lost": (plants.edited(lambda book: book.remove(book["Lists"])), {}),
}


@pytest.mark.parametrize("name", FINE)
def test_workbook_that_is_fine_is_read_without_a_word(prepared, name):
    plant, changes = FINE[name]

    reading = reading_of(prepared, plant(prepared))

    assert said(reading) == []
    assert reading.values == expected(prepared, reading, changes)


def comment(book):
    from openpyxl.comments import Comment

    book[SPEND]["E5"].comment = Comment("Ask finance", "Somebody")


def spoil_lists(book):
    book["Lists"]["A2"] = "Splendid"
    book[PROJECTS]["C5"] = "Splendid"


def many_rows(book):
    for row in range(12, 34):
        book[SPEND].cell(row, 3).value = f"Extra {row}"


def swapped_keys(book):
    book[SPEND].delete_rows(1)
    book[SPEND]["E3"] = "Money out"


HIDDEN = "it was read like the others"
TABLES = {
    "a comment": (plants.edited(comment), [], {}),
    "cells merged": (
        plants.edited(lambda book: book[SPEND].merge_cells("E5:E6")),
        [
            value(
                (SPEND, cell),
                "The cells E5:E6 are merged, so it is not clear which line the answer is for",
                "Choose Unmerge Cells, then type each answer in its own cell",
            )
            for cell in ("E5", "E6")
        ],
        {E5: UNREAD, (SPEND, "E6"): UNREAD},
    ),
    "formula with a result": (
        plants.cell_xml(SPEND, "E5", "<f>10+2</f><v>12</v>"),
        [value(E5, "One answer comes from a formula (E5); its result was read", "", "note")],
        {E5: Decimal("12.00")},
    ),
    "formula that came to an error": (
        plants.cell_xml(SPEND, "E5", "<f>1/0</f><v>#DIV/0!</v>", ' t="e"'),
        [
            value(
                E5,
                "The cell shows #DIV/0!, an error of the spreadsheet",
                "Type the answer in place of the formula",
            )
        ],
        {E5: UNREAD},
    ),
    "formatted as a percentage": (
        plants.show_as(FIGURES, "G8", 0.46),
        [value(G8, "G8: the cell is formatted as a percentage, so it was read as “46%”", "", "note")],
        {G8: Decimal("46.00")},
    ),
    "count formatted as a percentage": (
        plants.show_as(FIGURES, "G5", 0.45),
        [value(G5, "“45%” is a percentage, where a whole number belongs", WHOLE)],
        {G5: UNREAD},
    ),
    "control character": (
        plants.cell_xml(OVERALL, "C5", "<is><t>a_x0007_b</t></is>", ' t="inlineStr"'),
        [
            value(
                (OVERALL, "C5"),
                "Letter 2 is a control character, which cannot be kept",
                "Delete it, or type the words again",
            )
        ],
        {(OVERALL, "C5"): UNREAD},
    ),
    "nought byte in a figure": (
        plants.cell_xml(SPEND, "E5", "<is><t>1_x0000_2</t></is>", ' t="inlineStr"'),
        [value(E5, "“1\ufffd2” is not an amount in pounds", POUNDS)],
        {E5: UNREAD},
    ),
    "list tampered with": (
        plants.edited(spoil_lists),
        [
            value(
                (PROJECTS, "C5"),
                "“Splendid” is not one of the choices",
                "Choose Ahead of plan, On track, Behind plan or Stopped",
            )
        ],
        {(PROJECTS, "C5"): UNREAD},
    ),
    "line there twice": (
        plants.edited(lambda book: book[SPEND].append([*[cell.value for cell in book[SPEND][5]][:4], 1, 2, "x"])),
        [
            about(
                C.ROW,
                "fault",
                SPEND,
                "C5",
                "“Staff (Safer nights)” is there 2 times, in rows 5 and 10, with different answers",
                "Delete all but one of these rows",
            )
        ],
        {E5: UNREAD, F5: UNREAD, (SPEND, "G5"): UNREAD},
    ),
    "line there twice with the same": (
        plants.edited(lambda book: book[SPEND].append([cell.value for cell in book[SPEND][5]])),
        [
            about(
                C.ROW,
                "note",
                SPEND,
                "C5",
                "“Staff (Safer nights)” is there 2 times, in rows 5 and 10, each time with the same answers",
            )
        ],
        {},
    ),
    "line added below": (
        put(SPEND, C12="Van hire", E12=300),
        [
            about(
                C.ROW,
                "warning",
                SPEND,
                "C12",
                "“Van hire” in row 12 is not a line of this return and was not read",
                "Put the answer on one of the lines above, or write about it in the words of the return",
            )
        ],
        {},
    ),
    "day added below": (
        put(SPEND, E12=plants.A_DAY),
        [
            about(
                C.ROW,
                "warning",
                SPEND,
                "E12",
                "“2020-10-05” in row 12 is not a line of this return and was not read",
                "Put the answer on one of the lines above, or write about it in the words of the return",
            )
        ],
        {},
    ),
    "figure added below": (
        put(SPEND, E12=300),
        [
            about(
                C.ROW,
                "warning",
                SPEND,
                "E12",
                "“300” in row 12 is not a line of this return and was not read",
                "Put the answer on one of the lines above, or write about it in the words of the return",
            )
        ],
        {},
    ),
    "many lines added below": (
        plants.edited(many_rows),
        [
            *(
                about(
                    C.ROW,
                    "warning",
                    SPEND,
                    f"C{row}",
                    f"“Extra {row}” in row {row} is not a line of this return and was not read",
                    "Put the answer on one of the lines above, or write about it in the words of the return",
                )
                for row in range(12, 32)
            ),
            about(
                C.ROW,
                "warning",
                SPEND,
                "C32",
                "2 more rows below are no lines of this return and were not read",
                "Delete them, or put their answers on the lines above",
            ),
        ],
        {},
    ),
    "line deleted": (
        plants.delete_rows(SPEND, 5),
        [about(C.ROW, "warning", "", "", "“Staff (Safer nights)” is not on sheet “Spend” any more", STAYS)],
        {E5: UNREAD, F5: UNREAD, (SPEND, "G5"): UNREAD},
    ),
    "key of a line lost": (
        put(SPEND, A5=None),
        [
            about(
                C.ROW,
                "warning",
                SPEND,
                "B5",
                "“Safer nights” in row 5 is not a line of this return and was not read",
                "Put the answer on one of the lines above, or write about it in the words of the return",
            ),
            about(C.ROW, "warning", "", "", "“Staff (Safer nights)” is not on sheet “Spend” any more", STAYS),
        ],
        {E5: UNREAD, F5: UNREAD, (SPEND, "G5"): UNREAD},
    ),
    "key of a line made up": (
        put(SPEND, A8="spend/999999"),
        [
            about(
                C.ROW,
                "warning",
                SPEND,
                "B8",
                "“Project 2” in row 8 is not a line of this return and was not read",
                "Put the answer on one of the lines above, or write about it in the words of the return",
            ),
            about(C.ROW, "warning", "", "", "“Travel (Project 2)” is not on sheet “Spend” any more", STAYS),
        ],
        {(SPEND, "E8"): UNREAD, (SPEND, "F8"): UNREAD, (SPEND, "G8"): UNREAD},
    ),
    "key column deleted": (
        plants.delete_columns(OVERALL, 1),
        [
            about(
                C.SECTION,
                "fault",
                "",
                "",
                "The hidden first column of sheet “The period as a whole”, which names its lines, is missing",
                ALIKE,
            )
        ],
        {(OVERALL, f"C{row}"): UNREAD for row in (5, 6, 7)},
    ),
    "column of answers deleted": (
        plants.delete_columns(SPEND, 5),
        [
            about(
                C.SECTION,
                "fault",
                "",
                "",
                "The column “Spent since the award began (£)” was not found on sheet “Spend”",
                ALIKE,
            )
        ],
        {(SPEND, f"E{row}"): UNREAD for row in (5, 6, 7, 8)},
    ),
    "keys deleted and heading renamed": (
        plants.edited(swapped_keys),
        [
            about(
                C.SECTION,
                "fault",
                "",
                "",
                "The column “Spent since the award began (£)” was not found on sheet “Spend”",
                ALIKE,
            ),
            about(
                C.SECTION,
                "warning",
                SPEND,
                "E4",
                "What stands outside the answer cells was not read: E4, E5, E6, E7",
                "Move it into the pale yellow cells, or delete it",
            ),
        ],
        {(SPEND, f"E{row}"): UNREAD for row in (5, 6, 7, 8)},
    ),
    "column there twice": (
        plants.copied_column(SPEND, 5, 9),
        [
            about(
                C.SECTION,
                "warning",
                "",
                "",
                "The column “Spent since the award began (£)” is there 2 times (E, I); only E was read",
                "Delete the others, or move their answers to column E",
            )
        ],
        {},
    ),
    "heading renamed": (
        put(SPEND, E4="Money out"),
        [
            about(
                C.SECTION,
                "note",
                SPEND,
                "E4",
                "The heading “Spent since the award began (£)” was changed to “Money out”; the column was read as "
                "“Spent since the award began (£)”",
            )
        ],
        {},
    ),
    "row hidden": (
        plants.hide(SPEND, row=5),
        [about(C.ROW, "note", SPEND, "C5", f"Row 5 is hidden; {HIDDEN}")],
        {},
    ),
    "column hidden": (
        plants.hide(SPEND, column="G"),
        [about(C.SECTION, "note", SPEND, "G4", f"The column “Evidence” is hidden; {HIDDEN}")],
        {},
    ),
    "sheet hidden": (
        plants.hide(OVERALL, state="hidden"),
        [about(C.SECTION, "note", "", "", f"Sheet “The period as a whole” is hidden; {HIDDEN}")],
        {},
    ),
    "sheet renamed": (
        plants.edited(lambda book: setattr(book[SPEND], "title", "Money")),
        [about(C.SECTION, "note", "", "", "Sheet “Spend” is now called “Money”; it was read all the same")],
        {},
    ),
    "sheet removed": (
        plants.edited(lambda book: book.remove(book[OVERALL])),
        [
            about(
                C.SECTION,
                "warning",
                "",
                "",
                "Sheet “The period as a whole” is not in the workbook",
                f"{STAYS}, or put the sheet back",
            )
        ],
        {(OVERALL, f"C{row}"): UNREAD for row in (5, 6, 7)},
    ),
    "sheet added": (
        plants.edited(lambda book: book.create_sheet("Notes").append(["Remember the van"])),
        [
            about(
                C.FILE,
                "warning",
                "",
                "",
                "Sheet “Notes” does not belong to the workbook and was not read",
                "Put what matters in the words of the return, or upload it as a file of its own",
            )
        ],
        {},
    ),
    "sheet copied and filled in": (
        plants.copied(SPEND, E5=1),
        [
            about(
                C.SECTION,
                "warning",
                "",
                "",
                "Sheet “Spend Copy” is a copy of “Spend” and was not read",
                "Delete it, or move its answers to “Spend”",
            )
        ],
        {},
    ),
    "sheet copied": (
        plants.copied(SPEND),
        [about(C.SECTION, "note", "", "", "Sheet “Spend Copy” is a copy of “Spend” and was not read")],
        {},
    ),
    "answers on the wrong sheet": (
        put("Read me first", B40=1250),
        [
            about(
                C.FILE,
                "warning",
                "",
                "",
                "What stands on “Read me first” was not read: B40",
                "Move the answers to the sheets of the return",
            )
        ],
        {},
    ),
    "plan changed": (
        put(SPEND, D5=12000),
        [
            about(
                C.SECTION,
                "note",
                SPEND,
                "D5",
                "Grey cells were changed: D5",
                "Nothing has to be done: what the portal holds is kept",
            )
        ],
        {},
    ),
    "line renamed": (
        put(FIGURES, C5="Clients helped", F6=999),
        [
            about(
                C.SECTION,
                "note",
                FIGURES,
                "C5",
                "Grey cells were changed: C5, F6",
                "Nothing has to be done: what the portal holds is kept",
            )
        ],
        {},
    ),
    "answers beside the table": (
        put(SPEND, J6="see invoice", B20="thanks"),
        [
            about(
                C.ROW,
                "warning",
                SPEND,
                "B20",
                "“thanks” in row 20 is not a line of this return and was not read",
                "Put the answer on one of the lines above, or write about it in the words of the return",
            ),
            about(
                C.SECTION,
                "warning",
                SPEND,
                "J6",
                "What stands outside the answer cells was not read: J6",
                "Move it into the pale yellow cells, or delete it",
            ),
        ],
        {},
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_fault_of_a_table_is_named_and_the_rest_is_read(prepared, name):
    plant, faults, changes = TABLES[name]

    reading = reading_of(prepared, plant(prepared))

    assert said(reading) == faults
    assert reading.values == expected(prepared, reading, changes)


def test_nothing_said_of_a_workbook_holds_what_a_database_cannot_keep(prepared):
    content = plants.cell_xml(SPEND, "E5", "<is><t>1_x0000_2</t></is>", ' t="inlineStr"')(prepared)
    content = plants.put(SPEND, C12="a\tb")(SimpleNamespace(filled=content, parts=prepared.parts))

    reading = reading_of(prepared, content)

    told = [text for one in reading.faults for text in (one.sentence, one.mend, one.code)]
    assert len(reading.faults) == 2
    assert all(text.isprintable() for text in told), told


def test_every_fault_has_a_code_of_its_own_that_fits_its_column(prepared):
    content = plants.put(SPEND, E5="x" * 500, E6="y" * 500, F5="z")(prepared)

    codes = [one.code for one in reading_of(prepared, content).faults]

    assert len(set(codes)) == 3
    assert max(map(len, codes)) == 200


def said(reading):
    """The findings as rows of the table; the place is that of the workbook that came in."""
    return [
        (one.cls, one.level, *reading.cells.get((one.line, one.name), reading.cells.get((one.line, ""), ("", ""))),
         one.sentence, one.mend)
        for one in reading.faults
    ]  # fmt: skip


def expected(prepared, reading, changes):
    """Every answer as it stands in the prepared workbook, but for those of the cells that were changed."""
    assert not reading.refused
    whole = {
        (line.key, cell.name): VALUES[cell.kind]
        for sheet in prepared.sheets
        for line in sheet.lines
        for cell in line.cells
    }
    for place, now in changes.items():
        if now is UNREAD:
            del whole[prepared.where[place]]
        else:
            whole[prepared.where[place]] = now
    return whole
