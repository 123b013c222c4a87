"""Doors of extension decisions, in the states in which each act can be done."""

from datetime import timedelta

from records.calendar import DAY, add_months
from services.queries import steps
from tests.make import extensions as make
from tests.make import services

from . import door
from .awards import without_delegations


def contract(world, key, **changes):
    """A contract whose first option starts a year from now, decided half a year before."""
    starts_on = add_months(world.today.replace(day=1), -24)
    return services.contract(world.cast, world.plan, key=key, starts_on=starts_on, at=world.now, **changes)


def case(world, key):
    """A case opened by hand about the first option."""
    return make.actions.open_case(
        contract=contract(world, key), reason="Early", by=world.cast.officer, at=world.now - timedelta(hours=1)
    )


def outside(world, key):
    """A case beyond the options, opened by hand."""
    return make.actions.open_case(
        contract=contract(world, key, options=[]), decide_by=world.today + 200 * DAY, reason="Late",
        by=world.cast.officer, at=world.now,
    )  # fmt: skip


def second(world):
    found = outside(world, "extension-second")
    make.willing(world, found, at=world.now)
    ends_on = add_months(world.today, 24)
    make.commented(world, found, at=world.now, recommended="OUTSIDE", ends_on=ends_on, legal_basis="The law")
    said = {**make.OUTSIDE, "ends_on": ends_on}
    return make.actions.decide(case=found, **said, by=world.cast.pcc, at=world.now).case


def asked(world):
    found = case(world, "extension-asked")
    return make.actions.ask_provider(case=found, words="Willing?", by=world.cast.officer, at=world.now)


WORLD = {
    "extension_contract": lambda world: contract(world, "extension-contract"),
    "extension_begun": lambda world: case(world, "extension-begun"),
    "extension_asked": asked,
    "extension_advised": lambda world: make.advised(world, case(world, "extension-advised"), at=world.now),
    "extension_commented": lambda world: make.commented(world, case(world, "extension-commented"), at=world.now),
    "extension_outside": lambda world: outside(world, "extension-outside"),
    "extension_second": second,
    "extension_offered": lambda world: make.offered(world, case(world, "extension-offered"), at=world.now),
}


def of(key):
    """The address of a case."""
    return lambda world: {
        "reference": getattr(world, key).contract.reference, "number": getattr(world, key).number,
    }  # fmt: skip


def both(name, key, answers, data, **more):
    """The page of an act, and the act."""
    return [
        door(f"services:{name}", of(key), answers, **more),
        door(f"services:{name}", of(key), answers.replace("page", "moved"), method="POST", data=data, **more),
    ]


OFFICERS = "page: officers; 403: *"


def deferral(world):
    """Decide later: on the last safe day."""
    safe = steps.last_safe_day(world.extension_commented.decide_by, notice_needed=None)
    return {
        "outcome": "DEFER", "question": "The grant", "defer_until": safe.isoformat(), "reason": "Later",
    }  # fmt: skip


DOORS = [
    door("services:extension_list", lambda world: {"reference": world.extension_contract.reference},
         "page: office provider; 404: *"),
    door("services:extension_open", lambda world: {"reference": world.extension_contract.reference}, OFFICERS),
    door("services:extension_open", lambda world: {"reference": world.extension_contract.reference},
         "moved: officers; 403: *", method="POST", data={"reason": "Early"}),
    door("services:extension_show", of("extension_begun"), "page: office; 404: *", note="the provider knows nothing"),
    door("services:extension_show", of("extension_asked"), "page: office provider; 404: *", note="the provider asked"),
    *both("extension_ask", "extension_begun", OFFICERS, {"words": "Willing?"}),
    *both("extension_ready", "extension_begun", OFFICERS, {"lapse_effect": "Nobody helps."}),
    *both("extension_answer", "extension_asked", "page: provider; 404: lead stranger signatory; 403: *",
          {"willing": "yes"}),
    *both("extension_comment", "extension_advised", "page: cfo; 403: *", {"words": "Within the budget."}),
    *both("extension_decide", "extension_commented",
          "page: pcc; sentence: cfo chief_executive head; 403: *", deferral, given=without_delegations),
    *both("extension_return", "extension_commented", "page: officers deciders; 403: *", {"reason": "Again"}),
    *both("extension_close", "extension_outside", OFFICERS, {"reason": "Not needed"}),
    *both("extension_second", "extension_second", "page: chief_executive; sentence: pcc cfo head; 403: *",
          {"answer": "yes"}),
    *both("extension_accept", "extension_offered", "404: signatory; 403: *", {"answer": "yes"}),
    *both("extension_notice", "extension_offered", OFFICERS, {"needed": "no", "reason": "As advised"}),
]  # fmt: skip
