"""Every write of the plan: its rows, and the reporting patterns of its rule sets."""

from .importing import import_template, import_version
from .owing import Change, owe_return, redate
from .plan import (
    edit_funding_source,
    edit_learning,
    edit_priority,
    edit_stream,
    move_event,
    write_delegation,
    write_sensitive_period,
)
from .question_sets import edit_question_set, edit_terms, start_question_set, start_terms
from .reporting import drop_reporting_rule, write_reporting_rule
from .rule_rows import move_row, remove_row, save_row
from .rule_sets import edit_rule_set, freeze_rules, make_version, start_rule_set
from .templates import (
    discard_draft,
    edit_template,
    edit_version,
    move_indicator,
    move_section,
    put_to_use,
    remove_check,
    remove_indicator,
    remove_section,
    save_check,
    save_indicator,
    save_section,
    start_new_version,
    start_template,
)

__all__ = [
    "Change",
    "discard_draft",
    "drop_reporting_rule",
    "edit_funding_source",
    "edit_learning",
    "edit_priority",
    "edit_question_set",
    "edit_rule_set",
    "edit_stream",
    "edit_template",
    "edit_terms",
    "edit_version",
    "freeze_rules",
    "import_template",
    "import_version",
    "make_version",
    "move_event",
    "move_indicator",
    "move_row",
    "move_section",
    "owe_return",
    "put_to_use",
    "redate",
    "remove_check",
    "remove_indicator",
    "remove_row",
    "remove_section",
    "save_check",
    "save_indicator",
    "save_row",
    "save_section",
    "start_new_version",
    "start_question_set",
    "start_rule_set",
    "start_template",
    "start_terms",
    "write_delegation",
    "write_reporting_rule",
    "write_sensitive_period",
]
