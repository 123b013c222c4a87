"""The draw: the same seed gives the same sample; each strategy takes what it says (P4)."""

import random
from collections import Counter

import pytest

from monitoring.enums import SampleStrategy
from monitoring.queries.sampling import draw, ranked

SCORES = [("AW-1", 3), ("AW-2", 9), ("CT-1", 9), ("AW-3", 0), ("AW-4", 5)]


def chosen(size=2, strategy=SampleStrategy.HIGHEST, seed="s", scores=SCORES):
    return [row.key for row in draw(scores, size=size, strategy=strategy, seed=seed) if row.is_chosen]


def test_ranked_settles_ties_by_the_reference():
    assert ranked(SCORES) == [("AW-2", 9), ("CT-1", 9), ("AW-4", 5), ("AW-1", 3), ("AW-3", 0)]


def test_draw_of_the_highest_takes_them_in_order():
    rows = draw(SCORES, size=2, strategy=SampleStrategy.HIGHEST, seed="s")

    assert [(row.key, row.score, row.place, row.is_chosen, row.why) for row in rows[:3]] == [
        ("AW-2", 9, 1, True, "Among the highest 2 of 5 by score: place 1"),
        ("CT-1", 9, 2, True, "Among the highest 2 of 5 by score: place 2"),
        ("AW-4", 5, 3, False, "Not drawn: place 3 of 5 by score"),
    ]


def test_draw_by_lot_is_what_the_printed_seed_draws():
    keys = [key for key, _ in ranked(SCORES)]

    assert set(chosen(3, SampleStrategy.RANDOM, "printed")) == set(random.Random("printed").sample(keys, 3))


@pytest.mark.parametrize("strategy", SampleStrategy)
def test_draw_is_the_same_for_the_same_seed_in_any_order(strategy):
    first = chosen(3, strategy, "2026")

    assert first == chosen(3, strategy, "2026", SCORES[::-1])
    assert len(first) == 3


def test_draw_by_another_seed_differs_somewhere():
    assert len({tuple(chosen(2, SampleStrategy.RANDOM, str(seed))) for seed in range(30)}) > 5


def test_draw_weighted_takes_a_high_score_more_often():
    times = Counter(chosen(1, SampleStrategy.WEIGHTED, str(seed))[0] for seed in range(400))

    assert times["AW-2"] > 4 * times["AW-3"] > 0


def test_draw_mixed_is_half_the_highest_and_half_by_lot():
    rows = draw(SCORES, size=3, strategy=SampleStrategy.MIXED, seed="m")
    taken = [row for row in rows if row.is_chosen]

    assert [row.key for row in taken[:2]] == ["AW-2", "CT-1"]
    assert taken[2].why == "Drawn by lot from the 3 below the highest 2"


@pytest.mark.parametrize("strategy", SampleStrategy)
def test_draw_of_more_than_there_are_takes_all(strategy):
    assert sorted(chosen(9, strategy)) == sorted(key for key, _ in SCORES)


def test_draw_from_nothing_is_nothing():
    assert draw([], size=3, strategy=SampleStrategy.WEIGHTED, seed="s") == []
