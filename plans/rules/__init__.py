"""Why not? One sentence for the user, or nothing."""

from .plan import (
    ancestors,
    delegations_of,
    why_not_decide_after,
    why_not_decide_as,
    why_not_delegate,
    why_not_edit,
    why_not_move,
    why_not_publish_on,
    why_not_release_after,
    why_not_these_days,
)
from .reporting import why_not_drop_reporting, why_not_this_pattern, why_not_write_reporting

__all__ = [
    "ancestors",
    "delegations_of",
    "why_not_decide_after",
    "why_not_decide_as",
    "why_not_delegate",
    "why_not_drop_reporting",
    "why_not_edit",
    "why_not_move",
    "why_not_publish_on",
    "why_not_release_after",
    "why_not_these_days",
    "why_not_this_pattern",
    "why_not_write_reporting",
]
