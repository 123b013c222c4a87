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
from .reporting import owed_under, patterns_kept, patterns_of, reporting_record
from .templates import (
    CHECK_FIELDS,
    INDICATOR_FIELDS,
    SECTION_FIELDS,
    Difference,
    check_words,
    content_of_version,
    differences,
    indicators_of,
    rules_of,
    streams_of,
    templates,
    version_in_use,
    whole_versions,
)

__all__ = [
    "CHECK_FIELDS",
    "INDICATOR_FIELDS",
    "NEWEST_FIRST",
    "SECTION_FIELDS",
    "Difference",
    "check_words",
    "content_of_version",
    "delegations",
    "differences",
    "indicators_of",
    "movable_events",
    "owed_under",
    "patterns_kept",
    "patterns_of",
    "plan_on",
    "reporting_record",
    "rule_sets",
    "rules_of",
    "sensitive_periods",
    "streams_of",
    "templates",
    "version_in_use",
    "whole_versions",
    "year_label",
]
