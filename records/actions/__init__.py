"""Writes of the record itself: the log, references, decisions, ladders."""

from .ladders import add_step, change_step, remove_step, restore_ladder, restore_step
from .recording import log, next_reference, record_decision

__all__ = [
    "add_step",
    "change_step",
    "log",
    "next_reference",
    "record_decision",
    "remove_step",
    "restore_ladder",
    "restore_step",
]
