"""Money by stream and by round: budget, what rounds hold, what is promised against it and its tolerance (X2)."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db.models import Count, Q, Sum

from grants.enums import RoundStatus
from grants.models import Allocation, Round
from plans.models import Stream

from . import money_sources
from .money import NOUGHT, MoneySum

PENNY = Decimal("0.01")


@dataclass(frozen=True)
class RoundLine:
    """One round: its money (a budget for bids, or its allocations), what is awarded of it, its tolerance."""

    round: Round
    allocated: MoneySum
    stakes: tuple

    @property
    def pot(self):
        """What there is to award; None where it is not published."""
        if self.round.budget is not None:
            return self.round.budget
        return None if self.allocated.unknown or not self.allocated.rows else self.allocated.total

    @property
    def ceiling(self):
        if self.pot is None:
            return None
        more = self.pot * self.round.rule_set.over_commitment_percent / 100
        return self.pot + more.quantize(PENNY, ROUND_DOWN)

    @property
    def promised(self):
        return money_sources.total(self.stakes, "promised")

    @property
    def left(self):
        return None if self.ceiling is None else max(self.ceiling - self.promised.total, NOUGHT)

    @property
    def over(self):
        """What is awarded beyond the round's money."""
        return NOUGHT if self.pot is None else max(self.promised.total - self.pot, NOUGHT)

    @property
    def figures(self):
        return _figures(self.stakes)


@dataclass(frozen=True)
class StreamLine:
    """One stream with all that is promised in it; a parent shows its own rows only."""

    stream: Stream
    allocated: MoneySum
    stakes: tuple

    @property
    def depth(self):
        return self.stream.number.count(".")

    @property
    def figures(self):
        return _figures(self.stakes)

    @property
    def over(self):
        """What is promised beyond the budget of the stream, where the plan states one."""
        promised = money_sources.total(self.stakes, "promised").total
        return NOUGHT if self.stream.budget is None else max(promised - self.stream.budget, NOUGHT)


def _figures(stakes):
    return [(key, label, money_sources.total(stakes, key)) for key, (label, _) in money_sources.FIGURES.items()]


def _allocated(field):
    """{id: the sum of opened allocations}; one query."""
    rows = Allocation.objects.exclude(round__status=RoundStatus.DRAFT).order_by().values(field)
    rows = rows.annotate(total=Sum("amount"), unknown=Count("pk", filter=Q(amount__isnull=True)), number=Count("pk"))
    return {row[field]: MoneySum(row["total"] or NOUGHT, row["unknown"], row["number"]) for row in rows}


def stream_lines(plan, found):
    """Every stream of the plan in its own order; two queries."""
    allocated = _allocated("round__stream_id")
    return [
        StreamLine(
            stream,
            allocated.get(stream.pk, MoneySum()),
            tuple(stake for stake in found if stake.stream_id == stream.pk),
        )
        for stream in Stream.objects.filter(plan=plan).order_by("order", "number")
    ]


def round_lines(stream, found):
    """The rounds of a stream, newest first; two queries."""
    allocated = _allocated("round_id")
    rows = Round.objects.filter(stream=stream).select_related("rule_set").order_by("-starts_on", "pk")
    return [
        RoundLine(row, allocated.get(row.pk, MoneySum()), tuple(stake for stake in found if stake.round_id == row.pk))
        for row in rows
    ]
