"""Days of a plan file: written out (2020-04-01), or counted from the day of loading in example files.

`today - 200 days`, `month + 4 months - 1 day`: `today` is the day of loading, `month` the first of its month.
"""

import datetime
import re

from dateutil.relativedelta import relativedelta

START = re.compile(r"(today|month)\b")
STEP = re.compile(r"\s*([+-])\s*(\d{1,4})\s*(day|week|month)s?")
WRITTEN = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def written_day(words):
    """The day of `2020-04-01`; None for other words; raises ValueError for a day that never was."""
    found = WRITTEN.fullmatch(words)
    return datetime.date(*map(int, found.groups())) if found else None


def counted_day(words, today):
    """The day of an expression counted from `today`; None where it is not one."""
    start = START.match(words)
    if not start:
        return None
    day = today if start.group(1) == "today" else today.replace(day=1)
    at = start.end()
    while at < len(words):
        step = STEP.match(words, at)
        if not step:
            return None
        sign, number, unit = step.groups()
        count = int(number) if sign == "+" else -int(number)
        day += relativedelta(**{f"{unit}s": count})
        at = step.end()
    return day
