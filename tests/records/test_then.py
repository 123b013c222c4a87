"""Rows as they were: what the log says changed since is taken back, and what began since is not there."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from plans.models import FundingSource, LearningArea
from records.actions import log
from records.queries import Then
from tests.make import accounts, plans

MAY, JUNE, JULY, AUGUST = (datetime(2020, month, 1, 12, tzinfo=UTC) for month in (5, 6, 7, 8))


@pytest.fixture
def world(db):
    cast = accounts.cast()
    return SimpleNamespace(cast=cast, plan=plans.plan(cast))


def changed(row, at, verb="changed", **changes):
    log(row, verb, by=None, at=at, changes=changes)


def test_then_takes_back_later_changes_in_their_order(world):
    own = world.plan.own
    FundingSource.objects.filter(pk=own.pk).update(amount=Decimal("300"), source="C")
    changed(own, MAY, "added")
    changed(own, JUNE, amount=["100.00", "200.00"], source=["", "B"])
    changed(own, AUGUST, amount=["200.00", "300.00"], source=["B", "C"])

    def as_at(moment):
        row = Then(moment, FundingSource).put_back(FundingSource.objects.get(pk=own.pk))
        return row.amount, row.source

    assert as_at(None) == (Decimal("300"), "C")
    assert as_at(AUGUST) == (Decimal("300"), "C")
    assert as_at(JULY) == (Decimal("200.00"), "B")
    assert as_at(MAY) == (Decimal("100.00"), "")


def test_then_leaves_alone_what_the_log_tells_of_something_beside_the_row(world):
    own = world.plan.own
    changed(own, MAY, "added")
    changed(own, JULY, name=["", "Something else's name"], amount=["1", "2"])

    row = Then(JUNE, FundingSource).put_back(FundingSource.objects.get(pk=own.pk))

    assert (row.name, row.amount) == ("Own budget", Decimal("500000.00"))


@pytest.mark.parametrize(
    ("verb", "since", "there"),
    [
        ("added", None, False),
        ("added", date(2020, 4, 1), False),
        ("loaded", None, True),
        ("loaded", date(2020, 4, 1), True),
        ("loaded", date(2020, 6, 30), False),
        ("recorded", date(2020, 6, 1), True),
    ],
)
def test_then_a_row_that_came_later_was_not_there_but_a_fact_written_down_counts_from_its_day(
    world, verb, since, there
):
    changed(world.plan.own, JULY, verb)

    assert Then(JUNE, FundingSource).had_begun(world.plan.own, since=since) is there


def test_then_a_fact_written_down_in_time_counts_from_its_day_too(world):
    changed(world.plan.own, MAY, "loaded")
    then = Then(JULY, FundingSource)

    assert then.had_begun(world.plan.own, since=date(2020, 6, 30)) is True
    assert then.had_begun(world.plan.own, since=date(2020, 12, 1)) is False


def test_then_reads_days_and_truths_back_as_what_they_are(world):
    row = LearningArea.objects.create(plan=world.plan.plan, order=1, area="Terms", done_on=date(2020, 7, 3))
    violence = world.plan.violence
    changed(row, MAY, "added")
    changed(violence, MAY, "added")
    changed(row, AUGUST, done_on=["", "2020-07-03"], owner=["", ""])
    changed(violence, AUGUST, is_violence_reduction=[False, True])
    then = Then(JULY, LearningArea, type(violence))

    assert then.put_back(row).done_on is None
    assert then.put_back(violence).is_violence_reduction is False


def test_then_asks_twice_whatever_the_number_of_rows(world, django_assert_num_queries):
    changed(world.plan.own, JULY)

    with django_assert_num_queries(3):
        then = Then(JUNE, FundingSource)
        then.rows([world.plan.own, world.plan.victims])
