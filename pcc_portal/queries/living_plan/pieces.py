"""What a section of the plan is made of: tables of words, with sums that own up to what they do not know."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from records.words import day_in_words, pounds

from ..money import NOUGHT, MoneySum

A_YEAR = re.compile(r"\d{4}(?:/\d{2})?")


@dataclass(frozen=True)
class Cell:
    """One cell: its words, where they lead, a note beneath, and whether they are a figure."""

    text: str
    link: str = ""
    note: str = ""
    figure: bool = False
    is_example: bool = False


@dataclass(frozen=True)
class Row:
    cells: list
    amount: Decimal | None = None


@dataclass(frozen=True)
class Table:
    """A table with its caption; `total` in words where its rows have a sum."""

    caption: str
    columns: list
    rows: list
    total: str = ""

    @property
    def lines(self):
        """Each row as (column, cell) pairs."""
        return [list(zip(self.columns, row.cells, strict=True)) for row in self.rows]

    @property
    def span(self):
        return len(self.columns) - 1


@dataclass
class Section:
    """One section as it is shown: its outline, facts, rules in words, tables, and what else is to be said."""

    outline: object
    facts: list = field(default_factory=list)
    rules: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    link: str = ""


def money_cell(amount, note=""):
    return Cell(pounds(amount), note=note, figure=True)


def total_in_words(amounts):
    """ "at least £6,250 (2 not published)", or empty where there is nothing to add up."""
    amounts = list(amounts)
    known = [amount for amount in amounts if amount is not None]
    return sum_in_words(MoneySum(sum(known, NOUGHT), len(amounts) - len(known), len(amounts)))


def sum_in_words(found):
    if not found.rows:
        return ""
    if found.nothing_known:
        return f"not published ({found.unknown})"
    total = pounds(found.total)
    return f"at least {total} ({found.unknown} not published)" if found.unknown else total


def money_table(caption, columns, rows):
    """A table whose last column is money, with its total."""
    total = total_in_words(row.amount for row in rows) if len(rows) > 1 else ""
    return Table(caption, columns, rows, total)


def years_of(label):
    """The first and the last year a label of a period names: 2019/20-2021/22; None where it names none."""
    years = A_YEAR.findall(label)
    return (years[0], years[-1]) if years else None


def falls_in(year, *, label="", starts_on=None, ends_on=None, plan=None):
    """Whether a period, given by its days or else its label, touches the year of the plan."""
    if starts_on and ends_on:
        return starts_on <= plan.ends_on and ends_on >= plan.starts_on
    named = years_of(label)
    return named is not None and named[0] <= year <= named[1]


def period_in_words(starts_on, ends_on, label=""):
    if isinstance(starts_on, date) and isinstance(ends_on, date):
        return f"{day_in_words(starts_on)} to {day_in_words(ends_on)}"
    return label or "Not published"
