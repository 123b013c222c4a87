"""Reads of commissioned services."""

from . import documents, extensions, money, oversight, parties, variations
from .contracts import (
    ContractRow,
    additional_services,
    contracts_for,
    counting_from_events,
    current_ends,
    options_of,
    returns_owed,
    rows,
    rule_sets,
)
from .money import ContractMoney, PeriodMoney, money_of
from .term import OptionTerm, Term, TermPeriod, ends_of, say, term

__all__ = [
    "ContractMoney",
    "ContractRow",
    "OptionTerm",
    "PeriodMoney",
    "Term",
    "TermPeriod",
    "additional_services",
    "contracts_for",
    "counting_from_events",
    "current_ends",
    "documents",
    "ends_of",
    "extensions",
    "money",
    "money_of",
    "options_of",
    "oversight",
    "parties",
    "returns_owed",
    "rows",
    "rule_sets",
    "say",
    "term",
    "variations",
]
