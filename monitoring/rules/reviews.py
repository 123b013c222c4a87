"""Why an officer may not query, review, waive or ask for a return now, and why a query may not be answered."""

from accounts import access
from accounts.roles import Permission
from grants.enums import AwardStatus
from grants.models import Award
from plans.enums import ReportKind
from services.enums import ContractStatus

from .. import queries
from ..enums import ReturnStatus, Verdict
from ..models import MonitoringReturn
from .completeness import not_ready
from .returns import NOW, lacks, no_reason

S = ReturnStatus
SENT = "This return was submitted, so it cannot be waived."
WAIVED = "This return was waived already."
FOR_OFFICERS = "Only a commissioning officer of the office may do this."
MAY_OWE = frozenset({AwardStatus.LIVE, AwardStatus.SUSPENDED})


def not_an_officer_for(user, organisation):
    """Only officers, and nobody on a return of an organisation they belong to."""
    if not access.may(user, Permission.RETURN_REVIEW):
        return FOR_OFFICERS
    if access.belongs_to(user, organisation):
        return f"You belong to {organisation}, so a colleague has to do this."
    return ""


def why_not_query(monitoring_return, *, user, on, questions=None):
    """Questions are asked about what was submitted; `questions` is [(section, question)]."""
    if monitoring_return.status != S.SUBMITTED:
        return _not_submitted(monitoring_return)
    if sentence := not_an_officer_for(user, monitoring_return.organisation):
        return sentence
    if questions is not None and not (questions and all(section and question for section, question in questions)):
        return "Ask at least one question, and say which section each is about."
    return ""


def why_not_review(monitoring_return, *, user, on, verdict=None, reply=None):
    """A verdict is given on what was submitted, always with a reply."""
    if monitoring_return.status != S.SUBMITTED:
        return _not_submitted(monitoring_return)
    if sentence := not_an_officer_for(user, monitoring_return.organisation):
        return sentence
    if verdict is not None and verdict not in Verdict.values:
        return "Say whether the return is satisfactory or unsatisfactory."
    if reply is not None and not reply.strip():
        return "Write a reply. Every return gets one."
    return ""


def _not_submitted(monitoring_return):
    if monitoring_return.status == S.QUERIED:
        return "The recipient has not answered the questions yet."
    if monitoring_return.status in {S.OPEN, S.CERTIFYING, S.CERTIFIED}:
        return "The recipient has not submitted this return yet."
    return NOW[monitoring_return.status]


def why_not_waive(monitoring_return, *, user, on, reason=None):
    """Only a return nobody has sent on yet, with a reason."""
    if monitoring_return.status != S.OPEN or monitoring_return.is_corrected:
        still_here = {
            S.CERTIFYING: "This return is with the certifier. It can be waived only while it is being written.",
            S.CERTIFIED: "This return is certified. It can be waived only while it is being written.",
            S.WAIVED: WAIVED,
        }
        return still_here.get(monitoring_return.status, SENT)
    return not_an_officer_for(user, monitoring_return.organisation) or no_reason(reason)


def why_not_ask(subject, *, user, on, period=None, due_on=None, reason=None):
    """An ad hoc return may be asked of anybody who holds a running award or contract (C8).

    `period` is (first, last day).
    """
    if sentence := _why_not_owe(subject):
        return sentence
    if sentence := not_an_officer_for(user, queries.holder_of(subject)) or no_reason(reason):
        return sentence
    if due_on is not None and due_on < on:
        return "The day the return is due must not have passed."
    return _why_not_period(subject, *period) if period else ""


def _why_not_owe(subject):
    if isinstance(subject, Award):
        if subject.status in MAY_OWE:
            return ""
        return f"This award is {subject.get_status_display().lower()}, so no return can be asked for."
    if subject.status != ContractStatus.LIVE:
        return "This contract has ended, so no return can be asked for."
    if not subject.provider_id:
        return "No provider is recorded for this contract, so nobody could send a return."
    return "" if subject.rule_set_id else "This contract is under no rules yet. Choose them first on its page."


def _why_not_period(subject, starts_on, ends_on):
    if ends_on < starts_on:
        return "The period must end on or after the day it starts."
    of_award = isinstance(subject, Award)
    if starts_on < subject.starts_on or ends_on > queries.last_day_of(subject):
        return f"The period must lie within the period of the {'award' if of_award else 'contract'}."
    same = {"kind": ReportKind.AD_HOC, "starts_on": starts_on, "ends_on": ends_on}
    if MonitoringReturn.objects.filter(**{"award" if of_award else "contract": subject}, **same).exists():
        return "A return for this very period has been asked for already."
    return ""


def why_not_answer(monitoring_return, *, user, on, answers=None, gaps=None):
    """A lead answers every question; corrected figures must be complete. `answers` is {query id: words}."""
    if monitoring_return.status != S.QUERIED:
        asked = "No questions are open on this return."
        return NOW[monitoring_return.status] if monitoring_return.status in {S.CERTIFYING, S.CERTIFIED} else asked
    if sentence := lacks(monitoring_return, user, Permission.RETURN_SUBMIT, "lead"):
        return sentence
    if answers is not None and not all(answers.values()):
        return "Answer every question before you send the return back."
    return not_ready(monitoring_return, gaps)
