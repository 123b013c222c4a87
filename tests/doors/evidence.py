"""Doors of the front hall about contracts: the timeline, the evidence of a decision, open data."""

from types import SimpleNamespace

from tests.make import extensions

from . import door

POSTED = {"recommended": "OFFER", "lapse_effect": "Nobody would help.", "advice": "Extend it."}


def case(world):
    """A case about the first option of a contract of its own."""
    made = SimpleNamespace(cast=world.cast, plan=world.plan)
    return extensions.opened(made, key="evidence")


def address(world):
    return {"reference": world.evidence_case.contract.reference, "number": world.evidence_case.number}


WORLD = {"evidence_case": case}
DOORS = [
    door("contract_timeline", "", "page: *"),
    door("open_contracting", "", "page: officers; 403: *"),
    door("open_contracting_all", "", "page: officers; 403: *"),
    door("evidence_show", address, "page: office; 403: *"),
    door("evidence_pdf", address, "page: office; 403: *"),
    door("extension_advise", address, "page: officers; 403: *"),
    door("extension_advise", address, "moved: officers; 403: *", method="POST", data=POSTED),
    door("open_contracting_one", "contract", "page: officers; 403: *"),
]
