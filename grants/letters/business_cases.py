"""The receipt for a business case: everything that was sent, on paper (X6)."""

from decimal import Decimal

from plans.queries import letterhead
from records.enums import PaperKind
from records.papers import make_paper
from records.words import day_of, pounds

from ..queries.questions import parts_of


def receipt(case, *, content, number, by, at):
    """Make the paper of one submission."""
    is_example = case.round.is_example or case.organisation.is_example
    return make_paper(
        kind=PaperKind.SUBMISSION_RECEIPT,
        subject=case,
        title=f"Receipt for business case {case.reference}" + (f", submission {number}" if number > 1 else ""),
        template="letters/business_case_receipt.html",
        context={
            **letterhead(case.round.stream.plan.body, reference=case.reference, on=day_of(at), is_example=is_example),
            "addressee": [case.organisation.name],
            "case": case,
            "content": content,
            "parts": parts_of(content),
            "total": pounds(Decimal(content["total"])),
            "sent_by": by.full_name,
            "sent_at": at,
        },
        by=by,
        at=at,
        is_example=is_example,
    )
