"""Doors of commissioned services."""

from tests.make import services as make

from . import door

POSTED = {
    "notice_months": "3", "printed_window": "", "reason": "As the contract says",
    **{f"window_{end}_on_{part}": "" for end in ("starts", "ends") for part in ("day", "month", "year")},
}  # fmt: skip
WORLD = {"contract": lambda world: make.contract(world.cast, world.plan)}


def by_reference(world):
    return {"reference": world.contract.reference}


DOORS = [
    door("services:contract_list", "", "page: *"),
    door("services:contract_show", "contract", "page: office provider; 404: *"),
    door("services:contract_rules", by_reference, "page: officers; 403: *"),
    door(
        "services:contract_rules",
        by_reference,
        "moved: officers; 403: *",
        method="POST",
        data={"rule_set": "csp-rules", "reason": "As agreed"},
    ),
    door(
        "services:option_edit",
        lambda world: {"reference": world.contract.reference, "number": 1},
        "page: officers; 403: *",
    ),
    door(
        "services:option_edit",
        lambda world: {"reference": world.contract.reference, "number": 1},
        "moved: officers; 403: *",
        method="POST",
        data=POSTED,
    ),
]
