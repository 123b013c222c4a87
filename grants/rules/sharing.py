"""The formula of a round, read from its rows and worked out; and whether it stands as it was worked out (C1)."""

from plans.enums import MoneySetBy
from plans.models import Formula
from records.words import listed

from ..queries import rounds as queries
from . import formulas


def formula_of(round):
    """The newest version of the formula of the rule set, with its weights; None where there is none."""
    return Formula.objects.filter(rule_set=round.rule_set_id).prefetch_related("weights").order_by("-number").first()


def terms_of(formula):
    """A formula as plain values."""
    return formulas.Terms(
        weights={row.key: row.weight for row in formula.weights.all()},
        floor=formula.floor,
        damping_percent=formula.damping_percent,
        most_loss_percent=formula.most_loss_percent,
        most_gain_percent=formula.most_gain_percent,
    )


def claimants_of(round, formula):
    """[(allocation, its figures as plain values)], in the order of their names."""
    allocations = queries.allocations_of(round).prefetch_related("factors__weight")
    return [
        (
            allocation,
            formulas.Claimant(
                name=allocation.organisation.name,
                values={
                    factor.weight.key: factor.value
                    for factor in allocation.factors.all()
                    if factor.weight.formula_id == formula.pk
                },
                last_year=allocation.last_year_amount,
            ),
        )
        for allocation in allocations
    ]


def worked_out(round, formula):
    """(sentence, [(allocation, share)]): what the formula gives each organisation, or why it gives nothing yet."""
    pairs = claimants_of(round, formula)
    claimants = [claimant for _, claimant in pairs]
    terms = terms_of(formula)
    if why := formulas.why_not_share_out(round.budget, claimants, terms):
        return why, []
    shares = formulas.share_out(round.budget, claimants, terms)
    return "", [(allocation, share) for (allocation, _), share in zip(pairs, shares, strict=True)]


def why_not_work_out(round):
    """Say why the formula of this round cannot be worked out now, or nothing."""
    if round.rule_set.money_set_by != MoneySetBy.FORMULA:
        return "The money of this round is not set by a formula."
    formula = formula_of(round)
    if formula is None:
        return "The rule set has no formula. Write one first."
    return worked_out(round, formula)[0]


def why_not_figure(value):
    """Say what is wrong with one figure of a factor, or nothing."""
    return "A figure cannot be below nought." if value is not None and value < 0 else ""


def why_not_as_worked_out(round):
    """Say that the formula must be worked out, or worked out again, before the round opens; or nothing."""
    if round.rule_set.money_set_by != MoneySetBy.FORMULA:
        return ""
    formula = formula_of(round)
    if formula is None:
        return "The rule set has no formula. Write one before opening the round."
    why, shares = worked_out(round, formula)
    if why:
        return why
    stale = [share.name for allocation, share in shares if allocation.formula_amount != share.result]
    return (
        f"Figures have changed since the formula was worked out ({listed(stale)}). Work it out again." if stale else ""
    )
