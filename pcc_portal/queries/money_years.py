"""Commitments in this and in future years: every promise falls into the years in which it is due, to the penny (X2)."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grants.enums import Direction, InstalmentStatus
from grants.queries import sources as grant_sources
from records import calendar

from . import money_sources
from .money import NOUGHT, MoneySum

LABEL = re.compile(r"(\d{4})(/\d\d(\d\d)?)?$")
SHOWN = 5


@dataclass(frozen=True)
class Slice:
    """What one stake promises for one year, which begins on `year`; `amount` None where no sum is published."""

    stake: money_sources.Stake
    year: date
    amount: Decimal | None


def year_of(day, anchor):
    """The first day of the year of the office that holds the day; its years begin on the anchor's day and month."""
    start = calendar.add_months(anchor, 12 * (day.year - anchor.year))
    return start if start <= day else calendar.add_months(anchor, 12 * (day.year - anchor.year - 1))


def year_label(start):
    """2020/21, or 2020 where the year is that of the calendar."""
    last = calendar.period_end(start, 12)
    return f"{start.year}/{last.year % 100:02d}" if last.year > start.year else str(start.year)


def slices(found, anchor):
    """Every promise by year; the slices of a stake add up to what it promises."""
    return [piece for stake in found for piece in _slices_of(stake, anchor)]


def _slices_of(stake, anchor):
    if stake.promised is not None and not stake.promised:
        return []
    weights = _weights(stake, anchor)
    if stake.promised is None:
        return [Slice(stake, year, None) for year in sorted(weights)]
    years = sorted(weights)
    parts = grant_sources.split(stake.promised, [weights[year] for year in years])
    return [Slice(stake, year, part) for year, part in zip(years, parts, strict=True) if part]


def _weights(stake, anchor):
    """{year: its weight}: by instalments for an award of the portal, else by days, else the year of its label."""
    planned = stake.kind == money_sources.AWARD and not stake.subject.is_recorded
    if planned and (found := _by_instalments(stake, anchor)):
        return found
    label = "" if stake.kind == money_sources.AWARD and stake.starts_on and stake.ends_on else _label_of(stake)
    if label and (told := LABEL.match(label)):
        return {calendar.add_months(anchor, 12 * (int(told[1]) - anchor.year)): Decimal(1)}
    if stake.kind == money_sources.CONTRACT and stake.promised is not None:
        first, last = _source_days(stake)
        return _by_days(first, last, anchor)
    return _by_days(stake.starts_on or anchor, stake.ends_on or stake.starts_on or anchor, anchor)


def _label_of(stake):
    if stake.kind == money_sources.COMMITMENT:
        return stake.subject.year
    return stake.subject.period_label if stake.kind == money_sources.AWARD else ""


def _source_days(stake):
    """The days that a contract and the source that pays for it both last."""
    source = next(
        (row.funding_source for row in stake.subject.funding.all() if row.funding_source_id == stake.source_id), None
    )
    if source is None:
        return stake.starts_on, stake.ends_on
    return max(stake.starts_on, source.starts_on), min(stake.ends_on, source.ends_on)


def _by_instalments(stake, anchor):
    """The stake's part of each instalment that is not cancelled, by the year in which it is due."""
    weights: dict[date, Decimal] = defaultdict(Decimal)
    for row in stake.subject.instalments.all():
        if row.direction == Direction.OUT and row.status != InstalmentStatus.CANCELLED:
            for line in row.lines.all():
                days = line.award_line.starts_on, line.award_line.ends_on
                for source, part in grant_sources.shared(stake.subject, line.amount, *days):
                    if source == stake.source_id:
                        weights[year_of(row.due_on, anchor)] += part
    return {year: weight for year, weight in weights.items() if weight > 0}


def _by_days(starts_on, ends_on, anchor):
    weights: dict[date, Decimal] = {}
    year = year_of(starts_on, anchor)
    while year <= ends_on:
        last = calendar.period_end(year, 12)
        weights[year] = Decimal((min(last, ends_on) - max(year, starts_on)).days + 1)
        year = calendar.add_months(year, 12)
    return weights


def total(pieces):
    """The sum of slices, with how many are not published."""
    known = [piece.amount for piece in pieces if piece.amount is not None]
    examples = sum(piece.stake.is_example for piece in pieces)
    return MoneySum(sum(known, NOUGHT), len(pieces) - len(known), len(pieces), examples)


@dataclass(frozen=True)
class YearTable:
    """Promises by year: `columns` are (key, label); rows are (name, key, [(column, label, sum)], sum of all)."""

    columns: list
    rows: list
    totals: list


def columns_of(pieces, plan):
    """[(key, label, first day, last day)]: before the plan, its year, later years with anything in them, the rest."""
    first = plan.starts_on
    ahead = sorted({first, *(piece.year for piece in pieces if piece.year > first)})
    shown = [(f"{year:%Y-%m-%d}", year_label(year), year, year) for year in ahead[:SHOWN]]
    if any(piece.year < first for piece in pieces):
        shown.insert(0, ("before", f"Before {year_label(first)}", date.min, first - calendar.DAY))
    if ahead[SHOWN:]:
        shown.append(("later", "Later", ahead[SHOWN], date.max))
    return shown


def within(pieces, first, last):
    return [piece for piece in pieces if first <= piece.year <= last]


def table(pieces, plan, names, attribute):
    """The promises by year with one row for each of `names`, [(id or None, key, name)], told apart by `attribute`."""
    columns = columns_of(pieces, plan)
    rows = []
    for pk, key, name in names:
        own = [piece for piece in pieces if getattr(piece.stake, attribute) == pk]
        if own:
            rows.append((name, key, _cells(own, columns), total(own)))
    totals = [*_cells(pieces, columns), ("all", "Together", total(pieces))]
    return YearTable([(key, label) for key, label, _, _ in columns], rows, totals)


def _cells(pieces, columns):
    return [(key, label, total(within(pieces, first, last))) for key, label, first, last in columns]
