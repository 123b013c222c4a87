"""When an exception to a limit may be asked for, given or refused (R1)."""

from accounts import access
from accounts.roles import Permission
from plans.rules import why_not_decide_after

from ..queries import duties, exceptions
from . import business_cases

SAY_WHY = "Say why: the reason stands beside the exception."


def _why_no_reason(reason):
    return SAY_WHY if reason is not None and not reason.strip() else ""


def why_not_ask(case, *, content, user, on, reason=None):
    """A lead asks, once, while the case is being written and goes over what only an exception allows."""
    if not business_cases.may_submit(user, case.organisation):
        return business_cases.NOT_A_LEAD
    if not case.is_editable:
        return f"This business case is {business_cases.stands(case)}, so no exception can be asked for now."
    if not business_cases.excesses(case, content):
        return "This business case is within every limit that an exception could lift."
    if exceptions.is_asked(case):
        return "An exception has been asked for already. The office will answer it."
    return _why_no_reason(reason)


def why_not_answer(case, *, user):
    """Only a post with the right answers, and never somebody who advised on the case."""
    if not access.may(user, Permission.EXCEPTION_APPROVE):
        return "Only the head of commissioning, the chief executive or the commissioner gives an exception."
    advisers = duties.advisers_of(list(case.projects.values_list("pk", flat=True)))
    return why_not_decide_after(user, advisers)


def why_not_give(case, *, content, user, on, reason=None):
    """An exception lifts a limit by what the case asks for now, while it is still being written or weighed."""
    if why := why_not_answer(case, user=user):
        return why
    if not exceptions.is_asked(case):
        return "No exception has been asked for this business case."
    if not business_cases.excesses(case, content):
        return "This business case is within its limits now, so it needs no exception. Refuse it, and say so."
    return _why_no_reason(reason)


def why_not_refuse(case, *, user, on, reason=None):
    if why := why_not_answer(case, user=user):
        return why
    if not exceptions.is_asked(case):
        return "No exception has been asked for this business case."
    return _why_no_reason(reason)
