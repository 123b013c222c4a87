"""How a formula shares out the money of a round, to the penny, and what forbids it (C1). Plain values only."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

from records.words import listed, pounds

PENNY = Decimal("0.01")
HUNDRED = 100


@dataclass(frozen=True)
class Terms:
    """What a formula says (see `plans.Formula`): `weights` by factor and the rest in per cent, the floor in pounds."""

    weights: dict[str, Decimal]
    floor: Decimal = Decimal(0)
    damping_percent: Decimal = Decimal(100)
    most_loss_percent: Decimal | None = None
    most_gain_percent: Decimal | None = None


@dataclass(frozen=True)
class Claimant:
    """One organisation: the value of each factor, and last year's sum where there was one."""

    name: str
    values: dict[str, Decimal]
    last_year: Decimal | None = None


@dataclass(frozen=True)
class Share:
    """What the formula gives one organisation, step by step, in pounds.

    `weighed` is its part by the factors alone, `damped` after damping; `lower` and `upper` are what the
    floor and the limits of change allow; `held` says which of them decided, or nothing.
    """

    name: str
    weighed: Decimal
    damped: Decimal
    lower: Decimal
    upper: Decimal | None
    result: Decimal
    held: str = ""


def why_not_share_out(budget, claimants, terms):
    """Say why the formula cannot be worked out, or nothing."""
    if budget is None:
        return "The money of the round is not known. Enter it first."
    if not claimants:
        return "Nobody is in the round yet. Add the organisations first."
    if not terms.weights or sum(terms.weights.values()) != HUNDRED:
        return (
            f"The weights of the formula make {plain(sum(terms.weights.values(), Decimal(0)))} %. They must make 100 %."
        )
    for key in terms.weights:
        lacking = [row.name for row in claimants if row.values.get(key) is None]
        if lacking:
            return f"The formula needs a figure for {listed(lacking)}. Enter it with its source."
        if not any(row.values[key] for row in claimants):
            return "One factor is nought for everybody, so nothing can be shared out by it. Enter its figures."
    least = sum((lower_of(row, terms) for row in claimants), Decimal(0))
    if least > budget:
        return (
            f"The floors and the limits of loss come to {pounds(least)}, more than the {pounds(budget)} of the round. "
            "Enter more money, or change the formula."
        )
    return ""


def plain(number):
    """5 rather than 5.00."""
    words = f"{number:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def lower_of(claimant, terms):
    """The least the organisation may get: the floor, or last year's sum less the most loss, whichever is more."""
    if claimant.last_year is None or terms.most_loss_percent is None:
        return terms.floor
    kept = claimant.last_year * (HUNDRED - terms.most_loss_percent) / HUNDRED
    return max(terms.floor, kept.quantize(PENNY, ROUND_CEILING))


def upper_of(claimant, terms):
    """The most it may get: last year's sum and the most gain, never below its floor; None is no limit."""
    if claimant.last_year is None or terms.most_gain_percent is None:
        return None
    most = claimant.last_year * (HUNDRED + terms.most_gain_percent) / HUNDRED
    return max(most.quantize(PENNY, ROUND_FLOOR), lower_of(claimant, terms))


def share_out(budget, claimants, terms):
    """Share the money out, in the order given; ask `why_not_share_out` first.

    Each part by weight is damped towards last year's sum; all are then raised or lowered in
    proportion, within floor and limits of change, until together they make the money of the round. Pennies go by
    the largest remainder. Where the limits of gain forbid it, less is given out; `left_over` says how much.
    """
    weighed = [_weighed(budget, row, claimants, terms) for row in claimants]
    damped = [_damped(part, row, terms) for part, row in zip(weighed, claimants, strict=True)]
    lower = [Fraction(lower_of(row, terms)) for row in claimants]
    upper = [None if (most := upper_of(row, terms)) is None else Fraction(most) for row in claimants]
    exact = _scaled(Fraction(budget), damped, lower, upper)
    results = to_pennies(exact)
    return [
        Share(
            name=row.name,
            weighed=_pounds(weighed[at]),
            damped=_pounds(damped[at]),
            lower=lower_of(row, terms),
            upper=upper_of(row, terms),
            result=results[at],
            held=_held(exact[at], row, lower[at], upper[at], terms),
        )
        for at, row in enumerate(claimants)
    ]


def left_over(budget, shares):
    """Pounds of the round that the limits of gain leave to nobody."""
    return budget - sum((share.result for share in shares), Decimal(0))


def _weighed(budget, claimant, claimants, terms):
    part = Fraction(0)
    for key, weight in terms.weights.items():
        whole = sum(Fraction(row.values[key]) for row in claimants)
        part += Fraction(weight) / HUNDRED * Fraction(claimant.values[key]) / whole
    return Fraction(budget) * part


def _damped(part, claimant, terms):
    if claimant.last_year is None:
        return part
    last = Fraction(claimant.last_year)
    return last + (part - last) * Fraction(terms.damping_percent) / HUNDRED


def _scaled(budget, targets, lower, upper):
    """Each target times one number, held within its bounds, so that together they make the budget."""

    def held_at(scale):
        return [_clamp(t * scale, low, high) for t, low, high in zip(targets, lower, upper, strict=True)]

    marks = {Fraction(0)}
    for target, low, high in zip(targets, lower, upper, strict=True):
        if target:
            marks |= {low / target} | ({high / target} if high is not None else set())
    below = Fraction(0)
    for mark in sorted(marks):
        if sum(held_at(mark)) > budget:
            break
        below = mark
    now = held_at(below)
    free = sum(
        target
        for target, low, high in zip(targets, lower, upper, strict=True)
        if target * below >= low and (high is None or target * below < high)
    )
    return held_at(below + (budget - sum(now)) / free) if free else now


def _clamp(value, low, high):
    value = max(value, low)
    return value if high is None else min(value, high)


def _held(exact, claimant, lower, upper, terms):
    if exact == lower and lower > 0:
        return "the floor" if lower_of(claimant, terms) == terms.floor else "the limit of loss"
    return "the limit of gain" if upper is not None and exact == upper else ""


def _pounds(exact):
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(PENNY, ROUND_HALF_UP)


def to_pennies(parts):
    """Exact sums as pounds and pence that make the same total, by the largest remainder; ties go in order."""
    pence = [part * HUNDRED for part in parts]
    whole = [part.numerator // part.denominator for part in pence]
    owing = int(sum(pence)) - sum(whole)
    order = sorted(range(len(parts)), key=lambda at: (whole[at] - pence[at], at))
    for at in order[:owing]:
        whole[at] += 1
    return [Decimal(number).scaleb(-2) for number in whole]


def split(amount, percents):
    """Split a sum by per cent into pennies that make it again: the shares of several sources, say."""
    whole = sum(Fraction(percent) for percent in percents)
    return to_pennies([Fraction(amount) * Fraction(percent) / whole for percent in percents])
