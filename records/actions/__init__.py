"""Writes of the record itself: the log, references, decisions, ladders."""

from .ladders import add_step, change_step, remove_step, restore_ladder, restore_step
from .recording import log, next_reference, record_decision
from .sealing import is_sealed, next_number, rows_about, seal

__all__ = [
    "add_step",
    "change_step",
    "is_sealed",
    "log",
    "next_number",
    "next_reference",
    "record_decision",
    "remove_step",
    "restore_ladder",
    "restore_step",
    "rows_about",
    "seal",
]
