"""Which reminders still stand on a day. Reads only."""

from dataclasses import dataclass, field
from datetime import date

from .. import ladders


@dataclass
class Standing:
    """Judges reminders on one London day; the ladders are read once, when first needed."""

    on: date
    newest: dict = field(default_factory=dict)
    steps: dict | None = None

    def needed(self, notice):
        """Whether a reminder still holds: its obligation open and not held, its day not moved, no later
        step of its ladder passed, its person still here. What is no reminder always holds."""
        owed = notice.obligation
        if owed is None:
            return True
        unmoved = notice.due_on is None or notice.due_on == owed.due_on
        held = owed.held_until is not None and owed.held_until > self.on
        return (
            owed.closed_at is None and unmoved and not held and notice.person.is_active and not self._overtaken(notice)
        )

    def _overtaken(self, notice):
        """Whether a later step has come: the sweep writes that one, or has written it (X4)."""
        if notice.step is None:
            return False
        newest = self._newest_step(notice.obligation)
        return newest is not None and notice.step < newest

    def _newest_step(self, obligation):
        """The newest step passed of an obligation's ladder, or None."""
        key = (obligation.kind, obligation.due_on)
        if key not in self.newest:
            if self.steps is None:
                self.steps = ladders.load()
            passed = [
                step.working_days
                for step in self.steps.get(obligation.kind, [])
                if ladders.step_day(obligation.due_on, step.working_days) <= self.on
            ]
            self.newest[key] = max(passed, default=None)
        return self.newest[key]
