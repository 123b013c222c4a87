"""Open Contracting releases (OCDS 1.1): one for each contract, and packages of them (X7).

Everything comes from rows; what no row knows is left out, never nought. No person is named.
"""

import hashlib
from datetime import datetime, time
from decimal import Decimal

from django.conf import settings
from django.db.models import Max

from plans.models import CommissioningBody
from records.calendar import DAY, LONDON
from records.enums import ObligationKind
from records.models import Event, Obligation
from services import queries as services_queries
from services.enums import ContractStatus, ReferenceKind
from services.models import Contract

from .ocds_json import amount, as_json, first_moment, last_moment, moment, without_nothing
from .ocds_parties import buyer_of, parties, reference_to, suppliers
from .ocds_parts import amendments, awards_documents, decisions, documents, reporting, tender, transactions

VERSION = "1.1"
LOTS = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json"
EXAMPLE = "EXAMPLE DATA: "


def contracts():
    """All contracts with whatever a release tells of them, in the order of their references."""
    return (
        Contract.objects.select_related("provider", "stream__plan__body__organisation")
        .prefetch_related(
            "provider__identifiers",
            "stream__plan__body__organisation__identifiers",
            "options__cases__rulings__decision",
            "variations__new_provider__identifiers",
            "values",
            "payments",
            "parties__organisation__identifiers",
            "lots",
            "additional_services",
            "references",
            "documents__public_copy",
        )
        .order_by("reference")
    )


def releases(rows, *, on):
    """The release of each contract as it stands on the day."""
    rows = list(rows)
    returns = _returns(rows)
    changed = _changed(rows)
    body = CommissioningBody.objects.select_related("organisation").order_by("starts_on", "pk").last()
    return [release(row, returns.get(row.pk, []), changed.get(row.pk), body, on) for row in rows]


def release(contract, returns, changed_at, body, on):
    """One release: who, the award, the contract with its dates, changes, milestones and payments."""
    ocid = ocid_of(contract)
    buyer = buyer_of(contract, contract.stream.plan.body if contract.stream else body)
    told = {
        "ocid": ocid,
        "date": moment(changed_at or datetime.combine(contract.starts_on, time(0), tzinfo=LONDON)),
        "initiationType": "tender",
        "language": "en",
        "parties": parties(contract, buyer, on),
        "buyer": reference_to(buyer.organisation, buyer.name) if buyer else None,
        "tender": tender(contract, buyer, on),
        "awards": [_award(contract, on)],
        "contracts": [_contract(contract, returns, buyer, on)],
    }
    told = without_nothing(told)
    told["tag"] = tags(contract, told["contracts"][0])
    digest = hashlib.sha256(as_json(told).encode()).hexdigest()[:12]
    return {"ocid": ocid, "id": f"{ocid}-{digest}", **told}


def package(rows, *, uri, on, at):
    """A release package of these contracts; `uri` is where it is fetched from."""
    found = releases(rows, on=on)
    body = CommissioningBody.objects.order_by("starts_on", "pk").last()
    lots = any("lots" in row.get("tender", {}) for row in found)
    return {
        "uri": uri,
        "version": VERSION,
        **({"extensions": [LOTS]} if lots else {}),
        "publishedDate": moment(at),
        "publisher": {"name": body.name if body else "", "uri": settings.BASE_URL},
        "releases": found,
    }


def ocid_of(contract):
    """The identifier of the whole process: one already given in a published notice, else our own."""
    given = [row.value for row in contract.references.all() if row.kind == ReferenceKind.OCID]
    return min(given) if given else f"{settings.OCDS_PREFIX}-{contract.reference.lower()}"


def tags(contract, told):
    """Which moments of a contract's life the release tells of. Planning is not among them."""
    found = ["award", "contract"]
    if told.get("amendments"):
        found.append("contractAmendment")
    if told.get("implementation"):
        found.append("implementationUpdate")
    if contract.status == ContractStatus.ENDED:
        found.append("contractTermination")
    return found


def value_of(contract, ends_on):
    """The whole agreed value in pounds where every day of the term has a known one; else None."""
    day, total = contract.starts_on, Decimal(0)
    for row in sorted(contract.values.all(), key=lambda row: row.starts_on):
        if row.starts_on > ends_on:
            break
        if row.amount is None or row.starts_on != day or row.ends_on > ends_on:
            return None
        day, total = row.ends_on + DAY, total + row.amount
    return total if day == ends_on + DAY else None


def _returns(rows):
    """What each contract owes in returns, by its id."""
    owed = Obligation.objects.filter(
        kind=ObligationKind.RETURN, subject_type=Contract._meta.label, subject_id__in=[row.pk for row in rows]
    )
    found: dict[int, list[Obligation]] = {}
    for row in owed.order_by("due_on", "pk"):
        found.setdefault(row.subject_id, []).append(row)
    return found


def _changed(rows):
    """When each contract was last changed, by its id."""
    events = Event.objects.filter(subject_type=Contract._meta.label, subject_id__in=[row.pk for row in rows])
    return dict(events.order_by().values_list("subject_id").annotate(last=Max("at")))


def _titled(contract):
    mark = EXAMPLE if contract.is_example else ""
    return {"title": f"{mark}{contract.name}", "description": contract.description or None}


def _award(contract, on):
    term = services_queries.term(contract)
    return {
        "id": award_id(contract),
        **_titled(contract),
        "status": "active",
        "suppliers": suppliers(contract, on),
        "value": amount(value_of(contract, term.ends_on)),
        "contractPeriod": _period(contract, term),
        "documents": awards_documents(contract),
        "relatedLots": [str(lot.number) for lot in contract.lots.all()],
    }


def _contract(contract, returns, buyer, on):
    term = services_queries.term(contract)
    live = contract.status == ContractStatus.LIVE
    return {
        "id": contract.reference,
        "awardID": award_id(contract),
        **_titled(contract),
        "status": "terminated" if not live else "pending" if contract.starts_on > on else "active",
        "period": _period(contract, term),
        "value": amount(value_of(contract, term.ends_on)),
        "items": [
            {"id": f"S{number}", "description": service.name}
            for number, service in enumerate(
                sorted(contract.additional_services.all(), key=lambda service: service.pk), start=1
            )
        ],
        "documents": documents(contract),
        "milestones": decisions(contract, term),
        "amendments": amendments(contract, term),
        "implementation": {
            "transactions": transactions(contract, buyer, on),
            "milestones": reporting(returns, on),
        },
    }


def award_id(contract):
    return f"{contract.reference}-award"


def _period(contract, term):
    ended = contract.ended_on
    ends_on = min(ended, term.ends_on) if ended else term.ends_on
    latest = ends_on if ended else term.latest_ends_on
    return {
        "startDate": first_moment(contract.starts_on),
        "endDate": last_moment(ends_on),
        "maxExtentDate": last_moment(latest),
        "durationInDays": (ends_on - contract.starts_on).days + 1,
    }
