"""Agreed changes of a contract: what each would change, side by side, and what waits (S1)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts import access
from accounts.models import Organisation, OrganisationSuccession
from plans.models import CommissioningBody
from records.models import Event
from records.words import day_in_words, pounds

from ..enums import ServiceState, VariationKind, VariationStatus
from ..models import Contract, ContractVariation
from .money import money_of
from .term import term

ADVISING = ("drafted", "changed", "submitted")
WAITING = (VariationStatus.SUBMITTED, VariationStatus.AWAITING_SECOND)


@dataclass(frozen=True)
class Row:
    """One line of before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class VariationSummary:
    """What the page of a contract says of its variations."""

    variations: tuple
    waiting: int
    office: bool


def visible_variations(user):
    """The office sees every variation; a provider those agreed, of its own contracts."""
    rows = ContractVariation.objects.select_related("contract", "decision", "letter", "new_provider")
    if access.is_office(user):
        return rows
    return rows.filter(status=VariationStatus.APPROVED, contract__in=Contract.objects.visible_to(user))


def summary_of(contract, user):
    """The variations of a contract this person may see, newest first."""
    rows = tuple(visible_variations(user).filter(contract=contract).order_by("-number"))
    return VariationSummary(rows, sum(row.status in WAITING for row in rows), access.is_office(user))


def due_to_apply(on):
    """Variations agreed that take effect on a day that has come, and are not part of their contracts yet."""
    rows = ContractVariation.objects.filter(status=VariationStatus.APPROVED, applied_at__isnull=True)
    return rows.filter(takes_effect_on__lte=on).order_by("takes_effect_on", "pk")


def advisers_of(variation):
    """Who drafted, changed or submitted a variation: none of them decides it."""
    told = Event.objects.filter(
        subject_type=ContractVariation._meta.label, subject_id=variation.pk, verb__in=ADVISING, by__isnull=False
    )
    return {variation.drafted_by_id, *told.values_list("by_id", flat=True)} - {None}


def standing(contract, kind, *, on):
    """What a variation of this kind may change, as it stands now, in plain values."""
    if kind == VariationKind.VALUE:
        periods = money_of(contract, on=on).by_period
        return {"values": [[_plain(p.starts_on), _plain(p.ends_on), _plain(p.amount)] for p in periods]}
    if kind == VariationKind.SCOPE:
        services = contract.additional_services.order_by("pk")
        return {
            "description": contract.description,
            "services": [[service.pk, service.name, service.state] for service in services],
        }
    if kind == VariationKind.PROVIDER:
        return {"provider": contract.provider.name if contract.provider else ""}
    if kind == VariationKind.OFFICE:
        return {"office": office_of(contract, on=on).name}
    return {"ends_on": _plain(term(contract).ends_on)}


def _plain(value):
    return None if value is None else value.isoformat() if isinstance(value, date) else str(value)


def rows_of(variation):
    """What changes, side by side, in words. A recorded one says only what its source says."""
    before, after = variation.before, variation.after
    if variation.is_recorded:
        return _recorded_rows(variation)
    if variation.kind == VariationKind.VALUE:
        was = {first: amount for first, _, amount in before.get("values", [])}
        return [
            Row(f"Value from {day_of(first)} to {day_of(last)}", _sum(was.get(first)), _sum(amount))
            for first, last, amount in after.get("values", [])
            if was.get(first) != amount
        ]
    if variation.kind == VariationKind.SCOPE:
        return _scope_rows(before, after)
    words = {"ends_on": "Runs to", "provider": "Provider", "office": "The office that commissions it"}
    return [Row(words[name], _said(name, before.get(name)), _said(name, after.get(name))) for name in after]


def _recorded_rows(variation):
    if variation.before.get("words") or variation.after.get("words"):
        return [Row("As the source says", variation.before.get("words", ""), variation.after.get("words", ""))]
    if not variation.ends_on:
        return []
    periods = term(variation.contract).periods
    found = [number for number, period in enumerate(periods) if period.variation == variation]
    was = ""
    if found and variation.kind == VariationKind.OUTSIDE_TERMS and found[0]:
        was = day_in_words(periods[found[0] - 1].ends_on)
    return [Row("Runs to", was, day_in_words(variation.ends_on))]


def _scope_rows(before, after):
    rows = []
    if before.get("description", "") != after.get("description", ""):
        rows.append(Row("What it is for", before.get("description", ""), after.get("description", "")))
    was = {pk: state for pk, _, state in before.get("services", [])}
    for pk, name, state in after.get("services", []):
        if pk is None:
            rows.append(Row(f"Service: {name}", "", ServiceState(state).label))
        elif was.get(pk) != state:
            rows.append(Row(f"Service: {name}", ServiceState(was[pk]).label, ServiceState(state).label))
    return rows


def day_of(words):
    """A day as a variation keeps it, in words."""
    return day_in_words(date.fromisoformat(words))


def _sum(words):
    return pounds(Decimal(words)) if words is not None else "Not published"


def _said(name, value):
    return day_of(value) if name == "ends_on" and value else value or ""


def increase_of(before, after):
    """What a variation of value adds in pounds; a period whose value was unknown counts whole. Never below nothing."""
    was = {first: Decimal(amount or 0) for first, _, amount in before.get("values", [])}
    added = sum((Decimal(amount or 0) - was.get(first, Decimal(0)) for first, _, amount in after["values"]), Decimal(0))
    return max(added, Decimal(0))


def office_of(contract, *, on):
    """The office that commissions the contract on a day: that of its plan, or who followed it by an agreed change."""
    owner = contract.stream or contract.rule_set
    body = owner.plan.body if owner else CommissioningBody.objects.order_by("pk").first()
    changes = contract.variations.filter(kind=VariationKind.OFFICE, status=VariationStatus.APPROVED)
    last = changes.filter(takes_effect_on__lte=on).order_by("-takes_effect_on", "-number").first()
    if last is None:
        return body
    return CommissioningBody.objects.filter(organisation=last.new_provider).first() or body


def successors_of_the_office(contract, *, on):
    """The organisations recorded as following the office that commissions the contract."""
    body = office_of(contract, on=on)
    following = OrganisationSuccession.objects.filter(predecessor=body.organisation).values("successor")
    found = Organisation.objects.filter(pk__in=following)
    if body.successor:
        found |= Organisation.objects.filter(pk=body.successor.organisation_id)
    return found.distinct()
