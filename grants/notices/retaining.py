"""Whom we tell about money the office would retain; a partnership is told once it is decided (C7)."""

from accounts.queries import people_for
from records import notices
from records import queries as record
from records.enums import Audience, ObligationKind
from records.words import pounds


def _tell(proposal, audience, *, rule, heading, body, at, sets=None):
    notices.tell(
        people=people_for(audience),
        rule=rule,
        subject=proposal,
        heading=f"{proposal.reference}: {heading}",
        body=body,
        link=proposal.get_absolute_url(),
        sets_dates_of=[sets],
        at=at,
    )


def comment_wanted(proposal, *, amount, at):
    """The chief finance officer: a comment on the money is wanted."""
    _tell(
        proposal,
        Audience.CHIEF_FINANCE,
        rule="retain_comment_wanted",
        heading="your comment on the money is wanted",
        body=f"Officers recommend that the office retains {pounds(amount)} for {proposal.title}. "
        "The commissioner decides once you have commented.",
        at=at,
    )


def waits_for_decision(proposal, *, amount, at):
    """The commissioner's office: the proposal waits."""
    _tell(
        proposal,
        Audience.COMMISSIONER,
        rule="retain_waits_for_decision",
        heading="waiting for your decision",
        body=f"Officers recommend that the office retains {pounds(amount)} for {proposal.title}. "
        "The chief finance officer has commented.",
        sets=record.owed_about(proposal, ObligationKind.RETAIN_DECISION),
        at=at,
    )


def no_longer_waiting(proposal, *, word, reason, at):
    """The commissioner's office: the proposal does not wait any more."""
    _tell(
        proposal,
        Audience.COMMISSIONER,
        rule=f"retain_{word.replace(' ', '_')}",
        heading=f"{word} by officers",
        body=f"The proposal to retain money for {proposal.title} was {word}. Reason: {reason}",
        at=at,
    )


def decided(proposal, *, retained, reason, at):
    """Officers: what was decided, and what follows."""
    if retained:
        body = f"{pounds(retained)} is retained for {proposal.title}. The partnerships have been told in confidence. "
        body += "Propose the direct award next: it is a decision of its own."
    else:
        body = f"No money is retained for {proposal.title}. The business cases still wait for a decision each."
    _tell(
        proposal,
        Audience.OFFICER,
        rule="retain_decided",
        heading="decided",
        body=f"{body} Reason: {reason}",
        at=at,
    )
