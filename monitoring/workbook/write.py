"""The workbook of a return: one sheet for each section, filled in with what is known (X5).

What people wrote is always written as words, so no spreadsheet takes it for a formula or a link. The same
return gives the same bytes.
"""

import io
from dataclasses import astuple
from datetime import UTC, date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from ..enums import CellKind
from . import front
from .formats import Formats, validation
from .identity import NAMES, identity_of
from .layout import IDENTITY, LISTS, MARK, TOTAL, cell_at, layouts_of

MADE = datetime(2020, 1, 1)
LONGEST_CELL = 32_767
SHORT = 300
A4 = 9
MONEY = frozenset({"beside:planned"})


def workbook_of(monitoring_return, sheets, *, marks=(), values=None, template_version=None):
    """The workbook as bytes. Without a return it is the preview of `template_version`.

    `values` are answers as typed, {(line key, cell name): str, number or None}, in place of those the portal
    holds; `marks` faults to colour and explain in their cells, and to list on a sheet of their own.
    """
    sheets = [sheet for sheet in sheets if sheet.lines]
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    writer = Writer(book, sheets, list(marks), values or {})
    identity = identity_of(monitoring_return, template_version)
    front.write_front(book, writer.formats, monitoring_return, identity, sheets, writer.layouts, template_version)
    if writer.marks:
        front.write_marks(book, writer.formats, writer.marks, sheets, writer.places())
    lists = writer.declare_lists()
    for sheet in sheets:
        writer.write_sheet(sheet, identity, lists)
    writer.fill_lists()
    writer.write_identity(identity)
    title = f"{identity.reference} {identity.kind}".strip() or "Preview of a monitoring return"
    book.set_properties({"title": title, "created": made_at(monitoring_return)})
    for name, value in zip(NAMES.values(), astuple(identity), strict=True):
        if value:
            book.set_custom_property(name, value, "text")
    book.close()
    return content.getvalue()


def made_at(monitoring_return):
    """A moment that follows from the return alone."""
    return monitoring_return.opened_at.astimezone(UTC).replace(tzinfo=None) if monitoring_return else MADE


