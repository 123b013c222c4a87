"""The parts of a release that are lists: notices, documents, changes, milestones, payments."""

from records.calendar import london_day
from records.words import day_in_words
from services.enums import (
    OFFERS,
    ContractPaperKind,
    OptionStatus,
    ReferenceKind,
    VariationStatus,
)

from .ocds_json import amount, first_moment, last_moment, moment
from .ocds_parties import party_id, reference_to

NOTICES = {
    ReferenceKind.TENDER: "tenderNotice",
    ReferenceKind.AWARD: "awardNotice",
    ReferenceKind.DETAILS: "contractNotice",
    ReferenceKind.CHANGE: "contractNotice",
}
PAPERS = {
    ContractPaperKind.CONTRACT: "contractSigned",
    ContractPaperKind.SPECIFICATION: "technicalSpecifications",
    ContractPaperKind.CHANGE: "contractAnnexe",
    ContractPaperKind.PERFORMANCE: "physicalProgressReport",
}
SETTLED = {
    OptionStatus.TAKEN_UP: "met",
    OptionStatus.AVAILABLE: "scheduled",
    OptionStatus.OFFERED: "scheduled",
}


def tender(contract, buyer, on):
    """What is known of the tender: its notice, the estimate, the lots; None where nothing is."""
    notices = _notices(contract, ReferenceKind.TENDER)
    lots = [
        {
            "id": str(lot.number),
            "title": lot.name,
            "description": lot.description,
            "status": "complete",
            "value": amount(lot.value),
        }
        for lot in contract.lots.all()
    ]
    if not notices and not lots and contract.estimated_value is None:
        return None
    numbers = [row.value for row in contract.references.all() if row.kind == ReferenceKind.TENDER]
    return {
        "id": min(numbers) if numbers else f"{contract.reference}-tender",
        "title": contract.name,
        "status": "complete",
        "procuringEntity": reference_to(buyer.organisation, buyer.name) if buyer else None,
        "value": amount(contract.estimated_value),
        "mainProcurementCategory": "services",
        "documents": notices,
        "lots": lots,
    }


def awards_documents(contract):
    return _notices(contract, ReferenceKind.AWARD)


def documents(contract):
    """Notices of the contract, and documents of which there is a copy for the public."""
    shown = [
        {
            "id": f"D{row.pk}",
            "documentType": PAPERS.get(ContractPaperKind(row.kind)),
            "title": row.title,
            "description": _left_out(row),
            "datePublished": moment(row.added_at),
            "format": row.public_copy.content_type,
            "language": "en",
        }
        for row in sorted(contract.documents.all(), key=lambda row: row.pk)
        if row.public_copy and row.public_copy.removed_at is None
    ]
    return [*_notices(contract, ReferenceKind.DETAILS, ReferenceKind.CHANGE), *shown]


def amendments(contract, term):
    """Options taken up and approved changes, in the order of the day they take effect."""
    taken = [
        (period.starts_on, _extension(period))
        for period in term.periods
        if period.option and period.option.status == OptionStatus.TAKEN_UP
    ]
    changed = [
        (row.takes_effect_on or london_day(row.applied_at), _variation(row))
        for row in contract.variations.all()
        if row.status == VariationStatus.APPROVED
    ]
    return [told for _day, told in sorted([*taken, *changed], key=lambda pair: (pair[0], pair[1]["id"]))]


def decisions(contract, term):
    """The decision on each option as a milestone of approval; its day where one is known."""
    return [
        {
            "id": f"O{line.option.number}",
            "title": f"Decision on option {line.option.number} to extend",
            "type": "approval",
            "description": f"Would run from {day_in_words(line.starts_on)} to {day_in_words(line.ends_on)}",
            "dueDate": last_moment(line.decide_by) if line.decide_by else None,
            "status": SETTLED.get(OptionStatus(line.option.status), "notMet") if line.possible else "notMet",
        }
        for line in term.options
    ]


def reporting(returns, on):
    """The returns the provider owes as milestones of reporting."""
    return [
        {
            "id": f"R{row.pk}",
            "title": row.title,
            "type": "reporting",
            "dueDate": last_moment(row.due_on),
            "dateMet": moment(row.closed_at) if row.closed_at else None,
            "status": "met" if row.closed_at else "notMet" if row.due_on < on else "scheduled",
        }
        for row in returns
    ]


def transactions(contract, buyer, on):
    """Payments made by the day, each with who paid and who was paid."""
    if not buyer or not contract.provider:
        return []
    payer, payee = ({"id": party_id(firm), "name": firm.name} for firm in (buyer.organisation, contract.provider))
    return [
        {
            "id": f"{contract.reference}-P{row.pk}",
            "date": first_moment(row.paid_on),
            "value": amount(row.amount),
            "payer": {**payer, "name": buyer.name},
            "payee": payee,
        }
        for row in sorted(contract.payments.all(), key=lambda row: (row.covers_from, row.pk))
        if row.paid_on and row.paid_on <= on
    ]


def _notices(contract, *kinds):
    return [
        {
            "id": row.value,
            "documentType": NOTICES[ReferenceKind(row.kind)],
            "title": f"{row.get_kind_display()} {row.value}",
            "url": row.url,
            "datePublished": first_moment(row.published_on) if row.published_on else None,
            "language": "en",
        }
        for row in sorted(contract.references.all(), key=lambda row: (row.kind, row.value))
        if row.kind in kinds
    ]


def _left_out(row):
    return f"Parts are left out: {row.redaction_reason}" if row.redaction_reason else None


def _extension(period):
    """One option taken up; the reason of the decision only where the decision is published."""
    option = period.option
    ruling = _offer(option)
    published = ruling and ruling.decision.published_at
    words = f"Option {option.number} taken up: the contract runs to {day_in_words(period.ends_on)}"
    return {
        "id": f"O{option.number}",
        "date": moment(ruling.decision.made_at) if ruling else None,
        "rationale": ruling.decision.reason if published else "A right to extend in the contract",
        "description": f"{words}{' (inferred: no source states it)' if option.inferred else ''}",
    }


def _offer(option):
    """The ruling by which the option was offered, where the office decided it in the portal."""
    rulings = [ruling for case in option.cases.all() for ruling in case.rulings.all() if ruling.outcome in OFFERS]
    return max(rulings, key=lambda ruling: ruling.number, default=None)


def _variation(row):
    words = row.title
    if row.ends_on:
        words = f"{words}: the contract ends on {day_in_words(row.ends_on)}"
    elif row.new_provider:
        words = f"{words}: {row.new_provider.name} takes over"
    return {
        "id": f"V{row.number}",
        "date": first_moment(row.takes_effect_on) if row.takes_effect_on else moment(row.applied_at),
        "rationale": row.reason,
        "description": f"{row.get_kind_display()}. {words}{' (inferred: no source states it)' if row.inferred else ''}",
    }
