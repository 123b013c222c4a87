"""Doors of opportunities, of the money across streams, of sources and commitments."""

from django.core.files.uploadedfile import SimpleUploadedFile

from plans.actions import bids
from plans.models import Delegation
from tests.make import money
from tests.make import opportunities as make

from . import door

OFFICE = "page: office; 403: *"
OFFICERS = "page: officers; 403: *"
MOVED = "moved: officers; 403: *"
WHY = {"reason": "As the office agreed"}
FACTS = {"fund": "Safer places fund", "funder": "The Ministry", "purpose": "ANY"}
PARTNER = {"name": "Example Council", "part": "CCTV"}
TASK = {"task": "Letter of support", "due_on": "2020-05-20"}


WORLD = {
    "commitment": lambda world: money.commitment(world.cast, world.plan),
    "commented_commitment": lambda world: money.commented(world.cast, money.commitment(world.cast, world.plan)),
    "decided_commitment": lambda world: money.decided(world.cast, money.commitment(world.cast, world.plan)),
    "spent_source": lambda world: money.spent_source(world.plan),
    "opportunity": lambda world: make.opportunity(world.cast, world.plan, status="BIDDING"),
    "horizon_opportunity": lambda world: make.opportunity(world.cast, world.plan),
    "sent_opportunity": lambda world: make.opportunity(world.cast, world.plan, status="SUBMITTED"),
    "left_opportunity": lambda world: make.opportunity(world.cast, world.plan, status="NOT_PURSUED"),
    "bid_partner": lambda world: make.partner(world.cast, world.opportunity),
    "bid_task": lambda world: make.task(world.cast, world.opportunity),
    "bid_file": lambda world: bids.add_document(
        opportunity=world.opportunity,
        upload=SimpleUploadedFile("bid.txt", b"Our bid", content_type="text/plain"),
        by=world.cast.officer,
        at=world.now,
    ),
}


def act(key, name):
    return lambda world: {"reference": getattr(world, key).reference, "act": name}


def of_partner(world):
    return {"reference": world.opportunity.reference, "pk": world.bid_partner.pk}


def of_task(world):
    return {"reference": world.opportunity.reference, "number": world.bid_task.number}


def of_file(world):
    return {"reference": world.opportunity.reference, "pk": world.bid_file.pk}


def both(name, of, data, note=""):
    """The page of a form and what it does, for officers."""
    return [door(name, of, OFFICERS, note=note), door(name, of, MOVED, method="POST", data=data, note=note)]


WON = {"outcome_on": "2020-07-17", "amount": "111005", "name": "Safer places fund 2020/21", "purpose": "ANY",
       "starts_on": "2020-07-20", "ends_on": "2021-03-31", "over_commitment_percent": "0"}  # fmt: skip
MOVE = {"kind": "REDUCED", "amount": "100", "on": "2020-06-01", **WHY}
LINE = {"title": "A post", "purpose": "Co-ordination", "reason": "One body does it", "year": "2020/21"}
COST = {"what": "A review", "on": "2020-06-01", "amount": "100"}


def with_plan(**arguments):
    """The arguments of an address, once a plan is there."""

    def made(world):
        return arguments if world.plan else {}

    return made


def of_own(world):
    return {"key": world.plan.own.key}


def of_stream(world):
    return {"key": world.plan.csps.key}


def of_line(key, **more):
    return lambda world: {"key": getattr(world, key).key, **more}


def a_line(world):
    return {**LINE, "stream": world.plan.csps.key, "funding_source": world.plan.own.key}


def carried(world):
    return {"into": world.spent_source.into.key, "amount": "100", **WHY}


def without_delegations(world):
    """Other areas' rows may have recorded a delegation; here nobody has one."""
    Delegation.objects.all().delete()


MONEY = [
    door("money_show", with_plan(), OFFICE),
    door("money_source", of_own, OFFICE),
    door("money_stream", of_stream, OFFICE),
    door("money_rows", with_plan(figure="promised"), OFFICE),
    door("money_years", with_plan(), OFFICE),
    door("money_year_rows", with_plan(column="all"), OFFICE),
    door("money_halves", with_plan(), OFFICE),
    door("money_half_rows", with_plan(figure="spent"), OFFICE),
    door("money_forecast", "", OFFICE),
    *both("source_move", of_own, MOVE),
    *both("source_carry_over", lambda world: {"key": world.spent_source.key}, carried),
    door("commitment_list", "", OFFICE),
    door("commitment_show", of_line("commitment"), OFFICE),
    *both("commitment_new", with_plan(), a_line),
    *both("commitment_edit", of_line("commitment"), lambda world: {**a_line(world), "why": "Better words"}),
    door("commitment_act", of_line("commitment", act="comment"), "page: cfo; 403: *", note="comment"),
    door(
        "commitment_act",
        of_line("commitment", act="comment"),
        "moved: cfo; 403: *",
        method="POST",
        data={"comment": "Affordable"},
        note="comment",
    ),
    door(
        "commitment_act",
        of_line("commented_commitment", act="decide"),
        "page: pcc; sentence: deciders; 403: *",
        given=without_delegations,
        note="decide",
    ),
    door(
        "commitment_act",
        of_line("commented_commitment", act="decide"),
        "moved: pcc; sentence: deciders; 403: *",
        method="POST",
        data={"outcome": "DECLINED", "reason": "No need"},
        given=without_delegations,
        note="decide",
    ),
    door("commitment_act", of_line("decided_commitment", act="cost"), "page: finance; 403: *", note="a cost"),
    door(
        "commitment_act",
        of_line("decided_commitment", act="cost"),
        "moved: finance; 403: *",
        method="POST",
        data=COST,
        note="a cost",
    ),
    door("commitment_act", of_line("commitment", act="cost"), "sentence: finance; 403: *", note="before a decision"),
]
DOORS = [
    *MONEY,
    door("plans:opportunity_list", "", OFFICE),
    door("plans:opportunity_show", "opportunity", OFFICE),
    *both("plans:opportunity_new", "", FACTS),
    *both("plans:opportunity_edit", "opportunity", {**FACTS, **WHY}),
    *both("plans:opportunity_act", act("horizon_opportunity", "pursue"), WHY, note="bid for it"),
    *both("plans:opportunity_act", act("opportunity", "leave"), WHY, note="do not bid"),
    *both(
        "plans:opportunity_act",
        act("opportunity", "send"),
        {"submitted_on": "2020-06-01", "bid_amount": "120000"},
        note="send it",
    ),
    *both("plans:opportunity_act", act("sent_opportunity", "win"), WON, note="won"),
    *both(
        "plans:opportunity_act",
        act("sent_opportunity", "lose"),
        {"withdrawn": "no", "outcome_on": "2020-07-17", "lessons": "Begin sooner"},
        note="not won",
    ),
    *both("plans:opportunity_act", act("left_opportunity", "again"), WHY, note="look again"),
    door("plans:opportunity_act", act("opportunity", "win"), "sentence: officers; 403: *", note="before it is sent"),
    *both("plans:partner_new", "opportunity", PARTNER),
    *both("plans:partner_edit", of_partner, PARTNER),
    door("plans:partner_remove", of_partner, MOVED, method="POST"),
    *both("plans:task_new", "opportunity", TASK),
    *both("plans:task_edit", of_task, TASK),
    *both("plans:task_finish", of_task, {"done_on": "2020-05-18"}),
    *both(
        "plans:file_new",
        "opportunity",
        lambda world: {"upload": SimpleUploadedFile("bid.txt", b"Our bid", content_type="text/plain")},
    ),
    door("plans:file_remove", of_file, MOVED, method="POST"),
]
