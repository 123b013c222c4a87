"""Who owes a return, what was spent, and outcomes against target, across awards."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.fields.json import KeyTransform

from grants.enums import AwardStatus
from grants.models import Instalment
from records.enums import ObligationKind
from records.models import Obligation

from ..models import MonitoringReturn, OutcomeResult, ReturnVersion
from .returns import GONE_OUT, NOUGHT, is_met
from .subjects import standing

OWED_BY_RECIPIENTS = [ObligationKind.RETURN, ObligationKind.RETURN_QUERY]


@dataclass(frozen=True)
class AwardMoney:
    """What went out on an award, what was reported as spent, and what is left, in pounds.

    `spent` and `unspent` are None before any return was submitted: unknown, not nought.
    """

    released: Decimal = NOUGHT
    returned: Decimal = NOUGHT
    spent: Decimal | None = None
    spent_to: date | None = None

    @property
    def unspent(self):
        return None if self.spent is None else self.released - self.spent - self.returned


@dataclass(frozen=True)
class OutcomeStanding:
    """One planned outcome with the figure last submitted for it."""

    planned: object
    value: Decimal | None
    met: bool | None
    monitoring_return: MonitoringReturn


def who_owes(on):
    """Returns and answers owed and open by the day, whose award or contract still stands; nearest due first."""
    return (
        Obligation.objects.open()
        .opened_by(on)
        .filter(
            standing()
            | Q(kind=ObligationKind.RETURN_QUERY)
            | Q(kind=ObligationKind.RETURN, subject_type=MonitoringReturn._meta.label)
        )
        .select_related("organisation")
        .order_by("due_on", "pk")
    )


def late_obligations(on):
    """Returns and answers to queries whose due day has passed."""
    return who_owes(on).filter(due_on__lt=on)


def late_returns(on):
    """Returns due before the day and not yet submitted once."""
    return MonitoringReturn.objects.late_on(on).with_parents().order_by("obligation__due_on", "pk")


def _reported(**awards):
    """Frozen spend of submitted returns, the newest version of the newest return last."""
    return (
        ReturnVersion.objects.filter(monitoring_return__award__isnull=False, **awards)
        .exclude(monitoring_return__award__status__in=[AwardStatus.LAPSED, AwardStatus.DECLINED])
        .order_by("monitoring_return__ends_on", "monitoring_return_id", "number")
        .values_list(
            "monitoring_return__award_id",
            "monitoring_return__award__stream_id",
            "monitoring_return__ends_on",
            KeyTransform("spent_by_line", "content"),
        )
    )


def spent_by_stream():
    """Pounds reported as spent, by stream id: for each award line its newest submitted figure."""
    lines = {}
    for _award, stream, _to, spent in _reported():
        lines.update({line: (stream, Decimal(sum_)) for line, sum_ in spent.items() if sum_ is not None})
    totals = defaultdict(lambda: NOUGHT)
    for stream, sum_ in lines.values():
        totals[stream] += sum_
    return dict(totals)


def money_by_award(award_ids):
    """`AwardMoney` by award id, in two queries."""
    ids = list(award_ids)
    out, back = Q(direction="OUT", status__in=GONE_OUT), Q(direction="IN", status="PAID")
    moved: dict[int, Mapping[str, Any]] = {
        row["award_id"]: row
        for row in Instalment.objects.filter(award_id__in=ids)
        .order_by()
        .values("award_id")
        .annotate(released=Sum("amount", filter=out), returned=Sum("amount", filter=back))
    }
    lines, spent_to = defaultdict(dict), {}
    for award, _stream, to, spent in _reported(monitoring_return__award_id__in=ids):
        lines[award].update({line: Decimal(sum_) for line, sum_ in spent.items() if sum_ is not None})
        spent_to[award] = to
    return {
        pk: AwardMoney(
            released=moved.get(pk, {}).get("released") or NOUGHT,
            returned=moved.get(pk, {}).get("returned") or NOUGHT,
            spent=sum(lines[pk].values(), NOUGHT) if pk in spent_to else None,
            spent_to=spent_to.get(pk),
        )
        for pk in ids
    }


def outcomes_against_target(award):
    """Each planned outcome of an award with the result in the newest submitted return."""
    newest = (
        MonitoringReturn.objects.filter(award=OuterRef("monitoring_return__award"), submitted_at__isnull=False)
        .order_by("-ends_on", "-pk")
        .values("pk")[:1]
    )
    results = (
        OutcomeResult.objects.filter(monitoring_return__award=award, monitoring_return=Subquery(newest))
        .select_related("planned", "monitoring_return")
        .order_by("award_line__number", "planned__number")
    )
    return [
        OutcomeStanding(
            row.planned,
            row.value,
            None if row.value is None else is_met(row.planned, row.value, row.target_then),
            row.monitoring_return,
        )
        for row in results
    ]
