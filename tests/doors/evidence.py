"""Doors of the front hall about contracts: the timeline, the evidence of a decision, open data."""

from . import door

DOORS = [
    door("contract_timeline", "", "page: *"),
    door("open_contracting", "", "page: officers; 403: *"),
    door("open_contracting_all", "", "page: officers; 403: *"),
    door("open_contracting_one", "contract", "page: officers; 403: *"),
]
