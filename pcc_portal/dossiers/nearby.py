"""What else is funded near a contract on a day: by provider, purpose or area, with the reason it is listed (S2)."""

from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from grants.enums import AwardStatus
from grants.models import Award
from plans.enums import StreamPurpose
from plans.models import CommitmentLine
from services import queries as services_queries
from services.enums import ContractStatus
from services.models import Contract

from .pack import Row, Section, Table, day, money, text

FUNDED = [AwardStatus.OFFERED, AwardStatus.LIVE, AwardStatus.SUSPENDED, AwardStatus.RECORDED]
COLUMNS = ("Reference", "What", "Who", "From", "To", "Value", "Why it is listed")


def nearby_section(contract, on):
    """Awards, contracts and other commitments that run on the day and are near; nobody judges their likeness here."""
    place = _Place(contract)
    tables = (
        Table("Awards", COLUMNS, tuple(_awards(place, on)), "None runs on this day."),
        Table("Contracts", COLUMNS, tuple(_contracts(place, on)), "None runs on this day."),
        Table("Other commitments", COLUMNS, tuple(_commitments(place, on)), "None stands on this day."),
    )
    lead = "Listed by the provider, the purpose of the stream and the area, as they are entered."
    return Section("nearby", "What else is funded near it", lead=lead, tables=tables)


class _Place:
    """Where to look from: the provider, the purpose and the areas of the contract."""

    def __init__(self, contract):
        self.contract, self.provider, self.stream = contract, contract.provider, contract.stream
        self.areas = set(contract.provider.areas) if contract.provider else set()
        purpose = contract.stream.purpose if contract.stream else StreamPurpose.OTHER
        self.purpose = None if purpose == StreamPurpose.OTHER else purpose

    def kin(self, who):
        """Rows of the same provider, purpose or area; `who` is the field that names the organisation."""
        found = Q(pk__in=[])
        if self.provider:
            found |= Q(**{who: self.provider})
        if self.purpose:
            found |= Q(stream__purpose=self.purpose)
        if self.areas:
            found |= Q(**{f"{who}__areas__overlap": sorted(self.areas)})
        return found

    def why(self, stream, organisation):
        reasons = []
        if self.provider and organisation and organisation.pk == self.provider.pk:
            reasons.append("same provider")
        if self.purpose and stream and stream.purpose == self.purpose:
            reasons.append(f"same purpose ({stream.get_purpose_display().lower()})")
        shared = self.areas & set(organisation.areas) if organisation else set()
        if shared:
            reasons.append(f"same area ({', '.join(sorted(shared))})")
        return ", ".join(reasons).capitalize()


def _awards(place, on):
    rows = Award.objects.filter(place.kin("recipient"), status__in=FUNDED)
    rows = rows.select_related("stream__plan", "recipient").annotate(lines_total=Sum("lines__amount"))
    for row in rows.order_by("reference"):
        plan = row.stream.plan
        starts_on, ends_on = row.starts_on or plan.starts_on, row.ends_on or plan.ends_on
        if starts_on <= on <= ends_on:
            amount = row.recorded_amount if row.is_recorded else row.lines_total or Decimal(0)
            yield _row(row.reference, row.get_absolute_url(), row.title, row.recipient, (row.starts_on, row.ends_on),
                       amount, place.why(row.stream, row.recipient))  # fmt: skip


def _contracts(place, on):
    rows = Contract.objects.filter(place.kin("provider"), status=ContractStatus.LIVE).exclude(pk=place.contract.pk)
    rows = rows.select_related("stream", "provider").prefetch_related("options", "variations", "values")
    for row in rows.order_by("reference"):
        ends_on = services_queries.term(row).ends_on
        if row.starts_on <= on <= ends_on:
            yield _row(row.reference, row.get_absolute_url(), row.name, row.provider, (row.starts_on, ends_on),
                       _value_on(row, on), place.why(row.stream, row.provider))  # fmt: skip


def _value_on(contract, on):
    """What the contract is worth in the period the day falls in; None where no source says."""
    return next((row.amount for row in contract.values.all() if row.starts_on <= on <= row.ends_on), None)


def _commitments(place, on):
    rows = CommitmentLine.objects.filter(place.kin("recipient")).select_related("stream__plan", "recipient")
    for row in rows.filter(stream__plan__starts_on__lte=on, stream__plan__ends_on__gte=on).order_by("title", "pk"):
        plan = row.stream.plan
        yield _row(f"{row.stream.number}", "", row.title, row.recipient, (plan.starts_on, plan.ends_on), row.amount,
                   place.why(row.stream, row.recipient), key=row.key)  # fmt: skip


def _row(reference, link, title, organisation, days: tuple[date | None, date | None], amount, why, key=""):
    starts_on, ends_on = days
    return Row(
        key or reference,
        (
            text(reference, link),
            text(title),
            text(organisation.name if organisation else "Not published"),
            day(starts_on, "Not published"),
            day(ends_on, "Not published"),
            money(amount),
            text(why),
        ),
    )
