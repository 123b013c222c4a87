"""The forecast of reminders is what the sweep then writes, day by day, whatever the ladders and the rows."""

import random
from datetime import timedelta

import pytest

from accounts.queries import people_book, people_for
from records import ladders, obligations
from records.enums import OWED_BY_OFFICE, ObligationKind
from records.models import LadderStep, Notice, Obligation
from tests.make import accounts as make_accounts
from tests.make import records as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
START = make.DUE
DAYS = 14


def climb(day):
    return obligations.climb_ladders(on=day, at=make.moment(day), people_for=people_for)


def forecast(start, days=DAYS):
    """What is forecast on a day, as (day, obligation, step, person)."""
    steps = ladders.load()
    rows = list(ladders.candidates(steps, start, days))
    people = ladders.People(people_book())
    coming = ladders.forecast(rows, steps, ladders.told(rows), people, start=start, days=days)
    return [(one.day, one.obligation.pk, one.step.working_days, person.pk) for one in coming for person in one.people]


def written():
    """What was written, as the forecast says it, but for the day."""
    rows = Notice.objects.filter(withdrawn_at__isnull=True)
    return sorted(rows.values_list("created_at__date", "obligation", "step", "person"))


def a_world(seed):
    """Obligations of every kind around the days of the forecast: some opening, held, moved or told in part."""
    chance = random.Random(seed)
    cast = make_accounts.cast()
    bodies = [(cast.maidstone, None), (cast.council, cast.maidstone), (cast.provider, None), (cast.yot, None)]
    for number in range(45):
        kind = chance.choice(ObligationKind.values)
        body, recipient = (None, None) if kind in OWED_BY_OFFICE else chance.choice(bodies)
        due_on = START + chance.randint(-30, 60) * DAY
        opens_on = START + chance.randint(-40, 12) * DAY if chance.random() < 0.4 else None
        row = make.obligation(
            cast, kind=kind, organisation=body, recipient=recipient, due_on=due_on, opens_on=opens_on,
            period=f"p{number}",
        )  # fmt: skip
        if chance.random() < 0.3:
            until = START + chance.randint(-5, 18) * DAY
            obligations.hold(row, until=until, reason="R", by=cast.officer, at=make.moment(START - 30 * DAY))
    return cast, chance


@pytest.mark.parametrize("seed", range(6))
def test_forecast_of_each_day_is_what_the_sweep_writes_on_it(seed):
    cast, chance = a_world(seed)
    for days_before in (20, 3, 1)[: chance.randint(0, 3)]:
        climb(START - days_before * DAY)
    some = Notice.objects.filter(pk__in=list(Notice.objects.values_list("pk", flat=True))[::3])
    some.update(withdrawn_at=make.moment(START))
    cast.yot_lead.memberships.update(ended_at=make.moment(START))
    before = set(written())

    foretold = forecast(START)
    for number in range(DAYS):
        climb(START + number * DAY)

    assert sorted(foretold) == sorted(set(written()) - before)
    assert len(foretold) > 20


def test_forecast_of_one_day_alone_is_what_a_sweep_after_an_outage_writes():
    a_world(99)
    late = START + 9 * DAY

    foretold = forecast(late, days=1)
    climb(late)

    assert sorted(foretold) == written()


def test_forecast_reads_a_changed_ladder():
    make.obligation(make_accounts.cast())
    LadderStep.objects.filter(kind="RETURN").exclude(working_days__in=[0, 1]).delete()

    assert {(day, step) for day, _, step, _ in forecast(START)} == {(START, 0), (START + 3 * DAY, 1)}


@pytest.mark.parametrize("count", [1, 3])
def test_forecast_asks_the_same_for_one_row_and_three(count, django_assert_num_queries):
    cast = make_accounts.cast()
    for number in range(count):
        make.obligation(cast, period=str(number))

    with django_assert_num_queries(4):  # ladders, obligations, what was told, people
        assert len(forecast(START)) == count * 6  # on the day 1, the day after 2, five days after 3


def test_forecast_tells_in_the_order_of_days():
    a_world(5)
    days = [day for day, *_ in forecast(START)]

    assert days == sorted(days)
    assert days[0] >= START
    assert days[-1] < START + DAYS * DAY


def test_owed_now_is_what_a_sweep_writes_at_once():
    cast = make_accounts.cast()
    make.obligation(cast)
    climb(START)
    make.obligation(cast, period="new")

    coming = ladders.owed_now(ladders.load(), START, ladders.People(people_for))

    assert [(one.obligation.period, one.step.working_days, one.people) for one in coming] == [
        ("new", 0, [cast.maidstone_lead])
    ]
    assert climb(START) == 1
    assert ladders.owed_now(ladders.load(), START, ladders.People(people_for)) == []
    assert ladders.owed_now({}, START, ladders.People(people_for)) == []


def test_nothing_is_forecast_of_what_is_done():
    cast = make_accounts.cast()
    make.obligation(cast)
    obligations.close(cast.maidstone, "RETURN", at=make.moment(START), closing="Submitted")

    assert Obligation.objects.count() == 1
    assert forecast(START) == []
