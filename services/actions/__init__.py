"""Every write of commissioned services."""

from .contracts import arm_extension_decision, import_contract, set_decide_by
from .extensions import prepare_decisions
from .returns import give_rule_set, owe_returns, redate_event_returns
from .variations import apply_due_variations, make_outside_terms, record_variation

__all__ = [
    "apply_due_variations",
    "arm_extension_decision",
    "give_rule_set",
    "import_contract",
    "make_outside_terms",
    "owe_returns",
    "prepare_decisions",
    "record_variation",
    "redate_event_returns",
    "set_decide_by",
]
