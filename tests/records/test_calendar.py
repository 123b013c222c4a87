"""Days: working days against an independent count, months that do not drift, London days."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import calendar

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31))
COUNTS = st.integers(min_value=-130, max_value=130)


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 4, 10),  # Good Friday
        date(2020, 5, 8),  # moved for VE day
        date(2022, 6, 3),  # jubilee
        date(2022, 9, 19),  # a funeral
        date(2022, 12, 27),  # substitute
        date(2021, 12, 28),
        date(2020, 8, 31),
    ],
)
def test_is_working_day_knows_published_holidays(day):
    assert calendar.is_working_day(day) is False


def test_is_working_day_knows_the_day_a_holiday_moved_from():
    assert calendar.is_working_day(date(2020, 5, 4)) is True


@pytest.mark.parametrize("year", [2013, 2014, 2015, 2016, 2017, 2018, 2019, 2021, 2024, 2025, 2026, 2027, 2028])
def test_by_rule_agrees_with_published_years_that_had_nothing_special(year):
    assert calendar.by_rule(year) == calendar.bank_holidays(year)


def test_bank_holidays_of_a_year_outside_the_list_follow_the_rule():
    expected = {
        date(2033, 1, 3),
        date(2033, 4, 15),
        date(2033, 4, 18),
        date(2033, 5, 2),
        date(2033, 5, 30),
        date(2033, 8, 29),
        date(2033, 12, 26),
        date(2033, 12, 27),
    }

    assert calendar.bank_holidays(2033) == expected


def test_first_of_january_of_an_unlisted_year_is_still_no_working_day():
    assert calendar.is_working_day(date(2030, 1, 1)) is False


def counted(start, end):
    """Working days in (start, end], counted the slow way with no code of ours but the list of holidays."""
    days = [date.fromordinal(number) for number in range(start.toordinal() + 1, end.toordinal() + 1)]
    return len([day for day in days if day.isoweekday() <= 5 and day not in calendar.bank_holidays(day.year)])


@given(day=DAYS, n=st.integers(min_value=1, max_value=130))
def test_add_working_days_forward_lands_on_the_nth_working_day(day, n):
    found = calendar.add_working_days(day, n)

    assert counted(day, found) == n
    assert calendar.is_working_day(found)


@given(day=DAYS, n=st.integers(min_value=1, max_value=130))
def test_add_working_days_back_lands_on_the_nth_working_day_before(day, n):
    found = calendar.add_working_days(day, -n)

    assert counted(found - timedelta(days=1), day - timedelta(days=1)) == n
    assert calendar.is_working_day(found)


@given(day=DAYS)
def test_add_working_days_of_none_is_the_day_itself(day):
    assert calendar.add_working_days(day, 0) == day


@given(one=DAYS, other=DAYS)
def test_add_working_days_keeps_the_order_of_days(one, other):
    early, late = sorted([one, other])

    assert calendar.add_working_days(early, -14) <= calendar.add_working_days(late, -14)
    assert calendar.add_working_days(early, 5) <= calendar.add_working_days(late, 5)


@given(day=DAYS, n=COUNTS)
def test_working_days_between_undoes_add_working_days_from_a_working_day(day, n):
    day = calendar.add_working_days(day, 1)

    assert calendar.working_days_between(day, calendar.add_working_days(day, n)) == n


@given(one=DAYS, other=st.integers(min_value=0, max_value=400))
def test_working_days_between_agrees_with_the_slow_count(one, other):
    end = one + timedelta(days=other)

    assert calendar.working_days_between(one, end) == counted(one, end)


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, date(2021, 1, 31)),
        (1, date(2021, 2, 28)),
        (2, date(2021, 3, 31)),
        (13, date(2022, 2, 28)),
        (-2, date(2020, 11, 30)),
    ],
)
def test_add_months_from_the_anchor_does_not_drift(n, expected):
    assert calendar.add_months(date(2021, 1, 31), n) == expected


def test_add_months_reaches_29_february_in_a_leap_year():
    assert calendar.add_months(date(2020, 1, 31), 1) == date(2020, 2, 29)


@given(anchor=DAYS, n=st.integers(min_value=-120, max_value=120))
def test_add_months_stays_in_its_month_and_keeps_the_day_where_it_can(anchor, n):
    found = calendar.add_months(anchor, n)

    assert (found.year * 12 + found.month) - (anchor.year * 12 + anchor.month) == n
    assert found.day == anchor.day or ((found + timedelta(days=1)).day == 1 and found.day < anchor.day)


def test_periods_at_month_ends_do_not_drift():
    found = calendar.periods(date(2021, 1, 31), date(2021, 5, 30), months_each=1)

    assert [(period.starts_on, period.ends_on) for period in found] == [
        (date(2021, 1, 31), date(2021, 2, 27)),
        (date(2021, 2, 28), date(2021, 3, 30)),
        (date(2021, 3, 31), date(2021, 4, 29)),
        (date(2021, 4, 30), date(2021, 5, 30)),
    ]


@given(anchor=DAYS, length=st.integers(min_value=0, max_value=1500), each=st.sampled_from([1, 3, 6, 12]))
def test_periods_cover_every_day_once(anchor, length, each):
    ends_on = anchor + timedelta(days=length)

    found = calendar.periods(anchor, ends_on, months_each=each)

    assert (found[0].starts_on, found[-1].ends_on) == (anchor, ends_on)
    for before, after in pairwise(found):
        assert after.starts_on == before.ends_on + timedelta(days=1)


def test_period_end_of_a_year_from_1_april():
    assert calendar.period_end(date(2020, 4, 1), 12) == date(2021, 3, 31)


@given(day=DAYS)
def test_end_of_day_is_the_last_moment_of_the_london_day(day):
    last = calendar.end_of_day(day)

    assert calendar.london_day(last) == day
    assert calendar.london_day(last + timedelta(microseconds=1)) == day + timedelta(days=1)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2021, 3, 27, 23, 30, tzinfo=UTC), date(2021, 3, 27)),
        (datetime(2021, 3, 28, 23, 30, tzinfo=UTC), date(2021, 3, 29)),
        (datetime(2021, 10, 30, 23, 30, tzinfo=UTC), date(2021, 10, 31)),
        (datetime(2021, 10, 31, 23, 30, tzinfo=UTC), date(2021, 10, 31)),
    ],
)
def test_london_day_on_both_clock_changes(moment, expected):
    assert calendar.london_day(moment) == expected


def test_end_of_day_in_summer_is_an_hour_before_midnight_utc():
    assert calendar.end_of_day(date(2021, 7, 1)) == datetime(2021, 7, 1, 22, 59, 59, 999999, tzinfo=UTC)
    assert calendar.end_of_day(date(2021, 7, 1)).astimezone(ZoneInfo("Europe/London")).hour == 23
