"""Limits of every kind at each severity, sums by year, and the money that bids share (R1, X1, X2)."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from grants.queries import periods
from grants.queries.bidding import Elsewhere
from grants.rules import limits
from plans.enums import LimitOn, Severity

D = Decimal
YEAR = date(2020, 4, 1)


def project(total, number=1, starts_on="2020-04-01", ends_on="2021-03-31", lines=()):
    periods_ = [{"starts_on": first, "ends_on": last, "amount": amount} for first, last, amount in lines]
    return {
        "number": number,
        "total": total,
        "starts_on": starts_on,
        "ends_on": ends_on,
        **({"profile_lines": periods_} if lines else {}),
    }


def content(*projects):
    return {"projects": list(projects), "total": str(sum(D(row["total"]) for row in projects))}


def limit(on, amount, severity=Severity.BLOCK):
    return SimpleNamespace(on=on, amount=D(amount), severity=severity)


THREE_YEARS = {"ends_on": "2023-03-31"}
ONE = content(project("10000"))
TWO = content(project("10000"), project("5000", 2))
LONG = content(project("105000", **THREE_YEARS))
PROFILED = content(
    project(
        "105000", **THREE_YEARS, lines=[("2020-04-01", "2021-03-31", "40000"), ("2021-04-01", "2023-03-31", "65000")]
    )
)
BESIDE = Elsewhere(D("4000"), {YEAR: D("9000")})
IN_2020 = ", in the year from 1 April 2020,"


@pytest.mark.parametrize(
    ("on", "asked", "limit_of", "what", "over"),
    [
        (LimitOn.CASE_TOTAL, TWO, "15000", "", 0),
        (LimitOn.CASE_TOTAL, TWO, "14999.99", "The business case", "0.01"),
        (LimitOn.PROJECT_TOTAL, TWO, "10000", "", 0),
        (LimitOn.PROJECT_TOTAL, TWO, "9999.99", "Project 1", "0.01"),
        (LimitOn.PROJECT_YEAR, LONG, "35000", "", 0),
        (LimitOn.PROJECT_YEAR, PROFILED, "35000", f"Project 1{IN_2020}", "5000"),
        (LimitOn.CASE_YEAR, TWO, "15000", "", 0),
        (LimitOn.CASE_YEAR, TWO, "14000", f"The business case{IN_2020}", "1000"),
        (LimitOn.APPLICANT_ROUND, ONE, "14000", "", 0),
        (LimitOn.APPLICANT_ROUND, ONE, "13999", "All that the organisation asks for in this round", "1"),
        (LimitOn.APPLICANT_YEAR, ONE, "19000", "", 0),
        (LimitOn.APPLICANT_YEAR, ONE, "18000", f"All that the organisation has or asks for{IN_2020}", "1000"),
    ],
)
def test_limit_bites_on_what_it_counts(on, asked, limit_of, what, over):
    found = limits.beyond_limits(asked, [limit(on, limit_of)], BESIDE, YEAR)[:1]

    assert [(row[1], row[2]) for row in found] == ([(what, D(over))] if what else [])


def test_limit_bites_by_severity():
    over = "Project 1 is £1,000 over the limit of £9,000."

    def why(severity, excepted=None):
        return limits.why_not_within_limits(ONE, [limit(LimitOn.PROJECT_TOTAL, "9000", severity)], excepted or {})

    assert why(Severity.BLOCK) == f"{over} Ask for less."
    assert why(Severity.WARN) == ""
    assert why(Severity.NEEDS_EXCEPTION) == f"{over} Ask for less, or ask the office to record an exception."
    assert why(Severity.NEEDS_EXCEPTION, {LimitOn.PROJECT_TOTAL: D("999.99")}) != ""
    assert why(Severity.NEEDS_EXCEPTION, {LimitOn.PROJECT_TOTAL: D("1000")}) == ""
    assert why(Severity.BLOCK, {LimitOn.PROJECT_TOTAL: D("1000")}) == f"{over} Ask for less."
    assert limits.warnings(ONE, [limit(LimitOn.PROJECT_TOTAL, "9000", Severity.WARN)]) == [
        "Project 1 is £1,000 over the usual limit of £9,000. Say why in the business case."
    ]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "expected"),
    [
        (date(2020, 4, 1), date(2023, 3, 31), {2020: "35000.00", 2021: "35000.00", 2022: "35000.00"}),
        (date(2020, 10, 1), date(2021, 9, 30), {2020: "52500.00", 2021: "52500.00"}),
        (date(2020, 4, 1), date(2020, 9, 30), {2020: "105000.00"}),
        (date(2021, 3, 1), date(2021, 6, 30), {2020: "26250.00", 2021: "78750.00"}),
        (date(2020, 4, 1), date(2021, 4, 30), {2020: "96923.08", 2021: "8076.92"}),
    ],
)
def test_by_year_spreads_a_sum_month_by_month_to_the_penny(starts_on, ends_on, expected):
    found = periods.by_year(D("105000"), starts_on, ends_on, anchor=YEAR)

    assert {day.year: part for day, part in found.items()} == {year: D(part) for year, part in expected.items()}
    assert sum(found.values()) == D("105000")


def test_asked_periods_run_to_the_end_of_the_project():
    assert periods.asked(date(2020, 4, 1), date(2020, 11, 30), 3) == [
        (date(2020, 4, 1), date(2020, 6, 30)),
        (date(2020, 7, 1), date(2020, 9, 30)),
        (date(2020, 10, 1), date(2020, 11, 30)),
    ]
    assert periods.asked(None, date(2020, 11, 30), 3) == []
