"""Every write of the plan: its rows, and the reporting patterns of its rule sets."""

from .plan import (
    edit_funding_source,
    edit_learning,
    edit_priority,
    edit_stream,
    move_event,
    write_delegation,
    write_sensitive_period,
)

__all__ = [
    "edit_funding_source",
    "edit_learning",
    "edit_priority",
    "edit_stream",
    "move_event",
    "write_delegation",
    "write_sensitive_period",
]
