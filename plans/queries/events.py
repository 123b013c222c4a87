"""Reads about events whose day may move: whether one has happened (V5)."""

from records.models import Event

from ..models import MovableEvent

HAPPENED = "event_happened"


def happening_of(event_id):
    """The line of the log that says the event has happened, or None."""
    rows = Event.objects.filter(subject_type=MovableEvent._meta.label, subject_id=event_id, verb=HAPPENED)
    return rows.order_by("pk").first()


def happenings():
    """{event id: the line that says it has happened}."""
    rows = Event.objects.filter(subject_type=MovableEvent._meta.label, verb=HAPPENED).order_by("-pk")
    return {row.subject_id: row for row in rows}
