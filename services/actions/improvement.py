"""Improvement plans: asked for when a KPI is red twice running, written by the provider, agreed by the office (S4)."""

from records import calendar, obligations
from records.actions import log
from records.enums import ObligationKind

from .. import notices
from ..enums import ContractStatus, PlanStatus
from ..models import ImprovementPlan
from ..queries import kpis as reads

WRITE_IN = 20  # working days a provider has to write its plan
AGREE_IN = 10  # working days the office has to answer
KIND = ObligationKind.IMPROVEMENT_PLAN
REVIEW = ObligationKind.IMPROVEMENT_REVIEW


def ask_where_red_twice(contract, kpis, *, at):
    """Ask for a plan for each of these KPIs that is red twice running and has none open; gives the new plans.

    The contract is locked by the caller. Nothing is asked under a contract that has ended or has no
    provider, nor for a KPI that is retired.
    """
    if contract.status != ContractStatus.LIVE or not contract.provider_id:
        return []
    wanted = {kpi.pk for kpi in kpis if not kpi.retired_on}
    asked = []
    for history in reads.history_of(contract):
        kpi = history.kpi
        if kpi.pk not in wanted or kpi.improvement_plans.exclude(status=PlanStatus.CLOSED).exists():
            continue
        if pair := reads.twice_red(history.points, after=reads.last_closed_on(kpi)):
            asked.append(_ask(contract, kpi, pair, at=at))
    return asked


def _ask(contract, kpi, pair, *, at):
    because = f"{kpi.name} was red in two periods running: " + ", and ".join(
        f"{reads.shown(kpi, point.value)} for {point.period}, where the target was {reads.shown(kpi, point.target)}"
        for point in pair
    )
    plan = ImprovementPlan.objects.create(
        contract=contract,
        kpi=kpi,
        number=contract.improvement_plans.count() + 1,
        because=f"{because}.",
        asked_at=at,
    )
    due_on = calendar.add_working_days(calendar.london_day(at), WRITE_IN)
    owe_plan(plan, due_on=due_on, anchor="Working days after the figures were accepted")
    log(plan, "asked", by=None, at=at, summary=f"Improvement plan asked for: {kpi.name}"[:500], reason=plan.because)
    notices.plan_asked(plan, due_on=due_on, at=at)
    return plan


def owe_plan(plan, *, due_on, anchor):
    """The provider owes the plan by a day."""
    return obligations.owe(
        plan,
        KIND,
        title=f"Improvement plan for {plan.kpi.name}"[:300],
        due_on=due_on,
        organisation=plan.contract.provider,
        link=plan.get_absolute_url(),
        anchor=anchor,
    )
