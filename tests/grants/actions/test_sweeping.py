"""What each morning does to instalments: days reached, events that happened or moved, quarters, match (V5, X2)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from grants.actions import instalments, schedules, sweeping
from grants.models import Award, Instalment
from grants.rules import instalments as rules
from plans.actions.events import event_happened
from plans.actions.plan import move_event
from plans.models import MovableEvent
from records.models import Event, Notice
from records.refusals import Refused
from tests.kept import kept
from tests.make import direct_awards as make

pytestmark = pytest.mark.django_db
BEFORE = datetime(2020, 9, 30, 5, 0, tzinfo=UTC)
ON_THE_DAY = datetime(2020, 10, 1, 5, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """An accepted award: a set day, days after an event, the event itself, match, the quarter before."""
    with kept(django_db_blocker):
        here = make.world()
        here.election = MovableEvent.objects.create(
            key="vote", name="The vote", expected_on=date(2020, 5, 7), first_expected_on=date(2020, 5, 7)
        )
        rows = [
            {"condition": "DAY_REACHED", "due_when": "SET_DAY", "due_on": date(2020, 10, 1)},
            {"condition": "DAY_REACHED", "due_when": "AFTER_EVENT", "due_days": 10, "event": here.election},
            {"condition": "EVENT_HAPPENED", "event": here.election},
            {"condition": "MATCH_CONFIRMED"},
            {"condition": "QUARTERLY_SATISFACTORY", "due_days": 91},
            {"condition": "QUARTERLY_SATISFACTORY", "due_days": 183},
        ]
        rules_of = [{"number": number, "share_percent": 10, **row} for number, row in enumerate(rows, start=1)]
        rules_of.append({"number": 7, "share_percent": 40, "condition": "TERMS_ACCEPTED"})
        here.direct_rules = make.rule_set(here, rules_of, key="many", name="Many conditions")
        here.direct_rules.reporting_rules.create(kind="QUARTERLY", timing="REPEATED", period_months=3)
        here.direct_rules.match_rules.create(percent=Decimal("10"))
        here.award = make.live_award(here)
        yield here


def row(world, number):
    return Instalment.objects.select_related("award__rule_set").get(award=world.award, number=number)


def refused(act, **given):
    """The sentence of the refusal, or nothing."""
    try:
        act(**given)
    except Refused as refusal:
        return refusal.reason
    return ""


def happen(world, at=ON_THE_DAY, **more):
    return event_happened(
        event=world.election,
        **{"happened_on": date(2020, 9, 1), "evidence": "Declared by the returning officer", **more},
        by=world.officer,
        at=at,
    )


def test_day_reached_bites_on_the_day_and_not_before(world):
    assert sweeping.meet_conditions_of_the_day(at=datetime(2020, 5, 1, 5, 0, tzinfo=UTC)) == []
    assert [award.pk for award in sweeping.meet_conditions_of_the_day(at=BEFORE)] == [world.award.pk]
    assert (row(world, 1).condition_met_at, row(world, 2).condition_met_at) == (None, BEFORE)

    assert [award.pk for award in sweeping.meet_conditions_of_the_day(at=ON_THE_DAY)] == [world.award.pk]
    line = Event.objects.get(pk=row(world, 1).condition_row_id)
    assert (line.verb, line.subject_id, row(world, 1).condition_row_type) == (
        "day_reached", row(world, 1).pk, "records.Event",
    )  # fmt: skip
    assert sweeping.meet_conditions_of_the_day(at=ON_THE_DAY) == []
    assert {notice.person for notice in Notice.objects.filter(rule="condition_met_1")} == {world.finance}


def test_an_instalment_counted_from_an_event_moves_with_it_and_people_are_told(world):
    move_event(event=world.election, expected_on=date(2021, 5, 6), reason="Put off", by=world.officer, at=BEFORE)
    early = datetime(2020, 5, 18, 5, 0, tzinfo=UTC)

    assert [award.pk for award in sweeping.meet_conditions_of_the_day(at=early)] == [world.award.pk]
    assert (row(world, 2).due_on, row(world, 2).condition_met_at) == (date(2021, 5, 16), None)
    told = Notice.objects.get(rule="instalments_moved", person=world.yot_lead)
    assert "- Instalment 2: due on 16 May 2021, not on 17 May 2020" in told.body
    assert row(world, 1).due_on == date(2020, 10, 1)


def test_event_happened_bites_only_its_record_meets_the_condition(world):
    sweeping.meet_conditions_of_the_day(at=ON_THE_DAY)
    assert rules.why_waiting(row(world, 3), on=date(2020, 10, 1)) == (
        "Waits for this condition: an event has happened."
    )

    line = happen(world)
    sweeping.meet_conditions_of_the_day(at=ON_THE_DAY)
    met = row(world, 3)
    assert (met.condition_row_type, met.condition_row_id, met.event) == ("records.Event", line.pk, world.election)
    assert rules.why_waiting(met, on=date(2020, 10, 1)) == ""
    assert line.changes == {"expected_on": ["2020-05-07", "2020-09-01"]}


def test_event_happened_is_recorded_once_with_its_evidence_and_then_stays(world):
    assert refused(lambda: happen(world, evidence=" ")) == (
        "Write how it is known: where the result stands, or who confirmed it."
    )
    assert refused(lambda: happen(world, happened_on=date(2020, 10, 2))) == (
        "The vote cannot have happened on 2 October 2020, which is still to come."
    )
    happen(world)
    assert refused(lambda: happen(world)) == "The vote has already happened: The vote happened on 1 September 2020."
    moved = {"expected_on": date(2021, 1, 1), "reason": "Put off", "by": world.officer, "at": ON_THE_DAY}
    assert refused(move_event, event=world.election, **moved) == "The vote has happened, so its day no longer moves."


def test_match_confirmed_bites_an_officer_with_evidence_alone(world):
    asked = {"instalment": row(world, 4), "at": ON_THE_DAY}

    assert refused(instalments.confirm_condition, evidence=" ", by=world.officer, **asked) == (
        "Write the evidence you have seen."
    )
    assert refused(instalments.confirm_condition, evidence="Seen", by=world.finance, **asked) == (
        "Only commissioning officers confirm a condition."
    )
    instalments.confirm_condition(evidence="Bank statement of the partner", by=world.officer, **asked)
    line = Event.objects.get(pk=row(world, 4).condition_row_id)
    assert (line.verb, line.reason) == ("match_confirmed", "Bank statement of the partner")


def test_quarterly_bites_each_instalment_waits_for_the_quarter_before_it(world):
    owed = schedules.queries.period_waited_for
    waits = [owed(world.award, "QUARTERLY_SATISFACTORY", row(world, number).due_on) for number in (5, 6)]
    assert waits == [date(2020, 6, 30), date(2020, 9, 30)]

    second = type("Return", (), {"ends_on": date(2020, 9, 30)})()
    assert [rules.meets(row(world, number), second) for number in (5, 6)] == [False, True]


def test_a_line_of_the_log_of_another_kind_meets_nothing_whoever_asks(world):
    line = Event.objects.filter(subject_type="grants.Award", subject_id=world.award.pk).first()
    for number in (1, 3, 4):
        with pytest.raises(DatabaseError, match="no such row meets the condition"), transaction.atomic():
            Instalment.objects.filter(award=world.award, number=number).update(
                condition_met_at=ON_THE_DAY, condition_row_type="records.Event", condition_row_id=line.pk
            )


def test_an_award_that_fails_leaves_the_others_to_be_done(world, monkeypatch):
    broken = Award.objects.get(pk=world.award.pk)
    Instalment.objects.filter(award=broken, number=1).update(due_on=date(2020, 1, 1))
    monkeypatch.setattr(sweeping, "awards_concerned", lambda on: [0, broken.pk])

    assert [award.pk for award in sweeping.meet_conditions_of_the_day(at=BEFORE)] == [broken.pk]
    assert row(world, 1).amount == Decimal("1200.00")
