"""Improvement plans: asked for when a KPI is red twice running, written by the provider, agreed by the office (S4)."""

from django.db import transaction

from records import calendar, obligations, workflow
from records.actions import log
from records.enums import ObligationKind
from records.refusals import refuse_if
from records.words import day_in_words

from ..enums import PLAN_MOVES, ContractStatus, PlanStatus
from ..models import ImprovementPlan, ImprovementStep
from ..notices import improvement as notices
from ..queries import kpis as reads
from ..rules import improvement as rules

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
    owed = owe_plan(plan, due_on=due_on, anchor="Working days after the figures were accepted")
    log(plan, "asked", by=None, at=at, summary=f"Improvement plan asked for: {kpi.name}"[:500], reason=plan.because)
    notices.plan_asked(plan, due_on=due_on, owed=owed, at=at)
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


def _lock(plan):
    rows = ImprovementPlan.objects.select_for_update(of=("self",)).select_related("contract__provider", "kpi")
    return rows.get(pk=plan.pk)


@transaction.atomic
def propose_plan(*, plan, cause, steps, by, at):
    """The provider sends what the cause is and what it will do: `steps` are {does, owner, due_on}."""
    plan, on = _lock(plan), calendar.london_day(at)
    refuse_if(rules.why_not_propose(plan, user=by, on=on, cause=cause, steps=steps), plan)
    again = plan.steps.exists()
    plan.steps.all().delete()
    ImprovementStep.objects.bulk_create(
        ImprovementStep(plan=plan, number=number, **step) for number, step in enumerate(steps, start=1)
    )
    workflow.move(
        plan,
        PlanStatus.PROPOSED,
        moves=PLAN_MOVES,
        verb="proposed",
        by=by,
        at=at,
        summary=f"Plan {'sent again' if again else 'sent'} with {len(steps)} step{'' if len(steps) == 1 else 's'}",
        cause=cause.strip(),
    )
    obligations.close(plan, KIND, at=at, by=by, closing="The plan was sent")
    _owe_review(plan, "Agree or send back the improvement plan", on=on, anchor="Working days after the plan came")
    notices.plan_proposed(plan, at=at)
    return plan


def _owe_review(plan, words, *, on, anchor):
    obligations.owe(
        plan,
        REVIEW,
        title=f"{words} for {plan.kpi.name}"[:300],
        due_on=calendar.add_working_days(on, AGREE_IN),
        link=plan.get_absolute_url(),
        anchor=anchor,
    )


@transaction.atomic
def send_back_plan(*, plan, reason, due_on, by, at):
    """The office sends the plan back with what it lacks; the provider owes it again."""
    plan = _lock(plan)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_send_back(plan, user=by, on=on, reason=reason, due_on=due_on), plan)
    workflow.move(
        plan,
        PlanStatus.ASKED,
        moves=PLAN_MOVES,
        verb="sent_back",
        by=by,
        at=at,
        reason=reason.strip(),
        summary="Plan sent back",
    )
    obligations.close(plan, REVIEW, at=at, by=by, closing="The plan was sent back")
    owed = owe_plan(plan, due_on=due_on, anchor="Set by the office")
    notices.plan_sent_back(plan, reason=reason.strip(), due_on=due_on, owed=owed, at=at)
    return plan


@transaction.atomic
def agree_plan(*, plan, by, at):
    """The office agrees the plan; each step is owed by its day."""
    plan = _lock(plan)
    refuse_if(rules.why_not_agree(plan, user=by, on=calendar.london_day(at)), plan)
    workflow.move(
        plan,
        PlanStatus.AGREED,
        moves=PLAN_MOVES,
        verb="agreed",
        by=by,
        at=at,
        summary="Plan agreed",
        agreed_at=at,
        agreed_by=by,
    )
    obligations.close(plan, REVIEW, at=at, by=by, closing="The plan was agreed")
    owed = [
        obligations.owe(
            plan,
            KIND,
            title=f"{plan.reference}, step {step.number}: {step.does}"[:300],
            due_on=step.due_on,
            organisation=plan.contract.provider,
            link=plan.get_absolute_url(),
            period=_period(step),
            anchor="Agreed in the improvement plan",
        )
        for step in plan.steps.all()
    ]
    notices.plan_agreed(plan, owed=owed, at=at)
    return plan


def _period(step):
    return f"step {step.number}"


@transaction.atomic
def tick_step(*, step, done_on, by, at):
    """A step is done on a day; after the last one the office owes the verdict."""
    plan, on = _lock(step.plan), calendar.london_day(at)
    step = plan.steps.select_related("plan__contract__provider").get(pk=step.pk)
    refuse_if(rules.why_not_tick(step, user=by, on=on, done_on=done_on), plan)
    step.done_on = done_on
    step.save(update_fields=["done_on"])
    log(
        plan,
        "step_done",
        by=by,
        at=at,
        summary=f"Step {step.number} done on {day_in_words(done_on)}: {step.does}"[:500],
    )
    obligations.close(plan, KIND, at=at, by=by, closing="Done", period=_period(step))
    if not plan.steps.filter(done_on__isnull=True).exists():
        _owe_review(plan, "Close the improvement plan", on=on, anchor="Working days after the last step")
    return step


@transaction.atomic
def close_plan(*, plan, closing, by, at):
    """The office closes the plan with its verdict; nothing of it is owed any more."""
    plan = _lock(plan)
    refuse_if(rules.why_not_close(plan, user=by, on=calendar.london_day(at), closing=closing), plan)
    workflow.move(
        plan,
        PlanStatus.CLOSED,
        moves=PLAN_MOVES,
        verb="closed",
        by=by,
        at=at,
        reason=closing.strip(),
        summary="Plan closed",
        closed_at=at,
        closed_by=by,
        closing=closing.strip(),
    )
    for kind in (KIND, REVIEW):
        obligations.close(plan, kind, at=at, by=by, closing="The plan was closed")
    notices.plan_closed(plan, at=at)
    return plan
