"""When the end of an award may be moved."""

from accounts import access
from accounts.roles import Permission
from records.words import day_in_words

from ..enums import AwardStatus
from .awards import NOT_AN_OFFICER

MAY_VARY = frozenset({AwardStatus.LIVE, AwardStatus.SUSPENDED})


def why_not_vary_end(award, *, user, on, ends_on=None):
    """Say why the award cannot end on that day, or (without a day) why its end cannot be moved at all."""
    if not access.may(user, Permission.AWARD_OFFER):
        return NOT_AN_OFFICER
    if award.is_recorded:
        return "This is a recorded past award; its days stay as they were published."
    if award.status not in MAY_VARY:
        return "Only an award whose terms are accepted can end on another day."
    return "" if ends_on is None else why_not_end_on(award, ends_on, on=on)


def why_not_end_on(award, ends_on, *, on):
    """Say why that day cannot be the last of the award, or nothing."""
    if ends_on == award.ends_on:
        return f"This award ends on {day_in_words(ends_on)} already. Enter another day."
    if ends_on <= award.starts_on:
        return f"The award must end after the day it starts, {day_in_words(award.starts_on)}."
    if ends_on < on:
        return "An award cannot be made to end on a day that has passed. To stop it now, end it early."
    return ""
