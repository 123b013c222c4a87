"""That an event has happened: the line of the log is the row that meets conditions and starts clocks (V5)."""

from django.db import transaction

from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if
from records.words import day_in_words

from ..models import MovableEvent
from ..queries.events import HAPPENED
from ..rules import events as rules


@transaction.atomic
def event_happened(*, event, happened_on, evidence, by, at):
    """Record the day the event happened and how that is known; its day no longer moves. Gives the line of the log."""
    event = MovableEvent.objects.select_for_update().get(pk=event.pk)
    on = london_day(at)
    refuse_if(rules.why_not_record_happening(event, user=by, on=on))
    refuse_if(rules.why_not_happened_so(event, happened_on=happened_on, evidence=evidence, on=on))
    was = event.expected_on
    event.expected_on = happened_on
    event.save(update_fields=["expected_on"])
    return log(
        event,
        HAPPENED,
        by=by,
        at=at,
        reason=evidence.strip(),
        summary=f"{event.name} happened on {day_in_words(happened_on)}",
        changes={"expected_on": [was.isoformat(), happened_on.isoformat()]},
    )
