"""Who delivers a contract, and which services stand inside it."""

from dataclasses import dataclass

from accounts import access
from accounts.roles import Permission

from ..models import AdditionalService


@dataclass(frozen=True)
class PeopleSummary:
    """Parties, lots and services of a contract, and whether the reader may change them."""

    parties: tuple
    lots: tuple
    services: tuple
    manages: bool


def summary_of(contract, user):
    """Who delivers the contract and what, on its page."""
    return PeopleSummary(
        parties=tuple(contract.parties.select_related("organisation").order_by("role", "organisation__name", "pk")),
        lots=tuple(contract.lots.order_by("number")),
        services=tuple(
            AdditionalService.objects.filter(contract=contract).select_related("lot").order_by("lot__number", "name")
        ),
        manages=access.may(user, Permission.CONTRACT_MANAGE),
    )
