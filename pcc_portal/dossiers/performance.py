"""Sections about how the service does: KPIs, returns with their verdicts, improvement plans, open actions."""

from monitoring.enums import ReturnStatus
from monitoring.models import MonitoringReturn
from records.calendar import london_day
from records.enums import ObligationKind
from records.models import Obligation
from services.enums import Rag
from services.queries import kpis as services_kpis
from services.queries import meetings

from .pack import Fact, KpiFigures, Row, Section, Table, day, figure, plain_number, rag, text


def kpis_section(contract, on):
    """Every KPI with what was reported for each period that ended by the day."""
    histories = services_kpis.history_of(contract, until=on)
    if not histories:
        return Section("kpis", "KPIs", lead="No KPIs are set for this contract.")
    counts = dict.fromkeys(Rag, 0)
    for history in histories:
        if history.latest:
            counts[history.latest.rag] += 1
    facts = [
        Fact(f"{word.label} in their latest period", figure(counts[word], str(counts[word])))
        for word in (Rag.GREEN, Rag.AMBER, Rag.RED)
    ]
    return Section(
        "kpis",
        "KPIs",
        facts=tuple(facts),
        tables=tuple(_kpi_table(history) for history in histories),
        kpis=tuple(_kpi_figures(history) for history in histories),
    )


def _kpi_table(history):
    kpi = history.kpi
    rows = tuple(
        Row(
            f"{point.starts_on}/{point.ends_on}",
            (
                text(point.period),
                figure(point.value, services_kpis.shown(kpi, point.value)),
                figure(point.target, "No target" if point.target is None else services_kpis.shown(kpi, point.target)),
                rag(point.rag),
                text("Accepted" if point.accepted else "Not yet accepted"),
                text(point.comment),
            ),
        )
        for point in history.points
    )
    columns = ("Period", "Result", "Target", "RAG", "Return", "Comment")
    retired = f" (until {kpi.retired_on})" if kpi.retired_on else ""
    caption = f"{kpi.name}: {kpi.get_direction_display().lower()}{retired}"
    return Table(caption, columns, rows, "Nothing was reported for it yet.")


def _kpi_figures(history):
    points = tuple(
        {
            "starts_on": point.starts_on.isoformat(),
            "ends_on": point.ends_on.isoformat(),
            "value": _plain(point.value),
            "target": _plain(point.target),
            "amber": _plain(point.amber),
            "rag": str(point.rag),
            "accepted": point.accepted,
        }
        for point in history.points
    )
    kpi = history.kpi
    return KpiFigures(kpi.name, kpi.kind, kpi.unit, points)


def _plain(value):
    return None if value is None else plain_number(value)


def returns_section(contract, on):
    """The returns asked for by the day, with verdict and reply, and those that are late."""
    returns = list(_returns(contract, on))
    late = _late(contract, returns, on)
    handed_in = [row for row in returns if row.submitted_at]
    facts = (
        Fact("Returns handed in", figure(len(handed_in), str(len(handed_in)))),
        Fact("Late now", figure(len(late), str(len(late)))),
    )
    rows = tuple(
        Row(
            row.reference,
            (
                text(row.reference, row.get_absolute_url()),
                text(row.get_kind_display()),
                day(row.starts_on),
                day(row.ends_on),
                day(row.obligation.due_on),
                day(row.submitted_at and london_day(row.submitted_at), "Not handed in"),
                text(_verdict(row)),
                text(row.reply or row.waived_reason),
            ),
        )
        for row in returns
    )
    columns = ("Return", "Kind", "From", "To", "Due", "Handed in", "Verdict", "Reply")
    table = Table("Returns", columns, rows, "No return was asked for by this day.")
    unopened = tuple(Row(f"owed-{row.pk}", (text(row.title), day(row.due_on))) for row in late)
    late_table = Table("Late returns", ("Return", "Due"), unopened, "None is late.")
    return Section("returns", "Returns and reviews", facts=facts, tables=(table, late_table))


def _returns(contract, on):
    rows = MonitoringReturn.objects.filter(contract=contract, starts_on__lte=on)
    return rows.select_related("obligation").order_by("ends_on", "pk")


def _late(contract, returns, on):
    """What is owed, whose day has passed, and was not handed in once."""
    in_hand = {row.obligation_id for row in returns if row.submitted_at}
    owed = Obligation.objects.open().about(contract).filter(kind=ObligationKind.RETURN, due_on__lt=on)
    return [row for row in owed.order_by("due_on", "pk") if row.pk not in in_hand]


def _verdict(row):
    return row.get_verdict_display() if row.status == ReturnStatus.REVIEWED else row.get_status_display()


def improvement_section(contract):
    """Improvement plans with their steps, and what meetings left to do."""
    plans = list(services_kpis.plans_of(contract))
    plan_rows = tuple(
        Row(
            f"plan-{plan.number}",
            (
                text(f"Plan {plan.number}", plan.get_absolute_url()),
                text(plan.kpi.name),
                text(plan.get_status_display()),
                text(plan.because),
                text(plan.closing or _steps(plan)),
            ),
        )
        for plan in plans
    )
    action_rows = tuple(
        Row(
            f"action-{action.pk}",
            (
                text(action.does),
                text(action.organisation.name if action.organisation else "The office"),
                day(action.due_on),
            ),
        )
        for action in meetings.actions_open(contract)
    )
    return Section(
        "improvement",
        "Improvement plans and open actions",
        tables=(
            Table(
                "Improvement plans",
                ("Plan", "KPI", "Standing", "Because", "Steps, or how it closed"),
                plan_rows,
                "There have been none.",
            ),
            Table("Actions still to do", ("Action", "Who", "Due"), action_rows, "None is open."),
        ),
    )


def _steps(plan):
    steps = plan.steps.all()
    done = sum(step.done_on is not None for step in steps)
    return f"{done} of {len(steps)} steps done" if steps else "No steps yet"
