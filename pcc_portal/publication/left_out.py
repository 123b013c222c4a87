"""What stands between a contract and a full release of it as open data."""

from dataclasses import dataclass

from django.conf import settings

from accounts.enums import IdentifierScheme
from services import queries as services_queries
from services.enums import ReferenceKind
from services.models import Contract

from . import ocds

UNREGISTERED = "ocds-000000"


@dataclass(frozen=True)
class ReleaseRow:
    """A contract with what its release tells and what it leaves out because no row knows it."""

    contract: Contract
    ocid: str
    left_out: tuple[str, ...]


def contracts():
    """All contracts with what a row here looks at, in the order of their references."""
    return (
        Contract.objects.select_related("provider")
        .prefetch_related("provider__identifiers", "options", "variations", "values", "references", "documents")
        .order_by("reference")
    )


def rows_of(contracts):
    """The contracts with what their releases leave out."""
    return [ReleaseRow(contract, ocds.ocid_of(contract), tuple(_left_out(contract))) for contract in contracts]


def prefix_is_registered():
    """Whether the office has set a prefix of its own."""
    return settings.OCDS_PREFIX != UNREGISTERED


def _left_out(contract):
    provider = contract.provider
    if provider is None:
        yield "The provider: none is entered"
    elif all(row.scheme == IdentifierScheme.OTHER for row in provider.identifiers.all()):
        yield f"A registration number of {provider.name}"
    if ocds.value_of(contract, services_queries.term(contract).ends_on) is None:
        yield "The value: it is not known for every day of the agreed term"
    kinds = {row.kind for row in contract.references.all()}
    if not kinds & {ReferenceKind.TENDER, ReferenceKind.AWARD, ReferenceKind.DETAILS}:
        yield "The published notices: none is entered"
    private = sum(row.public_copy_id is None for row in contract.documents.all())
    if private:
        yield f"{private} document{'s' if private > 1 else ''} without a copy for the public"
