"""The letter that puts new terms to an award."""

from plans.queries import letterhead
from plans.queries.terms import Change, counted, differences
from records.calendar import london_day
from records.enums import PaperKind
from records.papers import make_paper


def terms_letter(change, *, by, at):
    """Keep the letter with the new terms and what differs from those accepted before, as frozen paper."""
    award = change.award
    is_example = award.recipient.is_example
    found = differences(change.was, change.terms)
    context = {
        **letterhead(award.stream.plan.body, reference=award.reference, on=london_day(at), is_example=is_example),
        "award": award,
        "change": change,
        "counted": counted(found),
        "differences": [row for row in found if row.change != Change.SAME],
        "conditions": list(change.terms.conditions.order_by("order", "pk")),
        "addressee": [award.payee.name],
    }
    if award.payee_id != award.recipient_id:
        context["addressee"].append(f"For: {award.recipient.name}")
    return make_paper(
        kind=PaperKind.TERMS_LETTER,
        subject=award,
        title=f"New terms: {award.title}",
        template="letters/terms_letter.html",
        context=context,
        by=by,
        at=at,
        is_example=is_example,
    )
