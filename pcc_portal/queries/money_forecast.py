"""A forecast of what awards will leave unspent, from accepted returns and from money that was never released (X2).

An award whose accepted return covers all of it leaves what it says. One with an accepted return on the way is taken
to go on spending as fast as so far. One that is over and has nothing accepted leaves what was not released. Of any
other award nothing is foretold.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from grants.enums import AwardStatus
from grants.models import ReportedSpend
from grants.queries import sources as grant_sources
from monitoring.enums import ReturnStatus, Verdict
from monitoring.models import MonitoringReturn

from . import money_sources
from .money import NOUGHT

PENNY = Decimal("0.01")
IN_FORCE = (AwardStatus.LIVE, AwardStatus.SUSPENDED, AwardStatus.CLOSED)


@dataclass(frozen=True)
class Foretold:
    """What one award is thought to leave unspent of one source, and why in words."""

    stake: money_sources.Stake
    unspent: Decimal
    why: str


def accepted_spend():
    """{award id: the newest spend of an accepted return}; one query."""
    accepted = MonitoringReturn.objects.filter(status=ReturnStatus.REVIEWED, verdict=Verdict.SATISFACTORY)
    rows = ReportedSpend.objects.filter(spent__isnull=False, reference__in=accepted.values("reference"))
    return {row.award_id: row for row in rows.order_by("ends_on", "reported_at", "pk")}


def foretold(found, *, on):
    """The awards among the stakes that are thought to leave money unspent, the most first."""
    told = accepted_spend()
    awards: dict[int, list[money_sources.Stake]] = {}
    for stake in found:
        if stake.kind == money_sources.AWARD and stake.subject.status in IN_FORCE:
            awards.setdefault(stake.subject.pk, []).append(stake)
    rows = [row for pk, own in awards.items() for row in _of_award(own, told.get(pk), on)]
    return sorted(rows, key=lambda row: (-row.unspent, row.stake.reference))


def _of_award(own, told, on):
    award = own[0].subject
    promised = sum((stake.promised or NOUGHT for stake in own), NOUGHT)
    spent, why = _spend_at_the_end(award, told, promised, on, sum((stake.released for stake in own), NOUGHT))
    left = promised - spent
    if left <= 0:
        return []
    parts = grant_sources.split(left, [stake.promised or NOUGHT for stake in own])
    return [Foretold(stake, part, why) for stake, part in zip(own, parts, strict=True) if part]


def _spend_at_the_end(award, told, promised, on, released):
    """(what it will have spent, why in words); all of it where nothing can be foretold."""
    if told is None:
        if award.ends_on < on:
            return released, "It is over, and this was never released"
        return promised, ""
    if told.covers_the_award or told.ends_on >= award.ends_on:
        return told.spent, f"Its accepted return {told.reference} says so"
    days = (told.ends_on - award.starts_on).days + 1
    whole = (award.ends_on - award.starts_on).days + 1
    if days <= 0:
        return promised, ""
    expected = (told.spent * whole / days).quantize(PENNY, ROUND_HALF_UP)
    return min(expected, promised), f"If it goes on spending as in its accepted return {told.reference}"


def total(rows):
    return sum((row.unspent for row in rows), NOUGHT)
