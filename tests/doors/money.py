"""Doors of opportunities, of the money across streams, of sources and commitments."""

from django.core.files.uploadedfile import SimpleUploadedFile

from plans.actions import bids
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
DOORS = [
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
