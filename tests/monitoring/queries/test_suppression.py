"""Nobody can work out a hidden count of one to four, however well they know the rules (P6)."""

from collections import defaultdict
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.queries.suppression import Figure, hidden_in, is_small

C = "hidden"


def group(*parts, total=None, name="by age"):
    """A group of parts with their sum."""
    rows = [Figure(Decimal(part), True, name) for part in parts]
    return [*rows, Figure(Decimal(sum(parts) if total is None else total), True, name, is_total=True)]


def shown(figures):
    hidden = hidden_in(figures)
    return tuple(C if place in hidden else figure.value for place, figure in enumerate(figures))


def told(*parts, **more):
    return [C if value == C else value and int(value) for value in shown(group(*parts, **more))]


@pytest.mark.parametrize(
    ("value", "small"), [(None, False), (0, False), (1, True), (4, True), ("4.5", True), (5, False), (500, False)]
)
def test_is_small_is_one_to_four(value, small):
    assert is_small(None if value is None else Decimal(value)) is small


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((12, 40), [12, 40, 52]),
        ((0, 40), [0, 40, 40]),
        ((3, 40, 50), [C, C, 50, 93]),  # the second is the next in turn
        ((40, 50, 3), [C, 50, C, 93]),
        ((3, 0, 50), [C, 0, C, 53]),  # nought gives nothing to hide behind
        ((3, 2, 50), [C, C, 50, 55]),  # two of them hide each other
        ((3, 0), [C, 0, C]),  # the total is itself a low count
        ((1, 1, 50), [C, C, C, C]),  # two together can only be one each
        ((4, 4, 50), [C, C, C, C]),
        ((1, 1, 1, 1, 1), [C, C, C, C, C, C]),
        ((1, 1, 1, 1, 0), [C, C, C, C, C, C]),
    ],
)
def test_hidden_in_hides_a_second_where_the_total_would_tell(parts, expected):
    assert told(*parts) == expected


def test_hidden_in_hides_all_where_the_parts_do_not_add_up():
    assert told(3, 0, total=20) == [C, C, C]


def test_hidden_in_without_a_total_hides_the_low_counts_alone():
    assert shown(group(3, 40)[:-1]) == (C, 40)


def test_hidden_in_hides_what_is_worked_out_of_counts():
    figures = [Figure(Decimal(2), True), Figure(Decimal(40), unit="%"), Figure(Decimal(900), unit="£")]

    assert shown(figures) == (C, C, 900)
    assert shown([Figure(Decimal(20), True), *figures[1:]]) == (20, 40, 900)


def test_hidden_in_never_shows_a_hidden_second_as_the_total_of_another_group():
    """New 3 and carried over 40 make 43; the 40 by gender are 18 and 22."""
    figures = [*group(3, 40), *group(18, 22, name="by gender")]

    assert shown(figures) == (C,) * 6


def test_hidden_in_leaves_unknown_figures_unknown():
    assert shown([Figure(None, True), Figure(Decimal(3), True)]) == (None, C)


@pytest.mark.parametrize(("cells", "highest", "asked"), [(1, 14, 14), (2, 13, 9), (3, 12, 8), (4, 8, 4)])
def test_hidden_in_leaves_a_second_answer_to_somebody_who_knows_the_rules(cells, highest, asked):
    """Every group of figures is tried; all that are shown alike must leave each hidden low count in doubt."""
    alike = defaultdict(list)
    for parts in product(range(highest + 1), repeat=cells):
        alike[shown(group(*parts))].append((*parts, sum(parts)))

    for answer, worlds in alike.items():
        for place in [place for place, value in enumerate(answer) if value == C]:
            possible = {world[place] for world in worlds}
            low = [world for world in worlds if is_small(Decimal(world[place])) and max(world[:-1]) <= asked]
            assert not low or len(possible) > 1, (answer, low)


def two_ways(one, two, three):
    """The same people by age and by gender."""
    total = one + two
    return [*group(one, two), *group(three, total - three, name="by gender")] if three <= total else None


def inside_one_another(new, women, men):
    """New people and those carried over, and the latter by gender."""
    return [*group(new, women + men), *group(women, men, name="carried over by gender")]


def part_by_gender(women, men, old):
    """New people by gender, and those carried over beside their sum."""
    return [*group(women, men, name="new by gender"), *group(women + men, old)]


@pytest.mark.parametrize("story", [two_ways, inside_one_another, part_by_gender])
def test_hidden_in_leaves_a_second_answer_where_groups_speak_of_the_same_people(story):
    alike = defaultdict(list)
    for cells in product(range(15), repeat=3):
        if figures := story(*cells):
            alike[shown(figures)].append([int(row.value) for row in figures])

    for answer, worlds in alike.items():
        for place in [place for place, value in enumerate(answer) if value == C]:
            low = [world for world in worlds if 1 <= world[place] <= 4 and max(world) <= 12]
            assert not low or len({world[place] for world in worlds}) > 1, (answer, low)


COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=5)


@settings(max_examples=50, deadline=None)
@given(stories=st.lists(st.lists(COUNTS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_sums_of_stories_say_no_more_than_the_stories(stories):
    """Each hidden low count can be another figure while every story and every sum over stories stays as shown."""
    figures = [[row for number, parts in enumerate(story) for row in group(*parts, name=str(number))]
               for story in stories]  # fmt: skip
    answers = [shown(story) for story in figures]
    totals = [sum(value for value in answer if value not in (C, None)) for answer in answers]

    for story, answer, total in zip(figures, answers, totals, strict=True):
        assert not [row for row, value in zip(story, answer, strict=True)
                    if value != C and is_small(row.value)]  # fmt: skip
        for place, value in enumerate(answer):
            group_of = [other for other, row in enumerate(story) if row.group == story[place].group]
            if value == C and is_small(story[place].value):
                assert len([other for other in group_of if answer[other] == C]) > 1
        assert total == sum(row.value for row, value in zip(story, answer, strict=True) if value != C)
