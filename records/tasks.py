"""The bell is answered here. Tasks hold nothing: what is to be sent stands in the database."""

from celery import shared_task
from django.utils import timezone

from . import delivery


@shared_task(name="records.tasks.deliver_messages")
def deliver_messages():
    """Put unsent notices into messages and send what is due."""
    try:
        delivery.compose(at=timezone.now())
    finally:
        delivery.deliver(at=timezone.now(), clock=timezone.now)
