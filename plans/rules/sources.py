"""When what a source holds may change, be handed back or be carried over (X2)."""

from decimal import ROUND_DOWN

from records.words import day_in_words, pounds

from ..enums import SourceChange
from ..queries import sources as queries
from .plan import why_not_edit

BY_HAND = (SourceChange.INCREASED, SourceChange.REDUCED, SourceChange.HANDED_BACK)


def why_not_move_source(funding_source, *, user):
    """Why this person records no change of what the source holds; "" when they do."""
    if why := why_not_edit(user):
        return why
    if funding_source.amount is None:
        return "The amount of this source is not known. Enter it first, with where it is printed."
    return ""


def why_not_move_so(funding_source, *, kind, amount, on, day, held, used, gap_met_by=""):
    """What is wrong with the change as typed; "" when it can stand. `used` is promised from the source or gone.

    A reduction is the funder's: it may leave a gap, but only with words on how the gap is met. What the
    office hands back of its own will is never promised money.
    """
    if on > day:
        return "Give the day it was known, not one still to come."
    if kind == SourceChange.INCREASED:
        return ""
    if amount > held:
        return f"{funding_source.name} holds {pounds(held)}, so it cannot lose {pounds(amount)}."
    left = held - amount
    if left >= used:
        return ""
    told = f"{pounds(used)} is promised from {funding_source.name} already and it would hold {pounds(left)}"
    if kind == SourceChange.REDUCED:
        if gap_met_by.strip():
            return ""
        return f"{told}: a gap of {pounds(used - left)}. Say how the gap is met."
    return f"{told}. At most {pounds(max(held - used, queries.NOUGHT))} can be handed back."


def why_not_carry_over(funding_source, *, user):
    """Why nothing of the source is carried over; "" when something may be."""
    if why := why_not_move_source(funding_source, user=user):
        return why
    if not funding_source.carry_over_allowed:
        return f"Money of {funding_source.name} may not be carried over. What is left goes back to the funder."
    return ""


def why_not_carry_so(funding_source, *, into, amount, consent, day, held, used):
    """What is wrong with the carry-over as typed; "" when it can stand."""
    if day <= funding_source.ends_on:
        return f"{funding_source.name} can be spent until {day_in_words(funding_source.ends_on)}. Carry over after it."
    if into.pk == funding_source.pk or into.ends_on <= funding_source.ends_on:
        return f"{into.name} does not come after {funding_source.name}. Choose the source that follows it."
    if into.purpose != funding_source.purpose:
        return f"{into.name} has another purpose than {funding_source.name}, so its money cannot go there."
    if into.amount is None:
        return f"The amount of {into.name} is not known. Enter it first."
    if funding_source.carry_over_needs_consent and not consent.strip():
        return f"{funding_source.funder} must consent first. Write who consented and when."
    left = max(held - used, queries.NOUGHT)
    if amount > left:
        return f"Only {pounds(left)} of {funding_source.name} is not promised or spent."
    return _why_not_share(funding_source, amount)


def _why_not_share(funding_source, amount):
    if funding_source.carry_over_percent is None:
        return ""
    most = (funding_source.amount * funding_source.carry_over_percent / 100).quantize(queries.PENNY, ROUND_DOWN)
    rest = most - queries.carried_out(funding_source)
    if amount <= rest:
        return ""
    return (
        f"At most {funding_source.carry_over_percent.normalize():f} % of {funding_source.name} may be carried over, "
        f"{pounds(most)}. {pounds(max(rest, queries.NOUGHT))} of that is left."
    )


def why_not_correct_amount(funding_source, amount):
    """Why the sum as first given stays; "" when it may be put right. Once it moved, only movements change it."""
    if funding_source.amount == amount or not funding_source.movements.exists():
        return ""
    return "What this source holds has moved since. Record more money, or a reduction, instead."
