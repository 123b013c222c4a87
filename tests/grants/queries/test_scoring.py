"""Weighted scores, places, thresholds and the line of the money, as plain arithmetic (V3, X2)."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from grants.queries import scoring

D = Decimal


def criterion(pk, weight, highest=5):
    return SimpleNamespace(pk=pk, weight=D(weight), highest=highest)


@pytest.mark.parametrize(
    ("scores", "share"),
    [
        ({1: 5, 2: 5}, D("100.00")),
        ({1: 0, 2: 0}, D("0.00")),
        ({1: 5, 2: 0}, D("60.00")),
        ({1: D("3.5"), 2: 4}, D("74.00")),
        ({1: 1, 2: 1}, D("20.00")),
        ({1: 5}, None),
    ],
)
def test_score_percent_weighs_the_criteria(scores, share):
    assert scoring.score_percent([criterion(1, 60), criterion(2, 40)], scores) == share


def test_score_percent_of_criteria_scored_to_different_heights():
    criteria = [criterion(1, "33.33", 3), criterion(2, "66.67", 10)]

    assert scoring.score_percent(criteria, {1: 2, 2: 7}) == D("68.89")


@pytest.mark.parametrize(
    ("least", "most", "amount", "concerned"),
    [
        (None, None, "1", True),
        ("5000", None, "5000", True),
        ("5000", None, "4999.99", False),
        (None, "5000", "5000", True),
        (None, "5000", "5000.01", False),
    ],
)
def test_concerns_bites_on_both_sides_of_the_sums(least, most, amount, concerned):
    stage = SimpleNamespace(from_amount=D(least) if least else None, up_to_amount=D(most) if most else None)

    assert scoring.concerns(stage, D(amount)) is concerned


@pytest.mark.parametrize(
    ("shares", "places"),
    [
        ([90, 80, 70], [1, 2, 3]),
        ([70, 90, 80], [3, 1, 2]),
        ([90, 80, 80, 70], [1, 2, 2, 4]),
        ([80, 80], [1, 1]),
        ([], []),
    ],
)
def test_places_of_leaves_out_the_place_after_a_tie(shares, places):
    found = scoring.places_of({key: D(share) for key, share in enumerate(shares)})

    assert [found[key] for key in range(len(shares))] == places


def said(shares, **cut):
    found = scoring.verdicts({key: D(share) for key, share in enumerate(shares)}, **cut)
    return [(found[key].passed, found[key].words) for key in range(len(shares))]


def test_verdicts_threshold_bites():
    assert said([60, "59.99"], least=D(60)) == [
        (True, "60% of the best possible score"),
        (False, "59.99% of the best possible score, and 60% is needed"),
    ]


def test_verdicts_places_bite_and_tell_of_ties():
    assert said([90, 80, 80, 70], most=2, of="of the votes") == [
        (True, "90% of the votes, place 1"),
        (True, "80% of the votes, place 2, shared with 1 other: all who share the last place go on"),
        (True, "80% of the votes, place 2, shared with 1 other: all who share the last place go on"),
        (False, "70% of the votes, place 4, and 2 go on"),
    ]


def test_verdicts_a_place_does_not_help_below_the_threshold():
    assert said([40, 30], least=D(50), most=1) == [
        (False, "40% of the best possible score, and 50% is needed, place 1"),
        (False, "30% of the best possible score, and 50% is needed, place 2"),
    ]


@pytest.mark.parametrize(
    ("budget", "within"),
    [
        (D(9000), [True, True, False]),
        (D("8999.99"), [True, False, False]),
        (None, [True, True, True]),
        (D(100), [False, False, False]),
    ],
)
def test_money_line_stops_at_the_first_that_does_not_fit(budget, within):
    rows = scoring.money_line([("a", D(5000)), ("b", D(4000)), ("c", D(10))], budget)

    assert [row.within for row in rows] == within
    assert [row.so_far for row in rows] == [5000, 9000, 9010]