class Writer:
    """The sheets of one workbook while they are written."""

    def __init__(self, book, sheets, marks, values):
        self.book, self.sheets, self.marks, self.values = book, sheets, marks, values
        self.formats = Formats(book)
        self.layouts = layouts_of(sheets)
        self.found = {}
        for mark in marks:
            self.found.setdefault((mark.line, mark.name), []).append(mark)

    def places(self):
        """Where each answer stands: {(line key, cell name): (sheet, address)}."""
        return {
            (line.key, cell.name): (layout.name, cell_at(row, column))
            for sheet in self.sheets
            for layout in [self.layouts[sheet.slug]]
            for row, line in enumerate(sheet.lines, layout.first_row)
            for column, kind in enumerate(layout.columns, 1)
            if kind.is_answer and (cell := kind.of(line))
        }

    def declare_lists(self):
        """The address of each list of choices on the hidden sheet that is filled at the end."""
        self.choices = sorted(
            {
                tuple(label for _value, label in cell.choices)
                for sheet in self.sheets
                for line in sheet.lines
                for cell in line.cells
                if cell.choices
            }
        )
        return {
            labels: f"={LISTS}!${xl_col_to_name(column)}$1:${xl_col_to_name(column)}${len(labels)}"
            for column, labels in enumerate(self.choices)
        }

    def fill_lists(self):
        if not self.choices:
            return
        page = self.book.add_worksheet(LISTS)
        page.hide()
        page.protect()
        for column, labels in enumerate(self.choices):
            for row, label in enumerate(labels):
                page.write_string(row, column, label, self.formats("one_line"))

    def write_identity(self, identity):
        """What the workbook is, where no spreadsheet shows it."""
        page = self.book.add_worksheet(IDENTITY)
        page.very_hidden()
        page.protect()
        for row, (name, value) in enumerate(zip(NAMES.values(), astuple(identity), strict=True)):
            page.write_string(row, 0, name)
            page.write_string(row, 1, value)

    def write_sheet(self, sheet, identity, lists):
        layout = self.layouts[sheet.slug]
        page = self.book.add_worksheet(layout.name)
        self._head(page, sheet, layout)
        self._set_up(page, layout, identity)
        same = {}
        for row, line in enumerate(sheet.lines, layout.first_row):
            self._line(page, layout, row, line)
            for column, kind in enumerate(layout.columns, 1):
                if kind.is_answer and (cell := kind.of(line)):
                    rule = (cell.kind, cell.lowest, cell.highest, cell.decimals, cell.longest, cell.choices)
                    same.setdefault(rule, (cell, []))[1].append((row, column))
        for cell, at in same.values():
            _validate(page, validation(cell, lists), at)
        self._totals(page, sheet, layout)

    def _head(self, page, sheet, layout):
        """The hidden row of keys, title, guidance and the headings."""
        page.write_string(0, 0, f"{MARK}{sheet.slug}")
        page.write_string(1, 1, sheet.title, self.formats("title"))
        for row, text in enumerate(layout.guidance, 2):
            page.write_string(row, 1, text, self.formats("one_line"))
        for column, kind in enumerate(layout.columns, 1):
            page.write_string(0, column, kind.key)
            page.write_string(layout.header_row, column, kind.title, self.formats("column"))
            page.set_column(column, column, kind.width)
        page.set_row(0, None, None, {"hidden": True})
        page.set_column(0, 0, 10, None, {"hidden": True})

    def _set_up(self, page, layout, identity):
        page.freeze_panes(layout.first_row, 0)
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(layout.header_row)
        page.set_footer(f"&L{identity.reference.replace('&', '&&')}&C&A&RPage &P of &N")

    def _line(self, page, layout, row, line):
        page.write_string(row, 0, line.key)
        for column, kind in enumerate(layout.columns, 1):
            cell = kind.of(line)
            if not kind.is_answer:
                self._known(page, row, column, kind, cell)
            elif cell is None:
                page.write_blank(row, column, None, self.formats("known"))
            else:
                self._answer(page, row, column, line, cell)
        if any(cell.kind == CellKind.TEXT and cell.longest > SHORT for cell in line.cells):
            page.set_row(row, max(self._height(line, kind) for kind in layout.columns))

    def _height(self, line, kind):
        """How high the words of one cell are, with room to write where words are asked."""
        cell = kind.of(line)
        if not kind.is_answer:
            return front.height(str(cell or ""), kind.width, 60)
        return front.height(str(self._value(line, cell) or ""), kind.width, 60) if cell else 0

    def _value(self, line, cell):
        value = self.values.get((line.key, cell.name), cell.value)
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        return dict(cell.choices).get(value, value)

    def _known(self, page, row, column, kind, value):
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            whole = "known_figure" if value == int(value) else "known_decimal"
            page.write_number(row, column, value, self.formats("known_money" if kind.key in MONEY else whole))
        else:
            page.write_string(row, column, "" if value is None else str(value)[:LONGEST_CELL], self.formats("known"))

    def _answer(self, page, row, column, line, cell):
        """One answer, and in a comment what is wrong with it."""
        marks = self.found.get((line.key, cell.name), [])
        look = self.formats.answer(cell.kind, failing=bool(marks))
        value = self._value(line, cell)
        if value is None or value == "":
            page.write_blank(row, column, None, look)
        elif isinstance(value, int | Decimal):
            page.write_number(row, column, value, look)
        else:
            page.write_string(row, column, str(value)[:LONGEST_CELL], look)
        if marks:
            said = "\n".join(f"{mark.sentence}. {mark.mend}".strip() for mark in marks)
            page.write_comment(row, column, said[:1500], {"x_scale": 2.5, "y_scale": 1.5})

    def _totals(self, page, sheet, layout):
        """Under a sheet of money, the sum of each column of money."""
        last = layout.first_row + len(sheet.lines) - 1
        sums = [
            (column, kind)
            for column, kind in enumerate(layout.columns, 1)
            if kind.key == "beside:planned"
            or (kind.is_answer and kind.key != "answer" and all(_is_money(kind.of(line)) for line in sheet.lines))
        ]
        if not sums:
            return
        page.write_string(last + 1, 0, TOTAL)
        for column, kind in enumerate(layout.columns, 1):
            page.write_string(last + 1, column, "Total" if kind.key == "label" else "", self.formats("total_label"))
        for column, kind in sums:
            cells = f"{cell_at(layout.first_row, column)}:{cell_at(last, column)}"
            total = sum((self._amount(kind, line) for line in sheet.lines), Decimal(0))
            page.write_formula(last + 1, column, f"=SUM({cells})", self.formats("total"), total)

    def _amount(self, kind, line):
        cell = kind.of(line)
        if not kind.is_answer:
            return cell if isinstance(cell, Decimal) else Decimal(0)
        value = self._value(line, cell)
        return value if isinstance(value, Decimal) else Decimal(0)


def _is_money(cell):
    return cell is not None and cell.kind == CellKind.MONEY


def _validate(page, options, at):
    """One rule over all cells that share it, neighbours as one range."""
    ranges = []
    for row, column in sorted(at, key=lambda pair: (pair[1], pair[0])):
        if ranges and ranges[-1][1] == column and ranges[-1][2] == row - 1:
            ranges[-1] = (ranges[-1][0], column, row)
        else:
            ranges.append((row, column, row))
    first, column, last = ranges[0]
    more = [[start, column, end, column] for start, column, end in ranges[1:]]
    page.data_validation(first, column, last, column, {**options, "other_cells": more} if more else options)
