"""Doors of the front hall about contracts: the timeline, the evidence of a decision, open data."""

from . import door

DOORS = [
    door("contract_timeline", "", "page: *"),
]
