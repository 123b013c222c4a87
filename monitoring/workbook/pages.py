"""The sheets of an uploaded workbook, found again by their hidden keys wherever people moved them."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from ..queries import Sheet
from .findings import shown
from .layout import FRONT, IDENTITY, LISTS, MARK, MEND, Layout, cell_at

LONGEST = 100
NOT_READ = frozenset(name.casefold() for name in (FRONT, MEND, LISTS, IDENTITY))


@dataclass
class Page:
    """One sheet as it came: values by (row, column) from nought, and what the second pass saw."""

    name: str
    hidden: bool
    cells: dict
    formulas: frozenset
    percent: frozenset
    merged: list
    hidden_rows: frozenset
    hidden_columns: frozenset

    @cached_property
    def mark(self):
        """The slug this sheet is marked with, or the empty string."""
        marks = (value for value in self.cells.values() if isinstance(value, str) and value.startswith(MARK))
        return next(marks, "").removeprefix(MARK).strip()

    def text(self, at):
        """What stands in a cell as words."""
        value = self.cells.get(at)
        if isinstance(value, dict):
            return value.get("day") or value["error"]
        return squeezed(value) if isinstance(value, str) else "" if value is None else str(value)


def page_of(told):
    """A sheet from the child's account."""
    return Page(
        name=shown(told["name"])[:LONGEST],
        hidden=told["hidden"],
        cells={(row, column): value for row, column, value in told["cells"]},
        formulas=frozenset(map(tuple, told["formulas"])),
        percent=frozenset(map(tuple, told["percent"])),
        merged=told["merged"],
        hidden_rows=frozenset(told["hidden_rows"]),
        hidden_columns=frozenset(told["hidden_columns"]),
    )


def squeezed(text):
    return " ".join(text.split())


def folded(text):
    return squeezed(text).casefold()


@dataclass
class Match:
    """A sheet of the return on the page it was found on."""

    sheet: Sheet
    layout: Layout
    page: Page
    copies: list = field(default_factory=list)

    @cached_property
    def known_lines(self):
        return {folded(line.key): line for line in self.sheet.lines}

    @cached_property
    def key_column(self):
        """The column with most of the hidden names of lines, or None."""
        return self._most(1, self.known_lines)

    @cached_property
    def key_row(self):
        """The row with most of the hidden names of columns, or None."""
        return self._most(0, {kind.key for kind in self.layout.columns if kind.key != "answer"} | {"answer"})

    @cached_property
    def header_row(self):
        """The row with most of our headings, or None."""
        return self._most(0, {folded(kind.title) for kind in self.layout.columns})

    def _most(self, axis, known):
        counts = Counter(
            at[axis] for at, value in self.page.cells.items() if isinstance(value, str) and folded(value) in known
        )
        best = max(counts.values(), default=0)
        return min((index for index, count in counts.items() if count == best), default=None)

    @cached_property
    def columns(self):
        """Every column of ours that was found: {key: [column numbers]}, by hidden key, else by heading."""
        row = self.header_row if self.key_row is None else self.key_row
        names = {
            folded(kind.title if self.key_row is None else kind.key): kind.key for kind in reversed(self.layout.columns)
        }
        found = {}
        for (_at_row, column), value in sorted(self._strings(row)):
            if key := names.get(folded(value)):
                found.setdefault(key, []).append(column)
        return found

    def _strings(self, row):
        return [(at, value) for at, value in self.page.cells.items() if at[0] == row and isinstance(value, str)]

    @cached_property
    def rows(self):
        """The rows of each line that was found: {line key: [row numbers]}."""
        found = {}
        for (row, column), value in sorted(self.page.cells.items(), key=lambda item: item[0]):
            if column == self.key_column and isinstance(value, str) and (line := self.known_lines.get(folded(value))):
                found.setdefault(line.key, []).append(row)
        return found

    def address(self, at):
        return cell_at(*at)


def matched(pages, sheets, layouts):
    """Each sheet with its page: by its mark, else by its name, else by the lines on it; {slug: Match}."""
    found, taken = {}, set()
    ways = (
        lambda sheet, page: page.mark == sheet.slug,
        lambda sheet, page: not page.mark and folded(page.name) == folded(layouts[sheet.slug].name),
        lambda sheet, page: not page.mark and Match(sheet, layouts[sheet.slug], page).key_column is not None,
    )
    for way in ways:
        for sheet in sheets:
            if sheet.slug in found:
                continue
            fitting = [page for page in pages if id(page) not in taken and way(sheet, page)]
            if fitting:
                ours = layouts[sheet.slug].name
                fitting.sort(key=lambda page: (folded(page.name) != folded(ours), page.hidden))
                found[sheet.slug] = Match(sheet, layouts[sheet.slug], fitting[0], fitting[1:])
                taken |= {id(page) for page in fitting}
    return found


def others(pages, found):
    """Sheets of the workbook that are none of ours and hold something."""
    taken = {id(page) for match in found.values() for page in [match.page, *match.copies]}
    return [page for page in pages if id(page) not in taken and page.cells and folded(page.name) not in NOT_READ]
