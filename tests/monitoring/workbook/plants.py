"""Ways to spoil a workbook: by a spreadsheet library as a person would, or in its very bytes."""

import io
import re
import zipfile
from datetime import date
from xml.sax.saxutils import escape

from openpyxl.styles import numbers

from .prepared import opened, saved

SPEND, FIGURES, PROJECTS, OVERALL = "Spend", "People asked told", "How each project stands", "The period as a whole"


def edited(change):
    """A plant that opens the workbook with a spreadsheet library, changes it and saves it."""

    def plant(prepared):
        book = opened(prepared.filled)
        change(book)
        return saved(book)

    return plant


def put(sheet, **cells):
    """Type into cells of one sheet: straight into the file where the cell is there already, which is quicker."""

    def change(book):
        for address, value in cells.items():
            book[sheet][address] = value

    def plant(prepared):
        content = prepared.filled
        part = prepared.parts[sheet]
        for address, value in cells.items():
            inner = inner_xml(value)
            if inner is None or f'<c r="{address}"'.encode() not in zipfile.ZipFile(io.BytesIO(content)).read(part):
                return edited(change)(prepared)
            content = with_cell(content, part, address, *inner)
        return content

    return plant


def inner_xml(value):
    """A value in the words of the file format: (what is inside the cell, its kind); None for what needs a style."""
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return f"<v>{int(value)}</v>", ' t="b"'
    if isinstance(value, int | float):
        return f"<v>{value!r}</v>", ""
    if isinstance(value, str) and not value.startswith(("#", "=")):
        return f'<is><t xml:space="preserve">{escape(value)}</t></is>', ' t="inlineStr"'
    return None


def show_as(sheet, address, value, number_format=numbers.FORMAT_PERCENTAGE):
    """Type into a cell and give it a format of its own."""

    def change(book):
        book[sheet][address] = value
        book[sheet][address].number_format = number_format

    return edited(change)


def in_bytes(part, change):
    """A plant that changes the XML of one part, `change` being given and giving text."""

    def plant(prepared):
        return rezipped(prepared.filled, {part: lambda raw: change(raw.decode()).encode()})

    return plant


def rezipped(content, changes=(), extra=(), without=()):
    """The zip with parts changed, added or left out."""
    out = io.BytesIO()
    changes = dict(changes)
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in without:
                new.writestr(name, changes.get(name, bytes)(old.read(name)))
        for name, raw in dict(extra).items():
            new.writestr(name, raw)
    return out.getvalue()


def cell_xml(sheet, address, inner, kind=""):
    """A plant that replaces what stands in one cell, in the words of the file format."""

    return lambda prepared: with_cell(prepared.filled, prepared.parts[sheet], address, inner, kind)


def with_cell(content, part, address, inner, kind=""):
    """The workbook with something else in one cell that is there already."""
    old = re.compile(rf'<c r="{address}"( s="\d+")?[^>]*?(/>|>.*?</c>)')

    def change(raw):
        text, count = old.subn(
            lambda found: f'<c r="{address}"{found[1] or ""}{kind}>{inner}</c>', raw.decode(), count=1
        )
        assert count == 1
        return text.encode()

    return rezipped(content, {part: change})


def fresh(prepared):
    return prepared.filled


def copied(sheet, **cells):
    """A copy of a sheet, with other answers in it."""

    def change(book):
        copy = book.copy_worksheet(book[sheet])
        for address, value in cells.items():
            copy[address] = value

    return edited(change)


def delete_rows(sheet, row):
    return edited(lambda book: book[sheet].delete_rows(row))


def delete_columns(sheet, column):
    return edited(lambda book: book[sheet].delete_cols(column))


def moved_column(sheet, source, target):
    """A column cut and put in another place, key, heading and all."""

    def change(book):
        page = book[sheet]
        for row in range(1, page.max_row + 1):
            page.cell(row, target).value = page.cell(row, source).value
            page.cell(row, source).value = None

    return edited(change)


def copied_column(sheet, source, target):
    def change(book):
        page = book[sheet]
        for row in range(1, page.max_row + 1):
            page.cell(row, target).value = page.cell(row, source).value

    return edited(change)


def sorted_rows(sheet, first, last):
    """The lines of a table in the opposite order."""

    def change(book):
        page = book[sheet]
        rows = [[cell.value for cell in page[number]] for number in range(first, last + 1)]
        for number, values in zip(range(first, last + 1), reversed(rows), strict=True):
            for column, value in enumerate(values, 1):
                page.cell(number, column).value = value

    return edited(change)


def hide(sheet, *, row=None, column=None, state=None):
    def change(book):
        if row:
            book[sheet].row_dimensions[row].hidden = True
        if column:
            book[sheet].column_dimensions[column].hidden = True
        if state:
            book[sheet].sheet_state = state

    return edited(change)


def identity(**rows):
    """Another identity, on the very hidden sheet and in the properties alike."""
    labels = {"reference": 2, "recipient": 3, "period": 5, "template": 6, "number": 7, "draft": 8, "format": 1}

    def change(book):
        for name, value in rows.items():
            page = book["_portal"]
            page.cell(labels[name], 2).value = value
            label = page.cell(labels[name], 1).value
            book.custom_doc_props[label].value = value

    return edited(change)


A_DAY = date(2020, 10, 5)
