"""What beat asks for, above all apps: the morning sweep and the ladders between mornings."""

from celery import shared_task

from accounts.queries import people_book, people_for
from grants.actions import continuation_days, schedules, sweeping
from monitoring import actions as monitoring_actions
from monitoring.actions import overlaps, suggesting
from records import clock, delivery, documents, obligations
from records.calendar import london_day
from records.tasks import deliver_messages
from services import actions as services_actions


@shared_task(name="pcc_portal.tasks.climb_ladders")
def climb_ladders():
    """Owe every reminder whose day has come, then send."""
    at = clock.now()
    obligations.climb_ladders(on=london_day(at), at=at, people_for=people_book())
    deliver_messages()


@shared_task(name="pcc_portal.tasks.alert_failures")
def alert_failures():
    """Tell the officers of letters that could not be delivered."""
    delivery.alert_failures(at=clock.now(), people_for=people_for)


def sweep(*, at):
    """What a morning brings to date, apart from letters and files; a second time on the same day changes nothing."""
    schedules.redate_event_returns(at=at)
    sweeping.meet_conditions_of_the_day(at=at)
    continuation_days.carry_on(at=at)
    services_actions.apply_due_variations(at=at)
    services_actions.redate_event_returns(at=at)
    services_actions.prepare_decisions(at=at)
    monitoring_actions.open_due_returns(on=london_day(at), at=at)
    suggesting.suggest_offers(on=london_day(at), at=at)
    overlaps.refresh_index(at=at)
    overlaps.compare_waiting(at=at)


@shared_task(name="pcc_portal.tasks.morning_sweep")
def morning_sweep():
    """Make agreed variations part of their contracts, move what hangs on an event that moved, open the extension
    decisions and the returns that have come due, climb the ladders, send, clear orphaned files.

    A part that fails leaves the others to be done; every part is right on the next day too.
    """
    at = clock.now()
    try:
        sweep(at=at)
    finally:
        try:
            climb_ladders()
        finally:
            documents.remove_orphans(at=at)
