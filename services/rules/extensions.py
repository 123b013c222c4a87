"""What may be done in an extension decision, by whom, and when not (S2, X3)."""

from accounts import access
from accounts.roles import Permission

from ..enums import ExtensionOutcome, ExtensionStatus

O = ExtensionOutcome  # noqa: E741 (the outcomes, many times over)
OFFICERS_ONLY = "Only commissioning officers and the head of commissioning prepare an extension decision."
SETTLED = "This case is settled, so nothing more can be done in it."


def why_not_prepare(case, *, user):
    """Why this person cannot work on the case now; "" when they can."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return OFFICERS_ONLY
    if reason := _why_conflicted(case, user):
        return reason
    if case.status == ExtensionStatus.PREPARING:
        return ""
    if case.status in (ExtensionStatus.DECIDED, ExtensionStatus.CLOSED):
        return SETTLED
    return "Advice has been given on this case. Take it back first, with a reason."


def _why_conflicted(case, user):
    provider = case.contract.provider
    if provider and access.belongs_to(user, provider):
        return f"You belong to {provider.name}, so somebody else acts here."
    return ""


def why_not_give_advice(case, *, user, on):
    """Why this person cannot advise now; "" when they can."""
    return why_not_prepare(case, user=user)


def why_not_advise_so(case, *, recommended, months, ends_on, legal_basis, advice, lapse_effect, on):
    """What is wrong with the advice as worded; "" when nothing is. Shared with the form of the page."""
    if not advice.strip():
        return "Write the advice."
    if not lapse_effect.strip():
        return "Write what it would mean if the contract were not extended."
    return why_not_this_outcome(
        case, outcome=recommended, months=months, ends_on=ends_on, legal_basis=legal_basis, on=on
    )


def why_not_this_outcome(case, *, outcome, months, ends_on, legal_basis, on):
    """Why this outcome cannot be recommended or decided in this case with these figures; "" when it can."""
    if outcome not in O.values:
        return "Choose one of the outcomes."
    if case.option_id is None and outcome not in (O.OUTSIDE, O.DECLINE, O.DEFER):
        return "No option is left in this case: extend outside the original terms, decide later, or do not extend."
    if case.option_id is not None and outcome == O.OUTSIDE:
        return "This contract still has an option. Outside the original terms comes only after the last of them."
    if outcome == O.OFFER_SHORTER and not (months and 0 < months < case.option.months):
        return f"Give a length in months, from 1 to {case.option.months - 1}."
    if outcome == O.OUTSIDE:
        if ends_on is None:
            return "Give the new last day of the contract."
        if not legal_basis.strip():
            return "Write the legal basis of an extension outside the original terms."
    return ""
