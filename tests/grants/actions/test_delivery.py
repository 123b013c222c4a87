"""A schedule of days: planned, delivered, re-arranged, cancelled; progress and forecast against the promise (E1)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from grants.actions import delivery
from grants.enums import SessionStatus
from grants.models import DeliverySession
from grants.queries import delivery as queries
from records.enums import ObligationKind
from records.models import Event, Obligation
from records.refusals import Refused
from tests.kept import kept
from tests.make import awards as make

AT = datetime(2020, 9, 1, 9, 0, tzinfo=UTC)
FIRST = date(2020, 11, 3)
AUTUMN = {"number": 1, "name": "Autumn", "starts_on": date(2020, 11, 1), "ends_on": date(2020, 12, 18), "promised": 2}
SPRING = {"number": 2, "name": "Spring", "starts_on": date(2021, 1, 4), "ends_on": date(2021, 3, 26), "promised": 2}


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """The world with one live award and a schedule of four days in two blocks, never committed."""
    with kept(django_db_blocker):
        world = make.world()
        world.award = make.live_award(world)
        world.schedule = write(world)
        yield world


def write(world, **changes):
    said = {"unit": "day", "promised": 4, "blocks": [AUTUMN, SPRING], "reason": "As agreed", **changes}
    return delivery.write_schedule(award=world.award, **said, by=world.officer, at=AT)


def plan(world, on=FIRST, place="Example School", **more):
    by = more.pop("by", world.maidstone_contributor)
    return delivery.plan_session(schedule=world.schedule, on=on, place=place, **more, by=by, at=AT)


def after(day):
    return datetime(day.year, day.month, day.day, 17, 0, tzinfo=UTC)


def test_write_schedule_says_what_changed(world):
    write(world, promised=5, reason="One day more")

    changed = Event.objects.get(subject_type="grants.Award", subject_id=world.award.pk, verb="schedule_changed")
    assert (changed.changes, changed.reason) == ({"promised": [4, 5]}, "One day more")


def test_write_schedule_keeps_a_block_that_has_days(world):
    plan(world)

    with pytest.raises(Refused, match="Block 1 has planned days, so it stays"):
        write(world, blocks=[SPRING])


def test_write_schedule_refuses_blocks_beyond_the_promise(world):
    with pytest.raises(Refused, match="The blocks make 4, and only 3 are promised in all"):
        write(world, promised=3)


def test_plan_session_falls_into_its_block_and_a_report_is_owed(world):
    session = plan(world)

    owed = Obligation.objects.open().about(session).get()
    assert (session.number, session.block.name, session.status) == (1, "Autumn", SessionStatus.PLANNED)
    assert (owed.kind, owed.due_on, owed.organisation) == (ObligationKind.DELIVERY_REPORT, FIRST, world.maidstone)


@pytest.mark.parametrize(
    ("on", "place", "sentence"),
    [
        (date(2021, 4, 1), "Example School", "The award runs from 1 April 2020 to 31 March 2021"),
        (FIRST, " ", "Say where it is delivered."),
        (FIRST, "example school", "example school on 3 November 2020 is planned already."),
    ],
)
def test_plan_session_refuses(world, on, place, sentence):
    plan(world)

    with pytest.raises(Refused, match=sentence):
        plan(world, on, place)


def test_deliver_session_counts_people_and_ends_the_report(world):
    session = plan(world)

    done = delivery.deliver_session(session=session, people=120, by=world.maidstone_contributor, at=after(FIRST))

    assert (done.status, done.people) == (SessionStatus.DELIVERED, 120)
    assert not Obligation.objects.open().about(session).exists()


def test_deliver_session_waits_for_its_day(world):
    session = plan(world)

    with pytest.raises(Refused, match="3 November 2020 has not come yet"):
        delivery.deliver_session(session=session, by=world.maidstone_lead, at=AT)


def test_rearrange_session_keeps_the_old_day_and_plans_the_new(world):
    session = plan(world)

    new = delivery.rearrange_session(
        session=session, new_on=date(2021, 1, 12), reason="Snow", by=world.maidstone_lead, at=AT
    )

    old = DeliverySession.objects.get(pk=session.pk)
    assert (old.status, old.note) == (SessionStatus.REARRANGED, "Snow")
    assert (new.instead_of, new.on, new.place, new.block.name) == (old, date(2021, 1, 12), "Example School", "Spring")
    assert [row.subject_id for row in Obligation.objects.open().filter(kind="DELIVERY_REPORT")] == [new.pk]


def test_cancel_and_reopen_session(world):
    session = delivery.cancel_session(session=plan(world), reason="School shut", by=world.maidstone_lead, at=AT)
    assert (session.status, Obligation.objects.open().about(session).count()) == (SessionStatus.CANCELLED, 0)

    again = delivery.reopen_session(session=session, reason="It is open", by=world.officer, at=AT + timedelta(days=1))

    assert (again.status, Obligation.objects.open().about(session).count()) == (SessionStatus.PLANNED, 1)


def test_plan_session_is_not_for_strangers(world):
    with pytest.raises(Refused, match="Only people of Safer Maidstone Partnership, or commissioning officers"):
        plan(world, by=world.swale_lead)


def test_standing_of_counts_by_block_and_forecasts(world):
    first, second = plan(world), plan(world, date(2020, 12, 1))
    delivery.deliver_session(session=first, people=90, by=world.maidstone_lead, at=after(FIRST))
    plan(world, date(2021, 2, 2))
    sessions = queries.sessions_of(queries.schedule_of(world.award))

    whole, sentence = queries.standing_of(queries.schedule_of(world.award), sessions, on=date(2020, 12, 2))
    autumn, spring = queries.blocks_of(queries.schedule_of(world.award), sessions, on=date(2020, 12, 2))

    assert (whole.delivered, whole.silent, whole.ahead, whole.forecast, whole.to_plan, whole.people) == (
        1,
        1,
        1,
        3,
        1,
        90,
    )
    assert sentence == "1 of 4 days delivered, 1 passed without a report, 1 planned. 1 still needs a day."
    assert (autumn.delivered, autumn.silent, autumn.to_plan) == (1, 1, 0)
    assert (spring.ahead, spring.to_plan, second.block.name) == (1, 1, "Autumn")


@pytest.mark.parametrize(
    ("delivered", "on", "pace"),
    [
        (0, date(2021, 1, 1), None),
        (2, date(2020, 10, 31), None),
        (5, date(2021, 1, 10), 10),
        (25, date(2020, 11, 2), 25 * 140),
    ],
)
def test_at_this_pace_counts_days_gone(delivered, on, pace):
    whole = queries.Progress("All", 25, delivered, 0, 0, 0, 0, 0, 0)

    found = queries.at_this_pace(whole, starts_on=date(2020, 11, 1), ends_on=date(2021, 3, 20), on=on)

    assert found == pace
