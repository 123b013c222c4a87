"""One thing wrong with a return, and the answers it is looked for in."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256

from plans.enums import IndicatorKind

from ...enums import FaultClass, ReturnSection
from ...queries.returns import arrears_in, outgoing, plain, released_in
from ...queries.sheet import PEOPLE

MUST_MEND, MAY_CONFIRM, STILL_MISSING = "fault", "warning", "missing"
CODE_LONGEST = 200


@dataclass(frozen=True)
class Fault:
    """What is wrong, where, and how to mend it.

    `level` is "fault" (must be mended), "warning" (may be confirmed with a reason) or "missing" (still
    to fill in). `section` is the slug of the sheet ("" for the file), `line` and `name` the row and the
    answer, empty where it is about more than one. `code` is stable and holds the figure it is about.
    """

    cls: FaultClass
    level: str
    section: str
    line: str
    name: str
    sentence: str
    mend: str
    code: str


def code_of(kind, where, *figures):
    """The stable name of a fault: what it is, where, and the figures it is about (9000 and 9000.00 are one)."""
    tail = ":".join(plain(figure) if isinstance(figure, Decimal) else str(figure) for figure in figures)
    code = f"{kind}:{where}:{tail}" if tail else f"{kind}:{where}"
    if len(code) <= CODE_LONGEST:
        return code
    return f"{kind}:{sha256(where.encode()).hexdigest()[:16]}:{tail}"


def name_of(line):
    """What a line is called in a sentence: the row, and its project or indicator."""
    if line.section == ReturnSection.INDICATORS:
        return f"{line.group}: {line.label}" if line.group else line.label
    return f"{line.label} ({line.group})" if line.group else line.label


class Answers:
    """A return as it would stand with `values` over what its sheets hold: {(line key, cell name): value}."""

    def __init__(self, monitoring_return, sheets, values):
        self.monitoring_return, self.sheets, self.values = monitoring_return, sheets, values
        self.by_indicator = {}
        for _sheet, line in self.lines(ReturnSection.INDICATORS):
            self.by_indicator.setdefault(line.indicator.key, []).append(line)

    def of(self, line, cell):
        """The answer to one cell."""
        return self.values.get((line.key, cell.name), cell.value)

    def named(self, line, name):
        """The answer of a line by the name of its cell; None where it has no such cell."""
        return next((self.of(line, cell) for cell in line.cells if cell.name == name), None)

    def first(self, line):
        return self.of(line, line.cells[0])

    def lines(self, section):
        """Each line of one kind of section with its sheet."""
        return [(sheet, line) for sheet in self.sheets if sheet.section == section for line in sheet.lines]

    def by_period(self):
        """The lines counted for the period alone, not since the start: indicators and KPIs, each with its sheet."""
        return self.lines(ReturnSection.INDICATORS) + self.lines(ReturnSection.KPIS)

    def projects(self, section):
        """The lines of one kind of section by project: {award line id: [line]}."""
        found = {}
        for _sheet, line in self.lines(section):
            found.setdefault(line.project, []).append(line)
        return found

    def spent(self, lines):
        """The spend of these lines together; None while any is unknown."""
        return total([self.named(line, "spent") for line in lines])

    @cached_property
    def instalments(self):
        """What pays the award; asked of the database once."""
        return outgoing(self.monitoring_return.award_id)

    @property
    def released(self):
        """Money that went out on the award, in pounds."""
        return released_in(self.instalments)

    @property
    def in_arrears(self):
        """Money that goes out on it after a return, in pounds."""
        return arrears_in(self.instalments)

    def of_indicator(self, key):
        """One figure for an indicator: counts by category as their sum, a score as the people asked."""
        lines = self.by_indicator.get(key, [])
        if lines and lines[0].indicator.kind == IndicatorKind.SCORE:
            lines = [line for line in lines if line.part == PEOPLE]
        figures = [self.first(line) for line in lines]
        return total(figures) if figures and lines[0].cells[0].is_figure else None


def total(figures):
    """The sum, or None while any figure is unknown."""
    return None if any(figure is None for figure in figures) else sum(figures, Decimal(0))
