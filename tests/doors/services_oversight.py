"""Doors of the oversight register."""

from tests.make import oversight as make

from . import door

WORLD = {
    "activity": lambda world: make.activity(world.cast, world.plan),
    "checked_activity": lambda world: make.activity(world.cast, world.plan, checked=4),
}
OFFICE = "page: office; 403: *"
OFFICERS = "page: officers; 403: *"
MOVED = "moved: officers; 403: *"
KIND = {"name": "Lawful", "question": "Is it lawful?", "guidance": ""}


def entry(world):
    return {
        "name": "Wardens", "stream": world.plan.csps.key, "purpose": "Safer ways home", "starts_on": "2021-01-04",
        "reason": "As agreed",
    }  # fmt: skip


def a_check(world):
    return {"reference": world.activity.reference, "key": "process"}


def a_kind(world):
    make.delivered()
    return {"key": "process"}


DOORS = [
    door("services:oversight_list", "", OFFICE),
    door("services:oversight_check_list", "", OFFICE),
    door("services:oversight_show", "activity", OFFICE),
    door("services:oversight_new", "", OFFICERS),
    door("services:oversight_new", "", MOVED, method="POST", data=entry),
    door("services:oversight_edit", "activity", OFFICERS),
    door("services:oversight_edit", "activity", MOVED, method="POST", data=entry),
    door("services:oversight_live", "activity", "sentence: officers; 403: *", method="POST"),
    door("services:oversight_live", "checked_activity", MOVED, method="POST", note="with every check met"),
    door("services:oversight_stop", "activity", OFFICERS),
    door("services:oversight_stop", "activity", MOVED, method="POST", data={"reason": "No money"}),
    door("services:oversight_check_new", "", OFFICERS),
    door("services:oversight_check_new", "", MOVED, method="POST", data=KIND),
    door("services:oversight_check_edit", a_kind, OFFICERS),
    door("services:oversight_check_edit", a_kind, MOVED, method="POST", data=KIND),
    door("services:oversight_check_retire", a_kind, MOVED, method="POST"),
    door("oversight_check", a_check, OFFICERS),
    door("oversight_check", a_check, MOVED, method="POST", data={"result": "MET", "evidence": "Seen"}),
]
