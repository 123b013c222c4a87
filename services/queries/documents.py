"""The documents of a contract."""

from dataclasses import dataclass

from accounts import access
from accounts.roles import Permission

from ..models import ContractDocument


@dataclass(frozen=True)
class DocumentsSummary:
    """The documents of a contract and its references, and whether the reader may change them."""

    documents: tuple
    references: tuple
    manages: bool


def documents_of(contract):
    """The documents of a contract with their files, newest first."""
    rows = ContractDocument.objects.filter(contract=contract)
    return rows.select_related("contract", "document", "document__uploaded_by", "public_copy").order_by(
        "-added_at", "-pk"
    )


def summary_of(contract, user):
    """The documents and references on the page of the contract."""
    manages = access.may(user, Permission.CONTRACT_MANAGE)
    references = tuple(contract.references.order_by("published_on", "pk"))
    return DocumentsSummary(tuple(documents_of(contract)), references, manages)
