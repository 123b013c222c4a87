"""What follows the funding: recipients informed, contacts, actions with reminders, outcome (M1)."""

from datetime import UTC, date, datetime

import pytest

from grants.actions import sustainability
from grants.enums import SustainabilityOutcome, SustainabilityStatus
from grants.models import SustainabilityPlan
from grants.queries import sustainability as queries
from plans.enums import StreamStanding
from plans.models import Stream
from records.enums import ObligationKind
from records.models import Event, Obligation
from records.refusals import Refused
from tests.kept import kept
from tests.make import awards as make

AT = datetime(2020, 5, 4, 9, 0, tzinfo=UTC)
TOLD = date(2020, 2, 14)
DUE = date(2020, 6, 30)


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """Two past awards of a stream that has ended, with a plan for each, never committed."""
    with kept(django_db_blocker):
        world = make.world()
        world.awards = [make.recorded_award(world, number) for number in (1, 2)]
        Stream.objects.filter(pk=world.csps.pk).update(standing=StreamStanding.DISCONTINUED)
        world.csps.refresh_from_db()
        world.plans = inform(world)
        yield world


def inform(world, told_on=TOLD, stream=None):
    return sustainability.inform_recipients(stream=stream or world.csps, told_on=told_on, by=world.officer, at=AT)


def agree(world, **changes):
    said = {"plan": world.plans[0], "action": "Apply to a trust", "due_on": DUE, **changes}
    return sustainability.add_action(**said, by=world.officer, at=AT)


def finish(action, by, *, at=AT, **changes):
    said = {"done_on": date(2020, 5, 1), "result": "Granted for a year", **changes}
    return sustainability.finish_action(action=action, **said, by=by, at=at)


def test_inform_recipients_makes_a_plan_for_each_with_the_day(world):
    assert sorted(plan.award_id for plan in world.plans) == sorted(award.pk for award in world.awards)
    assert {plan.told_on for plan in world.plans} == {TOLD}
    told = Event.objects.get(verb="recipient_informed", subject_id=world.plans[0].pk)
    assert told.summary == "Example Provider was informed on 14 February 2020 that the funding ends"


def test_inform_recipients_leaves_the_day_of_those_told_before(world):
    new = make.recorded_award(world, 3)

    (told,) = inform(world, date(2020, 3, 2))

    assert (told.award_id, told.told_on) == (new.pk, date(2020, 3, 2))
    assert SustainabilityPlan.objects.filter(told_on=TOLD).count() == 2


@pytest.mark.parametrize(
    ("key", "told_on", "sentence"),
    [("thirds", TOLD, "Third parties goes on"), ("csps", date(2020, 5, 5), "5 May 2020 has not come yet")],
)
def test_inform_recipients_refuses(world, key, told_on, sentence):
    with pytest.raises(Refused, match=sentence):
        inform(world, told_on, getattr(world, key))


def test_discontinued_streams_count_recipients_of_the_stream_they_follow(world):
    Stream.objects.filter(pk=world.thirds.pk).update(standing=StreamStanding.DISCONTINUED, follows=world.csps)

    streams = queries.discontinued_streams()

    assert [(row.recipients, row.planned, row.told) for row in streams] == [(2, 2, 2), (2, 2, 2)]


def test_add_contact_is_kept_and_ordered(world):
    plan = world.plans[0]
    for day in (date(2020, 4, 20), date(2020, 5, 1)):
        said = {"on": day, "who": "Manager", "note": "Looks for other money"}
        sustainability.add_contact(plan=plan, **said, by=world.officer, at=AT)

    listed = queries.for_list(queries.visible_plans(world.officer)).get(pk=plan.pk)

    assert [row.on for row in plan.contacts.all()] == [date(2020, 5, 1), date(2020, 4, 20)]
    assert (listed.last_contact, listed.open_actions) == (date(2020, 5, 1), 0)


def test_add_action_reminds_those_who_do_it(world):
    theirs, ours = agree(world), agree(world, action="Ask the fire service", by_office=True)

    owed = {row.subject_id: row for row in Obligation.objects.open().filter(kind=ObligationKind.SUSTAINABILITY_ACTION)}
    listed = queries.for_list(queries.visible_plans(world.officer)).get(pk=world.plans[0].pk)
    assert (owed[theirs.pk].organisation, owed[ours.pk].organisation) == (world.provider, None)
    assert (owed[theirs.pk].due_on, listed.open_actions, listed.next_due) == (DUE, 2, DUE)


def test_move_action_moves_its_reminders(world):
    action = agree(world)

    said = {"due_on": date(2020, 7, 31), "reason": "The trust meets in July"}
    sustainability.move_action(action=action, **said, by=world.officer, at=AT)

    assert Obligation.objects.open().about(action).get().due_on == date(2020, 7, 31)


def test_finish_action_by_the_recipient_ends_its_reminders(world):
    action = finish(agree(world), world.provider_lead)

    assert (action.done_on, action.result) == (date(2020, 5, 1), "Granted for a year")
    assert not Obligation.objects.open().about(action).exists()


def test_finish_action_of_the_office_is_not_for_the_recipient(world):
    with pytest.raises(Refused, match="Only those who are to do it"):
        finish(agree(world, by_office=True), world.provider_lead)


def test_close_plan_waits_for_its_actions_then_keeps_the_outcome(world):
    plan, action = world.plans[0], agree(world)
    said = {"outcome": SustainabilityOutcome.OTHER_FUNDER, "closed_on": date(2020, 5, 4), "by": world.officer, "at": AT}
    with pytest.raises(Refused, match="1 action is not done yet"):
        sustainability.close_plan(plan=plan, **said)
    finish(action, world.officer)

    closed = sustainability.close_plan(plan=plan, outcome_words="A trust pays", **said)

    assert (closed.status, closed.outcome, closed.outcome_words) == (
        SustainabilityStatus.CLOSED, "OTHER_FUNDER", "A trust pays",
    )  # fmt: skip
    with pytest.raises(Refused, match="This plan is closed"):
        agree(world)


def test_reopen_plan_needs_a_reason(world):
    plan = world.plans[1]
    said = {"outcome": SustainabilityOutcome.ENDED, "closed_on": date(2020, 5, 4), "by": world.officer, "at": AT}
    sustainability.close_plan(plan=plan, **said)
    with pytest.raises(Refused, match="Say why it is opened again"):
        sustainability.reopen_plan(plan=plan, reason=" ", by=world.officer, at=AT)

    again = sustainability.reopen_plan(plan=plan, reason="A new funder", by=world.officer, at=AT)

    assert (again.status, again.outcome, again.closed_on) == (SustainabilityStatus.OPEN, "", None)
