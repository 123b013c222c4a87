"""RAG, targets by period, red twice, figures in words, drawings: pure, by table (S4)."""

from datetime import date
from decimal import Decimal

import pytest

from services.enums import Rag
from services.models import Contract, Kpi, KpiTarget
from services.queries import kpis as reads
from services.queries.charts import chart_of

D = Decimal


def target(value, amber=None, starts_on=date(2020, 1, 1)):
    return KpiTarget(target=D(value), amber=None if amber is None else D(amber), starts_on=starts_on)


@pytest.mark.parametrize(
    ("direction", "value", "held_to", "rag"),
    [
        ("HIGHER", "90", ("90", "80"), Rag.GREEN),
        ("HIGHER", "90.01", ("90", "80"), Rag.GREEN),
        ("HIGHER", "89.99", ("90", "80"), Rag.AMBER),
        ("HIGHER", "80", ("90", "80"), Rag.AMBER),
        ("HIGHER", "79.99", ("90", "80"), Rag.RED),
        ("HIGHER", "89.99", ("90", None), Rag.RED),
        ("HIGHER", "0", ("0", None), Rag.GREEN),
        ("LOWER", "5", ("5", "8"), Rag.GREEN),
        ("LOWER", "4", ("5", "8"), Rag.GREEN),
        ("LOWER", "5.01", ("5", "8"), Rag.AMBER),
        ("LOWER", "8", ("5", "8"), Rag.AMBER),
        ("LOWER", "8.01", ("5", "8"), Rag.RED),
        ("LOWER", "5.01", ("5", None), Rag.RED),
        ("HIGHER", None, ("90", "80"), Rag.UNKNOWN),
        ("LOWER", None, None, Rag.UNKNOWN),
        ("HIGHER", "90", None, Rag.NO_TARGET),
    ],
)
def test_rag_of(direction, value, held_to, rag):
    kpi = Kpi(direction=direction)

    assert reads.rag_of(kpi, None if value is None else D(value), held_to and target(*held_to)) == rag


@pytest.mark.parametrize(
    ("starts_on", "value"),
    [
        (date(2019, 10, 1), 90),  # the KPI begins inside the period: its own first day counts
        (date(2020, 1, 1), 90),
        (date(2020, 4, 1), 90),  # the new target begins inside this period, and rules from the next one
        (date(2020, 7, 1), 95),
    ],
)
def test_target_on_holds_a_period_to_the_target_of_its_first_day(starts_on, value):
    kpi = Kpi(starts_on=date(2020, 1, 1))
    rows = [target(90), target(95, starts_on=date(2020, 5, 1))]

    assert reads.target_on(rows, kpi, starts_on).target == value
    assert reads.target_on([], kpi, starts_on) is None


QUARTER = [(date(2020, month, 1), date(2020, month + 2, 28)) for month in (1, 4, 7, 10)]


def points(letters, *, accepted=None):
    """One point a quarter: R red, G green, A amber, U not known, N no target."""
    rags = {"R": Rag.RED, "G": Rag.GREEN, "A": Rag.AMBER, "U": Rag.UNKNOWN, "N": Rag.NO_TARGET}
    return [
        reads.KpiPoint(*days, None if letter == "U" else D(1), D(2), None, rags[letter], counts, "")
        for letter, days, counts in zip(letters, QUARTER, accepted or [True] * 4, strict=False)
    ]


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("", None),
        ("R", None),
        ("RR", (0, 1)),
        ("RRR", (1, 2)),
        ("RG", None),
        ("GRR", (1, 2)),
        ("RGR", None),
        ("RAR", None),
        ("RRG", None),  # it has recovered: the newest figure decides
        ("RUR", (0, 2)),  # silence is neither red nor the end of a run
        ("RNR", (0, 2)),
        ("RRU", (0, 1)),
        ("UR", None),
    ],
)
def test_twice_red(letters, found):
    rows = points(letters)

    pair = reads.twice_red(rows)

    assert pair == (found and (rows[found[0]], rows[found[1]]))


