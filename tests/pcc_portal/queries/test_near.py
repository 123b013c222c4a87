"""What is funded near something: the same provider, stream, purpose or area, in the same days."""

from datetime import date

import pytest

from pcc_portal.queries.near import Place, near
from services.actions import oversight as oversight_actions
from tests.make import accounts as make_accounts
from tests.make import oversight as make
from tests.make import plans as make_plans
from tests.make import services as make_services

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2020, 9, 1), "ends_on": date(2021, 3, 31)}


@pytest.fixture
def world():
    cast = make_accounts.cast()
    return cast, make_plans.plan(cast)


def found(place, **leave_out):
    return [(row.reference, row.why) for row in near(place, **DAYS, **leave_out).rows]


def test_near_names_the_strongest_reason_first_and_leaves_out_what_it_is_asked_for(world):
    cast, plan = world
    contract = make_services.contract(cast, plan)
    other = make_services.contract(cast, plan, key="other", provider=cast.yot)
    activity = make.activity(cast, plan)

    place = Place(plan.csps, cast.provider)
    both, stream = "Same provider, same funding stream", "Same funding stream"
    assert found(place, leave_out={activity.reference}) == [(contract.reference, both), (other.reference, stream)]
    assert (activity.reference, both) in found(place)


def test_near_knows_the_purpose_of_another_stream(world):
    cast, plan = world
    contract = make_services.contract(cast, plan, provider=cast.yot)
    other = type(plan.csps).objects.exclude(pk=plan.csps.pk).filter(purpose=plan.csps.purpose).first()

    words = f"Same purpose ({other.get_purpose_display().lower()})"
    assert found(Place(other, cast.provider)) == [(contract.reference, words)]


def test_near_leaves_out_what_runs_at_other_times_or_has_stopped(world):
    cast, plan = world
    make_services.contract(cast, plan, starts_on=date(2021, 4, 1))
    make_services.contract(cast, plan, key="past", starts_on=date(2016, 4, 1), initial_months=12, options=[])
    stopped = make.activity(cast, plan)
    oversight_actions.stop_activity(activity=stopped, reason="No", by=cast.officer, at=make.AT)

    assert found(Place(plan.csps, cast.provider)) == []


def test_near_asks_as_many_questions_for_many_as_for_one(world, django_assert_num_queries):
    cast, plan = world
    for number in range(3):
        make_services.contract(cast, plan, key=f"c{number}")
        make.activity(cast, plan)

    with django_assert_num_queries(6):
        assert near(Place(plan.csps, None), **DAYS).count == 6


def test_near_knows_the_area_of_who_delivers(world):
    cast, plan = world
    contract = make_services.contract(cast, plan, provider=cast.maidstone, stream=None)

    assert found(Place(None, cast.maidstone)) == [(contract.reference, "Same provider, same area (Maidstone)")]
    cast.yot.areas = ["Maidstone"]
    assert found(Place(None, cast.yot)) == [(contract.reference, "Same area (Maidstone)")]
