"""What the dashboard reads beside money."""

from datetime import date
from decimal import Decimal

import pytest

from pcc_portal.queries import dashboard
from tests.make import awards as make

pytestmark = pytest.mark.django_db


def test_by_priority_adds_up_approved_projects():
    world = make.world()
    make.made_award(world, ("6000", "4000.50"))

    found = [(line["priority"].name, line["projects"], line["total"]) for line in dashboard.by_priority(world.plan)]

    assert found == [("Reduce violence", 2, Decimal("10000.50")), ("Reduce anti-social behaviour", 0, Decimal("0.00"))]


def test_waiting_cases_count_what_is_still_to_decide():
    world = make.world()
    case = make.awaiting_decision(world, ("1000", "2000"))
    make.approve(world, make.projects(case)[0])

    [found] = dashboard.waiting_cases()

    assert (found.pk, found.to_decide, found.in_all) == (case.pk, 1, 1)


def test_late_returns_are_those_past_their_day():
    world = make.world()
    make.live_award(world)

    assert list(dashboard.late_returns(date(2020, 10, 30))) == []
    assert [row.period for row in dashboard.late_returns(date(2020, 10, 31))] == ["MID_YEAR"]
