"""Files that are no workbook, the wrong workbook or a hostile one: refused by name before anything is taken (X5)."""

import io
import random
import zipfile
from types import SimpleNamespace

import pytest

from monitoring.enums import FaultClass as C
from monitoring.workbook.write import workbook_of
from tests.records import files

from . import plants
from .plants import SPEND, rezipped
from .prepared import reading_of

pytestmark = pytest.mark.django_db
OURS = "Upload the workbook you downloaded from the page of this return"
SAVE = "Open it in Excel, save it as an Excel workbook (.xlsx), then upload that"
AGAIN = "Download the workbook from the page of this return and fill that in"
FRESH = "Download the workbook again and copy your answers into it"
CLEAR = "Clear everything outside the table, or: download the workbook again and copy your answers into it"
COPY = "Copy its content to a new file and upload that"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return out.getvalue()


def with_extra(**parts):
    return lambda prepared: rezipped(prepared.filled, extra=parts)


def constant(content):
    return lambda prepared: content


def in_part(part, old, new):
    def plant(prepared):
        assert old in zipfile.ZipFile(io.BytesIO(prepared.filled)).read(part)
        return rezipped(prepared.filled, {part: lambda raw: raw.replace(old, new)})

    return plant


def with_password(prepared):
    """The mark of encryption on every part, as zip programs set it."""
    content = bytearray(prepared.filled)
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(head)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(head, place + 4)
    return bytes(content)


def named_twice(prepared):
    out = io.BytesIO(prepared.filled)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


def sheet_data(rows):
    """A plant that puts these rows, as XML, under the lines of the sheet of spend."""
    return in_spend(b"</sheetData>", rows.encode() + b"</sheetData>")


def in_spend(old, new):
    return lambda prepared: in_part(prepared.parts[SPEND], old, new)(prepared)


def many_rows():
    return "".join([f'<row r="{row}"><c r="C{row}"><v>1</v></c></row>' for row in range(20, 200_021)])


def many_cells():
    letters = [chr(65 + number) for number in range(26)]
    return "".join([f'<c r="{letter}{row}"/>' for row in range(20, 5_900) for letter in letters])


def swollen(prepared):
    """45 MB of words that do not pack well enough for the guard to see a bomb."""
    letters = random.Random(7)
    some = "".join(f"<si><t>{letters.getrandbits(64):x} {'words ' * 80}</t></si>" for _ in range(900))
    return rezipped(
        prepared.filled, {"xl/sharedStrings.xml": lambda raw: raw.replace(b"</sst>", (some * 100).encode() + b"</sst>")}
    )


MORE_SHEETS = "".join(f'<sheet name="More {number}" sheetId="{number}" r:id="rId1"/>' for number in range(50, 150))


