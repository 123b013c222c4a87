"""New work is compared soon after it was sent in. Tasks hold nothing: what waits stands in the database."""

from celery import shared_task

from records import clock

from .actions import overlaps


@shared_task(name="monitoring.tasks.compare_new_work")
def compare_new_work():
    """Compare projects sent in since the last look, and whatever else has changed, with all open and funded work."""
    return overlaps.compare_new_work(at=clock.now())
