"""Rings the bell for the mail carrier. The database is the queue: a lost ring loses nothing."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def ring():
    """After commit, ask a worker to look now. A broker that is down is noted and forgiven,
    since the sweep finds every waiting row without any message."""
    transaction.on_commit(_ring, robust=True)


def _ring():
    try:
        current_app.send_task("records.tasks.deliver_messages", ignore_result=True, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("The broker did not answer (%s); the next sweep will send.", error)
