"""How days, sums and unknown things are written in open data."""

import json
import re
from datetime import UTC, datetime, time
from decimal import Decimal

from records.calendar import LONDON

NUMBER = re.compile(r'"\\u0000([0-9.-]+)\\u0000"')


def as_json(told):
    """The package as text; sums stand as exact numbers, days and moments as text."""
    text = json.dumps(told, ensure_ascii=False, indent=2, default=_plain)
    return NUMBER.sub(r"\1", text)


def _plain(value):
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return f"\0{int(value) if whole else value}\0"
    raise TypeError(f"{value!r} has no place in open data")


def amount(pounds):
    """A sum with its currency; None where it is not known."""
    return None if pounds is None else {"amount": pounds, "currency": "GBP"}


def moment(at):
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def first_moment(day):
    return datetime.combine(day, time(0), tzinfo=LONDON).isoformat()


def last_moment(day):
    return datetime.combine(day, time(23, 59, 59), tzinfo=LONDON).isoformat()


def without_nothing(told):
    """The same without what is not known: no null, no empty text, list or object is published."""
    if isinstance(told, dict):
        kept = {name: without_nothing(value) for name, value in told.items()}
        return {name: value for name, value in kept.items() if value not in (None, "", [], {})}
    if isinstance(told, list):
        return [without_nothing(value) for value in told]
    return told
