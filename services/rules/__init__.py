"""What may be done in commissioned services, and when not."""

from . import details, documents, money, variations
from .contracts import NOT_YOURS, why_not_give_rule_set, why_not_set_decide_by, why_not_this_window
from .variations import why_not_outside_terms

__all__ = [
    "NOT_YOURS",
    "details",
    "documents",
    "money",
    "variations",
    "why_not_give_rule_set",
    "why_not_outside_terms",
    "why_not_set_decide_by",
    "why_not_this_window",
]
