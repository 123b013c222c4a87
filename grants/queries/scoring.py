"""Scores, places and cut-offs as plain arithmetic: what a stage says of projects beside each other (V3, X1)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from plans.enums import StageKind

HUNDREDTH = Decimal("0.01")
WORKED_ON = frozenset({StageKind.GATE, StageKind.SCORED})
SETTLED_TOGETHER = WORKED_ON | {StageKind.MODERATION}
ENTERED = frozenset({StageKind.PANEL, StageKind.SECOND_BODY})
DECIDING = frozenset({StageKind.OFFICER, StageKind.COMMISSIONER})


def concerns(stage, amount):
    """Whether the stage concerns a project that asks for so many pounds."""
    above = stage.from_amount is None or amount >= stage.from_amount
    return above and (stage.up_to_amount is None or amount <= stage.up_to_amount)


def evaluators_of(stage):
    """How many must finish before the stage can be settled; at least one."""
    return max(stage.evaluators, 1)


def percent(part, whole):
    """A share in per cent, to the hundredth; None of nothing."""
    return (part * 100 / whole).quantize(HUNDREDTH, ROUND_HALF_UP) if whole else None


def score_percent(criteria, scores):
    """The weighted share of the best possible score; `scores` is {criterion id: score}. None where one is missing."""
    if not criteria or any(scores.get(criterion.pk) is None for criterion in criteria):
        return None
    reached = sum(criterion.weight * Decimal(scores[criterion.pk]) / criterion.highest for criterion in criteria)
    return percent(reached, sum(criterion.weight for criterion in criteria))


def mean(numbers):
    """The mean of some scores, exact."""
    numbers = list(numbers)
    return sum(map(Decimal, numbers)) / len(numbers) if numbers else None


def places_of(percents):
    """{key: place}, the highest first; equals share a place and the next place is left out."""
    return {key: 1 + sum(other > mine for other in percents.values()) for key, mine in percents.items()}


@dataclass(frozen=True)
class Verdict:
    """What a cut-off says of one project: whether it goes on, its place, and why in a sentence."""

    passed: bool
    place: int | None
    words: str


def plain(number):
    """A number without idle noughts: 60.00 is 60."""
    return f"{number.normalize():f}"


def threshold_words(share, least, of="of the best possible score"):
    """Why a share below the threshold is not enough, or nothing."""
    if least is None or share >= least:
        return ""
    return f"{plain(share)}% {of}, and {plain(least)}% is needed"


def verdicts(percents, *, least=None, most=None, of="of the best possible score"):
    """Thresholds and places over projects that are judged beside each other: {key: Verdict}.

    `percents` is {key: per cent}. Those who share the last place all go on, and their sentence says so.
    """
    places = places_of(percents)
    found = {}
    for key, share in percents.items():
        place = places[key]
        sharing = sum(other == place for other in places.values()) - 1
        low = threshold_words(share, least, of)
        words = low or f"{plain(share)}% {of}"
        if most is not None:
            words = f"{words}, {place_words(place, sharing)}"
        if not low and most is not None and place > most:
            words = f"{words}, and {most} {'goes' if most == 1 else 'go'} on"
        if not low and most is not None and place <= most < place + sharing:
            words = f"{words}: all who share the last place go on"
        found[key] = Verdict(not low and (most is None or place <= most), place, words)
    return found


def place_words(place, sharing):
    """A place in words, with how many others share it."""
    others = f", shared with {sharing} other{'' if sharing == 1 else 's'}" if sharing else ""
    return f"place {place}{others}"


@dataclass(frozen=True)
class Reach:
    """How far money goes down a ranking: one project, the sum so far, and whether the money reaches it."""

    key: int
    amount: Decimal
    so_far: Decimal
    within: bool


def money_line(ranked, budget):
    """Draw the line of the money: `ranked` is [(key, pounds)] from the highest; a null budget reaches everybody.

    The first project that does not fit draws the line: nobody below it jumps the queue.
    """
    rows, so_far, within = [], Decimal("0.00"), True
    for key, amount in ranked:
        so_far += amount
        within = within and (budget is None or so_far <= budget)
        rows.append(Reach(key, amount, so_far, within))
    return rows
