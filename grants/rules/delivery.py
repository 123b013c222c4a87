"""When days of a schedule may be planned, reported and moved (E1)."""

from accounts import access
from accounts.roles import Permission
from records.words import day_in_words

from ..enums import SessionStatus
from ..queries.delivery import IN_FORCE

S = SessionStatus


def why_not_write_schedule(award, *, user):
    """Say why this person cannot say what the award promises to deliver, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return "Only commissioning officers write what an award promises to deliver."
    return "" if award.status in IN_FORCE else "Only an award in force has a schedule of delivery."


def why_not_this_schedule(*, promised, blocks, kept):
    """Say what is wrong with a schedule as worded, or nothing.

    `blocks` are (number, name, first day, last day, promised), `kept` the numbers of blocks that have days.
    """
    if not promised or promised < 1:
        return "Say how many are promised; at least one."
    if missing := sorted(kept - {block["number"] for block in blocks}):
        return f"Block {missing[0]} has planned days, so it stays."
    for block in blocks:
        first, last = block["starts_on"], block["ends_on"]
        if first and last and last < first:
            return f"{block['name']}: the last day must be on or after the first day."
    told = [block["promised"] for block in blocks if block["promised"] is not None]
    if told and sum(told) > promised:
        return f"The blocks make {sum(told)}, and only {promised} are promised in all."
    return ""


def why_not_report(award, *, user):
    """Say why this person cannot plan and report days of the award, or nothing."""
    if not (access.may(user, Permission.AWARD_REPORT, award.recipient) or access.may(user, Permission.AWARD_OFFER)):
        return f"Only people of {award.recipient.name}, or commissioning officers, plan and report days."
    return "" if award.status in IN_FORCE else "This award is not in force, so nothing is delivered under it."


def why_not_on(award, on):
    """Say why a day of delivery cannot fall on that day, or nothing."""
    if on is None:
        return "Enter the day."
    if (award.starts_on and on < award.starts_on) or (award.ends_on and on > award.ends_on):
        days = f"{day_in_words(award.starts_on)} to {day_in_words(award.ends_on)}"
        return f"The award runs from {days}. Enter a day within it."
    return ""


def why_not_plan(schedule, *, user, on, place, school=None):
    """Say why a day cannot be planned so, or nothing."""
    if why := why_not_report(schedule.award, user=user) or why_not_on(schedule.award, on):
        return why
    if not place.strip():
        return "Say where it is delivered."
    if school and school.closed_on and on > school.closed_on:
        return f"{school.name} closed on {day_in_words(school.closed_on)}. Choose another school."
    taken = schedule.sessions.filter(on=on, place__iexact=place.strip(), status__in=[S.PLANNED, S.DELIVERED])
    return f"{place.strip()} on {day_in_words(on)} is planned already." if taken.exists() else ""


def _why_not_planned(session, user):
    if why := why_not_report(session.schedule.award, user=user):
        return why
    if session.status != S.PLANNED:
        return f"This day is {session.get_status_display().lower()} already."
    return ""


def why_not_deliver(session, *, user, on):
    """Say why the day cannot be reported as delivered, or nothing."""
    if why := _why_not_planned(session, user):
        return why
    return "" if session.on <= on else f"{day_in_words(session.on)} has not come yet. Report it once it has."


def why_not_rearrange(session, *, user, new_on=None, reason=None):
    """Say why the day cannot be moved, or not to `new_on`, or nothing."""
    if why := _why_not_planned(session, user):
        return why
    if reason is None:
        return ""
    if why := why_not_on(session.schedule.award, new_on):
        return why
    if new_on == session.on:
        return f"It is planned for {day_in_words(new_on)} already. Enter another day."
    return "" if reason.strip() else "Say why the day moves."


def why_not_cancel(session, *, user, reason=None):
    """Say why the day cannot be cancelled, or nothing."""
    if why := _why_not_planned(session, user):
        return why
    return "" if reason is None or reason.strip() else "Say why it does not take place."


def why_not_reopen(session, *, user, reason=None):
    """Say why what was reported of the day cannot be taken back, or nothing."""
    if why := why_not_report(session.schedule.award, user=user):
        return why
    if session.status not in (S.DELIVERED, S.CANCELLED):
        return f"This day is {session.get_status_display().lower()}, so there is nothing to take back."
    return "" if reason is None or reason.strip() else "Say why it is taken back."
