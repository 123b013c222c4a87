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

__all__ = [
    "ancestors",
    "delegations_of",
    "why_not_decide_after",
    "why_not_decide_as",
    "why_not_delegate",
    "why_not_edit",
    "why_not_move",
    "why_not_publish_on",
    "why_not_release_after",
    "why_not_these_days",
]
