"""Whom we tell what about a contract."""

from accounts.queries import people_for
from records import notices
from records.enums import Audience


def returns_owed(contract, changes, *, reason, at):
    """Those who write the provider's returns: what is owed by when, and what has moved, in one notice."""
    if not changes:
        return
    listed = "\n".join(f"- {change}" for change in changes)
    notices.tell(
        people=[*people_for(Audience.CONTRIBUTOR, contract.provider), *people_for(Audience.LEAD, contract.provider)],
        rule="contract_returns_owed",
        subject=contract,
        heading=f"{contract.reference}: days of monitoring returns",
        body=f"Under the contract {contract.name} these days are new or have changed:\n\n{listed}\n\nWhy: {reason}",
        link=contract.get_absolute_url(),
        sets_dates_of=[change.obligation for change in changes if change.now],
        at=at,
    )
