"""Which money of an award waits for a standard its payee must hold (P1)."""

from records.words import listed

from ..enums import Direction
from ..queries import standards

HELP = "New evidence has to be accepted, or an officer has to waive it."


def why_standard_missing(instalment, *, on):
    """Say which standards the payee does not hold, why not and what helps, or nothing.

    Lists ask the database for every row whether it is held back (`held_back`); then only those are looked into.
    """
    if instalment.direction == Direction.IN or not getattr(instalment, "held_back", True):
        return ""
    missing = standards.holding_back(instalment.award, on)
    if not missing:
        return ""
    names = listed([f"{asked.kind.name} ({asked.standing.why})" for asked in missing])
    return f"Waits for {instalment.award.payee.name} to hold {names}. {HELP}"
