"""When it may be recorded that an event has happened (V5)."""

from records.words import day_in_words

from ..queries import events as queries
from .plan import why_not_edit


def why_not_record_happening(event, *, user, on):
    """Say why nobody records now that the event has happened, or nothing; ask with the event locked."""
    if why := why_not_edit(user):
        return why
    happened = queries.happening_of(event.pk)
    return f"{event.name} has already happened: {happened.summary}." if happened else ""


def why_not_happened_so(event, *, happened_on, evidence, on):
    """Say what is wrong with the day or the evidence, or nothing."""
    if happened_on is None:
        return "Enter the day it happened."
    if happened_on > on:
        return f"{event.name} cannot have happened on {day_in_words(happened_on)}, which is still to come."
    return "" if evidence.strip() else "Write how it is known: where the result stands, or who confirmed it."
