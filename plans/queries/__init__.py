"""Reads of the plan itself, and of return templates."""

from .plan import (
    NEWEST_FIRST,
    delegations,
    movable_events,
    plan_on,
    rule_sets,
    sensitive_periods,
    year_label,
)

__all__ = [
    "NEWEST_FIRST",
    "delegations",
    "movable_events",
    "plan_on",
    "rule_sets",
    "sensitive_periods",
    "year_label",
]
