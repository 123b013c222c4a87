"""Who owes a business case by when: an allocation, an invitation, or a bid that somebody began (X4)."""

from records import obligations
from records.enums import ObligationKind
from records.models import Obligation

from ..queries import bidding

KIND = ObligationKind.BUSINESS_CASE


def owe_business_case(subject, *, due_on):
    """Write the obligation to send a main business case about an allocation, invitation or case, once."""
    if getattr(subject, "main_amount", True) in (None, 0) or Obligation.objects.open().about(subject).exists():
        return
    round_ = subject.round
    obligations.owe(
        subject,
        KIND,
        title=f"Business case for {round_.name}",
        due_on=due_on,
        organisation=subject.organisation,
        link=round_.get_absolute_url(),
        opens_on=round_.opens_on,
        anchor="Deadline of the round",
    )


def close_business_case(case, *, at, by, closing):
    """The main case of an organisation is no longer owed."""
    if not case.is_tactical:
        obligations.close(bidding.owed_about(case), KIND, at=at, by=by, closing=closing)


def close_all(round, *, at, by, closing):
    """Nobody owes a case in the round any more."""
    for subject in bidding.owers(round):
        obligations.close(subject, KIND, at=at, by=by, closing=closing)
