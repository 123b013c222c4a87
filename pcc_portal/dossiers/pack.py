"""What an evidence pack is made of: plain rows fit for JSON, each figure exact and as it is printed."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

from records.words import day_in_words, pounds
from services.enums import Rag
from services.models import Kpi
from services.queries import charts
from services.queries.kpis import KpiHistory, KpiPoint

TEXT, MONEY, DAY, FIGURE, RAG, LINK = "text", "money", "day", "figure", "rag", "link"


@dataclass(frozen=True)
class Cell:
    """One thing said: `value` is exact (a sum in pounds, an ISO day, a figure), `shown` what is printed."""

    kind: str
    value: str | None
    shown: str
    link: str = ""


@dataclass(frozen=True)
class Fact:
    label: str
    cell: Cell


@dataclass(frozen=True)
class Row:
    """One line of a table; `key` tells it from its neighbours for as long as the row behind it lives."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    none: str = ""


@dataclass(frozen=True)
class KpiFigures:
    """A KPI as figures, from which its chart is drawn."""

    name: str
    kind: str
    unit: str
    points: tuple[dict, ...]


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    lead: str = ""
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    kpis: tuple[KpiFigures, ...] = ()


@dataclass(frozen=True)
class Pack:
    """Everything an extension decision rests on, as it stands on a day."""

    reference: str
    contract: str
    name: str
    provider: str
    as_at: str
    is_example: bool
    sections: tuple[Section, ...] = field(default_factory=tuple)

    @property
    def plain(self):
        """The pack as lists and mappings of text and truth alone."""
        return json.loads(json.dumps(asdict(self)))


def digest_of(plain):
    """The SHA-256 of the whole content, whatever the order of its names."""
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def text(words, link=""):
    return Cell(LINK if link else TEXT, str(words), str(words), link)


def day(value, unknown="Not known"):
    return Cell(DAY, value.isoformat() if value else None, day_in_words(value) if value else unknown)


def money(amount):
    return Cell(MONEY, None if amount is None else str(amount), pounds(amount).capitalize())


def at_least(amount, unknown):
    """A sum over rows of which some have no value: never as if they were nought."""
    if not unknown or not amount:
        return money(None if unknown else amount)
    return Cell(MONEY, str(amount), f"At least {pounds(amount)} ({unknown} not published)")


def figure(value, shown):
    return Cell(FIGURE, None if value is None else plain_number(value), shown)


def rag(value):
    return Cell(RAG, str(value), Rag(value).label)


def plain_number(value):
    """91.50 as 91.5, 120.00 as 120."""
    words = f"{Decimal(value):f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def charts_of(section):
    """The chart of each KPI of a plain section, drawn from its figures; None for one without any."""
    return [charts.chart_of(_history(kpi)) for kpi in section["kpis"]]


def _history(kpi):
    """A history without rows: an unsaved KPI with the plain figures as its points."""
    bare = Kpi(name=kpi["name"], kind=kpi["kind"], unit=kpi["unit"])
    return KpiHistory(bare, tuple(_point(row) for row in kpi["points"]))


def _point(row):
    return KpiPoint(
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
        value=_figure(row["value"]),
        target=_figure(row["target"]),
        amber=_figure(row["amber"]),
        rag=Rag(row["rag"]),
        accepted=row["accepted"],
        comment="",
    )


def _figure(plain):
    return None if plain is None else Decimal(plain)
