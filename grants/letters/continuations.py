"""The letter about the next period of an award, or about what follows its end."""

from plans.queries import letterhead
from records.calendar import london_day
from records.enums import ObligationKind, PaperKind
from records.models import Obligation
from records.papers import make_paper

from ..enums import ContinuationChoice

TITLES = {
    ContinuationChoice.GO_ON: "Your award goes on",
    ContinuationChoice.REAPPLY: "You can apply again",
    ContinuationChoice.END: "Your award ends",
}


def continuation_letter(continuation, *, by, at, cancelled=(), instalments=()):
    """Keep the letter that tells the recipient of the decision, with money and returns as they now stand."""
    award, decision = continuation.award, continuation.decision
    is_example = award.recipient.is_example
    addressee = [award.recipient.name]
    if award.payee_id != award.recipient_id:
        addressee.append(f"Paid to: {award.payee.name}")
    returns = Obligation.objects.about(award).filter(kind=ObligationKind.RETURN, closed_at__isnull=True)
    return make_paper(
        kind=PaperKind.CONTINUATION_LETTER,
        subject=award,
        title=f"{TITLES[ContinuationChoice(continuation.choice)]}: {award.title}",
        template="letters/continuation.html",
        context={
            **letterhead(award.stream.plan.body, reference=award.reference, on=london_day(at), is_example=is_example),
            "addressee": addressee,
            "award": award,
            "continuation": continuation,
            "decision": decision,
            "cancelled": list(cancelled),
            "instalments": list(instalments),
            "returns": list(returns.order_by("due_on", "pk")),
            "signatory": {"name": decision.made_by.full_name, "post": decision.post},
        },
        by=by,
        at=at,
        is_example=is_example,
    )
