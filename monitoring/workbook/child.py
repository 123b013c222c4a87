"""Reads a workbook nobody has looked into yet. Run as a process of its own, with limits of its own.

Knows neither Django nor the portal, so it starts quickly and has nothing to lose. The workbook comes in on
standard input; what stands in it goes out on standard output as JSON: see `examine`. Values are read with
calamine, which is quick; a second pass with openpyxl sees what is hidden, merged, reckoned or broken.
"""

import gc
import io
import json
import re
import resource
import sys
import warnings
import zipfile
from datetime import date, datetime
from xml.etree import ElementTree

import openpyxl
from python_calamine import CalamineWorkbook

MOST_XML = 40_000_000
MOST_CELLS = 150_000
MOST_ROWS, MOST_COLUMNS = 20_000, 256
MOST_SHEETS = 100
CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*?(/?)>')
SHOWN = re.compile(rb"<(?:\w+:)?v>([^<]{1,20})<")
READ = (".xml", ".rels")
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class TooMuch(Exception):
    """More than any workbook of ours holds: {"what", "sheet", "cell" or "count"}."""

    def __init__(self, what, **more):
        super().__init__(what)
        self.said = {"what": what, **more}


def examine(content):
    """What stands in a workbook, or why it was not read.

    {"sheets": [{"name", "hidden", "cells": [[row, column, value]], "formulas": [[row, column]], "percent": ...,
    "merged": [[first row, first column, last row, last column]], "hidden_rows", "hidden_columns"}],
    "properties": {name: text}} with rows and columns from nought, or {"refused": {"what": ...}}. A value is text,
    a number, true or false, {"day": ISO date}, or {"error": "#REF!"}.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _examine(content)
    except TooMuch as reason:
        return {"refused": reason.said}
    except MemoryError:
        return {"refused": {"what": "memory"}}
    except Exception as reason:  # whatever a broken workbook provokes in a reader ends here, in words
        return {"refused": {"what": "broken", "detail": f"{type(reason).__name__}: {reason}"[:300]}}


def _examine(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        errors = _look_at_size(archive)
    book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    values = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [_sheet(sheet, values, errors.get(sheet.title, {})) for sheet in book.worksheets]
    properties = {prop.name: str(prop.value) for prop in book.custom_doc_props.props if prop.value is not None}
    return {"sheets": sheets, "properties": properties}


def _look_at_size(archive):
    """Count cells and find the farthest one, before any reader makes room for them; gives the broken ones.

    {sheet: {(row, column): "#REF!"}}: what a formula came to is seen by neither reader when it is an error.
    """
    if sum(member.file_size for member in archive.infolist() if member.filename.endswith(READ)) > MOST_XML:
        raise TooMuch("size")
    names = _sheet_names(archive)
    cells, errors = 0, {}
    for path, name in names.items():
        text = archive.read(path)
        for found in CELL.finditer(text):
            cells += 1
            letters, row, is_empty = found.groups()
            if cells > MOST_CELLS:
                raise TooMuch("cells", sheet=name)
            if is_empty:
                continue
            address = (letters + row).decode()
            if int(row) > MOST_ROWS:
                raise TooMuch("rows", sheet=name, cell=address)
            if len(letters) > 1 and _number(letters) > MOST_COLUMNS:
                raise TooMuch("columns", sheet=name, cell=address)
            if b't="e"' in found.group() and (shown := SHOWN.search(text, found.end(), found.end() + 5000)):
                errors.setdefault(name, {})[int(row) - 1, _number(letters) - 1] = shown[1].decode(errors="replace")
    return errors


def _number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet_names(archive):
    """The name of each sheet by the part it stands in; a part that is not there is a KeyError later on."""
    links = _xml(archive, "xl/_rels/workbook.xml.rels").iter()
    targets = {link.get("Id"): link.get("Target", "").lstrip("/") for link in links if link.get("Id")}
    sheets = [one for one in _xml(archive, "xl/workbook.xml").iter() if one.tag.endswith("}sheet")]
    if len(sheets) > MOST_SHEETS:
        raise TooMuch("sheets", count=len(sheets))
    names = {}
    for sheet in sheets:
        link = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        target = targets[link]
        names[target if target.startswith("xl/") else f"xl/{target}"] = sheet.get("name", "")
    return names


def _xml(archive, path):
    return ElementTree.fromstring(archive.read(path))


def _sheet(sheet, values, errors):
    """Values by calamine, errors by the first look; the rest by openpyxl."""
    read = values.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
    cells = {
        (row, column): _plain(value)
        for row, line in enumerate(read)
        for column, value in enumerate(line)
        if value not in ("", None)
    }
    cells |= {at: {"error": shown} for at, shown in errors.items()}
    formulas, percent = [], []
    for line in sheet._cells.values():
        at = (line.row - 1, line.column - 1)
        if line.data_type == "f":
            formulas.append(at)
        if at in cells and line.has_style and "%" in QUOTED.sub("", line.number_format):
            percent.append(at)
    return {
        "name": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "cells": [[*at, value] for at, value in sorted(cells.items())],
        "formulas": formulas,
        "percent": percent,
        "merged": [[a.min_row - 1, a.min_col - 1, a.max_row - 1, a.max_col - 1] for a in sheet.merged_cells.ranges],
        "hidden_rows": [row - 1 for row, form in sheet.row_dimensions.items() if form.hidden],
        "hidden_columns": _hidden_columns(sheet),
    }


def _hidden_columns(sheet):
    """One entry of the file may hide a run of columns, up to the last there can be."""
    return sorted(
        {
            column - 1
            for form in sheet.column_dimensions.values()
            if form.hidden
            for column in range(form.min or 1, min(form.max or 1, MOST_COLUMNS) + 1)
        }
    )


def _plain(value):
    """A value as JSON knows it; a length of time as the words a spreadsheet shows."""
    if isinstance(value, datetime):
        return {"day": value.date().isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, (str, bool, int, float)) else str(value)


def keep_limits(memory, seconds, answer):
    """Bytes of memory, seconds of the processor, bytes of the answer; no dump when it ends badly."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (answer, answer))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main():
    keep_limits(*(int(word) for word in sys.argv[1:4]))
    gc.disable()  # it lives for one workbook
    answer = json.dumps(examine(sys.stdin.buffer.read()), ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(answer.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
