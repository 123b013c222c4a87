"""Lots, time, match, periods and questions, each on both sides of its limit (X1)."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from grants.enums import CaseSection
from grants.queries.bidding import AskedSet
from grants.rules import answers, bid_parts
from plans.enums import MatchIn, Severity

D = Decimal
S = CaseSection
LOTS = [{"number": 1, "name": "Prevention", "floor": "1000", "cap": "5000", "budget": "9000"}]
LOT_ONE = {"number": 1, "name": "Prevention"}


def sentences(found):
    return [sentence for _, sentence in found]


@pytest.mark.parametrize(
    ("lot", "total", "found"),
    [
        (LOT_ONE, "1000", []),
        (LOT_ONE, "5000", []),
        (
            LOT_ONE,
            "999.99",
            [(S.BUDGET, "Lot 1, Prevention, gives no less than £1,000 to a project; this one asks for £999.99.")],
        ),
        (
            LOT_ONE,
            "5000.01",
            [(S.BUDGET, "Lot 1, Prevention, gives no more than £5,000 to a project; this one asks for £5,000.01.")],
        ),
        (None, "2000", [(S.PROJECTS, "Choose the lot that the project bids for.")]),
    ],
)
def test_lot_bites_by_floor_and_cap(lot, total, found):
    assert bid_parts.lot_faults({"lot": lot, "total": total}, LOTS) == found
    assert bid_parts.lot_faults({"total": total}, []) == []


@pytest.mark.parametrize(
    ("ends_on", "sentence"),
    [
        ("2020-09-30", ""),
        ("2020-09-29", "The project must last at least 6 months. Change its first or last day."),
        ("2021-03-31", ""),
        ("2021-04-01", "The project must last no more than 12 months. Change its first or last day."),
    ],
)
def test_duration_bites(ends_on, sentence):
    found = bid_parts.duration_faults({"starts_on": "2020-04-01", "ends_on": ends_on}, least=6, most=12)

    assert sentences(found) == ([sentence] if sentence else [])


def profiled(*amounts, ends_on="2020-09-30"):
    days = [("2020-04-01", "2020-06-30"), ("2020-07-01", "2020-09-30")]
    lines = [
        {"starts_on": first, "ends_on": last, "amount": amount}
        for (first, last), amount in zip(days, amounts, strict=False)
    ]
    return {"starts_on": "2020-04-01", "ends_on": ends_on, "total": "1000", "profile_lines": lines}


@pytest.mark.parametrize(
    ("project", "sentence"),
    [
        (profiled("400", "600"), ""),
        (profiled("400", "599.99"), "The periods come to £999.99 and the budget to £1,000. Make them the same."),
        (profiled(), "Say how much of the money falls into each period."),
        (
            profiled("400", "600", ends_on="2020-12-31"),
            "The days of the project have changed since. Enter the money by period again.",
        ),
    ],
)
def test_profile_bites_to_the_penny(project, sentence):
    found = bid_parts.profile_faults(project, 3)

    assert sentences(found) == ([sentence] if sentence else [])
    assert bid_parts.profile_faults(project, None) == []


def match_rule(match_in=MatchIn.MONEY, severity=Severity.BLOCK):
    return SimpleNamespace(match_in=match_in, percent=D("20.00"), severity=severity)


def matched(kind, amount):
    return {"number": 1, "total": "8000", "match_lines": [{"who": "Trust", "kind": kind, "amount": amount}]}


@pytest.mark.parametrize(
    ("match_in", "kind", "amount", "sentence"),
    [
        (MatchIn.MONEY, "MONEY", "2000", ""),
        (
            MatchIn.MONEY,
            "MONEY",
            "1999.99",
            "Others must bring 20 % of the whole cost in money, £2,000; £1,999.99 is entered.",
        ),
        (MatchIn.MONEY, "KIND", "2000", "Others must bring 20 % of the whole cost in money, £2,000; £0 is entered."),
        (MatchIn.EITHER, "KIND", "2000", ""),
        (
            MatchIn.KIND,
            "MONEY",
            "2000",
            "Others must bring 20 % of the whole cost in help in kind, £2,000; £0 is entered.",
        ),
    ],
)
def test_match_bites_by_what_may_count(match_in, kind, amount, sentence):
    found = bid_parts.match_faults(matched(kind, amount), [match_rule(match_in)], {})

    assert found == ([(S.MATCH, sentence)] if sentence else [])


def test_match_bites_by_severity():
    short = matched("MONEY", "1500")
    words = "Others must bring 20 % of the whole cost in money, £1,900; £1,500 is entered."

    def faults(severity, excepted):
        return sentences(bid_parts.match_faults(short, [match_rule(severity=severity)], excepted))

    assert faults(Severity.WARN, {}) == []
    assert bid_parts.match_warnings({"projects": [short]}, [match_rule(severity=Severity.WARN)]) == [
        f"Project 1: {words} Say why in the business case."
    ]
    assert faults(Severity.NEEDS_EXCEPTION, {bid_parts.MATCH: D("399.99")}) == [words]
    assert faults(Severity.NEEDS_EXCEPTION, {bid_parts.MATCH: D("400")}) == []
    assert faults(Severity.BLOCK, {bid_parts.MATCH: D("400")}) == [words]


def question(key, *, kind="TEXT", required=True, shown_if="", shown_for=(), **more):
    return {
        "key": key, "label": f"Question {key}", "kind": kind, "required": required,
        "shown_if": shown_if, "shown_for": list(shown_for), **more,
    }  # fmt: skip


ASKED = (
    question("young", kind="YES_NO"),
    question("ages", shown_if="young", shown_for=["yes"]),
    question("schools", required=False, shown_if="ages", shown_for=["11 to 16"]),
)


@pytest.mark.parametrize(
    ("values", "shown", "missing"),
    [
        ({}, ["young"], ["Answer “Question young”."]),
        ({"young": "no"}, ["young"], []),
        ({"young": "yes"}, ["young", "ages"], ["Answer “Question ages”."]),
        ({"young": "yes", "ages": "  "}, ["young", "ages"], ["Answer “Question ages”."]),
        ({"young": "yes", "ages": "11 to 16"}, ["young", "ages", "schools"], []),
        ({"young": "no", "ages": "11 to 16"}, ["young"], []),
    ],
)
def test_questions_bite_where_they_are_asked(values, shown, missing):
    assert [row["key"] for row in answers.shown(ASKED, values)] == shown
    assert answers.missing(ASKED, values) == missing


def test_answers_kept_are_those_that_are_asked():
    given = {"young": "no", "ages": "11 to 16"}

    assert answers.kept(ASKED, given) == {"young": "no"}


def test_condition_words_name_the_answer_and_the_question():
    assert answers.condition_words(ASKED[1], ASKED) == "Only if you answered “Yes” to “Question young”."
    assert answers.condition_words(ASKED[0], ASKED) == ""


def test_answer_faults_name_their_set():
    asked = AskedSet("about", "About you", ASKED)
    part = {"question_sets": [{"key": "about", "values": {"young": "yes"}}]}

    assert bid_parts.answer_faults(part, [asked]) == [(asked, "Answer “Question ages”.")]
