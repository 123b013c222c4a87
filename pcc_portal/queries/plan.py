"""The plan as a page: its streams in their order with what is allocated, awarded and promised (P7, X2)."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from accounts import access
from grants.enums import AwardStatus, RoundStatus
from grants.models import Allocation, Award, AwardLine
from plans import queries as plan_queries
from plans.models import Stream
from plans.queries import sources as plan_sources
from services import queries as services_queries
from services.models import Contract

from .money import NO_LONGER, MoneySum

COLUMNS = ("allocated", "awarded", "promised")


@dataclass(frozen=True)
class StreamLine:
    """One stream with its three sums for the year of the plan."""

    stream: Stream
    depth: int
    sums: list


@dataclass(frozen=True)
class StreamRow:
    """One allocation, award, commitment or contract on the page of a stream."""

    kind: str
    year: str
    title: str
    who: str
    amount: Decimal | None
    source: str
    note: str
    link: str
    is_example: bool


def public_only(user):
    """Whether the person sees what is published and recorded, not what is still in the office."""
    return not access.is_office(user)


def allocations_for(user):
    rows = Allocation.objects.exclude(round__status=RoundStatus.DRAFT)
    return rows.filter(round__is_recorded=True) if public_only(user) else rows


def lines_for(user):
    """Lines of living awards; outside the office none, since a decision may not be public yet."""
    rows = AwardLine.objects.exclude(award__status__in=NO_LONGER)
    return rows.none() if public_only(user) else rows


def summed(rows, stream, value):
    """Sum, unknown and count of the rows by stream."""
    grouped = (
        rows.order_by()
        .values(row_stream=F(stream))
        .annotate(total=Sum(value), unknown=Count("pk", filter=Q(**{f"{value}__isnull": True})), rows=Count("pk"))
    )
    return {
        line["row_stream"]: MoneySum(line["total"] or Decimal("0.00"), line["unknown"], line["rows"])
        for line in grouped
    }


def stream_lines(plan, user):
    """Every stream in the plan's own order with its sums, and the sums of all; a parent shows its own rows only."""
    year = {"starts_on__gte": plan.starts_on, "starts_on__lte": plan.ends_on}
    label = plan_queries.year_label(plan)
    found = {
        "allocated": [summed(allocations_for(user).filter(**under("round", year)), "round__stream_id", "amount")],
        "awarded": [
            summed(Award.objects.filter(is_recorded=True, period_label=label), "stream_id", "recorded_amount"),
            summed(lines_for(user).filter(**under("award", year)), "award__stream_id", "amount"),
        ],
        "promised": [summed(plan_sources.standing().filter(year=label), "stream_id", "amount")],
    }
    totals, lines = defaultdict(MoneySum), []
    for stream in Stream.objects.filter(plan=plan).order_by("order", "number"):
        sums = []
        for column in COLUMNS:
            own = sum((part.get(stream.pk, MoneySum()) for part in found[column]), MoneySum())
            totals[column] += own
            sums.append(own)
        lines.append(StreamLine(stream, stream.number.count("."), sums))
    return lines, [totals[column] for column in COLUMNS]


def under(name, conditions):
    return {f"{name}__{key}": value for key, value in conditions.items()}


def contracts_of(plan, user, stream=None):
    """Contracts of the plan's streams, or of one, with their dates; outside the office no example data."""
    rows = Contract.objects.filter(stream=stream) if stream else Contract.objects.filter(stream__plan=plan)
    rows = rows.select_related("provider", "stream")
    rows = rows.prefetch_related("options", "variations").order_by("stream__order", "starts_on", "pk")
    shown = rows.filter(is_example=False) if public_only(user) else rows
    return [services_queries.ContractRow(contract, services_queries.term(contract)) for contract in shown]


def stream_years(stream, user):
    """The rows of one stream by year, newest first, each year with its sum of awards and commitments."""
    years = defaultdict(list)
    for row in [*allocation_rows(stream, user), *award_rows(stream, user), *commitment_rows(stream)]:
        years[row.year].append(row)
    return [(year, years[year], total_of(years[year])) for year in sorted(years, reverse=True)]


def total_of(rows):
    """What is awarded and promised; an allocation is not counted again when it is awarded."""
    counted = [row for row in rows if row.kind != "Allocation"]
    known = [row.amount for row in counted if row.amount is not None]
    return MoneySum(sum(known, Decimal("0.00")), len(counted) - len(known), len(counted))


def year_of(starts_on, ends_on):
    """The label of a period: 2020/21."""
    return f"{starts_on.year}/{ends_on.year % 100:02d}" if ends_on.year > starts_on.year else str(starts_on.year)


def allocation_rows(stream, user):
    rows = allocations_for(user).filter(round__stream=stream).select_related("round", "organisation")
    for row in rows.order_by("-round__starts_on", "organisation__name"):
        yield StreamRow(
            "Allocation",
            year_of(row.round.starts_on, row.round.ends_on),
            row.round.name,
            row.organisation.name,
            row.amount,
            row.source,
            parts_of(row),
            "" if public_only(user) else row.round.get_absolute_url(),
            row.round.is_example,
        )


def parts_of(row):
    """The parts of an allocation in words; they need not add up to the whole (C5)."""
    if row.main_amount is None or not row.tactical_amount:
        return row.provenance
    return f"Main {row.main_amount:,.0f}, tactical {row.tactical_amount:,.0f}. {row.provenance}".strip()


def award_rows(stream, user):
    rows = Award.objects.filter(stream=stream).exclude(status__in=NO_LONGER).select_related("recipient")
    rows = rows.prefetch_related("joint_recipients").annotate(worth=Sum("lines__amount"))
    for row in (rows.filter(is_recorded=True) if public_only(user) else rows).order_by("recipient__name", "pk"):
        recorded = row.status == AwardStatus.RECORDED
        yield StreamRow(
            "Award",
            row.period_label or (year_of(row.starts_on, row.ends_on) if row.starts_on else "Year not published"),
            row.title,
            " and ".join([row.recipient.name, *(other.name for other in row.joint_recipients.all())]),
            row.recorded_amount if recorded else row.worth,
            row.source,
            row.note,
            "" if public_only(user) else row.get_absolute_url(),
            row.recipient.is_example,
        )


def commitment_rows(stream):
    for row in plan_sources.standing().filter(stream=stream).select_related("recipient").order_by("pk"):
        who = row.recipient.name if row.recipient else "Not published"
        yield StreamRow("Commitment", row.year, row.title, who, row.amount, row.source, row.note, "", False)
