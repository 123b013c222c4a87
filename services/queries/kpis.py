"""Reads of KPIs: what was reported against which target, how it stands, and when it was red twice (S4)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q

from accounts import access
from accounts.roles import Permission
from records.calendar import london_day
from records.words import day_in_words, pounds

from ..enums import KpiDirection, KpiKind, PlanStatus, Rag, Regime
from ..models import ImprovementPlan, Kpi, KpiResult

# Procurement Act 2023, section 52: at least three KPIs where the estimated value is above this, in pounds.
KPI_THRESHOLD = Decimal(5_000_000)
KPIS_BY_LAW = 3


@dataclass(frozen=True)
class KpiPoint:
    """One period of a KPI. `value` None is not reported; `target` None where none stood in the period."""

    starts_on: date
    ends_on: date
    value: Decimal | None
    target: Decimal | None
    amber: Decimal | None
    rag: Rag
    accepted: bool
    comment: str
    report: str = ""
    version: int = 0

    @property
    def period(self):
        return f"{day_in_words(self.starts_on)} to {day_in_words(self.ends_on)}"


@dataclass(frozen=True)
class KpiHistory:
    """A KPI with its points, oldest first, and its rows of targets."""

    kpi: Kpi
    points: tuple[KpiPoint, ...]
    targets: tuple[Any, ...] = ()

    @property
    def latest(self):
        """The newest period that was reported on, or None."""
        return self.points[-1] if self.points else None


def rag_of(kpi, value, target_row):
    """How a figure stands: green from the target, amber from the amber threshold, else red.

    Both thresholds count as reached. A figure that is not known is never red. `target_row` has
    `target` and `amber` (None: there is no amber), or is None.
    """
    if value is None:
        return Rag.UNKNOWN
    if target_row is None:
        return Rag.NO_TARGET
    if reaches(kpi, value, target_row.target):
        return Rag.GREEN
    return Rag.AMBER if target_row.amber is not None and reaches(kpi, value, target_row.amber) else Rag.RED


def reaches(kpi, value, threshold):
    """Whether a figure is as good as a threshold, or better."""
    return value >= threshold if kpi.direction == KpiDirection.HIGHER else value <= threshold


def target_on(targets, kpi, starts_on):
    """The target a period is held against: the one that stood on its first day, or on the KPI's own first day.

    A target that begins inside a period rules from the next one, so nobody is judged by what came later.
    """
    day = max(starts_on, kpi.starts_on)
    standing = [row for row in targets if row.starts_on <= day]
    return max(standing, key=lambda row: row.starts_on) if standing else None


def kpis_of(contract):
    """The KPIs of a contract with their service, targets and standing results, in their order."""
    standing = KpiResult.objects.filter(superseded_at__isnull=True).order_by("ends_on", "starts_on", "pk")
    return (
        Kpi.objects.filter(contract=contract)
        .select_related("service")
        .prefetch_related("targets", Prefetch("results", standing, to_attr="standing"))
        .order_by("number")
    )


def in_force(contract, starts_on, ends_on):
    """The KPIs that count on at least one day of a period, with their targets."""
    return (
        Kpi.objects.filter(contract=contract, starts_on__lte=ends_on)
        .filter(Q(retired_on__isnull=True) | Q(retired_on__gte=starts_on))
        .prefetch_related("targets")
        .order_by("number")
    )


def history_of(contract, *, until=None):
    """Every KPI of the contract with what was reported for each period that ended by `until`; three queries."""
    return [_history(kpi, until) for kpi in kpis_of(contract)]


def _history(kpi, until):
    targets = tuple(kpi.targets.all())
    rows = [row for row in kpi.standing if until is None or row.ends_on <= until]
    return KpiHistory(kpi, tuple(_point(kpi, targets, row) for row in rows), targets)


def _point(kpi, targets, row):
    standing = target_on(targets, kpi, row.starts_on)
    return KpiPoint(
        row.starts_on,
        row.ends_on,
        row.value,
        standing.target if standing else None,
        standing.amber if standing else None,
        rag_of(kpi, row.value, standing),
        row.accepted_at is not None,
        row.comment,
        row.report,
        row.version,
    )


def corrected(kpi):
    """Figures of a KPI that a later report took the place of, newest first."""
    return kpi.results.filter(superseded_at__isnull=False).order_by("-superseded_at", "-pk")


def twice_red(points, *, after=None):
    """The two points that make a KPI red twice running, or None (S4).

    Only accepted figures count. The newest known figure must be red, and so must the known figure
    of the period before it. A period without a known figure, or without a target, is passed over:
    it is neither red nor the end of a run, since silence must not help. Reports that overlap
    the newer one are the same time told twice, not two periods. Periods that ended by `after`, the
    day the last plan was closed, have been answered for already.
    """
    judged = [
        point
        for point in points
        if point.accepted and point.rag not in {Rag.UNKNOWN, Rag.NO_TARGET} and (after is None or point.ends_on > after)
    ]
    if not judged or judged[-1].rag != Rag.RED:
        return None
    last = judged[-1]
    before = [point for point in judged if point.ends_on < last.starts_on]
    return (before[-1], last) if before and before[-1].rag == Rag.RED else None


def shown(kpi, value):
    """A figure of a KPI in words: 91%, £1,250, 5 days, 120 people; "Not reported" where it is not known."""
    if value is None:
        return Rag.UNKNOWN.label
    if kpi.kind == KpiKind.MONEY:
        return pounds(value)
    figure = f"{value:,f}"
    figure = figure.rstrip("0").rstrip(".") if "." in figure else figure
    if kpi.kind == KpiKind.PERCENTAGE:
        return f"{figure}%"
    if kpi.kind == KpiKind.DAYS:
        return f"{figure} day{'' if value == 1 else 's'}"
    return f"{figure} {kpi.unit}".strip()


def amber_words(kpi, target_row):
    """Where amber begins: "amber from 80%", "amber up to 8 days"; empty where there is no amber."""
    if target_row is None or target_row.amber is None:
        return ""
    edge = "from" if kpi.direction == KpiDirection.HIGHER else "up to"
    return f"amber {edge} {shown(kpi, target_row.amber)}"


def law_asks_for(contract):
    """Whether the law asks for three KPIs, as far as the contract's own data says: True, False, or None (not known).

    Procurement Act 2023, section 52: contracts above the threshold that are not let under the light touch.
    """
    if contract.light_touch or (contract.regime and contract.regime != Regime.PA2023):
        return False
    if not contract.regime or contract.light_touch is None or contract.estimated_value is None:
        return None
    return contract.estimated_value > KPI_THRESHOLD


def plans_of(contract):
    """The improvement plans of a contract, newest first, with their KPI and steps."""
    plans = ImprovementPlan.objects.filter(contract=contract)
    return plans.select_related("kpi", "contract").prefetch_related("steps").order_by("-number")


def last_closed_on(kpi):
    """The day the last improvement plan of a KPI was closed, or None."""
    moments = kpi.improvement_plans.filter(status=PlanStatus.CLOSED).values_list("closed_at", flat=True)
    return max((london_day(moment) for moment in moments), default=None)


@dataclass(frozen=True)
class KpiLineShown:
    """One KPI as the page of the contract shows it."""

    kpi: Kpi
    latest: KpiPoint | None
    target: str
    value: str


@dataclass(frozen=True)
class KpiSummary:
    """What the page of a contract says of KPIs and improvement plans."""

    rows: tuple[KpiLineShown, ...]
    plans: tuple[ImprovementPlan, ...]
    manages: bool


def summary_of(contract, user):
    """KPIs in force with their last figure, and improvement plans that are open; four queries."""
    told = [history for history in history_of(contract) if not history.kpi.retired_on]
    plans = tuple(plan for plan in plans_of(contract) if plan.status != PlanStatus.CLOSED)
    return KpiSummary(tuple(_line(history) for history in told), plans, access.may(user, Permission.CONTRACT_MANAGE))


def _line(history):
    latest = history.latest
    newest = max(history.targets, key=lambda row: row.starts_on, default=None)
    target = latest.target if latest else newest.target if newest else None
    return KpiLineShown(
        history.kpi,
        latest,
        Rag.NO_TARGET.label if target is None else shown(history.kpi, target),
        shown(history.kpi, latest.value if latest else None),
    )
