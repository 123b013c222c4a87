"""How the office writes sums and days in a sentence."""

from decimal import Decimal

from .calendar import london_day as day_of  # noqa: F401 (the day of a moment, under its older name)
from .calendar import working_days_between


def pounds(amount):
    """£1,250 or £1,250.50; an unknown sum is "not published"."""
    if amount is None:
        return "not published"
    amount = Decimal(amount)
    sign = "-" if amount < 0 else ""
    whole = amount == amount.to_integral_value()
    return f"{sign}£{abs(amount):,.0f}" if whole else f"{sign}£{abs(amount):,.2f}"


def day_in_words(day):
    """7 April 2020."""
    return f"{day.day} {day:%B %Y}" if day else "no date"


def time_in_words(moment):
    """10:42am, midday or midnight: the hour of a moment that is in local time already."""
    if (moment.hour, moment.minute) in {(0, 0), (12, 0)}:
        return "midday" if moment.hour else "midnight"
    return f"{moment.hour % 12 or 12}:{moment.minute:02d}{'am' if moment.hour < 12 else 'pm'}"


def working_days_left(due_on, on):
    """5 working days left, due today, 2 working days over; a weekend past the day is "over" too."""
    if due_on == on:
        return "due today"
    days = abs(working_days_between(on, due_on))
    count = f"{days} working day{'' if days == 1 else 's'}"
    return f"{count} left" if due_on > on else f"{count} over"


def listed(words):
    """One, two and three."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
