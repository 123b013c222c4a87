"""Whom we tell about direct awards; the recipient is told by the offer, never by a proposal (C9)."""

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


def comment_wanted(proposal, *, at):
    """The chief finance officer: a comment on the money is wanted."""
    _tell(
        proposal,
        Audience.CHIEF_FINANCE,
        rule="direct_award_comment_wanted",
        heading="your comment on the money is wanted",
        body=f"Officers propose a direct award to {proposal.recipient.name} for {proposal.title}. "
        "It goes to the commissioner once you have commented.",
        at=at,
    )


def sent_for_decision(proposal, *, amount, at):
    """The commissioner's office: a proposal waits."""
    _tell(
        proposal,
        Audience.COMMISSIONER,
        rule="direct_award_sent_for_decision",
        heading="waiting for your decision",
        body=f"Officers propose a direct award of {pounds(amount)} to {proposal.recipient.name} for {proposal.title}. "
        "The chief finance officer has commented.",
        sets=record.owed_about(proposal, ObligationKind.DECISION),
        at=at,
    )


def no_longer_waiting(proposal, *, word, reason, at):
    """The commissioner's office: the proposal does not wait any more."""
    _tell(
        proposal,
        Audience.COMMISSIONER,
        rule=f"direct_award_{word.replace(' ', '_')}",
        heading=f"{word} by officers",
        body=f"The proposal of a direct award to {proposal.recipient.name} was {word}. Reason: {reason}",
        at=at,
    )


def decided(proposal, decision, *, at):
    """Officers: what was decided, and what follows."""
    more = " Offer the award to the recipient next." if decision.approves else ""
    _tell(
        proposal,
        Audience.OFFICER,
        rule="direct_award_decided",
        heading="decided",
        body=f"{proposal.title}: {decision.get_outcome_display().lower()}. Reason: {decision.reason}{more}",
        at=at,
    )
