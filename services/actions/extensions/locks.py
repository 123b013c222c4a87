"""The rows of an extension decision, locked in one order: contract, option, case."""

from ...models import Contract, ExtensionCase, ExtensionOption


def lock_contract(contract):
    """The contract as it stands now, ours until the transaction ends."""
    rows = Contract.objects.select_for_update(of=("self",)).select_related("provider", "stream__plan__body")
    return rows.get(pk=contract.pk)


def lock(case):
    """The case as it stands now, with its contract and option, ours until the transaction ends."""
    contract = lock_contract(case.contract)
    option = ExtensionOption.objects.select_for_update().get(pk=case.option_id) if case.option_id else None
    case = ExtensionCase.objects.select_for_update().get(pk=case.pk)
    case.contract, case.option = contract, option
    if option:
        option.contract = contract
    return case
