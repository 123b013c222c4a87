"""Every write of extension decisions (S2)."""

from .answering import accept_offer, record_notice, refuse_offer
from .deciding import decide
from .opening import close_case, lapse_passed_option, open_case, open_due_case
from .preparing import answer_ask, ask_provider, comment, give_advice, ready_evidence, take_back
from .seconding import approve_second, refuse_second
from .sweeping import follow_dates, prepare_decisions

__all__ = [
    "accept_offer",
    "answer_ask",
    "approve_second",
    "ask_provider",
    "close_case",
    "comment",
    "decide",
    "follow_dates",
    "give_advice",
    "lapse_passed_option",
    "open_case",
    "open_due_case",
    "prepare_decisions",
    "ready_evidence",
    "record_notice",
    "refuse_offer",
    "refuse_second",
    "take_back",
]
