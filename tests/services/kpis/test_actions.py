"""KPIs, results, improvement plans and meetings: the row, the event, the notice, what is owed (S4)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from records.models import Event, Notice, Obligation
from records.refusals import Refused
from services.actions import improvement, kpis, meetings
from services.enums import ContractStatus
from services.models import Contract, ImprovementPlan, Kpi, KpiResult
from services.queries import kpis as reads
from services.queries.meetings import carried_to
from tests.make import kpis as make

pytestmark = pytest.mark.django_db
D = Decimal
AT = datetime(2020, 4, 7, 12, 0, tzinfo=UTC)
Q1, Q2, Q3 = [(date(2020, month, 1), make.QUARTERS[number]) for number, month in enumerate((1, 4, 7))]


def owed(subject, kind):
    rows = Obligation.objects.open().about(subject).filter(kind=kind).order_by("due_on", "pk")
    return [(row.due_on, row.organisation, row.period) for row in rows]


def told(rule):
    return [(row.person, row.heading) for row in Notice.objects.filter(rule=rule)]


def last_event(subject):
    return Event.objects.filter(subject_type=subject._meta.label, subject_id=subject.pk).latest("pk")


def test_define_kpi_numbers_it_and_gives_it_a_target(world):
    made = make.kpi(world.contract, by=world.cast.officer, name="People helped", kind="COUNT", unit="people",
                    target=D(100), amber=None)  # fmt: skip

    target = made.targets.get()
    assert (made.number, made.unit, target.target, target.amber, target.starts_on) == (
        3, "people", D(100), None, date(2020, 1, 1),
    )  # fmt: skip
    assert last_event(world.contract).summary == "KPI 3 added: People helped"
    with pytest.raises(Refused, match="Another KPI"):
        make.kpi(world.contract, by=world.cast.officer, name="People helped")


def test_edit_kpi_keeps_what_it_said_in_the_history(world):
    kpis.edit_kpi(kpi=world.kpi, name="Calls answered quickly", reason="Clearer", by=world.cast.officer, at=AT)

    event = last_event(world.contract)
    assert Kpi.objects.get(pk=world.kpi.pk).name == "Calls answered quickly"
    assert (event.verb, event.reason, event.changes) == (
        "kpi_changed", "Clearer", {"name": ["Calls answered in time", "Calls answered quickly"]},
    )  # fmt: skip


def test_retire_kpi_leaves_it_out_of_later_periods(world):
    kpis.retire_kpi(kpi=world.kpi, retired_on=date(2020, 6, 30), reason="Replaced", by=world.cast.officer, at=AT)

    asked = [[kpi.number for kpi in reads.in_force(world.contract, *period)] for period in (Q1, Q2, Q3)]
    assert asked == [[1, 2], [1, 2], [2]]
    assert last_event(world.contract).verb == "kpi_retired"


def test_set_target_rules_from_its_day_and_says_why(world):
    officer = {"by": world.cast.officer, "at": AT}
    kpis.set_target(kpi=world.kpi, starts_on=Q2[0], target=D(95), amber=D(85), reason="Agreed in June", **officer)

    history = reads.history_of(world.contract)[0]
    standing = [reads.target_on(history.targets, world.kpi, period[0]).target for period in (Q1, Q2)]
    assert standing == [D(90), D(95)]
    assert last_event(world.contract).changes == {
        "target": ["90%", "95%"], "amber": ["amber from 80%", "amber from 85%"],
    }  # fmt: skip
    kpis.set_target(kpi=world.kpi, starts_on=Q2[0], target=D(96), reason="Misread", **officer)
    assert [row.target for row in world.kpi.targets.all()] == [D(90), D(96)]


def report(world, period, value, *, version=1, reference="MR-2020-001", accept=True, at=AT):
    figures = [(world.kpi, value, "" if value is not None else "Not counted.")]
    rows = kpis.report_results(
        report=reference, contract=world.contract, starts_on=period[0], ends_on=period[1], version=version,
        figures=figures, at=at,
    )  # fmt: skip
    if accept:
        kpis.accept_results(report=reference, version=version, at=at, by=world.cast.officer)
    return rows


def test_report_results_supersedes_what_was_said_of_the_period_before(world):
    report(world, Q1, D(70))
    report(world, Q1, D(92), version=2, accept=False)

    [point] = reads.history_of(world.contract)[0].points
    rows = KpiResult.objects.filter(kpi=world.kpi).order_by("pk")
    assert (point.value, point.rag, point.accepted, point.version) == (D(92), "GREEN", False, 2)
    assert [(row.value, row.superseded_at) for row in rows] == [(D(70), AT), (D(92), None)]
    assert list(reads.corrected(world.kpi)) == [rows[0]]
    assert last_event(world.contract).summary == (
        "KPI figures for 1 January 2020 to 31 March 2020 reported again: MR-2020-001, version 2"
    )


def test_history_of_until_leaves_out_what_ended_later(world):
    report(world, Q1, D(70))
    report(world, Q2, D(95), reference="MR-2020-002")

    assert [point.value for point in reads.history_of(world.contract, until=Q1[1])[0].points] == [D(70)]


def test_accept_results_twice_changes_nothing(world):
    report(world, Q1, D(70))
    events = Event.objects.count()

    assert kpis.accept_results(report="MR-2020-001", version=1, at=AT) == []
    assert kpis.accept_results(report="MR-2020-999", version=1, at=AT) == []
    assert (Event.objects.count(), ImprovementPlan.objects.count()) == (events, 0)


def test_accept_results_asks_for_a_plan_where_a_kpi_is_red_twice(world):
    report(world, Q1, D(70))
    assert not ImprovementPlan.objects.exists()
    report(world, Q2, D(75), reference="MR-2020-002")

    plan = ImprovementPlan.objects.get()
    assert (plan.kpi, plan.number, plan.status) == (world.kpi, 1, "ASKED")
    assert plan.because == (
        "Calls answered in time was red in two periods running: 70% for 1 January 2020 to 31 March 2020, where the "
        "target was 90%, and 75% for 1 April 2020 to 30 June 2020, where the target was 90%."
    )
    assert owed(plan, "IMPROVEMENT_PLAN") == [(date(2020, 5, 7), world.contract.provider, "")]
    assert told("improvement_plan_asked") == [
        (world.cast.provider_lead, "An improvement plan is asked for: Calls answered in time")
    ]
    report(world, Q3, D(60), reference="MR-2020-003")
    assert ImprovementPlan.objects.count() == 1  # one at a time


def test_a_correction_changes_what_counts(world):
    report(world, Q1, D(70))
    report(world, Q2, D(75), reference="MR-2020-002", accept=False)
    report(world, Q1, D(91), version=2)

    kpis.accept_results(report="MR-2020-002", version=1, at=AT)

    assert not ImprovementPlan.objects.exists()


@pytest.mark.parametrize("change", ["ended", "retired"])
def test_no_plan_is_asked_under_an_ended_contract_or_for_a_retired_kpi(world, change):
    if change == "ended":
        Contract.objects.filter(pk=world.contract.pk).update(status=ContractStatus.ENDED)
    else:
        Kpi.objects.filter(pk=world.kpi.pk).update(retired_on=date(2020, 6, 30))

    report(world, Q1, D(70))
    report(world, Q2, D(75), reference="MR-2020-002")

    assert not ImprovementPlan.objects.exists()


def red_plan(world):
    report(world, Q1, D(70))
    report(world, Q2, D(75), reference="MR-2020-002")
    return ImprovementPlan.objects.get()


def test_a_plan_is_written_sent_back_agreed_ticked_and_closed(world):
    cast, plan = world.cast, red_plan(world)

    make.proposed_plan(cast, plan, at=AT)
    assert owed(plan, "IMPROVEMENT_PLAN") == []
    assert owed(plan, "IMPROVEMENT_REVIEW") == [(date(2020, 4, 23), None, "")]
    assert told("improvement_plan_proposed")[0][1] == f"{plan.reference}: the improvement plan has come"

    back = {"reason": "Who trains them?", "due_on": date(2020, 4, 30)}
    plan = improvement.send_back_plan(plan=plan, **back, by=cast.officer, at=AT)
    assert (plan.status, owed(plan, "IMPROVEMENT_REVIEW")) == ("ASKED", [])
    assert owed(plan, "IMPROVEMENT_PLAN") == [(date(2020, 4, 30), world.contract.provider, "")]

    plan = make.agreed_plan(cast, plan, at=AT)
    assert (plan.status, plan.agreed_by, plan.steps.count()) == ("AGREED", cast.officer, 2)
    assert [period for _due, _who, period in owed(plan, "IMPROVEMENT_PLAN")] == ["step 1", "step 2"]

    for step in plan.steps.all():
        improvement.tick_step(step=step, done_on=date(2020, 4, 7), by=cast.provider_lead, at=AT)
    assert owed(plan, "IMPROVEMENT_PLAN") == []
    assert owed(plan, "IMPROVEMENT_REVIEW") == [(date(2020, 4, 23), None, "")]

    plan = improvement.close_plan(plan=plan, closing="It has worked.", by=cast.officer, at=AT)
    assert (plan.status, plan.closing, owed(plan, "IMPROVEMENT_REVIEW")) == ("CLOSED", "It has worked.", [])
    assert [row.verb for row in Event.objects.filter(subject_type=plan._meta.label).order_by("pk")] == [
        "asked", "proposed", "sent_back", "proposed", "agreed", "step_done", "step_done", "closed",
    ]  # fmt: skip


def test_after_a_plan_is_closed_only_later_periods_ask_for_another(world):
    plan = red_plan(world)
    improvement.close_plan(
        plan=plan, closing="It has worked.", by=world.cast.officer, at=datetime(2020, 7, 1, tzinfo=UTC)
    )

    report(world, Q3, D(60), reference="MR-2020-003")
    assert ImprovementPlan.objects.count() == 1
    report(world, (date(2020, 10, 1), make.QUARTERS[3]), D(60), reference="MR-2020-004")

    assert sorted(ImprovementPlan.objects.values_list("number", "status")) == [(1, "CLOSED"), (2, "ASKED")]


def test_plan_meetings_moves_days_nobody_works_on(world):
    made = make.planned(world.cast, world.contract, kind="MONTHLY", first_on=date(2020, 4, 25), count=3)

    assert [row.planned_on for row in made] == [date(2020, 4, 27), date(2020, 5, 26), date(2020, 6, 25)]
    event = Event.objects.get(subject_type=made[1]._meta.label, subject_id=made[1].pk, verb="planned")
    assert event.reason == "Moved to the next working day: 25 May 2020 is a weekend or a bank holiday"
    assert owed(made[1], "MEETING") == [(date(2020, 5, 26), None, "")]
    assert told("meetings_planned") == [(world.cast.provider_lead, f"{world.contract.reference}: meetings planned")]


def test_plan_meetings_of_a_quarterly_series_count_from_the_first_day(world):
    made = make.planned(world.cast, world.contract, kind="QUARTERLY", first_on=date(2020, 8, 31), count=3)

    assert [row.planned_on for row in made] == [date(2020, 9, 1), date(2020, 11, 30), date(2021, 3, 1)]


def test_move_meeting_is_owed_on_the_new_day(world):
    [meeting] = make.planned(world.cast, world.contract)

    meetings.move_meeting(meeting=meeting, planned_on=date(2020, 5, 12), reason="Leave", by=world.cast.officer, at=AT)

    assert owed(meeting, "MEETING") == [(date(2020, 5, 12), None, "")]
    assert told("meeting_moved")[0][1] == f"{meeting.reference}: the meeting moves to 12 May 2020"


def test_cancel_meeting_stops_its_reminders(world):
    [meeting] = make.planned(world.cast, world.contract)

    meeting = meetings.cancel_meeting(meeting=meeting, reason="Nothing to talk of", by=world.cast.officer, at=AT)

    assert (meeting.status, meeting.cancelled_reason, owed(meeting, "MEETING")) == (
        "CANCELLED", "Nothing to talk of", [],
    )  # fmt: skip
    assert len(told("meeting_cancelled")) == 1
    assert make.planned(world.cast, world.contract)  # the day is free again


def test_hold_meeting_and_correct_its_notes(world):
    [meeting] = make.planned(world.cast, world.contract)

    meeting = make.held(world.cast, meeting)
    corrected = {
        "present": meeting.present,
        "notes": "All went well but one thing.",
        "reason": "One thing was left out",
    }
    meeting = meetings.correct_notes(meeting=meeting, **corrected, by=world.cast.officer, at=AT)

    assert (meeting.status, meeting.held_on, meeting.notes_by) == ("HELD", date(2020, 5, 5), world.cast.officer)
    assert owed(meeting, "MEETING") == []
    assert last_event(meeting).changes == {"notes": ["All went well.", "All went well but one thing."]}


def test_actions_are_owed_by_who_promised_and_stop_when_settled(world):
    cast = world.cast
    meeting = make.held(cast, make.planned(cast, world.contract)[0])
    ours, theirs = make.action(cast, meeting), make.action(cast, meeting, organisation=world.contract.provider)

    assert owed(ours, "MEETING_ACTION") == [(date(2020, 5, 29), None, "")]
    assert owed(theirs, "MEETING_ACTION") == [(date(2020, 5, 29), world.contract.provider, "")]
    assert told("meeting_action") == [(cast.provider_lead, f"{theirs.reference}: an action from the meeting")]

    done = {"status": "DONE", "settled_on": date(2020, 4, 7), "at": AT}
    meetings.settle_action(action=theirs, **done, words="Sent.", by=cast.provider_lead)
    meetings.settle_action(action=ours, **{**done, "status": "DROPPED"}, words="Not needed.", by=cast.officer)
    assert (owed(theirs, "MEETING_ACTION"), owed(ours, "MEETING_ACTION")) == ([], [])
    assert list(meeting.actions.values_list("status", "words")) == [("DROPPED", "Not needed."), ("DONE", "Sent.")]

    meetings.reopen_action(action=theirs, reason="It never came", by=cast.officer, at=AT)
    assert owed(theirs, "MEETING_ACTION") == [(date(2020, 5, 29), world.contract.provider, "")]


def test_open_actions_are_carried_to_the_next_meeting_and_its_minutes_stay(world):
    cast = world.cast
    first, second = make.planned(cast, world.contract, kind="MONTHLY", count=2)
    make.held(cast, first)
    open_one, done_one = make.action(cast, first), make.action(cast, first, does="Call the council")
    done = {"status": "DONE", "settled_on": date(2020, 5, 20), "by": cast.officer}
    meetings.settle_action(action=done_one, **done, at=datetime(2020, 5, 20, 9, 0, tzinfo=UTC))

    assert list(carried_to(second)) == [open_one]
    second = make.held(cast, second, at=datetime(2020, 6, 5, 15, 0, tzinfo=UTC))
    later = {"status": "DONE", "settled_on": date(2020, 6, 20), "by": cast.officer}
    meetings.settle_action(action=open_one, **later, at=datetime(2020, 6, 20, 9, 0, tzinfo=UTC))

    assert list(carried_to(second)) == [open_one]  # as it stood on the day
    assert list(carried_to(first)) == []


def refused(statement):
    """The database's own sentence when it refuses the application's role."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.APP_DATABASE_ROLE)}")
            cursor.execute(statement)
            cursor.execute("RESET ROLE")
    except DatabaseError as error:
        return str(error).splitlines()[0]
    return ""


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE services_kpiresult SET value = 99", "a reported figure never changes"),
        ("UPDATE services_kpiresult SET comment = 'x'", "a reported figure never changes"),
        ("UPDATE services_kpiresult SET version = 9", "a reported figure never changes"),
        ("DELETE FROM services_kpiresult", "a reported figure is never deleted"),
        ("UPDATE services_kpiresult SET accepted_at = NULL", "a figure is accepted once"),
        ("UPDATE services_kpiresult SET superseded_at = now()", ""),
    ],
)
def test_the_database_keeps_what_was_reported(world, statement, sentence):
    report(world, Q1, D(70))

    assert refused(statement) == sentence
