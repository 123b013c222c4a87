"""What may be done with contracts and their options, and when not."""

from accounts import access
from accounts.roles import Permission

from ..enums import ContractStatus, OptionStatus

NOT_YOURS = "Only commissioning officers and the head of commissioning can change this date."


def why_not_set_decide_by(option, *, user, on):
    """Why the decide-by date of an option cannot be changed now; "" when it can."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return NOT_YOURS
    if option.contract.status != ContractStatus.LIVE:
        return "This contract has ended, so there is nothing left to decide."
    if option.status != OptionStatus.AVAILABLE:
        return f"This option is settled ({option.get_status_display().lower()}), so its date stays as it is."
    return ""


def why_not_this_window(option, *, notice_months, window_starts_on, window_ends_on, event=None, event_days=None):
    """Why these figures cannot stand together; "" when they can. Shared with the form."""
    if bool(window_starts_on) != bool(window_ends_on):
        return "Give both the first and the last day of the window, or neither."
    if window_starts_on and window_ends_on < window_starts_on:
        return "The last day of the window must be on or after its first day."
    if bool(event) != (event_days is not None):
        return "Give both the event and the number of days after it, or neither."
    if notice_months is not None and notice_months > option.contract.initial_months:
        return "The notice cannot be longer than the first term of the contract."
    return ""


def why_not_give_rule_set(contract, *, user, on, rule_set=None, reason=None):
    """Why the contract cannot be put under a rule set now; "" when it can."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return "Only commissioning officers and the head of commissioning choose the rules of a contract."
    if contract.status != ContractStatus.LIVE:
        return "This contract has ended, so it owes no more returns."
    if not contract.provider_id:
        return "No provider is recorded for this contract, so nobody could send a return."
    if rule_set is not None and rule_set.pk == contract.rule_set_id:
        return "This contract is under these rules already. Choose others."
    return "" if reason is None or reason.strip() else "Say why. It stays in the history of the contract."
