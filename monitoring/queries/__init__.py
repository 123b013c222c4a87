"""Reads of returns: what one holds, and who owes which."""

from .cells import file_section, last_content, parts_of, sheets_of, to_save
from .chasing import counts_of, of_kind, open_now, owed_returns, periods_of, working_days_late
from .content import before_and_after, content_of, shown_as, with_previous
from .owed import (
    late_obligations,
    late_returns,
    money_by_award,
    outcomes_against_target,
    spent_by_stream,
    who_owes,
)
from .reached import reached
from .returns import (
    figures_of,
    latest_version,
    previous_version,
)
from .sheet import Cell, Line, Sheet
from .standing import days_to_review, failed_before, met_by, reviews_of, waiting_for_a_return, with_clocks
from .subjects import holder_of, last_day_of, name_of, subject_of, template_version_for, to_open_by

__all__ = [
    "Cell",
    "Line",
    "Sheet",
    "before_and_after",
    "content_of",
    "counts_of",
    "days_to_review",
    "failed_before",
    "figures_of",
    "file_section",
    "holder_of",
    "last_content",
    "last_day_of",
    "late_obligations",
    "late_returns",
    "latest_version",
    "met_by",
    "money_by_award",
    "name_of",
    "of_kind",
    "open_now",
    "outcomes_against_target",
    "owed_returns",
    "parts_of",
    "periods_of",
    "previous_version",
    "reached",
    "reviews_of",
    "sheets_of",
    "shown_as",
    "spent_by_stream",
    "subject_of",
    "template_version_for",
    "to_open_by",
    "to_save",
    "waiting_for_a_return",
    "who_owes",
    "with_clocks",
    "with_previous",
    "working_days_late",
]
