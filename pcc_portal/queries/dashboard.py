"""The commissioner's dashboard: money by stream, what waits, what is late, what comes (X8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Sum, Window

from grants.enums import CaseStatus, ProjectStatus
from grants.models import AwardLine, BusinessCase, Project
from plans.models import Plan, Priority, Stream
from records.enums import ObligationKind
from records.models import Obligation
from services.queries import extension_work

from . import money

HORIZON = timedelta(days=550)


@dataclass(frozen=True)
class Figure:
    """One figure of a line: its key, its label and its sum."""

    key: str
    label: str
    sum: money.MoneySum


@dataclass(frozen=True)
class StreamLine:
    """One stream with its figures, in the plan's own order."""

    stream: Stream
    figures: list
    depth: int


@dataclass(frozen=True)
class Overview:
    """All that the dashboard shows."""

    plan: Plan | None
    lines: list
    totals: list
    examples: int


def plans():
    """Plans with streams, newest first."""
    return Plan.objects.filter(streams__isnull=False).distinct().order_by("-starts_on", "pk")


def overview(plan, *, with_examples=True):
    """Money by stream of the plan; a parent stream shows its own rows only, so nothing counts twice."""
    if plan is None:
        return Overview(None, [], [], 0)
    streams = list(Stream.objects.filter(plan=plan).order_by("order", "number"))
    found = {figure: money.totals(figure, with_examples=with_examples) for figure in money.FIGURES}
    lines, sums = [], {figure: money.MoneySum() for figure in money.FIGURES}
    for stream in streams:
        figures = {figure: found[figure].get(stream.pk, money.MoneySum()) for figure in money.FIGURES}
        for figure, value in figures.items():
            sums[figure] += value
        if any(value.rows for value in figures.values()) or not stream.parent_id:
            lines.append(StreamLine(stream, _figures(figures), stream.number.count(".")))
    return Overview(plan, lines, _figures(sums), sum(value.examples for value in sums.values()))


def _figures(sums):
    return [Figure(key, money.WORDS[key][0], value) for key, value in sums.items()]


def segments(found):
    """Committed money by stream for the bar; streams with nothing known are left out."""
    return [
        {
            "label": f"{line.stream.number} {line.stream.name}",
            "value": figure.sum.total,
            "url": f"/dashboard/committed/?stream={line.stream.key}",
        }
        for line in found.lines
        for figure in line.figures
        if figure.key == "committed" and figure.sum.total
    ]


def _undecided():
    """How many projects of a case are still to be decided."""
    projects = Project.objects.filter(case=OuterRef("pk"), status=ProjectStatus.PROPOSED)
    return projects.order_by().values("case").annotate(number=Count("pk")).values("number")


def waiting_cases():
    """Business cases that wait for a decision, longest waiting first."""
    return (
        BusinessCase.objects.filter(status=CaseStatus.AWAITING_DECISION)
        .select_related("organisation", "round")
        .annotate(to_decide=Subquery(_undecided()), in_all=Window(Count("*")))
        .order_by("submitted_at", "pk")
    )


def late_returns(on):
    """Returns owed and past their day."""
    return _with_organisation(
        Obligation.objects.overdue(on).filter(kind__in=[ObligationKind.RETURN, ObligationKind.RETURN_QUERY])
    )


def contract_decisions(on):
    """Extension decisions ahead (or missed), nearest first, each with how far its case has come."""
    rows = Obligation.objects.open().filter(kind=ObligationKind.EXTENSION_DECISION, due_on__lte=on + HORIZON)
    return extension_work.with_standing(rows).order_by("due_on", "pk")


def _with_organisation(rows):
    return rows.select_related("organisation").annotate(in_all=Window(Count("*"))).order_by("due_on", "pk")


def by_priority(plan):
    """Approved money and projects by the priority they serve (P8); one project may serve several."""
    if plan is None:
        return []
    sums: dict[int, Mapping[str, Any]] = {
        line["project__priorities"]: line
        for line in AwardLine.objects.exclude(award__status__in=money.NO_LONGER)
        .filter(project__priorities__plan=plan)
        .order_by()
        .values("project__priorities")
        .annotate(total=Sum("amount"), projects=Count("project", distinct=True))
    }
    return [
        {
            "priority": priority,
            "total": sums.get(priority.pk, {}).get("total") or money.NOUGHT,
            "projects": sums.get(priority.pk, {}).get("projects") or 0,
        }
        for priority in Priority.objects.filter(plan=plan).order_by("order", "pk")
    ]