NOT_A_WORKBOOK = {
    "empty file": (constant(b""), "The file is empty", OURS),
    "text file": (constant(b"Project,Spent\nA,12\n"), "The file is a text file (CSV), not an Excel workbook", OURS),
    "old .xls": (constant(OLE), "The file is an Excel workbook of the old kind (.xls), whatever its name says", SAVE),
    "password": (
        constant(OLE + "EncryptedPackage".encode("utf-16-le")),
        "The workbook is protected by a password, so it cannot be read",
        "Open the file, choose File, Info, Protect Workbook, Encrypt with Password, and empty the password",
    ),
    "PDF": (constant(b"%PDF-1.7 ..."), "The file is a PDF, not an Excel workbook", OURS),
    "picture": (constant(b"\x89PNG\r\n\x1a\n"), "The file is a picture, not an Excel workbook", OURS),
    "RTF": (constant(b"{\\rtf1 ...}"), "The file is a text document (RTF), not an Excel workbook", OURS),
    "web page": (constant(b"<html><table>"), "The file is a web page, not an Excel workbook", SAVE),
    "XML of 2003": (constant(b"<?xml version='1.0'?><Workbook>"), "The file is XML, not an Excel workbook", SAVE),
    "noise": (constant(b"\0\1\2\3" * 50), "The file is not an Excel workbook", OURS),
    "OpenDocument": (
        constant(zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet")),
        "The file is an OpenDocument spreadsheet (.ods)",
        "Save it as an Excel workbook (.xlsx)",
    ),
    "Word": (
        constant(zipped(**{"word/document.xml": "<x/>"})),
        "The file is a Word document, not an Excel workbook",
        OURS,
    ),
    "binary workbook": (
        constant(zipped(**{"xl/workbook.bin": "x"})),
        "The file is a binary Excel workbook (.xlsb)",
        SAVE,
    ),
    "any other zip": (constant(zipped(**{"a.txt": "x"})), "The workbook is not a real Excel (xlsx) file",
                      "Open it, save it again as Excel (xlsx), then upload that"),
    "cut short": (
        lambda prepared: prepared.filled[:-2000],
        "The file is damaged or was cut short on its way",
        f"{SAVE}. If that fails: {OURS}",
    ),
    "scrambled": (
        constant(files.scrambled()),
        "The file is damaged or was cut short on its way",
        f"{SAVE}. If that fails: {OURS}",
    ),
    "only the first bytes": (
        lambda prepared: prepared.filled[:3000],
        "The file is damaged or was cut short on its way",
        f"{SAVE}. If that fails: {OURS}",
    ),
    "macros": (
        with_extra(**{"xl/vbaProject.bin": b"x"}),
        "The workbook holds macros",
        "Save it as an Excel workbook (.xlsx), which has no macros, then upload that",
    ),
    "macro workbook without macros": (
        in_part("[Content_Types].xml", b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"),
        "The workbook holds macros",
        "Save it as an Excel workbook (.xlsx), which has no macros, then upload that",
    ),
    "strict": (
        in_part("xl/workbook.xml", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        "The workbook was saved as “Strict Open XML Spreadsheet”",
        "Save it as “Excel Workbook (.xlsx)”, then upload that",
    ),
    "links to other workbooks": (
        with_extra(**{"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
        "The workbook holds links to other workbooks",
        "Break the links (Data, then Edit Links), then upload it again",
    ),
    "embedded object": (
        with_extra(**{"xl/embeddings/oleObject1.bin": b"x"}),
        "The workbook holds embedded objects",
        "Remove them, then upload it again",
    ),
    "document type": (
        in_part("xl/workbook.xml", b"<workbook ", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook '),
        "The workbook declares a document type",
        COPY,
    ),
    "zip bomb": (
        with_extra(**{"xl/media/image1.xml": b"<x>" + b" " * 30_000_000}),
        "The workbook unpacks to far more than it should",
        COPY,
    ),
    "thousands of parts": (
        with_extra(**{f"xl/media/{number}.png": b"" for number in range(2001)}),
        "The workbook unpacks to far more than it should",
        COPY,
    ),
    "path that leaves the zip": (
        with_extra(**{"../../etc/passwd": b"x"}),
        "The workbook is not a real Excel (xlsx) file",
        "Open it, save it again as Excel (xlsx), then upload that",
    ),
    "part named twice": (
        named_twice,
        "The workbook is not a real Excel (xlsx) file",
        "Open it, save it again as Excel (xlsx), then upload that",
    ),
    "zip with a password": (
        with_password,
        "The workbook is protected by a password, so it cannot be read",
        "Open the file, choose File, Info, Protect Workbook, Encrypt with Password, and empty the password",
    ),
    "XML broken off": (
        in_spend(b"</sheetData>", b""),
        "The workbook is damaged and cannot be read",
        SAVE,
    ),
    "sheet without its part": (
        lambda prepared: rezipped(prepared.filled, without=[prepared.parts[SPEND]]),
        "The workbook is damaged and cannot be read",
        SAVE,
    ),
    "200,000 rows": (
        lambda prepared: sheet_data(many_rows())(prepared),
        "Sheet “Spend” goes far below its table: there is something in cell C20001",
        CLEAR,
    ),
    "last column there is": (
        sheet_data('<row r="20"><c r="XFD20"><v>1</v></c></row>'),
        "Sheet “Spend” goes far to the right of its table: there is something in cell XFD20",
        CLEAR,
    ),
    "last cell there is": (
        sheet_data('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "Sheet “Spend” goes far below its table: there is something in cell XFD1048576",
        CLEAR,
    ),
    "150,000 cells": (
        lambda prepared: sheet_data(many_cells())(prepared),
        "Sheet “Spend” holds far more cells than any return needs",
        FRESH,
    ),
    "words without end": (swollen, "The workbook unpacks to far more than any return needs", FRESH),
    "a hundred sheets more": (
        in_part("xl/workbook.xml", b"</sheets>", MORE_SHEETS.encode() + b"</sheets>"),
        "The workbook has far more sheets than any return needs: 107",
        FRESH,
    ),
    "somebody's own workbook": (
        plants.edited(lambda book: (book.remove(book["_portal"]), book.custom_doc_props.props.clear())),
        "This is not a workbook of this portal",
        AGAIN,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_A_WORKBOOK)
def test_file_that_cannot_be_read_is_refused_by_name(prepared, name):
    plant, sentence, mend = NOT_A_WORKBOOK[name]

    assert_refused(reading_of(prepared, plant(prepared)), sentence, mend)


def assert_refused(reading, sentence, mend):
    assert [(one.cls, one.level, one.section, one.sentence, one.mend) for one in reading.faults] == [
        (C.FILE, "fault", "", sentence, mend)
    ]
    assert (reading.refused, reading.values, reading.raw, reading.cells) == (True, {}, {}, {})


WRONG_ONES = {
    "another organisation's": (
        {"recipient": "Swale Partnership", "reference": "MR-2020-777"},
        "This is the workbook of another organisation, Swale Partnership (return MR-2020-777)",
        AGAIN,
    ),
    "another period's": (
        {"reference": "MR-2019-003", "period": "1 April 2019 to 30 September 2019"},
        (
            "This is the workbook of another return, MR-2019-003 for 1 April 2019 to 30 September 2019; this one is "
            "{reference} for 1 April 2020 to 30 September 2020"
        ),
        "Upload it on the page of MR-2019-003, or download the workbook of {reference}",
    ),
    "another template's": (
        {"template": "quite-another"},
        "This workbook asks for other things: it was made from another template",
        AGAIN,
    ),
    "a newer version's": (
        {"number": "9"},
        "This workbook was made from version 9 of the template, which this return does not use: it uses version 2",
        AGAIN,
    ),
    "an unknown version's": (
        {"number": "two"},
        "This workbook was made from version two of the template, which this return does not use: it uses version 2",
        AGAIN,
    ),
    "a newer portal's": ({"format": "2"}, "This workbook was made by a newer portal than this one", AGAIN),
    "a preview": ({"reference": ""}, "This is the preview of a template, not the workbook of a return", AGAIN),
}


@pytest.mark.parametrize("name", WRONG_ONES)
def test_wrong_workbook_is_refused_by_name(prepared, name):
    changed, sentence, mend = WRONG_ONES[name]
    reference = prepared.monitoring_return.reference

    reading = reading_of(prepared, plants.identity(**changed)(prepared))

    assert_refused(reading, sentence.format(reference=reference), mend.format(reference=reference))


def test_marks_that_contradict_each_other_are_refused(prepared):
    content = plants.edited(lambda book: setattr(book["_portal"]["B2"], "value", "MR-2020-999"))(prepared)

    assert_refused(
        reading_of(prepared, content), "The hidden marks that say which return this workbook is for were changed", AGAIN
    )


def test_preview_of_a_template_is_no_workbook_to_fill_in(prepared):
    preview = workbook_of(None, prepared.sheets, template_version=prepared.monitoring_return.template_version)

    assert_refused(
        reading_of(prepared, preview), "This is the preview of a template, not the workbook of a return", AGAIN
    )


def test_workbook_of_an_earlier_version_keeps_what_it_has_and_says_what_it_lacks(prepared):
    """As if version 1 had known neither hours nor a story, and had asked for one thing more."""

    def earlier(book):
        page = book[plants.FIGURES]
        page["A5"], page["C5"] = "i/indicators/dropped/", "Leaflets"
        page.delete_rows(6)
        book.remove(book[plants.OVERALL])

    content = plants.edited(earlier)(SimpleNamespace(filled=plants.identity(number="1")(prepared)))

    reading = reading_of(prepared, content)

    made_from = "which was made from version 1"
    assert [(one.cls, one.level, one.sentence, one.mend) for one in reading.faults] == [
        (C.FILE, "note", "The workbook was made from version 1 of the template, which has changed since",
         "What it does not ask for is listed below"),
        (C.ROW, "note", "“Leaflets” in row 5 is not asked any more and was not read", ""),
        (C.ROW, "missing", f"“People supported” is not in this workbook, {made_from} of the template",
         "Fill it in on the page of the return"),
        (C.ROW, "missing", f"“Hours of support” is not in this workbook, {made_from} of the template",
         "Fill it in on the page of the return"),
        (C.SECTION, "missing", f"Sheet “The period as a whole” is not in this workbook, {made_from}",
         "Fill it in on the page of the return"),
    ]  # fmt: skip
    lost = {"i/indicators/people/", "i/indicators/hours/", "texts/narrative", "texts/learning", "texts/risks"}
    assert {key for key, _name in prepared.typed} - {key for key, _name in reading.values} == lost
    assert (reading.template_number, reading.refused) == (1, False)


def test_return_changed_in_the_portal_meanwhile_is_said(prepared):
    reading = reading_of(prepared, plants.identity(draft="0")(prepared))

    assert [(one.level, one.sentence, one.mend, one.code) for one in reading.faults] == [
        (
            "warning",
            "The return was changed in the portal after this workbook was downloaded",
            "Compare the answers before you take them over. Cells left empty change nothing",
            "file:outrun:0",
        )
    ]
    assert len(reading.values) == len(prepared.typed)
