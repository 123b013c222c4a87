"""Why a submitted or reviewed return may not be opened again, and why one does not meet another's condition."""

from accounts.roles import Permission
from grants.rules import instalments
from records import calendar

from .. import queries
from ..enums import ReturnStatus
from .returns import NOW, lacks, no_reason
from .reviews import not_an_officer_for

S = ReturnStatus
NOT_YET = frozenset({S.OPEN, S.CERTIFYING, S.CERTIFIED})


def why_not_correct(monitoring_return, *, user, on, reason=None):
    """A lead may take back what was submitted until an officer has reviewed it, with a reason."""
    if monitoring_return.status != S.SUBMITTED:
        reviewed = "This return was reviewed. Ask the office to open it again if something must be corrected."
        return reviewed if monitoring_return.status == S.REVIEWED else NOW[monitoring_return.status]
    return lacks(monitoring_return, user, Permission.RETURN_SUBMIT, "lead") or no_reason(reason)


def why_not_reopen(monitoring_return, *, user, on, reason=None, due_on=None):
    """An officer may open a reviewed return again, with a reason and a day to come."""
    if monitoring_return.status != S.REVIEWED:
        return "Only a reviewed return is opened again. Ask a question instead, or wait for it."
    if sentence := not_an_officer_for(user, monitoring_return.organisation) or no_reason(reason):
        return sentence
    return "The day the return is due must not have passed." if due_on is not None and due_on < on else ""


def correction_due(monitoring_return, *, on):
    """By when a correction is owed: the usual time for an answer, or the first due day where that is later."""
    usual = calendar.add_working_days(on, monitoring_return.rules.query_working_days)
    return max(usual, monitoring_return.obligation.due_on)


def why_not_meet_instead(monitoring_return, instalment, *, user, on, reason=None):
    """A later satisfactory return stands in for one that was found unsatisfactory or waived."""
    wrong = instalments.why_not_meet_instead(instalment, monitoring_return, user=user, on=on, reason=reason)
    if wrong:
        return wrong
    if not queries.failed_before(monitoring_return, instalments.KINDS_THAT_MEET[instalment.condition]):
        return "No earlier return that this instalment waited for was found unsatisfactory or waived."
    return ""
