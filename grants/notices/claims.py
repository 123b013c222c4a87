"""Whom we tell about claims."""

from accounts.queries import people_for
from records import notices
from records import queries as record
from records.enums import Audience, ObligationKind
from records.words import day_in_words, pounds

from ..enums import ClaimStatus


def claim_submitted(claim, *, due_on, at):
    """Officers: a claim waits for an answer."""
    notices.tell(
        people=people_for(Audience.OFFICER),
        rule="claim_submitted",
        subject=claim,
        heading=f"{claim.reference}: {pounds(claim.amount)} claimed",
        body=f"{claim.award.recipient.name} claims {pounds(claim.amount)} on {claim.award.title}, with receipts. "
        f"Please answer by {day_in_words(due_on)}.",
        link=claim.get_absolute_url(),
        sets_dates_of=[record.owed_about(claim, ObligationKind.CLAIM_ANSWER)],
        at=at,
    )


def claim_answered(claim, *, rest, at):
    """The recipient's lead: what was accepted, and what can still be claimed."""
    if claim.status == ClaimStatus.ACCEPTED:
        said = f"{pounds(claim.accepted_amount)} of the {pounds(claim.amount)} claimed is accepted."
    else:
        said = f"The claim of {pounds(claim.amount)} is refused."
    why = f" The office says: {claim.answer}" if claim.answer else ""
    more = f" {pounds(rest)} of the instalment can still be claimed." if rest else ""
    notices.tell(
        people=people_for(Audience.LEAD, claim.award.recipient),
        rule="claim_answered",
        subject=claim,
        heading=f"{claim.reference}: your claim was answered",
        body=f"{said}{why}{more}",
        link=claim.get_absolute_url(),
        at=at,
    )
