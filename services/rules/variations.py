"""What may be done with changes of a contract, and when not."""

from records.words import day_in_words

from .. import queries


def why_not_outside_terms(contract, *, ends_on, reason, legal_basis, decision, second_by):
    """Why the contract cannot run on outside its original terms to this day; "" when it can (S2)."""
    if not reason.strip():
        return "Say why the contract runs on outside its original terms."
    if not legal_basis.strip():
        return "Name the provision of the law that allows the extension."
    if second_by is None or second_by.pk == decision.made_by_id:
        return "The second approver must be somebody other than the one who decided."
    now = queries.term(contract).ends_on
    if ends_on <= now:
        return f"The contract runs to {day_in_words(now)} already. Enter a later day."
    return ""
