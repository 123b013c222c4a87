"""A complaint ends: closed after an answer, passed to whom it is for, or withdrawn (P2)."""

from django.db import transaction

from records import workflow
from records.calendar import london_day
from records.refusals import refuse_if

from ...enums import CONCERN_MOVES, ConcernStatus
from ...letters import concerns as letters
from ...notices import concerns as notices
from ...rules import concerns as rules
from .owing import locked, settle

CLOSED = "We have closed your complaint"
ELSEWHERE = "Your complaint is for somebody else"


@transaction.atomic
def close_concern(*, concern, reason, by, at):
    """Close a complaint that was answered and that nobody takes further; the reason stays with the office."""
    concern = locked(concern)
    refuse_if(rules.why_not_close(concern, user=by, on=london_day(at), reason=reason), concern)
    _end(concern, ConcernStatus.CLOSED, verb="closed", reason=reason, by=by, at=at, closed_at=at)
    _write(concern, CLOSED, "Your complaint was answered, and we have heard nothing more. It is closed.", by=by, at=at)
    return concern


@transaction.atomic
def satisfied(*, concern, at):
    """The complainant says that the answer is enough."""
    concern = locked(concern)
    refuse_if(rules.why_not_satisfied(concern, on=london_day(at)), concern)
    reason = "The complainant is satisfied with the answer."
    _end(concern, ConcernStatus.CLOSED, verb="closed", reason=reason, by=None, at=at, closed_at=at)
    return concern


@transaction.atomic
def pass_elsewhere(*, concern, words, by, at):
    """Tell the complainant for whom it really is: the police, another body."""
    concern = locked(concern)
    refuse_if(rules.why_not_pass_elsewhere(concern, user=by, on=london_day(at), words=words), concern)
    _end(concern, ConcernStatus.ELSEWHERE, verb="passed_elsewhere", reason=words, by=by, at=at)
    _write(concern, ELSEWHERE, words.strip(), by=by, at=at)
    return concern


@transaction.atomic
def withdraw_concern(*, concern, reason, by=None, at):
    """Withdraw a complaint, as its complainant or for them."""
    concern = locked(concern)
    refuse_if(rules.why_not_withdraw(concern, user=by, on=london_day(at), reason=reason), concern)
    _end(concern, ConcernStatus.WITHDRAWN, verb="withdrawn", reason=reason, by=by, at=at)
    return concern


def _end(concern, to, *, verb, reason, by, at, **stamps):
    label = to.label.lower()
    workflow.move(
        concern, to, moves=CONCERN_MOVES, verb=verb, by=by, at=at, reason=reason.strip(), summary=to.label, **stamps
    )
    settle(concern, by=by, at=at, closing=to.label)
    notices.concern_ended(concern, words_of_it=f"The complaint is {label}. Nothing more is owed on it.", at=at)


def _write(concern, title, words, *, by, at):
    paper = letters.note(concern, title=title, words=words, by=by, at=at)
    body = f"{words}\n\nThe letter is attached."
    notices.to_complainant(concern, heading=f"{title}: {concern.reference}", body=body, paper=paper, at=at)
