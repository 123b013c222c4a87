"""Money across streams: everything that draws on a source of funds, one row for each source it draws on (X2).

Awards, commitment lines and contracts become stakes; every figure on the money pages is a sum of stakes, so that
it opens its own rows and agrees with them to the penny.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from grants.enums import AwardStatus
from grants.queries import sources as grant_sources
from plans.models import FundingSource
from plans.queries import sources as plan_sources
from records import calendar
from services.models import Contract
from services.queries.term import term

from .money import NO_LONGER, NOUGHT, MoneySum, reported_lines

AWARD, COMMITMENT, CONTRACT = "Award", "Commitment", "Contract"
PENNY = Decimal("0.01")
FIGURES = {
    "promised": ("Promised", "Awards in force, commitments, and contracts for the time the source lasts."),
    "released": ("Gone out", "Instalments released, costs of commitments, payments under contracts."),
    "spent": ("Reported as spent", "What recipients last reported; costs and contract payments count as spent."),
    "returned": ("Returned", "Unspent money that came back."),
    "unspent": ("Unspent", "What went out, less what is reported as spent, less what came back."),
}


@dataclass(frozen=True)
class Stake:
    """One thing that draws on one source: `promised` is None where no sum is published. Pounds."""

    kind: str
    subject: Any
    reference: str
    title: str
    organisation: str
    link: str
    stream_id: int | None
    round_id: int | None
    source_id: int | None
    starts_on: date | None
    ends_on: date | None
    is_example: bool
    promised: Decimal | None = NOUGHT
    released: Decimal = NOUGHT
    spent: Decimal = NOUGHT
    returned: Decimal = NOUGHT
    ended: bool = False

    @property
    def unspent(self):
        """What went out and was neither spent nor returned; of what never went out through the portal, nothing."""
        return self.released - self.spent - self.returned if self.released else NOUGHT

    @property
    def used(self):
        """What the source cannot promise again: the promise, or what is gone where it ended or went beyond."""
        gone = self.released - self.returned
        return gone if self.ended or self.promised is None else self.promised


def total(stakes, figure):
    """The figure over these stakes, with how many have no published sum."""
    values = [(getattr(stake, figure), stake.is_example) for stake in stakes]
    known = [value for value, _ in values if value is not None]
    return MoneySum(sum(known, NOUGHT), len(values) - len(known), len(values), sum(example for _, example in values))


def stakes(*, with_examples=True):
    """Every stake of the house. About a dozen queries however many there are."""
    found = [*award_stakes(), *commitment_stakes(), *contract_stakes()]
    return found if with_examples else [stake for stake in found if not stake.is_example]


# Awards


def award_stakes(awards=None):
    """The stakes of awards; an award that fell leaves only what went out."""
    rows = list(grant_sources.awards_with_sources(awards))
    lines = defaultdict(list)
    for line in reported_lines().filter(award__in=[row.pk for row in rows]) if awards is not None else reported_lines():
        lines[line.award_id].append(line)
    return [stake for award in rows for stake in _of_award(award, lines[award.pk])]


def _of_award(award, lines):
    fallen = award.status in NO_LONGER
    promised = {} if fallen else _promised(award, lines)
    released: dict[int | None, Decimal] = defaultdict(Decimal)
    returned: dict[int | None, Decimal] = defaultdict(Decimal)
    spent: dict[int | None, Decimal] = defaultdict(Decimal)
    for flow in grant_sources.flows_of(award):
        (released if flow.out else returned)[flow.source_id] += flow.amount
    for source, amount in grant_sources.shared(award, award.recorded_returned) if award.recorded_returned else []:
        returned[source] += amount
    for line in lines:
        if line.reported is not None:
            for source, part in grant_sources.shared(award, line.reported, line.starts_on, line.ends_on):
                spent[source] += part
    whole = Stake(
        AWARD, award, award.reference, award.title, award.recipient.name, award.get_absolute_url(), award.stream_id,
        award.round_id, None, award.starts_on, award.ends_on, award.recipient.is_example,
        ended=award.status == AwardStatus.TERMINATED,
    )  # fmt: skip
    return [
        replace(
            whole,
            source_id=source,
            promised=promised.get(source, NOUGHT),
            released=released[source],
            spent=spent[source],
            returned=returned[source],
        )
        for source in dict.fromkeys([*promised, *released, *returned, *spent])
    ]


def _promised(award, lines):
    """{source id: what it promised}; what no source is named for stands under None, so that all adds up."""
    shares = {row.funding_source_id: row.amount for row in award.sources.all()}
    worth = award.recorded_amount if award.is_recorded else sum((line.amount for line in lines), NOUGHT)
    if worth is None or (len(shares) == 1 and None in shares.values()):
        return {next(iter(shares), None): worth} if len(shares) < 2 else shares
    rest = worth - sum((amount for amount in shares.values() if amount is not None), NOUGHT)
    return {**shares, None: rest} if rest or not shares else shares


# Commitment lines


def commitment_stakes(rows=None):
    """The stakes of commitment lines; costs that arose one by one have gone out and are spent."""
    lines = plan_sources.standing() if rows is None else rows
    lines = plan_sources.with_costs(lines).select_related("recipient", "funding_source", "stream__plan").order_by("pk")
    return [
        Stake(
            COMMITMENT, line, "", line.title, line.recipient.name if line.recipient else "Not published",
            f"/money/commitments/{line.key}/", line.stream_id, None, line.funding_source_id, line.stream.plan.starts_on,
            line.stream.plan.ends_on, line.basis == "EXAMPLE", promised=line.amount,
            released=line.costs_total or NOUGHT, spent=line.costs_total or NOUGHT,
        )
        for line in lines
    ]  # fmt: skip


# Contracts


def contract_stakes():
    """The stakes of contracts: the yearly sum agreed with a source, for the months both last; payments went out."""
    rows = Contract.objects.select_related("provider").prefetch_related(
        "options__event", "variations", "payments", "funding__funding_source"
    )
    return [stake for contract in rows.order_by("pk") for stake in _of_contract(contract)]


def _of_contract(contract):
    ends_on = term(contract).ends_on
    shares = list(contract.funding.all())
    paid: dict[int | None, Decimal] = defaultdict(Decimal)
    for payment in contract.payments.all():
        only = shares[0].funding_source_id if len(shares) == 1 else None
        if payment.paid_on:
            paid[payment.funding_source_id or only] += payment.amount
    promised = {row.funding_source_id: _agreed(row, contract.starts_on, ends_on) for row in shares}
    whole = Stake(
        CONTRACT, contract, contract.reference, contract.name, contract.provider.name if contract.provider else "",
        contract.get_absolute_url(), contract.stream_id, None, None, contract.starts_on, ends_on, contract.is_example,
    )  # fmt: skip
    return [
        replace(
            whole, source_id=source, promised=promised.get(source, NOUGHT), released=paid[source], spent=paid[source]
        )
        for source in dict.fromkeys([*promised, *paid])
    ]


def _agreed(row, starts_on, ends_on):
    """What a source pays of a contract for the whole months that both last; None where no yearly sum is known."""
    if row.amount is None:
        return None
    source = row.funding_source
    first, last = max(starts_on, source.starts_on), min(ends_on, source.ends_on)
    if last < first:
        return NOUGHT
    months = len(calendar.periods(first, last, months_each=1))
    return (row.amount * months / 12).quantize(PENNY, ROUND_HALF_UP)


# Sources


@dataclass(frozen=True)
class SourceLine:
    """One source of funds with all that draws on it; `source` None is money for which no source is named."""

    source: FundingSource | None
    held: Decimal | None
    stakes: tuple

    def sum_of(self, figure, kind=None):
        return total([stake for stake in self.stakes if kind is None or stake.kind == kind], figure)

    @property
    def figures(self):
        return [(key, label, self.sum_of(key)) for key, (label, _) in FIGURES.items()]

    @property
    def kinds(self):
        """Promised by kind of stake, only kinds that draw on it."""
        found = dict.fromkeys(stake.kind for stake in self.stakes)
        return [(kind, self.sum_of("promised", kind)) for kind in found]

    @property
    def unknown(self):
        return self.sum_of("promised").unknown

    @property
    def used(self):
        return sum((stake.used for stake in self.stakes), NOUGHT)

    @property
    def ceiling(self):
        return plan_sources.ceiling(self.source, self.held) if self.source else None

    @property
    def left(self):
        """What can still be promised; None where nobody knows what the source holds."""
        return None if self.ceiling is None else max(self.ceiling - self.used, NOUGHT)

    @property
    def gap(self):
        """What is promised beyond what it holds."""
        return NOUGHT if self.held is None else max(self.used - self.held, NOUGHT)

    @property
    def beyond_tolerance(self):
        return self.ceiling is not None and self.used > self.ceiling


def source_lines(plan, found):
    """The sources of the plan with their stakes; then what streams of the plan draw on no source, or on another's."""
    rows = list(plan_sources.sources(plan))
    streams = {stake.stream_id for stake in found} & set(plan.streams.values_list("pk", flat=True))
    own = {row.pk for row in rows}
    lines = [SourceLine(row, row.held, tuple(stake for stake in found if stake.source_id == row.pk)) for row in rows]
    rest = tuple(stake for stake in found if stake.stream_id in streams and stake.source_id not in own)
    return [*lines, SourceLine(None, None, rest)] if rest else lines


def source_line(funding_source, found=None):
    """One source with all that draws on it."""
    found = stakes() if found is None else found
    held = plan_sources.held(funding_source)
    return SourceLine(funding_source, held, tuple(stake for stake in found if stake.source_id == funding_source.pk))


def used(funding_source):
    """What the whole house has promised from the source or spent of it, in pounds."""
    return source_line(funding_source).used
