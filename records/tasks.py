"""The bell is answered here. Tasks hold nothing: what is to be sent stands in the database."""

from celery import shared_task

from . import clock, delivery


@shared_task(name="records.tasks.deliver_messages")
def deliver_messages():
    """Put unsent notices into messages and send what is due."""
    try:
        delivery.compose(at=clock.now())
    finally:
        delivery.deliver(at=clock.now(), clock=clock.now)
