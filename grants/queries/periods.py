"""Sums spread over years and periods, from days alone: nothing is asked of the database (R1, X1)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from records import calendar

PENNY = Decimal("0.01")
TWELVE = 12


def year_of(day, anchor):
    """The first day of the year that `day` falls in, where years begin as `anchor` does."""
    years = day.year - anchor.year
    start = calendar.add_months(anchor, TWELVE * years)
    return start if start <= day else calendar.add_months(anchor, TWELVE * (years - 1))


def months_between(starts_on, ends_on):
    """How many months from one day to another, both included; the days of a part of a month as its fraction."""
    whole = 0
    while calendar.period_end(starts_on, whole + 1) <= ends_on:
        whole += 1
    begins = calendar.add_months(starts_on, whole)
    length = (calendar.add_months(starts_on, whole + 1) - begins).days
    return whole + Fraction((ends_on - begins).days + 1, length)


def by_year(amount, starts_on, ends_on, *, anchor):
    """{first day of the year: pounds}: a sum spread evenly, month by month, over its time."""
    months: dict[date, Fraction] = {}
    day = starts_on
    while day <= ends_on:
        year = year_of(day, anchor)
        last = min(ends_on, calendar.period_end(year, TWELVE))
        months[year] = months_between(day, last)
        day = last + calendar.DAY
    whole, left, found = sum(months.values()), Decimal(amount), {}
    for year, number in months.items():
        part = Fraction(amount) * number / whole
        # A sum of a few pence over many years is given out as long as it lasts: no year goes below nought.
        found[year] = min((Decimal(part.numerator) / Decimal(part.denominator)).quantize(PENNY), left)
        left -= found[year]
    if found:
        found[max(found)] += left
    return found


def of_project(project, *, anchor):
    """{year: pounds} of a project of a content: as its periods say, else spread evenly over its time."""
    lines = project.get("profile_lines") or []
    years: dict[date, Decimal] = {}
    for line in lines:
        year = year_of(date.fromisoformat(line["starts_on"]), anchor)
        years[year] = years.get(year, Decimal(0)) + Decimal(line["amount"])
    if lines or not (project["starts_on"] and project["ends_on"]):
        return years
    starts_on, ends_on = (date.fromisoformat(project[name]) for name in ("starts_on", "ends_on"))
    return by_year(Decimal(project["total"]), starts_on, ends_on, anchor=anchor) if starts_on <= ends_on else {}


def asked(starts_on, ends_on, months):
    """The periods that a project's money is asked for, as (first day, last day); the last may be short."""
    if not (starts_on and ends_on and months) or ends_on < starts_on:
        return []
    return [(row.starts_on, row.ends_on) for row in calendar.periods(starts_on, ends_on, months_each=months)]
