"""The award letter."""

from plans.queries import letterhead
from records.calendar import london_day
from records.enums import ObligationKind, PaperKind
from records.models import Obligation
from records.papers import make_paper

from ..enums import Direction


def award_letter(award, *, by, at, added=None, accept_by=None):
    """Keep the letter that offers the award, or one line `added` to it, as frozen paper."""
    title = f"One more project: {added.title}" if added else f"Award of funding: {award.title}"
    is_example = award.recipient.is_example
    lines = list(award.lines.select_related("decision").order_by("number"))
    instalments = award.instalments.filter(direction=Direction.OUT).order_by("due_on", "number")
    if added:
        instalments = instalments.filter(lines__award_line=added)
    context = {
        **letterhead(award.stream.plan.body, reference=award.reference, on=london_day(at), is_example=is_example),
        "award": award,
        "added": added,
        "lines": [added] if added else lines,
        "total": sum(line.amount for line in lines),
        "instalments": list(instalments),
        "returns": list(Obligation.objects.about(award).filter(kind=ObligationKind.RETURN).order_by("due_on")),
        "conditions": list(award.terms.conditions.order_by("order", "pk")),
        "standards": [] if added else list(award.standards.select_related("kind").order_by("kind__order", "pk")),
        "accept_by": accept_by,
        "addressee": [award.recipient.name],
    }
    if award.payee_id != award.recipient_id:
        context["addressee"].append(f"Paid to: {award.payee.name}")
    return make_paper(
        kind=PaperKind.AWARD_LETTER,
        subject=award,
        title=title,
        template="letters/award_letter.html",
        context=context,
        by=by,
        at=at,
        is_example=is_example,
    )
