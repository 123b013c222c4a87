"""The clock of everything that runs by itself: tasks read it here, and nowhere else.

`CLOCK_OFFSET_FILE`, set for tests alone, names a file with the milliseconds to add, so that real workers can
live through a year in minutes. A portal with secure settings refuses to start with it.
"""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def now():
    """The present moment, moved by the offset where a test has set one."""
    moment = timezone.now()
    if not settings.CLOCK_OFFSET_FILE:
        return moment
    try:
        return moment + timedelta(milliseconds=int(Path(settings.CLOCK_OFFSET_FILE).read_text()))
    except (OSError, ValueError):
        return moment
