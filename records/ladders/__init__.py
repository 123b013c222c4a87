"""Ladders of reminders: whom they owe one on a day, and in which words. Reads only; `obligations` writes (X4)."""

from .days import latest_due, step_day
from .delivered import delivered
from .forecast import Coming, candidates, forecast, owed_now
from .owing import Told, load, missed_days, newest_step, owed, owed_in_parts, told, untold
from .people import People
from .wording import PLACEHOLDERS, Reminder, body_of, how_long, listed, reminder, say, to_whom, words, wrong_in

__all__ = [
    "PLACEHOLDERS",
    "Coming",
    "People",
    "Reminder",
    "Told",
    "body_of",
    "candidates",
    "delivered",
    "forecast",
    "how_long",
    "latest_due",
    "listed",
    "load",
    "missed_days",
    "newest_step",
    "owed",
    "owed_in_parts",
    "owed_now",
    "reminder",
    "say",
    "step_day",
    "to_whom",
    "told",
    "untold",
    "words",
    "wrong_in",
]
