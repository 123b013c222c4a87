"""Reads of commissioned services."""

from .contracts import (
    ContractRow,
    additional_services,
    contracts_for,
    counting_from_events,
    options_of,
    returns_owed,
    rows,
    rule_sets,
)
from .term import OptionTerm, Term, TermPeriod, ends_of, say, term

__all__ = [
    "ContractRow",
    "OptionTerm",
    "Term",
    "TermPeriod",
    "additional_services",
    "contracts_for",
    "counting_from_events",
    "ends_of",
    "options_of",
    "returns_owed",
    "rows",
    "rule_sets",
    "say",
    "term",
]
