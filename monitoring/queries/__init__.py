"""Reads of returns: what one holds, and who owes which."""

from .owed import (
    late_obligations,
    late_returns,
    money_by_award,
    outcomes_against_target,
    spent_by_stream,
    who_owes,
)
from .returns import (
    before_and_after,
    content_of,
    figures_of,
    latest_version,
    previous_version,
    released_to,
    with_previous,
)

__all__ = [
    "before_and_after",
    "content_of",
    "figures_of",
    "late_obligations",
    "late_returns",
    "latest_version",
    "money_by_award",
    "outcomes_against_target",
    "previous_version",
    "released_to",
    "spent_by_stream",
    "who_owes",
    "with_previous",
]
