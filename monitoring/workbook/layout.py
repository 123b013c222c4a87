"""Where everything stands in the workbook of a return: the one account that writing and reading share.

Every sheet has a hidden first row, naming its columns, and a hidden first column, naming its lines. They are
what a workbook is read by, so rows and columns may be moved, sorted or put between.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from ..enums import CellKind, ReturnSection

FORMAT = 1
FRONT, MEND, LISTS, IDENTITY = "Read me first", "What to mend", "Lists", "_portal"
MARK = "portal:"
TOTAL = "portal-total"
LONGEST_NAME = 31
GUIDANCE_ROWS, GUIDANCE_WIDTH = 4, 110
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]+")
LABELS = {
    ReturnSection.INDICATORS: "What is asked",
    ReturnSection.SPEND: "Budget line",
    ReturnSection.OUTCOMES: "Outcome",
    ReturnSection.OUTPUTS: "Output",
    ReturnSection.KPIS: "KPI",
    ReturnSection.PROJECTS: "Project",
    ReturnSection.OVERALL: "Question",
    ReturnSection.UNDERSPEND: "Question",
}
BESIDE = {
    "measure": "How it is counted",
    "definition": "What is measured",
    "needed": "When it is needed",
    "help": "How to count it",
    "unit": "Unit",
    "direction": "Better when",
    "baseline": "Before",
    "planned": "Planned (£)",
    "target": "Target",
    "amber": "Amber limit",
    "last": "Last return",
}
GROUPS = {ReturnSection.INDICATORS: "Question", ReturnSection.KPIS: "Service"}
WIDTHS = {
    "measure": 32,
    "definition": 44,
    "amber": 12,
    "needed": 32,
    "help": 44,
    "unit": 12,
    "planned": 14,
    "target": 12,
    "last": 14,
    "baseline": 12,
}
PER_CENT = "% (45 means 45%)"


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its key in the hidden row, the heading people read, its width in letters."""

    key: str
    title: str
    width: int
    of: Callable[[Any], Any]
    is_answer: bool = False


@dataclass(frozen=True)
class Layout:
    """One sheet: rows and columns are counted from nought."""

    name: str
    guidance: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def header_row(self):
        return 2 + len(self.guidance)

    @property
    def first_row(self):
        return self.header_row + 1


def layouts_of(sheets):
    """The layout of each sheet by its slug."""
    names = sheet_names(sheets)
    return {
        sheet.slug: Layout(names[sheet.slug], tuple(guidance_lines(sheet.guidance)), tuple(columns_of(sheet)))
        for sheet in sheets
    }


def sheet_names(sheets):
    """A name for each sheet: readable, at most 31 letters, none of those Excel forbids, none twice."""
    taken = {name.casefold() for name in (FRONT, MEND, LISTS, IDENTITY, "History")}
    names = {}
    for sheet in sheets:
        plain = " ".join(FORBIDDEN.sub(" ", sheet.title).split()).strip("' ") or "Sheet"
        name, number = plain[:LONGEST_NAME].strip("' "), 1
        while name.casefold() in taken:
            number += 1
            tail = f" ({number})"
            name = plain[: LONGEST_NAME - len(tail)].strip("' ") + tail
        taken.add(name.casefold())
        names[sheet.slug] = name
    return names


def guidance_lines(guidance):
    """The first lines of the guidance, short enough to stay in sight; the whole of it stands in front."""
    lines = wrapped(guidance)
    if len(lines) <= GUIDANCE_ROWS:
        return lines
    return [*lines[: GUIDANCE_ROWS - 1], f"There is more about this sheet on “{FRONT}”."]


def wrapped(text, width=GUIDANCE_WIDTH):
    """Text in lines of at most so many letters; a longer word keeps a line of its own."""
    lines = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            if line and len(line) + len(word) >= width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        if line:
            lines.append(line)
    return lines


def columns_of(sheet):
    """What stands beside each other: project, line, what is known of it, then what is asked."""
    columns = []
    if any(line.group for line in sheet.lines):
        columns.append(Column("group", GROUPS.get(sheet.section, "Project"), 28, lambda line: line.group))
    label = LABELS.get(sheet.section, "Line")
    columns.append(Column("label", label, 44 if len(columns) else 52, lambda line: line.label))
    for name in beside_of(sheet):
        title = BESIDE.get(name, name.capitalize())
        columns.append(Column(f"beside:{name}", title, WIDTHS.get(name, 16), _beside(name)))
    return columns + _answers(sheet)


def beside_of(sheet):
    """The names of what any line of the sheet has to show, known ones first."""
    shown = {name for line in sheet.lines for name, value in line.beside.items() if value not in (None, "")}
    if any(cell.kind == CellKind.PERCENTAGE for line in sheet.lines for cell in line.cells):
        shown.add("unit")
    return [name for name in BESIDE if name in shown] + sorted(shown - set(BESIDE))


def _beside(name):
    def of(line):
        value = line.beside.get(name)
        if name == "unit" and value in (None, "", "%") and any(c.kind == CellKind.PERCENTAGE for c in line.cells):
            return PER_CENT
        return figure(value)

    return of


def figure(value):
    """A figure as Decimal wherever it is one, so that a spreadsheet can reckon with it; words as they are."""
    if not isinstance(value, str):
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return number if number.is_finite() else value


def _answers(sheet):
    """One column of answers where every line asks for one thing, else a column for each."""
    if all(len(line.cells) == 1 for line in sheet.lines):
        cells = [line.cells[0] for line in sheet.lines]
        titles = {cell.label for cell in cells}
        title = titles.pop() if len(titles) == 1 else "Answer"
        return [Column("answer", title, max(map(_width, cells), default=16), lambda line: line.cells[0], True)]
    first = {}
    for line in sheet.lines:
        for cell in line.cells:
            first.setdefault(cell.name, cell)
    return [
        Column(f"answer:{name}", cell.label, _width(cell), _answer_named(name), True) for name, cell in first.items()
    ]


def _answer_named(name):
    return lambda line: next((cell for cell in line.cells if cell.name == name), None)


def _width(cell):
    if cell.kind == CellKind.TEXT:
        return 70 if cell.longest > 1000 else 40
    return 22 if cell.choices else 18


def cell_at(row, column):
    """D7 for row 6 and column 3, both from nought."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def template_of(monitoring_return):
    """The key and number of the template a return was opened with; ("", None) where it has none."""
    version = monitoring_return.template_version if monitoring_return.template_version_id else None
    return (version.template.key, version.number) if version else ("", None)
