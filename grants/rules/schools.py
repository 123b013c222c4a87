"""Who rules on clashes, and when inputs in schools are reported, moved and cancelled (P5)."""

from accounts import access
from accounts.roles import Permission
from records.words import day_in_words

from ..enums import CASE_WITH_OFFICE, SchoolInputStatus
from ..queries.delivery import IN_FORCE
from . import evaluations

I = SchoolInputStatus  # noqa: E741 (one letter, as for the other tables)


def why_not_rule(project, *, user):
    """Say why this person cannot rule on clashes of the project now, or nothing."""
    if project.case.status not in CASE_WITH_OFFICE:
        return "This business case is not with the office, so there is nothing to rule on."
    return evaluations.why_not_work(project.case, user)


def why_not_rule_so(clash, reason):
    """Say what is wrong with a ruling, or nothing. `clash` None: there is no such clash any more."""
    if clash is None:
        return "These inputs no longer clash. Look at the list again."
    if clash.ruling is not None:
        return "Somebody has ruled on this clash already."
    return "" if reason.strip() else "Say why it may stand."


def award_of(school_input):
    """The award that pays for an input, or None while nothing is approved."""
    line = getattr(school_input.project, "award_line", None)
    return line.award if line else None


def why_not_report(school_input, *, user):
    """Say why this person cannot say what became of the input, or nothing."""
    award = award_of(school_input)
    if award is None or award.status not in IN_FORCE:
        return "Nothing pays for this input now, so there is nothing to report."
    if not (access.may(user, Permission.AWARD_REPORT, award.recipient) or access.may(user, Permission.AWARD_OFFER)):
        return f"Only people of {award.recipient.name}, or commissioning officers, report on it."
    return ""


def _why_not_planned(school_input, user):
    if why := why_not_report(school_input, user=user):
        return why
    if school_input.status != I.PLANNED:
        return f"This input is {school_input.get_status_display().lower()} already."
    return ""


def why_not_deliver(school_input, *, user, delivered_on=None, sessions_delivered=None, on):
    """Say why the input cannot be reported as delivered, or not so, or nothing."""
    if why := _why_not_planned(school_input, user):
        return why
    if school_input.lead_agreed_on is None:
        return "Say first on which day the school’s safeguarding lead agreed: change the days."
    if school_input.starts_on > on:
        return f"It begins on {day_in_words(school_input.starts_on)}. Report it once it has taken place."
    if delivered_on is None:
        return ""
    if delivered_on > on:
        return f"{day_in_words(delivered_on)} has not come yet. Report it once it has."
    if delivered_on < school_input.starts_on:
        return f"It was planned from {day_in_words(school_input.starts_on)}. If it came earlier, change its days first."
    return "" if sessions_delivered else "Say how many sessions took place; if none did, cancel the input."


def why_not_cancel(school_input, *, user, reason=None):
    """Say why the input cannot be cancelled, or nothing."""
    if why := _why_not_planned(school_input, user):
        return why
    return "" if reason is None or reason.strip() else "Say why it does not take place."


def why_not_plan_again(school_input, *, user, reason=None):
    """Say why a cancelled input cannot be planned again, or nothing."""
    if why := why_not_report(school_input, user=user):
        return why
    if school_input.status != I.CANCELLED:
        return f"This input is {school_input.get_status_display().lower()}, so there is nothing to plan again."
    return "" if reason is None or reason.strip() else "Say why it is planned again."


def why_not_move(school_input, *, user, starts_on=None, ends_on=None, reason=None):
    """Say why the days of an input cannot change, or not to those, or nothing."""
    if why := _why_not_planned(school_input, user):
        return why
    if reason is None:
        return ""
    award = award_of(school_input)
    if ends_on < starts_on:
        return "The last day must be on or after the first day."
    if starts_on < award.starts_on or ends_on > award.ends_on:
        return (
            f"The award runs from {day_in_words(award.starts_on)} to {day_in_words(award.ends_on)}. "
            "Enter days within it."
        )
    closed = school_input.school.closed_on
    if closed and starts_on > closed:
        return f"{school_input.school.name} closed on {day_in_words(closed)}."
    return "" if reason.strip() else "Say why the days move."
