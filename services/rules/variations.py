"""What may be done with changes of a contract, and when not."""

from decimal import Decimal

from accounts import access
from accounts.enums import RoleName
from accounts.roles import Permission
from plans import rules as plan_rules
from records.enums import DecisionOutcome
from records.words import day_in_words

from .. import queries
from ..enums import ContractStatus, OptionStatus, VariationKind, VariationStatus

OFFICERS_ONLY = "Only commissioning officers and the head of commissioning draft variations."


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


def why_not_draft(contract, *, user, on):
    """Why this person cannot draft a variation of the contract now; "" when they can."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return OFFICERS_ONLY
    return "" if contract.status == ContractStatus.LIVE else "This contract has ended, so it cannot be varied."


def why_not_this_variation(contract, *, kind, reason, takes_effect_on, ends_on, new_provider, wanted, on):
    """Why a variation cannot say this; "" when it can. Shared with the form."""
    if not reason.strip():
        return "Say why the contract is varied."
    if kind == VariationKind.OUTSIDE_TERMS:
        return "An extension outside the original terms needs an extension decision. Open one instead."
    if takes_effect_on is None:
        return "Say from which day the variation takes effect."
    if kind == VariationKind.END:
        return _why_not_end_on(contract, ends_on, on=on)
    if kind in (VariationKind.PROVIDER, VariationKind.OFFICE):
        return _why_not_follow(contract, kind, new_provider, on=on)
    now = queries.variations.standing(contract, kind, on=on)
    return "Change at least one thing." if wanted == now else ""


def _why_not_end_on(contract, ends_on, *, on):
    now = queries.term(contract).ends_on
    if ends_on is None:
        return "Say on which day the contract is to end."
    if ends_on >= now:
        return f"The contract runs to {day_in_words(now)}. Enter an earlier day."
    if ends_on < contract.starts_on:
        return f"The contract started on {day_in_words(contract.starts_on)}. Enter a later day."
    return "" if ends_on >= on else "A contract cannot be ended on a day that is past."


def _why_not_follow(contract, kind, new_provider, *, on):
    if new_provider is None:
        return "Say which organisation takes the place."
    if kind == VariationKind.PROVIDER:
        same = new_provider.pk == contract.provider_id
        return f"{new_provider.name} is the provider already." if same else ""
    if not queries.variations.successors_of_the_office(contract, on=on).filter(pk=new_provider.pk).exists():
        return "No record says that this organisation follows the office. Record the succession first."
    return ""


def why_not_change_draft(variation, *, user, on):
    """Why a variation cannot be changed or submitted now; "" when it can."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return OFFICERS_ONLY
    if variation.status != VariationStatus.DRAFT:
        return f"This variation is {variation.get_status_display().lower()}, so its words stay as they are."
    return ""


def why_not_submit(variation, *, user, on):
    """Why a variation cannot be submitted now; "" when it can."""
    if why := why_not_change_draft(variation, user=user, on=on):
        return why
    if variation.contract.status != ContractStatus.LIVE:
        return "This contract has ended, so it cannot be varied."
    return why_stale(variation, on=on)


def why_not_withdraw(variation, *, user, on, reason=None):
    """Why a variation cannot be withdrawn now; "" when it can."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return OFFICERS_ONLY
    if variation.status not in (VariationStatus.DRAFT, VariationStatus.SUBMITTED):
        return f"This variation is {variation.get_status_display().lower()}."
    return "" if reason is None or reason.strip() else "Say why it is withdrawn."


def why_not_decide(variation, *, user, on, outcome=None, reason=None):
    """Why this person cannot decide on the variation now; "" when they can (X3)."""
    if not access.may(user, Permission.DECISION_MAKE):
        return "Only the commissioner, or a post with a recorded delegation, decides on a variation."
    if variation.status != VariationStatus.SUBMITTED:
        return f"This variation is {variation.get_status_display().lower()}, so there is nothing to decide."
    if why := plan_rules.why_not_decide_after(user, queries.variations.advisers_of(variation)):
        return why
    provider = variation.contract.provider
    if provider and access.belongs_to(user, provider):
        return f"You belong to {provider.name}, so somebody else decides."
    stream = variation.contract.stream
    if stream is None and RoleName.COMMISSIONER not in access.posts_of(user):
        return "This contract belongs to no funding stream, so no delegation covers it and the commissioner decides."
    if why := plan_rules.why_not_decide_as(user, stream=stream, amount=amount_of(variation), on=on)[0]:
        return why
    if reason is not None and not reason.strip():
        return "Write the reason for the decision."
    return why_not_approve(variation, on=on) if outcome == DecisionOutcome.APPROVED else ""


def amount_of(variation):
    """What a variation adds in pounds; nothing for one that moves no money."""
    if variation.kind != VariationKind.VALUE:
        return Decimal(0)
    return queries.variations.increase_of(variation.before, variation.after)


def why_not_approve(variation, *, on):
    """Why a variation cannot be agreed as it stands: the contract has moved on since it was drafted."""
    contract = variation.contract
    if contract.status != ContractStatus.LIVE:
        return "This contract has ended, so it cannot be varied."
    if why := why_stale(variation, on=on):
        return why
    if variation.kind != VariationKind.END:
        return ""
    if contract.options.filter(status=OptionStatus.OFFERED).exists():
        return "An extension is offered and not answered. Wait for the answer before the end moves."
    return _why_not_end_on(contract, variation.ends_on, on=on)


def why_stale(variation, *, on):
    """Whether what a variation changes has changed since it was drafted."""
    if queries.variations.standing(variation.contract, variation.kind, on=on) == variation.before:
        return ""
    return "What this variation changes has itself changed since it was drafted. Withdraw it and draft it again."
