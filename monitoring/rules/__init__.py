"""Why not? One sentence for the user, or nothing."""

from .chasing import return_of, why_left_out, why_not_chase, why_not_extend, why_not_remind, why_not_waive_owed
from .completeness import Gap, explained, gaps, not_ready, reasons_of, to_do, unconfirmed, warnings_of
from .corrections import correction_due, why_not_correct, why_not_meet_instead, why_not_reopen
from .faults import Fault, faults_of
from .returns import (
    needs_certifier,
    nobody_certifies,
    why_not_certify,
    why_not_decline_certification,
    why_not_edit,
    why_not_send_for_certification,
    why_not_submit,
    why_not_take_back,
)
from .reviews import why_not_answer, why_not_ask, why_not_query, why_not_review, why_not_waive
from .uploads import why_not_apply, why_not_drop, why_not_fetch_workbook, why_not_mark, why_not_take_in

__all__ = [
    "Fault",
    "Gap",
    "correction_due",
    "explained",
    "faults_of",
    "gaps",
    "needs_certifier",
    "nobody_certifies",
    "not_ready",
    "reasons_of",
    "return_of",
    "to_do",
    "unconfirmed",
    "warnings_of",
    "why_left_out",
    "why_not_answer",
    "why_not_apply",
    "why_not_ask",
    "why_not_certify",
    "why_not_chase",
    "why_not_correct",
    "why_not_decline_certification",
    "why_not_drop",
    "why_not_edit",
    "why_not_extend",
    "why_not_fetch_workbook",
    "why_not_mark",
    "why_not_meet_instead",
    "why_not_query",
    "why_not_remind",
    "why_not_reopen",
    "why_not_review",
    "why_not_send_for_certification",
    "why_not_submit",
    "why_not_take_back",
    "why_not_take_in",
    "why_not_waive",
    "why_not_waive_owed",
]
