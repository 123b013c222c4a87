"""Whom we tell what about a change of an award that its recipient asks for."""

from accounts.queries import people_for
from plans.enums import ApprovalLevel
from records import notices
from records import queries as record
from records.enums import Audience, ObligationKind
from records.words import day_in_words

from ..enums import RequestStatus


def _recipient(request, audiences=(Audience.CONTRIBUTOR, Audience.LEAD)):
    return [person for audience in audiences for person in people_for(audience, request.award.recipient)]


def _office(audiences=(Audience.OFFICER,)):
    return [person for audience in audiences for person in people_for(audience)]


def _tell(request, people, rule, heading, body, *, at, paper=None, sets=None):
    notices.tell(
        people=people,
        rule=rule,
        subject=request,
        heading=f"{request.reference}: {heading}"[:300],
        body=body,
        link=request.get_absolute_url(),
        paper=paper,
        sets_dates_of=[sets],
        at=at,
    )


def _what(request):
    return f"{request.award.recipient.name} asks for a change of {request.award.reference} {request.award.title}: "


def request_submitted(request, *, at):
    """Officers: what is asked for and why; the recipient's people: it has arrived, and when they hear from us."""
    kind = request.get_kind_display().lower()
    owed = record.owed_about(request, ObligationKind.REQUEST_ANSWER)
    _tell(
        request,
        _office(),
        "request_submitted",
        "a recipient asks for a change",
        f"{_what(request)}{kind}.\n\nWhy: {request.reason}",
        sets=owed,
        at=at,
    )
    _tell(
        request,
        _recipient(request),
        "request_received",
        "your request has arrived",
        f"You asked for a change of {request.award.title}: {kind}. The office answers by {day_in_words(owed.due_on)}. "
        "Until then everything stays as it was agreed.",
        at=at,
    )


def request_returned(request, owed, *, at):
    """The recipient's people: the question, and by when."""
    _tell(
        request,
        _recipient(request),
        "request_returned",
        "a question about your request",
        f"{request.question}\n\nPlease answer by {day_in_words(owed.due_on)}: change the request and send it again.",
        sets=owed,
        at=at,
    )


def request_withdrawn(request, *, at):
    """Officers: nothing is to be answered any more."""
    _tell(request, _office(), "request_withdrawn", "withdrawn by the recipient", f"{_what(request)}withdrawn.", at=at)


def request_waits(request, *, at):
    """Who decides: a request waits for them, with the officer's advice."""
    audiences = (
        (Audience.HEAD,)
        if request.level == ApprovalLevel.HEAD
        else (Audience.HEAD, Audience.COMMISSIONER, Audience.CHIEF_FINANCE)
    )
    body = f"{_what(request)}{request.get_kind_display().lower()}.\n\nWhy: {request.reason}\n\nAdvice: {request.advice}"
    _tell(request, _office(audiences), "request_waits", "waits for your decision", body, at=at)


def request_given_back(request, *, reason, at):
    """Officers: who decides wants more."""
    _tell(request, _office(), "request_given_back", "given back to the officers", reason, at=at)


def request_decided(request, *, paper, at):
    """Recipient and payee, with the letter; officers."""
    approved = request.status == RequestStatus.APPROVED
    heading = "your request is approved" if approved else "your request is refused"
    kind = request.get_kind_display().lower()
    body = f"You asked for a change of {request.award.title}: {kind}.\n\n{request.answer}"
    if approved:
        body += "\n\nThe change is part of the award from now on. The letter says what it means."
    people = [*_recipient(request), *people_for(Audience.SIGNATORY, request.award.payee)]
    _tell(request, people, "request_decided", heading, body, paper=paper, at=at)
    told = f"{_what(request)}{kind}.\n\n{request.answer}"
    _tell(request, _office(), "request_settled", "approved" if approved else "refused", told, at=at)