def test_twice_red_counts_only_what_was_accepted_and_not_yet_answered_for():
    assert reads.twice_red(points("RR", accepted=[True, False])) is None
    assert reads.twice_red(points("RRR"), after=QUARTER[0][1]) is not None
    assert reads.twice_red(points("RRR"), after=QUARTER[1][1]) is None


def test_twice_red_does_not_count_one_time_told_twice():
    first, second = points("RR")
    inside = reads.KpiPoint(date(2020, 5, 1), second.ends_on, D(1), D(2), None, Rag.RED, True, "")

    assert reads.twice_red([second, inside]) is None
    assert reads.twice_red([first, second, inside]) == (first, inside)


@pytest.mark.parametrize(
    ("kind", "unit", "value", "words"),
    [
        ("PERCENTAGE", "", "91.50", "91.5%"),
        ("PERCENTAGE", "", "100.00", "100%"),
        ("MONEY", "", "1250.00", "£1,250"),
        ("DAYS", "", "1.00", "1 day"),
        ("DAYS", "", "5.50", "5.5 days"),
        ("COUNT", "people", "1200.00", "1,200 people"),
        ("NUMBER", "", "0.00", "0"),
        ("NUMBER", "", None, "Not reported"),
    ],
)
def test_shown(kind, unit, value, words):
    assert reads.shown(Kpi(kind=kind, unit=unit), None if value is None else D(value)) == words


@pytest.mark.parametrize(
    ("facts", "asks"),
    [
        ({}, None),
        ({"regime": "PCR2015"}, False),
        ({"regime": "PA2023", "light_touch": True}, False),
        ({"regime": "PA2023", "light_touch": False, "estimated_value": D("5000000.01")}, True),
        ({"regime": "PA2023", "light_touch": False, "estimated_value": D("5000000")}, False),
        ({"regime": "PA2023", "light_touch": False}, None),
        ({"regime": "PA2023", "estimated_value": D("6000000")}, None),
    ],
)
def test_law_asks_for(facts, asks):
    assert reads.law_asks_for(Contract(**facts)) is asks


NINETY = D(90)


def history(values, *, kind="PERCENTAGE", goal=NINETY):
    kpi = Kpi(number=1, name="Calls", kind=kind, direction="HIGHER", starts_on=QUARTER[0][0])
    held_to = None if goal is None else target(goal)
    rows = [
        reads.KpiPoint(*days, value, goal, None, reads.rag_of(kpi, value, held_to), True, "")
        for days, value in zip(QUARTER, values, strict=False)
    ]
    return reads.KpiHistory(kpi, tuple(rows))


def test_chart_of_stands_each_figure_at_its_height_and_leaves_a_gap_where_none_is():
    chart = chart_of(history([D(0), None, D(100), D(50)]))

    assert [mark.y for mark in chart.marks] == [212, 16, 114]
    assert [mark.rag for mark in chart.marks] == ["RED", "GREEN", "RED"]
    assert len(chart.figures) == 2  # one mark alone, then a line of two
    assert [level.words for level in chart.levels] == ["0%", "50%", "100%"]
    assert "not reported, target 90%, not reported" in chart.told.lower()
    assert chart.targets.count("M") == 1


@pytest.mark.parametrize(
    ("values", "kind", "goal", "top"),
    [
        ([D(87), D(3)], "COUNT", D(50), "88"),
        ([D(1234)], "COUNT", None, "1,400"),
        ([D("0.4")], "NUMBER", None, "2"),
        ([D(0)], "COUNT", D(0), "1"),
    ],
)
def test_chart_of_ends_above_everything_it_draws(values, kind, goal, top):
    chart = chart_of(history(values, kind=kind, goal=goal))

    assert chart.levels[-1].words == top
    assert all(16 <= mark.y <= 212 for mark in chart.marks)


def test_chart_of_nothing_is_nothing():
    assert chart_of(history([])) is None
    assert chart_of(history([None, None])) is None
