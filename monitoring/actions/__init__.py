"""Every write about returns, one verb each."""

from .chasing import extend_returns, remind_returns, waive_returns
from .corrections import correct_return, meet_instead, reopen_return
from .files import add_file, remove_file
from .opening import ask_for_return, open_due_returns
from .returns import (
    Stale,
    certify_return,
    decline_certification,
    save_return,
    send_for_certification,
    submit_return,
    take_back_return,
)
from .reviews import answer_queries, query_return, review_return, waive_return
from .uploads import apply_upload, drop_upload, take_in_workbook
from .warnings import confirm_warnings

__all__ = [
    "Stale",
    "add_file",
    "answer_queries",
    "apply_upload",
    "ask_for_return",
    "certify_return",
    "confirm_warnings",
    "correct_return",
    "decline_certification",
    "drop_upload",
    "extend_returns",
    "meet_instead",
    "open_due_returns",
    "query_return",
    "remind_returns",
    "remove_file",
    "reopen_return",
    "review_return",
    "save_return",
    "send_for_certification",
    "submit_return",
    "take_back_return",
    "take_in_workbook",
    "waive_return",
    "waive_returns",
]
