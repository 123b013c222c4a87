"""Every write about complaints, one verb each (P2)."""

from .answering import acknowledge_stage, answer_stage, ask_next_stage, move_on
from .ending import close_concern, pass_elsewhere, satisfied, withdraw_concern
from .learning import agree_learning, complete_learning
from .receiving import add_file, describe_concern, enter_concern, receive_concern, take_up
from .restricting import lift_restriction, restrict_concern, set_contact

__all__ = [
    "acknowledge_stage",
    "add_file",
    "agree_learning",
    "answer_stage",
    "ask_next_stage",
    "close_concern",
    "complete_learning",
    "describe_concern",
    "enter_concern",
    "lift_restriction",
    "move_on",
    "pass_elsewhere",
    "receive_concern",
    "restrict_concern",
    "satisfied",
    "set_contact",
    "take_up",
    "withdraw_concern",
]
