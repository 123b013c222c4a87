"""What may be done with KPIs, plans and meetings, each sentence once."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.enums import ContractStatus
from services.models import ImprovementPlan, KpiResult
from services.rules import improvement, kpis, meetings
from tests.make import kpis as make

pytestmark = pytest.mark.django_db
ON = date(2020, 4, 7)
AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)
D = Decimal


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, ""),
        ({"name": "Another"}, ""),
        ({"name": "calls answered in TIME"}, "Another KPI of this contract has that name"),
        ({"starts_on": date(2019, 3, 31)}, "The contract began on 1 April 2019"),
    ],
)
def test_why_not_define(world, given, sentence):
    why = kpis.why_not_define(world.contract, user=world.cast.officer, on=ON, **given)

    assert why.startswith(sentence) if sentence else why == ""


@pytest.mark.parametrize("who", ["provider_lead", "finance", "pcc", "auditor"])
def test_only_officers_change_kpis(world, who):
    user = getattr(world.cast, who)

    assert kpis.why_not_define(world.contract, user=user, on=ON) == kpis.NOT_YOURS
    assert kpis.why_not_edit_kpi(world.kpi, user=user, on=ON) == kpis.NOT_YOURS
    assert kpis.why_not_retire(world.kpi, user=user, on=ON) == kpis.NOT_YOURS
    assert kpis.why_not_set_target(world.kpi, user=user, on=ON) == kpis.NOT_YOURS
    assert meetings.why_not_plan(world.contract, user=user, on=ON) == meetings.NOT_YOURS


def test_kpis_of_an_ended_contract_stay(world):
    world.contract.status = ContractStatus.ENDED

    why = kpis.why_not_define(world.contract, user=world.cast.officer, on=ON)

    assert why == "This contract has ended, so its KPIs stay as they are."


def result(kpi, starts_on, ends_on, *, accepted=True):
    return KpiResult.objects.create(
        kpi=kpi, starts_on=starts_on, ends_on=ends_on, value=D(1), report="MR-2020-001", version=1,
        reported_at=AT, accepted_at=AT if accepted else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": "New name", "reason": "Clearer"}, ""),
        ({"direction": "HIGHER", "kind": "PERCENTAGE", "reason": "Clearer"}, ""),
        ({"direction": "LOWER", "reason": "Wrong"}, "Figures were reported for this KPI"),
        ({"kind": "COUNT", "reason": "Wrong"}, "Figures were reported for this KPI"),
        ({"reason": " "}, "Say why"),
    ],
)
def test_why_not_edit_kpi_keeps_the_meaning_of_figures(world, given, sentence):
    result(world.kpi, date(2020, 1, 1), date(2020, 3, 31), accepted=False)

    why = kpis.why_not_edit_kpi(world.kpi, user=world.cast.officer, on=ON, **given)

    assert why.startswith(sentence) if sentence else why == ""


@pytest.mark.parametrize(
    ("accepted", "given", "sentence"),
    [
        (True, {"starts_on": date(2020, 4, 1), "target": D(95), "reason": "Agreed"}, ""),
        (True, {"starts_on": date(2020, 3, 31), "reason": "Agreed"}, "Figures up to 31 March 2020 were accepted"),
        (False, {"starts_on": date(2020, 1, 1), "target": D(95), "reason": "Agreed"}, ""),
        (True, {"starts_on": date(2019, 12, 31)}, "It counts from 1 January 2020"),
        (True, {"starts_on": date(2020, 4, 1), "reason": ""}, "Say why"),
        (True, {"target": D(101), "reason": "x"}, "A percentage cannot be above 100"),
        (True, {"target": D(90), "amber": D(90), "reason": "x"}, "Higher is better here"),
    ],
)
def test_why_not_set_target_leaves_the_accepted_past(world, accepted, given, sentence):
    result(world.kpi, date(2020, 1, 1), date(2020, 3, 31), accepted=accepted)

    why = kpis.why_not_set_target(world.kpi, user=world.cast.officer, on=ON, **given)

    assert why.startswith(sentence) if sentence else why == ""


@pytest.mark.parametrize(
    ("kind", "direction", "target", "amber", "sentence"),
    [
        ("DAYS", "LOWER", 5, 8, ""),
        ("DAYS", "LOWER", 5, 5, "Lower is better here, so the amber threshold must be above the target."),
        ("COUNT", "HIGHER", "1.5", None, "Enter a whole number."),
        ("MONEY", "LOWER", -1, None, "Enter a figure of nought or more."),
        ("NUMBER", "HIGHER", -1, -2, ""),
    ],
)
def test_why_not_these_figures(kind, direction, target, amber, sentence):
    figures = [None if figure is None else D(figure) for figure in (target, amber)]

    assert kpis.why_not_these_figures(kind, direction, *figures) == sentence


def test_why_not_retire(world):
    officer = {"user": world.cast.officer, "on": ON}

    assert kpis.why_not_retire(world.kpi, **officer, retired_on=ON, reason="Replaced") == ""
    assert kpis.why_not_retire(world.kpi, **officer, reason="").startswith("Say why")
    assert kpis.why_not_retire(world.kpi, **officer, retired_on=date(2019, 1, 1)).startswith("It counts from 1 January")
    world.kpi.retired_on = ON
    assert kpis.why_not_retire(world.kpi, **officer) == "This KPI was retired on 7 April 2020 already."
    assert kpis.why_not_set_target(world.kpi, **officer).endswith("so it needs no target.")
    assert kpis.why_not_edit_kpi(world.kpi, **officer).endswith("Add a new one instead.")


def plan_of(world, status):
    return ImprovementPlan(contract=world.contract, kpi=world.kpi, number=1, status=status, because="Red.", asked_at=AT)


STEP = {"does": "Train", "owner": "", "due_on": date(2020, 5, 1)}


@pytest.mark.parametrize(
    ("who", "status", "given", "sentence"),
    [
        ("provider_lead", "ASKED", {"cause": "People left", "steps": [STEP]}, ""),
        ("provider_lead", "ASKED", {"cause": " "}, "Say what the cause is."),
        ("provider_lead", "ASKED", {"steps": []}, "Add at least one step"),
        ("provider_lead", "ASKED", {"steps": [{**STEP, "due_on": date(2020, 4, 6)}]}, "“Train” is due on 6 April 2020"),
        ("provider_lead", "AGREED", {}, "This plan is agreed"),
        ("officer", "ASKED", {}, improvement.NOT_THE_PROVIDER),
        ("swale_lead", "ASKED", {}, improvement.NOT_THE_PROVIDER),
    ],
)
def test_why_not_propose(world, who, status, given, sentence):
    why = improvement.why_not_propose(plan_of(world, status), user=getattr(world.cast, who), on=ON, **given)

    assert why.startswith(sentence) if sentence else why == ""


def test_why_not_answer_a_plan(world):
    officer, lead = {"user": world.cast.officer, "on": ON}, {"user": world.cast.provider_lead, "on": ON}
    plan, asked = plan_of(world, "PROPOSED"), plan_of(world, "ASKED")

    assert improvement.why_not_agree(plan, **officer) == ""
    assert improvement.why_not_agree(plan, **lead) == improvement.NOT_THE_OFFICE
    assert improvement.why_not_agree(asked, **officer) == "This plan is asked of the provider."
    assert improvement.why_not_send_back(plan, **officer, reason=" ").startswith("Say what the plan lacks")
    assert improvement.why_not_send_back(plan, **officer, reason="More", due_on=ON).startswith(
        "Enter a day after today"
    )
    assert improvement.why_not_close(plan, **officer, closing="").startswith("Say what came of it")
    assert improvement.why_not_close(plan_of(world, "CLOSED"), **officer) == improvement.SETTLED
    assert improvement.why_not_close(asked, **lead) == improvement.NOT_THE_OFFICE


def test_why_not_keep_meetings(world):
    officer = {"user": world.cast.officer, "on": ON}
    [meeting] = make.planned(world.cast, world.contract)

    plan, move = meetings.why_not_plan, meetings.why_not_move
    assert plan(world.contract, **officer, days=[date(2020, 5, 5)]) == "A meeting is on 5 May 2020 already."
    assert plan(world.contract, **officer, days=[date(2019, 3, 1)]).startswith("1 March 2019 is before")
    assert plan(world.contract, **officer, days=[ON] * 37) == "Plan at most 36 meetings at once."
    assert move(meeting, **officer, planned_on=date(2020, 5, 8)).startswith("8 May 2020 is a weekend or a bank")
    assert move(meeting, **officer, planned_on=date(2020, 5, 5)).startswith("It is on that day already")
    assert meetings.why_not_hold(meeting, **officer, held_on=date(2020, 5, 5)).startswith("That day is still to come")
    assert meetings.why_not_hold(meeting, **officer, present="") == "Say who was there."
    assert meetings.why_not_cancel(meeting, **officer, reason="").startswith("Say why")
    assert meetings.why_not_give_action(meeting, **officer).startswith("Record the meeting as held first")
    assert meetings.why_not_correct_notes(meeting, **officer) == "There are no notes of this meeting to correct."


def test_why_not_settle_an_action(world):
    [meeting] = make.planned(world.cast, world.contract)
    make.held(world.cast, meeting)
    ours = make.action(world.cast, meeting)
    theirs = make.action(world.cast, meeting, organisation=world.contract.provider)
    lead, officer = {"user": world.cast.provider_lead, "on": ON}, {"user": world.cast.officer, "on": ON}

    settle = meetings.why_not_settle
    assert settle(theirs, **lead, status="DONE") == ""
    assert settle(ours, **lead).startswith("Only commissioning officers, and the provider")
    assert settle(theirs, **lead, status="DROPPED").startswith("Only commissioning officers drop")
    assert settle(ours, **officer, status="DROPPED", words="") == "Say why it is dropped."
    assert settle(ours, **officer, status="DONE", settled_on=date(2020, 4, 8)).startswith("That day is still to come")
    assert meetings.why_not_reopen_action(ours, **officer) == "This action is to do."


def test_a_new_provider_settles_what_the_old_one_promised(world):
    [meeting] = make.planned(world.cast, world.contract)
    make.held(world.cast, meeting)
    row = make.action(world.cast, meeting, organisation=world.contract.provider)
    row.meeting.contract.provider = world.cast.yot

    assert meetings.why_not_settle(row, user=world.cast.yot_lead, on=ON, status="DONE") == ""
    assert meetings.why_not_settle(row, user=world.cast.provider_lead, on=ON).startswith("Only commissioning officers")
