"""Periods and due days of returns: pure functions of days."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.enums import Anchor, Timing, WhenExtended
from plans.models import patterns
from plans.models.patterns import Days, Pattern
from records.calendar import add_months

DAY = timedelta(days=1)
YEAR = Days(date(2020, 4, 1), date(2021, 3, 31), made_on=date(2020, 3, 20))
SCHOOL_YEAR = Days(date(2020, 10, 1), date(2021, 9, 30), made_on=date(2020, 9, 1))


def shown(pattern, days=YEAR, **more):
    """Key, period, opening and due day as short text."""
    return [
        (row.period, f"{row.starts_on:%d%b%y}-{row.ends_on:%d%b%y}", f"{row.opens_on:%d%b%y}", f"{row.due_on:%d%b%y}")
        for row in patterns.owed(pattern, days, **more)
    ]


@pytest.mark.parametrize(
    ("pattern", "days", "expected"),
    [
        (
            Pattern("MID_YEAR", period_months=6),
            YEAR,
            [("MID_YEAR", "01Apr20-30Sep20", "30Sep20", "30Oct20")],
        ),
        (Pattern("YEAR_END"), YEAR, [("YEAR_END", "01Apr20-31Mar21", "31Mar21", "30Apr21")]),
        (
            Pattern("MID_YEAR", period_months=6),
            Days(date(2020, 12, 1), date(2021, 3, 31), date(2020, 12, 1)),
            [("MID_YEAR", "01Dec20-31Mar21", "31Mar21", "30Apr21")],
        ),
        (
            Pattern("QUARTERLY", Timing.REPEATED, period_months=3, due_working_days=10),
            YEAR,
            [
                ("QUARTERLY:20200401", "01Apr20-30Jun20", "30Jun20", "14Jul20"),
                ("QUARTERLY:20200701", "01Jul20-30Sep20", "30Sep20", "14Oct20"),
                ("QUARTERLY:20201001", "01Oct20-31Dec20", "31Dec20", "15Jan21"),
                ("QUARTERLY:20210101", "01Jan21-31Mar21", "31Mar21", "16Apr21"),
            ],
        ),
        (
            Pattern("QUARTERLY", Timing.REPEATED, period_months=4, due_days=5),
            SCHOOL_YEAR,
            [
                ("QUARTERLY:20201001", "01Oct20-31Jan21", "31Jan21", "05Feb21"),
                ("QUARTERLY:20210201", "01Feb21-31May21", "31May21", "05Jun21"),
                ("QUARTERLY:20210601", "01Jun21-30Sep21", "30Sep21", "05Oct21"),
            ],
        ),
        (
            Pattern("MONTHLY", Timing.REPEATED, period_months=1, due_days=0),
            Days(date(2020, 1, 31), date(2020, 4, 15), date(2020, 1, 1)),
            [
                ("MONTHLY:20200131", "31Jan20-28Feb20", "28Feb20", "28Feb20"),
                ("MONTHLY:20200229", "29Feb20-30Mar20", "30Mar20", "30Mar20"),
                ("MONTHLY:20200331", "31Mar20-15Apr20", "15Apr20", "15Apr20"),
            ],
        ),
        (
            Pattern("ON_SET_DAYS", Timing.FIXED_DAYS, days=(date(2020, 12, 31), date(2020, 7, 31), date(2019, 1, 1))),
            YEAR,
            [
                ("ON_SET_DAYS:20200401", "01Apr20-31Jul20", "31Jul20", "30Aug20"),
                ("ON_SET_DAYS:20200801", "01Aug20-31Dec20", "31Dec20", "30Jan21"),
                ("ON_SET_DAYS:20210101", "01Jan21-31Mar21", "31Mar21", "30Apr21"),
            ],
        ),
        (
            Pattern("AFTERWARDS", Timing.AFTER_ANCHOR, Anchor.END, due_days=180),
            YEAR,
            [("AFTERWARDS", "01Apr20-31Mar21", "31Mar21", "27Sep21")],
        ),
        (
            Pattern("AFTERWARDS", Timing.AFTER_ANCHOR, Anchor.MADE, due_working_days=20),
            YEAR,
            [("AFTERWARDS", "01Apr20-31Mar21", "20Mar20", "21Apr20")],
        ),
        (
            Pattern("MID_YEAR", anchor=Anchor.START, period_months=6, due_days=200),
            YEAR,
            [("MID_YEAR", "01Apr20-30Sep20", "30Sep20", "18Oct20")],
        ),
        (
            Pattern("END_OF_AWARD", anchor=Anchor.EVENT, event=1, due_days=10),
            Days(YEAR.starts_on, YEAR.ends_on, YEAR.made_on, date(2021, 5, 6), "The poll"),
            [("END_OF_AWARD", "01Apr20-31Mar21", "06May21", "16May21")],
        ),
    ],
)
def test_owed_periods_and_days(pattern, days, expected):
    assert shown(pattern, days) == expected


def test_owed_gives_nobody_less_time_than_the_rule_says():
    [row] = patterns.owed(Pattern("MID_YEAR", period_months=6), YEAR, not_before=date(2020, 12, 1))

    assert (row.opens_on, row.due_on) == (date(2020, 9, 30), date(2020, 12, 31))


def test_owed_says_what_the_due_day_is_counted_from():
    [end] = patterns.owed(Pattern("YEAR_END"), YEAR)
    poll = Days(YEAR.starts_on, YEAR.ends_on, YEAR.made_on, date(2021, 5, 6), "The poll")
    [event] = patterns.owed(Pattern("YEAR_END", anchor=Anchor.EVENT, event=1), poll)

    assert end.anchor == "the end of the period, 31 March 2021"
    assert event.anchor == "The poll, 6 May 2021"


EXTENDED = Days(date(2020, 4, 1), date(2021, 3, 31), date(2020, 3, 20))
HALF = [(date(2020, 10, 1), date(2021, 3, 31))]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (
            Pattern("END_OF_AWARD"),
            [
                ("END_OF_AWARD", "01Apr20-30Sep20", "30Sep20", "30Oct20"),
                ("EXTENSION:20201001", "01Oct20-31Mar21", "31Mar21", "30Apr21"),
            ],
        ),
        (
            Pattern("END_OF_AWARD", when_extended=WhenExtended.MOVES),
            [("END_OF_AWARD", "01Apr20-31Mar21", "31Mar21", "30Apr21")],
        ),
        (Pattern("MID_YEAR", period_months=3), [("MID_YEAR", "01Apr20-30Jun20", "30Jun20", "30Jul20")]),
        (
            Pattern("YEAR_END", period_months=12),
            [
                ("YEAR_END", "01Apr20-30Sep20", "30Sep20", "30Oct20"),
                ("EXTENSION:20201001", "01Oct20-31Mar21", "31Mar21", "30Apr21"),
            ],
        ),
        (
            Pattern("QUARTERLY", Timing.REPEATED, period_months=6),
            [
                ("QUARTERLY:20200401", "01Apr20-30Sep20", "30Sep20", "30Oct20"),
                ("QUARTERLY:20201001", "01Oct20-31Mar21", "31Mar21", "30Apr21"),
            ],
        ),
    ],
)
def test_owed_after_an_extension(pattern, expected):
    assert shown(pattern, EXTENDED, segments=HALF) == expected


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([date(2020, 9, 30)], []),
        ([date(2020, 9, 30), date(2021, 3, 31)], HALF),
        (
            [date(2020, 9, 30), date(2021, 3, 31), date(2021, 9, 30)],
            [*HALF, (date(2021, 4, 1), date(2021, 9, 30))],
        ),
        ([date(2020, 9, 30), date(2021, 3, 31), date(2020, 12, 31)], [(date(2020, 10, 1), date(2020, 12, 31))]),
        ([date(2020, 9, 30), date(2021, 3, 31), date(2020, 8, 31)], []),
        ([date(2021, 3, 31), date(2020, 8, 31)], []),
    ],
)
def test_segments_of(ends, expected):
    assert patterns.segments_of(date(2020, 4, 1), ends) == expected


STARTS = st.dates(date(2018, 1, 1), date(2026, 12, 31))
LENGTHS = st.integers(1, 1500)


@settings(max_examples=60, deadline=None)
@given(starts_on=STARTS, length=LENGTHS, months=st.integers(1, 13), working=st.booleans())
def test_repeated_periods_tile_the_award(starts_on, length, months, working):
    days = Days(starts_on, starts_on + timedelta(days=length), starts_on)
    pattern = Pattern("QUARTERLY", Timing.REPEATED, period_months=months, due_working_days=10 if working else None)

    tiles_the_award(patterns.owed(pattern, days), days)
    assert all(
        row.starts_on == add_months(starts_on, number * months)
        for number, row in enumerate(patterns.owed(pattern, days))
    )


@settings(max_examples=60, deadline=None)
@given(starts_on=STARTS, length=LENGTHS, ends=st.lists(STARTS, max_size=6))
def test_fixed_days_tile_the_award(starts_on, length, ends):
    days = Days(starts_on, starts_on + timedelta(days=length), starts_on)

    tiles_the_award(patterns.owed(Pattern("ON_SET_DAYS", Timing.FIXED_DAYS, days=tuple(ends)), days), days)


@settings(max_examples=60, deadline=None)
@given(starts_on=STARTS, moves=st.lists(st.integers(1, 1500), min_size=1, max_size=5))
def test_extensions_tile_the_award(starts_on, moves):
    ends = [starts_on + timedelta(days=length) for length in moves]
    days = Days(starts_on, ends[-1], starts_on)

    found = patterns.owed(Pattern("END_OF_AWARD"), days, segments=patterns.segments_of(starts_on, ends))

    tiles_the_award(found, days)


def tiles_the_award(found, days):
    """No gap, no overlap, keys apart, nothing due before it opens."""
    assert found[0].starts_on == days.starts_on
    assert found[-1].ends_on == days.ends_on
    assert all(after.starts_on == before.ends_on + DAY for before, after in itertools.pairwise(found))
    assert len({row.period for row in found}) == len(found)
    assert all(row.starts_on <= row.ends_on <= row.opens_on <= row.due_on for row in found)


def test_pattern_is_kept_as_a_record():
    pattern = Pattern("ON_SET_DAYS", Timing.FIXED_DAYS, days=(date(2020, 12, 31),), due_working_days=5, template=3)

    assert Pattern.of_record(pattern.as_record()) == pattern
