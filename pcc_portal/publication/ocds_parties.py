"""Who takes part in a contract, by their numbers in public registers. People and addresses are never published."""

from dataclasses import dataclass

from accounts.enums import IdentifierScheme
from accounts.models import Organisation
from services.enums import PartyRole, VariationKind

ORDER = [scheme.value for scheme in IdentifierScheme if scheme != IdentifierScheme.OTHER]


@dataclass(frozen=True)
class Buyer:
    """The office a contract belongs to, with the name it goes by."""

    organisation: Organisation
    name: str


def buyer_of(contract, body):
    """The office of the plan, or the one that has taken its place in this contract; None where there is none."""
    moved = [row for row in contract.variations.all() if row.kind == VariationKind.OFFICE and row.applied_at]
    if moved:
        newest = max(moved, key=lambda row: row.number).new_provider
        return Buyer(newest, newest.name)
    return Buyer(body.organisation, body.name) if body else None


def parties(contract, buyer, on):
    """Everybody the release names: the office, the provider, its partners and subcontractors of the day."""
    found = []
    if buyer:
        found.append(_party(buyer.organisation, ["buyer", "payer"], buyer.name))
    if contract.provider:
        found.append(_party(contract.provider, ["supplier", "payee"]))
    for row in _standing(contract, on):
        role = "supplier" if row.role == PartyRole.PARTNER else "subcontractor"
        known = next((party for party in found if party["id"] == party_id(row.organisation)), None)
        if known is None:
            found.append(_party(row.organisation, [role]))
        elif role not in known["roles"]:
            known["roles"].append(role)
    return found


def suppliers(contract, on):
    """The provider and the partners it delivers with."""
    rows = [row.organisation for row in _standing(contract, on) if row.role == PartyRole.PARTNER]
    firms = ([contract.provider] if contract.provider else []) + rows
    return [reference_to(firm) for firm in dict.fromkeys(firms)]


def reference_to(organisation, name=""):
    return {"id": party_id(organisation), "name": name or organisation.name}


def party_id(organisation):
    """Register and number, as GB-CHC-1017581; our own key where no register is known."""
    number = _numbers(organisation)
    return f"{number[0].scheme}-{number[0].number}" if number else organisation.key


def _numbers(organisation):
    """The registrations of an organisation, the one that names it first."""
    rows = [row for row in organisation.identifiers.all() if row.scheme in ORDER]
    return sorted(rows, key=lambda row: (ORDER.index(row.scheme), row.number))


def _party(organisation, roles, name=""):
    numbers = [{"scheme": row.scheme, "id": row.number} for row in _numbers(organisation)]
    identifier = {**numbers[0], "legalName": organisation.name} if numbers else None
    return {
        **reference_to(organisation, name),
        "identifier": identifier,
        "additionalIdentifiers": numbers[1:],
        "roles": roles,
    }


def _standing(contract, on):
    """Parties on the day: no longer those whose part has ended, not yet those whose part is to come."""
    rows = [
        row
        for row in contract.parties.all()
        if (row.ends_on is None or row.ends_on >= on) and (row.starts_on is None or row.starts_on <= on)
    ]
    return sorted(rows, key=lambda row: row.pk)
