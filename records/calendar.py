"""Days as the office counts them: working days, months from an anchor, periods, London days.

Bank holidays of England and Wales come from the list published on GOV.UK, as packaged with
`govuk-bank-holidays` (no network). For years outside that list the standing rule is computed:
New Year's Day, Good Friday, Easter Monday, the May and August Mondays, Christmas and Boxing Day
with their substitutes. One-off holidays of such years (a jubilee, say) are unknown to the rule.
"""

import calendar as months
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dateutil.easter import easter
from govuk_bank_holidays.bank_holidays import BankHolidays

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
SATURDAY = 5


@cache
def _published():
    """Bank holidays of the packaged list, by year; only years the list holds whole."""
    by_year: dict[int, set[date]] = {}
    for holiday in BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES):
        by_year.setdefault(holiday["date"].year, set()).add(holiday["date"])
    return {year: frozenset(days) for year, days in by_year.items() if len(days) >= 8}


def _first_monday(year, month):
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _last_monday(year, month):
    last = date(year, month, months.monthrange(year, month)[1])
    return last - timedelta(days=last.weekday())


def by_rule(year):
    """The standing bank holidays of a year, with substitutes for those that fall at a weekend."""
    new_year, christmas, boxing = date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)
    while new_year.weekday() >= SATURDAY:
        new_year += DAY
    fixed = [christmas, boxing]
    free = [day for day in (date(year, 12, 27), date(year, 12, 28)) if day.weekday() < SATURDAY]
    kept = [day for day in fixed if day.weekday() < SATURDAY]
    substitutes = free[: len(fixed) - len(kept)]
    sunday = easter(year)
    return frozenset(
        [
            new_year,
            sunday - 2 * DAY,
            sunday + DAY,
            _first_monday(year, 5),
            _last_monday(year, 5),
            _last_monday(year, 8),
            *kept,
            *substitutes,
        ]
    )


@cache
def bank_holidays(year):
    """Bank holidays of England and Wales in `year`: as published, else by the standing rule."""
    return _published().get(year) or by_rule(year)


def is_working_day(day):
    """Monday to Friday and no bank holiday."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def add_working_days(day, n):
    """The n-th working day after `day` (before it, where n is negative); `day` itself for 0."""
    step = DAY if n > 0 else -DAY
    left = abs(n)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start, end):
    """Working days after `start` up to and including `end`; negative when `end` comes first."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day) for day in days)


def add_months(anchor, n):
    """The day `n` months from `anchor`, or the last day of that month where it is shorter.

    Count from the anchor each time, never from the last answer: 31 January + 1 = 28 February,
    and 31 January + 2 = 31 March.
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + n, 12)
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(anchor.day, last))


def period_end(starts_on, n):
    """The last day of a period of `n` months: the day before the next one starts."""
    return add_months(starts_on, n) - DAY


@dataclass(frozen=True)
class Period:
    """From one day to another, both included."""

    starts_on: date
    ends_on: date


def periods(anchor, ends_on, *, months_each):
    """Periods of so many months, one after another from `anchor` to `ends_on`; the last may be short."""
    found, number = [], 0
    while (start := add_months(anchor, number * months_each)) <= ends_on:
        last = add_months(anchor, (number + 1) * months_each) - DAY
        found.append(Period(start, min(last, ends_on)))
        number += 1
    return found


def london_day(moment):
    """The date in London at an aware moment."""
    return moment.astimezone(LONDON).date()


def end_of_day(day):
    """The last moment of a London day, in UTC: a deadline on `day` is kept until then."""
    return datetime.combine(day + DAY, time(0), tzinfo=LONDON).astimezone(UTC) - timedelta(microseconds=1)
