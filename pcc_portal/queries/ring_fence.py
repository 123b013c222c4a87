"""What went out of each source, was reported as spent and came back, half year by half year (X2).

A funder asks for it twice a year. Every figure is a sum of entries with a day, each split by source to the penny.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grants.models import ReportedSpend
from grants.queries import sources as grant_sources
from plans.models import CommitmentCost
from records import calendar

from . import money_sources
from .money import NOUGHT

FIGURES = {
    "released": "Gone out",
    "spent": "Reported as spent",
    "returned": "Returned",
}


@dataclass(frozen=True)
class Entry:
    """One sum with its day: it went out, was reported as spent up to that day, or came back."""

    source_id: int | None
    figure: str
    on: date
    amount: Decimal
    kind: str
    reference: str
    title: str
    organisation: str
    link: str
    is_example: bool


def halves(starts_on, ends_on):
    """The half years of a time, each six months from its start."""
    return calendar.periods(starts_on, ends_on, months_each=6)


def entries(found):
    """Every dated sum behind the stakes; two queries."""
    reported: dict[int, list[ReportedSpend]] = {}
    for row in ReportedSpend.objects.filter(spent__isnull=False).order_by("ends_on", "reported_at", "pk"):
        reported.setdefault(row.award_id, []).append(row)
    costs: dict[int, list[CommitmentCost]] = {}
    for cost in CommitmentCost.objects.order_by("on", "pk"):
        costs.setdefault(cost.commitment_id, []).append(cost)
    subjects = {(stake.kind, stake.subject.pk): stake for stake in found}
    told = []
    for (kind, pk), stake in subjects.items():
        if kind == money_sources.AWARD:
            told += _of_award(stake, reported.get(pk, []))
        elif kind == money_sources.COMMITMENT:
            told += [_entry(stake, stake.source_id, name, cost.on, cost.amount)
                     for cost in costs.get(pk, []) for name in ("released", "spent")]  # fmt: skip
        else:
            told += _of_contract(stake)
    return told


def _entry(stake, source, figure, on, amount):
    return Entry(
        source, figure, on, amount, stake.kind, stake.reference, stake.title, stake.organisation, stake.link,
        stake.is_example,
    )  # fmt: skip


def _of_award(stake, reported):
    award = stake.subject
    told = []
    for flow in grant_sources.flows_of(award):
        on = calendar.london_day(flow.on) if flow.out else flow.on
        told.append(_entry(stake, flow.source_id, "released" if flow.out else "returned", on, flow.amount))
    before: dict[int | None, Decimal] = {}
    for row in reported:
        now = dict(grant_sources.shared(award, row.spent))
        for source in {**before, **now}:
            if more := now.get(source, NOUGHT) - before.get(source, NOUGHT):
                told.append(_entry(stake, source, "spent", row.ends_on, more))
        before = now
    return told


def _of_contract(stake):
    shares = stake.subject.funding.all()
    only = shares[0].funding_source_id if len(shares) == 1 else None
    return [
        _entry(stake, payment.funding_source_id or only, name, payment.paid_on, payment.amount)
        for payment in stake.subject.payments.all()
        if payment.paid_on
        for name in ("released", "spent")
    ]


def total(rows, figure):
    return sum((row.amount for row in rows if row.figure == figure), NOUGHT)


@dataclass(frozen=True)
class HalfLine:
    """One source in one half year: [(figure, sum)] and what of it came before and what comes with it."""

    source: object
    half: calendar.Period
    sums: list
    up_to: list


def lines(rows, sources, half):
    """The sources in one half year; `up_to` is since the beginning, to the end of the half."""
    found = []
    for source in sources:
        own = [row for row in rows if row.source_id == source.pk]
        inside = [row for row in own if half.starts_on <= row.on <= half.ends_on]
        before = [row for row in own if row.on <= half.ends_on]
        found.append(HalfLine(
            source, half, [(name, total(inside, name)) for name in FIGURES], [total(before, name) for name in FIGURES]
        ))  # fmt: skip
    return found
