"""The day of a step, and the due days that a step reaches: working days and nothing else."""

from functools import lru_cache

from .. import calendar


@lru_cache(maxsize=8192)
def step_day(due_on, working_days):
    """The day of a step: so many working days before or after the due day; 0 is the due day itself,
    or the last working day before it where nobody works on that day."""
    if working_days:
        return calendar.add_working_days(due_on, working_days)
    return due_on if calendar.is_working_day(due_on) else calendar.add_working_days(due_on, -1)


@lru_cache(maxsize=8192)
def latest_due(on, working_days):
    """The latest due day whose step has come by `on`. A later due day never has an earlier step."""
    due_on = calendar.add_working_days(on, -working_days) + 14 * calendar.DAY
    while step_day(due_on, working_days) > on:
        due_on -= calendar.DAY
    return due_on
