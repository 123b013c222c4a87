"""The KPIs of a contract inside its return: lines to answer, and what is frozen of them (S4)."""

from decimal import Decimal

from services.enums import KpiKind, Rag
from services.queries import kpis as services_kpis

from ..enums import CellKind, ReturnSection
from .returns import number_of, plain
from .sheet import MOST, Cell, Line, words

KIND_OF_KPI = {
    KpiKind.COUNT: CellKind.COUNT,
    KpiKind.NUMBER: CellKind.NUMBER,
    KpiKind.PERCENTAGE: CellKind.PERCENTAGE,
    KpiKind.MONEY: CellKind.MONEY,
    KpiKind.DAYS: CellKind.NUMBER,
}


def kpi_rows(monitoring_return):
    """The KPI lines of a return with the target of its period: [(row, target or None)]; none for an award."""
    if not monitoring_return.contract_id:
        return []
    rows = monitoring_return.kpi_lines.select_related("kpi__service").prefetch_related("kpi__targets")
    return [
        (row, services_kpis.target_on(row.kpi.targets.all(), row.kpi, monitoring_return.starts_on))
        for row in rows.order_by("kpi__number")
    ]


def kpi_lines(rows, previous, period):
    """The lines of the sheet; `rows` are (row, target)."""
    last = {told["key"]: told["value"] for told in previous.get("kpis", [])}
    return tuple(_line(row, target, last.get(row.kpi_id), period) for row, target in rows)


def _line(row, target, last, period):
    kpi = row.kpi
    kind = KIND_OF_KPI[KpiKind(kpi.kind)]
    cell = Cell(
        "value",
        kind,
        "Result",
        row.value,
        lowest=-MOST if kpi.kind == KpiKind.NUMBER else Decimal(0),
        highest=Decimal(100) if kind == CellKind.PERCENTAGE else MOST,
        decimals=0 if kind == CellKind.COUNT else 2,
    )
    return Line(
        f"kpis/{row.pk}",
        ReturnSection.KPIS,
        row.pk,
        kpi.name,
        (cell, words("comment", "Comment", row.comment)),
        group=kpi.service.name if kpi.service else "",
        beside={
            "definition": kpi.definition,
            "unit": "days" if kpi.kind == KpiKind.DAYS else kpi.unit,
            "direction": kpi.get_direction_display(),
            "target": target.target if target else None,
            "amber": target.amber if target else None,
            "last": last,
        },
        project=kpi.service_id or 0,
        last_period=period,
        kpi=kpi,
        target=target,
    )


def kpis_told(sheets):
    """The figures of a return's KPIs as a record fit for JSON, each with how it stood to its target."""
    return [_told(line) for sheet in sheets if sheet.section == ReturnSection.KPIS for line in sheet.lines]


def _told(line):
    kpi, target, value = line.kpi, line.target, line.cells[0].value
    rag = services_kpis.rag_of(kpi, value, target)
    return {
        "key": kpi.pk,
        "number": kpi.number,
        "name": kpi.name,
        "service": line.group,
        "definition": kpi.definition,
        "target": plain(target.target) if target else None,
        "target_shown": services_kpis.shown(kpi, target.target) if target else Rag.NO_TARGET.label,
        "direction": kpi.get_direction_display(),
        "value": plain(value),
        "shown": services_kpis.shown(kpi, value),
        "rag": str(rag),
        "rag_label": rag.label,
        "comment": line.cells[1].value,
    }


def with_last_kpis(content, previous):
    """Beside each KPI of a record, what the return before said of it, in words of this one's kind."""
    before = {told["key"]: told for told in (previous or {}).get("kpis", [])}
    for told in content.get("kpis", []):
        known = before.get(told["key"])
        told["last"] = known["shown"] if known and number_of(known["value"]) is not None else ""
    return content
