"""The day it is."""

from datetime import UTC, datetime

import time_machine


class Clock:
    """The day it is; moving it on signs everybody out, as a night would."""

    def __init__(self):
        self.travel = None

    def go(self, year, month, day, hour=9):
        self.stop()
        self.travel = time_machine.travel(datetime(year, month, day, hour, tzinfo=UTC), tick=True)
        self.travel.start()

    def stop(self):
        if self.travel:
            self.travel.stop()
        self.travel = None
