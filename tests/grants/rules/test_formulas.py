"""Money shared out by formula, to the penny: floor, damping, limits of change, largest remainder (C1)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.rules import formulas
from grants.rules.formulas import Claimant, Terms

D = Decimal
BY_PEOPLE = {"people": D(100)}


def claimants(*rows):
    """Organisations A, B, C by (people, last year)."""
    names = "ABCDEFGH"
    return [
        Claimant(names[at], {"people": D(people)}, None if last is None else D(last))
        for at, (people, last) in enumerate(rows)
    ]


def results(budget, rows, **terms):
    shares = formulas.share_out(D(budget), claimants(*rows), Terms(BY_PEOPLE, **terms))
    return [share.result for share in shares]


def test_share_out_follows_the_weights():
    both = [Claimant("A", {"people": D(3), "crime": D(1)}), Claimant("B", {"people": D(1), "crime": D(1)})]

    shares = formulas.share_out(D(1000), both, Terms({"people": D(60), "crime": D(40)}))

    assert [share.result for share in shares] == [D("650.00"), D("350.00")]
    assert [share.weighed for share in shares] == [D("650.00"), D("350.00")]


def test_share_out_gives_pennies_by_the_largest_remainder():
    assert results(100, [(1, None), (1, None), (1, None)]) == [D("33.34"), D("33.33"), D("33.33")]
    assert results("0.05", [(2, None), (1, None)]) == [D("0.03"), D("0.02")]


def test_formula_floor_bites_and_the_rest_pays_for_it():
    assert results(1000, [(90, None), (10, None)], floor=D(100)) == [D(900), D(100)]
    assert results(1000, [(95, None), (5, None)], floor=D(100)) == [D(900), D(100)]
    shares = formulas.share_out(D(1000), claimants((95, None), (5, None)), Terms(BY_PEOPLE, floor=D(100)))
    assert [share.held for share in shares] == ["", "the floor"]


def test_formula_damping_bites():
    even = [(50, 800), (50, 200)]

    assert results(1000, even) == [D(500), D(500)]
    assert results(1000, even, damping_percent=D(50)) == [D(650), D(350)]
    assert results(1000, even, damping_percent=D(0)) == [D(800), D(200)]


def test_formula_limits_of_change_bite():
    even = [(50, 800), (50, 200)]

    assert results(1000, even, most_loss_percent=D(10)) == [D(720), D(280)]
    assert results(1000, even, most_gain_percent=D(25)) == [D(750), D(250)]
    shares = formulas.share_out(D(1000), claimants(*even), Terms(BY_PEOPLE, most_gain_percent=D(25)))
    assert [share.held for share in shares] == ["", "the limit of gain"]


def test_formula_limits_of_gain_may_leave_money_over():
    shares = formulas.share_out(D(1000), claimants((50, 200), (50, 200)), Terms(BY_PEOPLE, most_gain_percent=D(10)))

    assert [share.result for share in shares] == [D(220), D(220)]
    assert formulas.left_over(D(1000), shares) == D(560)


SIXTY = "The weights of the formula make 60 %. They must make 100 %."
TOO_MUCH = (
    "The floors and the limits of loss come to £100.02, more than the £100 of the round. "
    "Enter more money, or change the formula."
)
NEEDED = "The formula needs a figure for A and B. Enter it with its source."


@pytest.mark.parametrize(
    ("budget", "rows", "terms", "sentence"),
    [
        (None, [(1, None)], {}, "The money of the round is not known. Enter it first."),
        (D(10), [], {}, "Nobody is in the round yet. Add the organisations first."),
        (
            D(10),
            [(1, None)],
            {"weights": {"people": D(60)}},
            "The weights of the formula make 60 %. They must make 100 %.",
        ),
        (D(10), [(1, None), (1, None)], {"weights": {"crime": D(100)}}, NEEDED),
        (
            D(10),
            [(0, None), (0, None)],
            {},
            "One factor is nought for everybody, so nothing can be shared out by it. Enter its figures.",
        ),
        (
            D(100),
            [(1, None), (1, None)],
            {"floor": D("50.01")},
            TOO_MUCH,
        ),
        (D(100), [(1, None), (1, None)], {"floor": D(50)}, ""),
    ],
)
def test_why_not_share_out(budget, rows, terms, sentence):
    found = formulas.why_not_share_out(budget, claimants(*rows), Terms(**{"weights": BY_PEOPLE, **terms}))

    assert found == sentence


PENCE = st.integers(0, 10**8).map(lambda pence: D(pence).scaleb(-2))
ROWS = st.lists(st.tuples(st.integers(0, 10**6), st.none() | PENCE), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(
    budget=st.integers(1, 10**9).map(lambda pence: D(pence).scaleb(-2)),
    rows=ROWS,
    floor=st.integers(0, 10**4).map(D),
    damping=st.integers(0, 100).map(D),
    loss=st.none() | st.integers(0, 100).map(D),
    gain=st.none() | st.integers(0, 200).map(D),
)
def test_share_out_keeps_its_promises_for_any_figures(budget, rows, floor, damping, loss, gain):
    terms = Terms(BY_PEOPLE, floor, damping, loss, gain)
    if formulas.why_not_share_out(budget, claimants(*rows), terms):
        return

    shares = formulas.share_out(budget, claimants(*rows), terms)

    together = sum(share.result for share in shares)
    assert together <= budget
    assert all(share.lower <= share.result for share in shares)
    assert all(share.upper is None or share.result <= share.upper for share in shares)
    if together < budget:
        free = [share for share in shares if share.damped > 0]
        assert all(share.upper == share.result for share in free)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8), st.integers(1, 10**7))
def test_to_pennies_makes_the_same_total(weights, pence):
    whole = sum(weights) or 1
    parts = [Fraction(pence * weight, whole * 100) for weight in weights]

    pennies = formulas.to_pennies(parts)

    assert sum(pennies) == D(pence if sum(weights) else 0).scaleb(-2)
    assert all(abs(Fraction(penny) - part) < Fraction(1, 100) for penny, part in zip(pennies, parts, strict=True))
