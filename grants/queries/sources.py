"""What awards take from a source of funds, in pounds; an award with several sources is split to the penny (X2)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Prefetch, Q, Sum

from plans.queries import sources as held

from ..enums import AwardStatus, Direction, InstalmentStatus
from ..models import Award, AwardSource, Instalment, InstalmentLine
from .money import FALLEN, LET_GO, ZERO

PENNY = Decimal("0.01")
GONE = (*FALLEN, AwardStatus.TERMINATED)


def split(amount, shares):
    """The amount in as many parts as there are shares, in their proportion, to the penny; the parts add up to it.

    Shares that add up to nothing leave it all with the first.
    """
    whole = sum(shares, ZERO)
    if not whole:
        return [amount, *(ZERO for _ in shares[1:])] if shares else []
    parts, told, counted = [], ZERO, ZERO
    for share in shares:
        counted += share
        upto = (amount * counted / whole).quantize(PENNY, ROUND_HALF_UP)
        parts.append(upto - told)
        told = upto
    return parts


@dataclass(frozen=True)
class Flow:
    """What went out to a recipient, or came back, on a day. `source_id` None where no source is named."""

    source_id: int | None
    amount: Decimal
    on: object
    out: bool
    paid: bool


def awards_with_sources(awards=None):
    """Awards with their sources, lines and instalments; five queries however many there are."""
    rows = Award.objects.all() if awards is None else awards
    lines = InstalmentLine.objects.select_related("award_line")
    instalments = Instalment.objects.order_by("number").prefetch_related(Prefetch("lines", lines))
    return rows.select_related("recipient", "stream", "round", "proposal").prefetch_related(
        Prefetch("sources", AwardSource.objects.order_by("pk")),
        Prefetch("instalments", instalments),
        "lines",
        "proposal__sources",
    )


def shares_of(award, starts_on=None, ends_on=None):
    """[(source id, sum)] of the award, or of the part of it between two days where a direct award says so."""
    proposal = getattr(award, "proposal", None) if hasattr(award, "proposal") else None
    if proposal is not None and starts_on:
        sums: dict[int, Decimal] = {}
        for row in proposal.sources.all():
            if row.starts_on <= (ends_on or starts_on) and row.ends_on >= starts_on:
                sums[row.funding_source_id] = sums.get(row.funding_source_id, ZERO) + row.amount
        if sums:
            return list(sums.items())
    return [(row.funding_source_id, row.amount if row.amount is not None else ZERO) for row in award.sources.all()]


def shared(award, amount, starts_on=None, ends_on=None):
    """[(source id, part)] of a sum of the award; source None where the award names none."""
    shares = shares_of(award, starts_on, ends_on)
    if not shares:
        return [(None, amount)]
    parts = split(amount, [share for _, share in shares])
    return [(source, part) for (source, _), part in zip(shares, parts, strict=True) if part]


def flows_of(award):
    """What went out and came back, by source and day; each instalment is split as its lines are paid for."""
    found = []
    for row in award.instalments.all():
        gone_out = row.direction == Direction.OUT and row.status in LET_GO
        came_back = row.direction == Direction.IN and row.status == InstalmentStatus.PAID
        if gone_out or came_back:
            on = row.released_at if gone_out else row.paid_on
            paid = row.status == InstalmentStatus.PAID
            found += [Flow(source, part, on, gone_out, paid) for source, part in _split_instalment(award, row)]
    return found


def _split_instalment(award, row):
    """[(source id, part)] of one instalment; a line with days of its own is paid by the sources of those days."""
    sums: dict[int | None, Decimal] = {}
    told = ZERO
    for line in row.lines.all():
        told += line.amount
        for source, part in shared(award, line.amount, line.award_line.starts_on, line.award_line.ends_on):
            sums[source] = sums.get(source, ZERO) + part
    for source, part in shared(award, row.amount - told) if row.amount != told else []:
        sums[source] = sums.get(source, ZERO) + part
    return list(sums.items())


def net_out(award):
    """{source id: what went out less what came back}."""
    sums: dict[int | None, Decimal] = {}
    for flow in flows_of(award):
        sums[flow.source_id] = sums.get(flow.source_id, ZERO) + (flow.amount if flow.out else -flow.amount)
    return sums


def used_by_awards(funding_source):
    """What awards in force are promised from the source, and what ended ones had of it."""
    rows = AwardSource.objects.filter(funding_source=funding_source)
    promised = rows.exclude(award__status__in=GONE).aggregate(total=Sum("amount"))["total"] or ZERO
    ended = Award.objects.filter(status=AwardStatus.TERMINATED, sources__funding_source=funding_source).distinct()
    return promised + sum((net_out(award).get(funding_source.pk, ZERO) for award in awards_with_sources(ended)), ZERO)


def used(funding_source):
    """What is promised from the source in awards and commitment lines, in pounds."""
    return used_by_awards(funding_source) + held.promised_in_lines(funding_source)


def sources_of(round):
    """[(source, share in per cent)] that pay for the awards of a round."""
    shares = [(row.funding_source, row.share_percent) for row in round.shares.select_related("funding_source")]
    if shares:
        return shares
    return [(round.funding_source, Decimal(100))] if round.funding_source_id else []


def waiting_for(funding_source):
    """Instalments not released yet of awards that the source pays for: what it still has to find."""
    open_rows = Q(status__in=[InstalmentStatus.SCHEDULED, InstalmentStatus.WITHHELD], direction=Direction.OUT)
    return Instalment.objects.filter(open_rows, award__sources__funding_source=funding_source).distinct()
