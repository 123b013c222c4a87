"""Why not? One sentence for the user, or nothing."""

from .completeness import Gap, gaps, overall_gaps, project_gaps, spend_gaps, underspend_gaps
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

__all__ = [
    "Gap",
    "gaps",
    "needs_certifier",
    "nobody_certifies",
    "overall_gaps",
    "project_gaps",
    "spend_gaps",
    "underspend_gaps",
    "why_not_answer",
    "why_not_ask",
    "why_not_certify",
    "why_not_decline_certification",
    "why_not_edit",
    "why_not_query",
    "why_not_review",
    "why_not_send_for_certification",
    "why_not_submit",
    "why_not_take_back",
    "why_not_waive",
]
