"""The letter about an agreed variation of a contract."""

from plans.queries import letterhead
from records.calendar import london_day
from records.enums import PaperKind
from records.papers import make_paper

from .. import queries
from ..enums import VariationKind
from .extensions import post_of

__all__ = ["post_of", "variation_letter"]


def variation_letter(variation, *, by, at):
    """Say what changes of a contract, before and after, from which day and why; under the office of that day."""
    contract, decision = variation.contract, variation.decision
    on, is_example = london_day(at), contract.is_example
    body = queries.variations.office_of(contract, on=on)
    names = [variation.before.get("provider"), contract.provider.name if contract.provider else ""]
    if variation.kind == VariationKind.PROVIDER:
        names.append(variation.new_provider.name)
    context = {
        **letterhead(body, reference=variation.reference, on=on, is_example=is_example),
        "addressee": list(dict.fromkeys(name for name in names if name)),
        "variation": variation,
        "contract": contract,
        "rows": queries.variations.rows_of(variation),
        "decision": decision,
        "signatory": {"name": by.full_name, "post": post_of(by, contract, on=on)},
    }
    return make_paper(
        kind=PaperKind.VARIATION_LETTER,
        subject=variation,
        title=f"Variation {variation.number}: {contract.name}",
        template="letters/variation.html",
        context=context,
        by=by,
        at=at,
        is_example=is_example,
    )
