"""When the money of a line flows, from rules and days alone (X1, X2, R2)."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grants.queries import payments

START, END = date(2020, 4, 1), date(2023, 3, 31)
THREE = payments.Time(START, START, END)
EVENT = SimpleNamespace(expected_on=date(2020, 5, 7))


def rule(share=100, condition="TERMS_ACCEPTED", **more):
    """An instalment rule as plain values."""
    usual = {"due_days": 0, "due_when": "AFTER_START", "due_on": None, "event": None, "event_id": None}
    usual |= {"each_year": False, **more}
    return SimpleNamespace(share_percent=Decimal(share), condition=condition, **usual)


def told(parts):
    return [(str(part.amount), part.condition, part.due_on) for part in parts]


def test_due_when_bites_by_each_way_of_counting():
    rules = [
        rule(25, due_days=30),
        rule(25, "DAY_REACHED", due_when="SET_DAY", due_on=date(2020, 9, 1)),
        rule(25, "EVENT_HAPPENED", due_when="AFTER_EVENT", due_days=10, event=EVENT, event_id=7),
        rule(25, "RECEIPTS_ACCEPTED", due_when="ON_RECEIPTS"),
    ]

    parts = payments.planned(Decimal(1000), rules, payments.Time(START, START, date(2021, 3, 31)))
    assert told(parts) == [
        ("250.00", "TERMS_ACCEPTED", date(2020, 5, 1)),
        ("250.00", "DAY_REACHED", date(2020, 9, 1)),
        ("250.00", "EVENT_HAPPENED", date(2020, 5, 17)),
        ("250.00", "RECEIPTS_ACCEPTED", date(2021, 3, 31)),
    ]
    assert [(part.event, part.event_days) for part in parts] == [(None, None), (None, None), (7, 10), (None, None)]
    assert (parts[3].covers_from, parts[3].covers_to) == (START, date(2021, 3, 31))


def test_each_year_bites_share_by_share_and_the_set_day_comes_again():
    rules = [
        rule(50, each_year=True),
        rule(50, "DAY_REACHED", due_when="SET_DAY", due_on=date(2020, 10, 1), each_year=True),
    ]

    parts = payments.planned(Decimal("105000"), rules, THREE)
    assert told(parts) == [
        ("17500.00", "TERMS_ACCEPTED", date(2020, 4, 1)),
        ("17500.00", "DAY_REACHED", date(2020, 10, 1)),
        ("17500.00", "TERMS_ACCEPTED", date(2021, 4, 1)),
        ("17500.00", "DAY_REACHED", date(2021, 10, 1)),
        ("17500.00", "TERMS_ACCEPTED", date(2022, 4, 1)),
        ("17500.00", "DAY_REACHED", date(2022, 10, 1)),
    ]
    assert (parts[2].covers_from, parts[3].covers_to) == (date(2021, 4, 1), date(2022, 3, 31))


def test_continuation_policy_bites_later_years_wait_for_their_decision():
    rules = [rule(60), rule(40, "MID_YEAR_SATISFACTORY", due_days=210)]

    parts = payments.planned(Decimal("300"), rules, THREE, continuation="YEARLY")
    assert [part.condition for part in parts] == [
        "TERMS_ACCEPTED", "MID_YEAR_SATISFACTORY", "CONTINUATION_APPROVED", "MID_YEAR_SATISFACTORY",
        "CONTINUATION_APPROVED", "MID_YEAR_SATISFACTORY",
    ]  # fmt: skip
    assert [str(part.amount) for part in parts] == ["60.00", "40.00", "60.00", "40.00", "60.00", "40.00"]


def test_the_profile_says_what_falls_into_each_year_also_of_a_lower_sum():
    profile = [(date(2020, 4, 1), Decimal(10)), (date(2020, 10, 1), Decimal(20)), (date(2021, 4, 1), Decimal(70))]

    parts = payments.planned(Decimal("50"), [rule(each_year=True)], THREE, profile=profile)
    assert told(parts) == [
        ("15.00", "TERMS_ACCEPTED", date(2020, 4, 1)),
        ("35.00", "TERMS_ACCEPTED", date(2021, 4, 1)),
    ]


def test_a_line_of_later_days_is_paid_in_its_own_time():
    second = payments.Time(START, date(2021, 4, 1), date(2022, 3, 31), own_days=True)

    parts = payments.planned(Decimal(9), [rule(due_when="SET_DAY", due_on=date(2020, 4, 15))], second)
    assert told(parts) == [("9", "TERMS_ACCEPTED", date(2021, 4, 15))]
    assert (parts[0].covers_from, parts[0].covers_to) == (date(2021, 4, 1), date(2022, 3, 31))


@pytest.mark.parametrize("condition", ["CONTINUATION_APPROVED"])
def test_the_first_year_waits_for_the_terms_alone(condition):
    parts = payments.planned(Decimal(3), [rule(100, condition, each_year=True)], THREE, continuation="YEARLY")
    assert [part.condition for part in parts] == ["TERMS_ACCEPTED", condition, condition]


@example(amount=Decimal("0.03"), shares=[(1, True)], months=49, yearly=False)
@given(
    st.decimals("0.01", "900000", places=2),
    st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=1, max_size=5),
    st.integers(1, 50),
    st.booleans(),
)
def test_payments_add_up_to_the_line_to_the_penny(amount, shares, months, yearly):
    rules = [rule(share, each_year=each) for share, each in shares]
    short = sum(share for share, _ in shares)
    rules = [rule(Decimal(share) * 100 / short, each_year=each) for share, each in shares]
    time = payments.Time(START, START, payments.calendar.period_end(START, months))

    parts = payments.planned(amount, rules, time, continuation="YEARLY" if yearly else "NONE")
    assert sum(part.amount for part in parts) == amount
    assert all(part.amount > 0 for part in parts)
