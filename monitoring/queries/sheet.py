"""The words of one account of a return: a sheet of lines, a line of cells (X5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from plans.models import Indicator
from services.models import Kpi, KpiTarget

from ..enums import CellKind, ReturnSection

TEXT_LONGEST = 10_000
MOST = Decimal("9999999999.99")
YES_NO = (("YES", "Yes"), ("NO", "No"))
PEOPLE, BEFORE, AFTER = "PEOPLE", "BEFORE", "AFTER"
SCORE_PARTS = {PEOPLE: "People asked", BEFORE: "Average score before", AFTER: "Average score after"}
PARTS_OF_SCORE = tuple(SCORE_PARTS)


@dataclass(frozen=True)
class Cell:
    """One answer: `name` is the field of its row. Limits are those a value must keep."""

    name: str
    kind: CellKind
    label: str
    value: Decimal | str | None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    decimals: int = 2
    longest: int = TEXT_LONGEST
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def is_figure(self):
        return self.kind in {CellKind.COUNT, CellKind.NUMBER, CellKind.MONEY, CellKind.PERCENTAGE}


@dataclass(frozen=True)
class Line:
    """One row of a sheet. `key` is what the workbook knows it by; `pk` the row in the database, 0 for
    words of the return itself. `beside` holds what is shown and not asked: planned, target, unit, last.
    `project` is the award line it belongs to, `approved` what was approved for that, `last_period` the
    days (first, last) of the return that `last` comes from. `kpi` has its `target` in the period, or None."""

    key: str
    section: ReturnSection
    pk: int
    label: str
    cells: tuple[Cell, ...]
    group: str = ""
    beside: Mapping[str, Any] = field(default_factory=dict)
    indicator: Indicator | None = None
    part: str = ""
    project: int = 0
    approved: Decimal | None = None
    last_period: tuple[date, date] | None = None
    kpi: Kpi | None = None
    target: KpiTarget | None = None


@dataclass(frozen=True)
class Sheet:
    """One section of a return; `slug` is its place in addresses and its name inside the workbook.
    `files` are the indicators that ask for a file, which come by the web form alone; `needed` says of
    each by its key when it must be answered, where that is not always."""

    slug: str
    section: ReturnSection
    title: str
    guidance: str
    lines: tuple[Line, ...]
    files: tuple[Indicator, ...] = ()
    needed: Mapping[str, str] = field(default_factory=dict)


def money(name, label, value):
    return Cell(name, CellKind.MONEY, label, value, lowest=Decimal(0), highest=MOST)


def words(name, label, value, longest=TEXT_LONGEST):
    return Cell(name, CellKind.TEXT, label, value, longest=longest)
