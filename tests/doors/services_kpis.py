"""Doors of KPIs, improvement plans and meetings of a contract."""

from datetime import date, timedelta

from services.actions import improvement
from services.models import ImprovementPlan, MeetingAction
from tests.make import kpis as make
from tests.make import services as make_services

from . import door

LATER = {"due_on": "2100-01-05", "reason": "Say more"}


def _contract(world, key):
    made = make_services.contract(world.cast, world.plan, key=key)
    make.kpi(made, by=world.cast.officer)
    return made


def _plan(world):
    contract = _contract(world, "planned")
    plan = ImprovementPlan.objects.create(
        contract=contract, kpi=contract.kpis.get(), number=1, because="Red twice.", asked_at=world.now
    )
    improvement.owe_plan(plan, due_on=world.today, anchor="Red")
    return plan


def _steps():
    days = {"due_on": date(2100, 1, 4)}
    return [{"does": "Train them", "owner": "", **days}]


def _proposed(world):
    plan = _plan_of(world)
    return improvement.propose_plan(plan=plan, cause="Gaps.", steps=_steps(), by=world.cast.provider_lead, at=world.now)


def _plan_of(world):
    return ImprovementPlan.objects.select_related("contract__provider", "kpi").get(pk=world.improvement_plan.pk)


def _agreed(world):
    return improvement.agree_plan(plan=_proposed(world), by=world.cast.officer, at=world.now)


def _meeting(world):
    contract = _contract(world, "meeting")
    [meeting] = make.planned(world.cast, contract, first_on=date(2020, 5, 5))
    return meeting


def _held(world):
    contract = _contract(world, "held")
    meeting = make.held(world.cast, make.planned(world.cast, contract)[0])
    make.action(world.cast, meeting, organisation=world.cast.provider)
    return meeting


WORLD = {
    "kpi_contract": lambda world: _contract(world, "kpis"),
    "improvement_plan": _plan,
    "meeting": _meeting,
    "held_meeting": _held,
}


def a_contract(world):
    return {"reference": world.kpi_contract.reference}


def a_kpi(world):
    return {**a_contract(world), "number": 1}


def a_plan(world):
    return {"reference": world.improvement_plan.contract.reference, "number": 1}


def a_step(world):
    return {**a_plan(world), "step": 1}


def a_meeting(world):
    return {"reference": world.meeting.contract.reference, "number": 1}


def a_held_meeting(world):
    return {"reference": world.held_meeting.contract.reference, "number": 1}


def an_action(world):
    return {**a_held_meeting(world), "action": 1}


def _done(world):
    row = MeetingAction.objects.get(meeting=world.held_meeting)
    done = {"status": "DONE", "settled_on": world.today - timedelta(days=1), "at": world.now}
    make.meetings.settle_action(action=row, **done, by=world.cast.officer)


SEEN = "page: office provider; 404: *"
OFFICERS = "page: officers; 403: *"
MOVED = "moved: officers; 403: *"
SENTENCE = "sentence: officers; 403: *"
NEW = {"name": "Waits", "kind": "DAYS", "direction": "LOWER", "starts_on": "2020-01-01"}
WRITTEN = {
    "cause": "Gaps.", "steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0",
    "steps-0-does": "Train", "steps-0-owner": "H",
    "steps-0-due_on_day": "4", "steps-0-due_on_month": "1", "steps-0-due_on_year": "2100",
}  # fmt: skip
HELD = {"held_on": "2020-05-05", "present": "All", "notes": "Said."}
TO_DO = {"does": "Call", "whose": "office", "owner": "", "due_on": "2100-01-05"}

DOORS = [
    door("services:kpi_list", a_contract, SEEN),
    door("services:kpi_show", a_kpi, SEEN),
    door("services:kpi_new", a_contract, OFFICERS),
    door("services:kpi_new", a_contract, MOVED, method="POST", data=NEW),
    door("services:kpi_edit", a_kpi, OFFICERS),
    door("services:kpi_edit", a_kpi, MOVED, method="POST", data={**NEW, "reason": "Clearer"}),
    door("services:kpi_target", a_kpi, OFFICERS),
    door(
        "services:kpi_target",
        a_kpi,
        MOVED,
        method="POST",
        data={"starts_on": "2021-01-01", "target": "95", "amber": "", "source": "", "reason": "Agreed"},
    ),
    door("services:kpi_retire", a_kpi, OFFICERS),
    door("services:kpi_retire", a_kpi, MOVED, method="POST", data={"retired_on": "2021-01-01", "reason": "Replaced"}),
    door("services:plan_show", a_plan, SEEN),
    door("services:plan_write", a_plan, "page: provider; 404: partners; 403: office certifier contributor signatory"),
    door(
        "services:plan_write",
        a_plan,
        "moved: provider; 404: partners; 403: office certifier contributor signatory",
        method="POST",
        data=WRITTEN,
    ),
    door("services:plan_agree", a_plan, SENTENCE, method="POST"),
    door("services:plan_agree", a_plan, MOVED, method="POST", given=_proposed, note="once it came"),
    door("services:plan_send_back", a_plan, SENTENCE),
    door("services:plan_send_back", a_plan, MOVED, method="POST", given=_proposed, data=LATER),
    door(
        "services:plan_tick", a_step, "403: office certifier signatory; page: officers provider; 404: *", given=_agreed
    ),
    door(
        "services:plan_tick",
        a_step,
        "403: office certifier signatory; moved: officers provider; 404: *",
        given=_agreed,
        method="POST",
        data=lambda world: {"done_on": world.today.isoformat()},
    ),
    door("services:plan_close", a_plan, OFFICERS),
    door("services:plan_close", a_plan, MOVED, method="POST", data={"closing": "It has worked."}),
    door("services:meeting_list", a_contract, SEEN),
    door("services:meeting_plan", a_contract, OFFICERS),
    door(
        "services:meeting_plan",
        a_contract,
        MOVED,
        method="POST",
        data={"kind": "MONTHLY", "first_on": "2100-01-05", "count": "3", "confirm": "yes"},
    ),
    door("services:meeting_show", a_meeting, SEEN),
    door("services:meeting_minutes", a_held_meeting, SEEN),
    door("services:meeting_hold", a_meeting, OFFICERS),
    door("services:meeting_hold", a_meeting, MOVED, method="POST", data=HELD),
    door("services:meeting_correct", a_held_meeting, OFFICERS),
    door("services:meeting_correct", a_held_meeting, MOVED, method="POST", data={**HELD, "reason": "Left out"}),
    door("services:meeting_move", a_meeting, OFFICERS),
    door(
        "services:meeting_move", a_meeting, MOVED, method="POST", data={"planned_on": "2100-01-05", "reason": "Leave"}
    ),
    door("services:meeting_cancel", a_meeting, OFFICERS),
    door("services:meeting_cancel", a_meeting, MOVED, method="POST", data={"reason": "Nothing to say"}),
    door("services:action_new", a_held_meeting, OFFICERS),
    door("services:action_new", a_held_meeting, MOVED, method="POST", data=TO_DO),
    door("services:action_settle", an_action, "403: office certifier signatory; page: officers provider; 404: *"),
    door(
        "services:action_settle",
        an_action,
        "403: office certifier signatory; moved: officers provider; 404: *",
        method="POST",
        data=lambda world: {"status": "DONE", "settled_on": world.today.isoformat(), "words": "Done."},
    ),
    door("services:action_reopen", an_action, SENTENCE),
    door("services:action_reopen", an_action, MOVED, method="POST", given=_done, data={"reason": "It never came"}),
]
