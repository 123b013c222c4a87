"""Figures of a return become blocks: parts stay with what they come to, and what is not known is left out (P6)."""

from decimal import Decimal

import pytest

from monitoring.queries import story_content as content
from plans.enums import IndicatorKind as K


def question(kind, label, *values, key="", total=None, unit="", target=None):
    """A question of a frozen return with its answers."""
    rows = [{"key": f"s/{key or label}/{part}", "label": part, "value": value} for part, value in values]
    return {"kind": kind, "label": label, "unit": unit, "target": target, "total": total, "rows": rows}


REACHED = question(K.COUNT, "People reached", ("", "43"), key="reached", unit="people")
BY_AGE = question(K.COUNTS, "By age", ("Under 18", "3"), ("18 and over", "40"), key="age", total="43")


def figures(*asked):
    return {content._key_of(row): row for row in asked}


def told(block):
    return [(row.label, row.unit, row.value, row.is_total) for row in block.rows]


def test_a_count_by_category_bears_the_name_of_the_figure_it_comes_to():
    block = content._question(BY_AGE, REACHED)

    assert (block.title, block.counts_people, bool(block.group)) == ("By age", True, True)
    assert told(block) == [
        ("Under 18", "", Decimal(3), False),
        ("18 and over", "", Decimal(40), False),
        ("People reached", "people", Decimal(43), True),
    ]
    assert told(content._question(BY_AGE, None))[-1] == ("Total", "", Decimal(43), True)


def test_figures_that_add_up_stand_together_with_their_sum():
    new = question(K.COUNT, "New", ("", "3"), key="new")
    asked = figures(REACHED, BY_AGE, new)

    checks = [(["new", "age"], "reached"), (["age"], "reached"), (["gone", "new"], "reached")]
    found = list(content._sums(checks, asked))

    assert [told(block) for block in found] == [
        [("New", "", Decimal(3), False), ("By age", "", Decimal(43), False), ("Total", "", Decimal(43), True)]
    ]


@pytest.mark.parametrize(
    ("kind", "unit", "counts"),
    [
        (K.COUNT, "", True), (K.COUNT, "people", True), (K.COUNT, "sessions", False), (K.NUMBER, "hours", False),
        (K.PERCENTAGE, "", False), (K.MONEY, "", False),
    ],
)  # fmt: skip
def test_a_figure_counts_people_unless_its_unit_says_otherwise(kind, unit, counts):
    assert content._question(question(kind, "Figure", ("", "7"), unit=unit), None).counts_people is counts


@pytest.mark.parametrize("kind", [K.TEXT, K.YES_NO, K.FILE])
def test_words_are_no_figures(kind):
    assert content._question(question(kind, "Words", ("", "Yes")), None) is None


def test_a_score_hides_behind_the_people_asked():
    block = content._question(question(K.SCORE, "Safety", ("People asked", "3"), ("Before", "2"), ("After", "4")), None)

    assert [(row.label, row.unit) for row in block.rows] == [
        ("Safety: People asked", "people"), ("Safety: Before", "score"), ("Safety: After", "score"),
    ]  # fmt: skip


def test_blocks_are_numbered_for_good():
    blocks = content._numbered([content._question(REACHED, None), content._question(BY_AGE, REACHED)])

    assert [(block.key, block.group, [row.number for row in block.rows]) for block in blocks] == [
        ("1", "", [1]), ("2", "2: By age", [2, 3, 4]),
    ]  # fmt: skip
