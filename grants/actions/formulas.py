"""Every write of a formula: the figures it counts, and the sums it gives (C1)."""

from django.db import transaction

from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if
from records.words import pounds

from ..models import Allocation, AllocationFactor
from ..rules import formulas, sharing
from ..rules import rounds as rules
from .rounds import set_allocation


@transaction.atomic
def save_figures(*, round, figures, sources, by, at, last_years=None):
    """Keep the figures of a formula: {(organisation key, factor key): value}, each factor with its source.

    `last_years` is {organisation key: pounds}; null takes a figure away.
    """
    refuse_if(rules.why_not_set_allocation(round, user=by, on=london_day(at)), round)
    formula = sharing.formula_of(round)
    refuse_if("" if formula else "The rule set has no formula. Write one first.", round)
    refuse_if(next(filter(None, map(sharing.why_not_figure, figures.values())), ""), round)
    weights = {row.key: row for row in formula.weights.all()}
    for allocation in round.allocations.select_related("organisation"):
        key = allocation.organisation.key
        if last_years and key in last_years:
            allocation.last_year_amount = last_years[key]
            allocation.save(update_fields=["last_year_amount"])
        for factor, weight in weights.items():
            _keep(allocation, weight, figures.get((key, factor)), sources.get(factor, ""))
    log(round, "figures_saved", by=by, at=at, summary="Figures of the formula saved")
    return round


def _keep(allocation, weight, value, source):
    if value is None:
        AllocationFactor.objects.filter(allocation=allocation, weight=weight).delete()
        return
    kept = {"value": value, "source": source}
    AllocationFactor.objects.update_or_create(allocation=allocation, weight=weight, defaults=kept)


@transaction.atomic
def work_out_formula(*, round, by, at):
    """Share the money of the round out; an adjustment made by hand stays, with its reason."""
    refuse_if(rules.why_not_set_allocation(round, user=by, on=london_day(at)), round)
    list(Allocation.objects.select_for_update().filter(round=round))
    refuse_if(sharing.why_not_work_out(round), round)
    formula = sharing.formula_of(round)
    _, shares = sharing.worked_out(round, formula)
    for allocation, share in shares:
        by_hand = allocation.formula_amount is not None and allocation.amount not in (None, allocation.formula_amount)
        set_allocation(
            round=round,
            organisation=allocation.organisation,
            amount=max(share.result + (allocation.adjustment if by_hand else 0), 0),
            formula_amount=share.result,
            provenance=allocation.provenance if by_hand else f"{rules.BY_FORMULA}{formula.number}",
            by=by,
            at=at,
        )
    left = formulas.left_over(round.budget, [share for _, share in shares])
    more = f"; {pounds(left)} is left over by the limits of gain" if left else ""
    summary = f"Formula, version {formula.number}, shared out {pounds(round.budget - left)}{more}"
    log(round, "formula_worked_out", by=by, at=at, summary=summary)
    return shares
