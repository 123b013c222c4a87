"""The plan put right on screen: the row, the event with what it was and why, and nothing else."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from plans import actions
from plans.models import Delegation, LearningArea, MovableEvent, SensitivePeriod
from records.models import Event, Notice
from records.refusals import Refused

AT = datetime(2020, 6, 1, 9, 0, tzinfo=UTC)
WHY = "The committee asked for it."


def last_event():
    return Event.objects.latest("pk")


def test_edit_learning_keeps_what_it_was(world):
    row = LearningArea.objects.create(plan=world.plan.plan, order=1, area="Terms")

    actions.edit_learning(
        learning=row, evidence="Old terms", change="New terms", owner="Head", done_on=date(2020, 6, 1),
        by=world.cast.officer, at=AT,
    )  # fmt: skip

    row.refresh_from_db()
    assert (row.evidence, row.change, row.owner, row.done_on) == ("Old terms", "New terms", "Head", date(2020, 6, 1))
    event = last_event()
    assert (event.verb, event.by, event.changes["done_on"]) == ("changed", world.cast.officer, [None, "2020-06-01"])
    assert Notice.objects.count() == 0


def stream_words(stream, **other):
    words = {
        "name": stream.name,
        "description": stream.description,
        "legal_power": stream.legal_power,
        "budget": stream.budget,
        "reason": WHY,
    }
    return {**words, **other}


def test_edit_stream_writes_what_differs(world):
    stream = world.plan.csps

    actions.edit_stream(stream=stream, **stream_words(stream, budget=Decimal("5000")), by=world.cast.officer, at=AT)

    stream.refresh_from_db()
    assert stream.budget == 5000
    event = last_event()
    assert (event.reason, event.changes) == (WHY, {"budget": [None, "5000"]})


def test_edit_stream_without_a_difference_writes_nothing(world):
    events = Event.objects.count()

    actions.edit_stream(stream=world.plan.csps, **stream_words(world.plan.csps), by=world.cast.officer, at=AT)

    assert Event.objects.count() == events


def test_edit_priority_and_funding_source(world):
    actions.edit_priority(
        priority=world.plan.asb, name="Calmer streets", starts_on=None, ends_on=None, is_violence_reduction=False,
        reason=WHY, by=world.cast.head, at=AT,
    )  # fmt: skip
    actions.edit_funding_source(
        funding_source=world.plan.victims, amount=Decimal("2073216"), basis="ALLOCATION", source="A page", reason=WHY,
        by=world.cast.officer, at=AT,
    )  # fmt: skip

    world.plan.asb.refresh_from_db()
    world.plan.victims.refresh_from_db()
    assert world.plan.asb.name == "Calmer streets"
    assert (world.plan.victims.amount, world.plan.victims.basis) == (2073216, "ALLOCATION")


def test_move_event_keeps_the_first_day_and_every_move(world):
    event = MovableEvent.objects.create(
        key="poll", name="The poll", first_expected_on=date(2020, 5, 7), expected_on=date(2020, 5, 7)
    )

    actions.move_event(event=event, expected_on=date(2021, 5, 6), reason=WHY, by=world.cast.officer, at=AT)
    actions.move_event(event=event, expected_on=date(2021, 5, 13), reason=WHY, by=world.cast.officer, at=AT)

    event.refresh_from_db()
    assert (event.first_expected_on, event.expected_on) == (date(2020, 5, 7), date(2021, 5, 13))
    moves = Event.objects.filter(subject_id=event.pk, verb="date_moved").order_by("pk")
    assert [move.changes["expected_on"] for move in moves] == [
        ["2020-05-07", "2021-05-06"],
        ["2021-05-06", "2021-05-13"],
    ]


@pytest.mark.parametrize(
    ("expected_on", "reason", "sentence"),
    [
        (date(2020, 5, 7), WHY, "The poll is expected on 7 May 2020 already. Enter another day."),
        (date(2021, 5, 6), " ", "Say why the day moves. It stays in the history."),
    ],
)
def test_move_event_refuses(world, expected_on, reason, sentence):
    event = MovableEvent.objects.create(
        key="poll", name="The poll", first_expected_on=date(2020, 5, 7), expected_on=date(2020, 5, 7)
    )

    with pytest.raises(Refused) as refused:
        actions.move_event(event=event, expected_on=expected_on, reason=reason, by=world.cast.officer, at=AT)

    assert refused.value.reason == sentence


def test_write_sensitive_period_adds_and_changes(world):
    given = {"name": "Quiet time", "source": "", "reason": WHY, "by": world.cast.officer, "at": AT}

    first = actions.write_sensitive_period(starts_on=date(2020, 4, 1), ends_on=date(2020, 5, 7), **given)
    second = actions.write_sensitive_period(starts_on=date(2021, 4, 1), ends_on=date(2021, 5, 6), **given)
    actions.write_sensitive_period(period=first, starts_on=date(2020, 3, 26), ends_on=date(2020, 5, 7), **given)

    assert list(SensitivePeriod.objects.order_by("key").values_list("key", flat=True)) == ["quiet-time", "quiet-time-2"]
    first.refresh_from_db()
    assert (first.starts_on, second.starts_on) == (date(2020, 3, 26), date(2021, 4, 1))
    assert last_event().changes == {"starts_on": ["2020-04-01", "2020-03-26"]}


def delegation(world, by, **other):
    given = {
        "body": world.plan.body, "reference": "D1", "post": "CHIEF_EXECUTIVE", "stream": None, "limit": Decimal("5000"),
        "starts_on": date(2020, 4, 1), "ends_on": None, "source": "Scheme", "reason": WHY, "by": by, "at": AT,
    }  # fmt: skip
    return actions.write_delegation(**{**given, **other})


def test_write_delegation_records_and_changes(world):
    row = delegation(world, world.cast.head)
    delegation(world, world.cast.chief_executive, row=row, stream=world.plan.csps, limit=Decimal("2500"))

    row = Delegation.objects.get()
    assert (row.limit, row.stream) == (2500, world.plan.csps)
    changes = [event.changes for event in Event.objects.filter(subject_id=row.pk, verb="changed").order_by("pk")]
    assert changes == [{"limit": ["5000.00", "2500"]}, {"stream": ["", "crg-csp"]}]


@pytest.mark.parametrize("post", ["officer", "pcc", "cfo", "finance", "maidstone_lead"])
def test_write_delegation_is_for_the_head_and_the_chief_executive(world, post):
    with pytest.raises(Refused) as refused:
        delegation(world, getattr(world.cast, post))

    assert refused.value.reason.startswith("Only the head of commissioning or the chief executive")
    assert Delegation.objects.count() == 0


@pytest.mark.parametrize("post", ["pcc", "finance", "reader", "auditor", "maidstone_lead"])
def test_edit_stream_is_for_officers(world, post):
    with pytest.raises(Refused) as refused:
        actions.edit_stream(
            stream=world.plan.csps, **stream_words(world.plan.csps, name="Mine"), by=getattr(world.cast, post), at=AT
        )

    assert refused.value.reason.startswith("Only a commissioning officer")


def test_write_sensitive_period_refuses_days_out_of_order(world):
    with pytest.raises(Refused) as refused:
        actions.write_sensitive_period(
            name="Q", starts_on=date(2020, 5, 7), ends_on=date(2020, 4, 1), source="", reason=WHY,
            by=world.cast.officer, at=AT,
        )  # fmt: skip

    assert refused.value.reason == "The last day must be on or after the first day."
