"""Every write of the audit programme, one verb each (P4)."""

from .findings import change_action, change_finding, give_action, remove_action, remove_finding, write_finding
from .following import close_action, say_done, send_back
from .points import change_mark, remove_mark, set_mark
from .programmes import add_by_hand, change_programme, close_programme, draw_sample, start_programme
from .reporting import finalise_visit, reply_to_visit, report_visit
from .visits import begin_visit, cancel_visit, hand_over_visit, move_visit, plan_visit
from .writing import StaleVisit, remove_evidence, save_checks

__all__ = [
    "StaleVisit",
    "add_by_hand",
    "begin_visit",
    "cancel_visit",
    "change_action",
    "change_finding",
    "change_mark",
    "change_programme",
    "close_action",
    "close_programme",
    "draw_sample",
    "finalise_visit",
    "give_action",
    "hand_over_visit",
    "move_visit",
    "plan_visit",
    "remove_action",
    "remove_evidence",
    "remove_finding",
    "remove_mark",
    "reply_to_visit",
    "report_visit",
    "save_checks",
    "say_done",
    "send_back",
    "set_mark",
    "start_programme",
    "write_finding",
]
