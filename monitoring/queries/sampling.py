"""Which awards and contracts a year's sample takes: pure, so that a seed printed once can be checked for ever (P4)."""

import random
from dataclasses import dataclass
from itertools import accumulate

from ..enums import SampleStrategy


@dataclass(frozen=True)
class Draw:
    """One candidate as the draw left it: its place among the scores, taken or not, and why in words."""

    key: str
    score: int
    place: int
    is_chosen: bool
    why: str


def ranked(scores):
    """Candidates as (key, score), the highest score first; the key settles ties, so the order is always the same."""
    return sorted(scores, key=lambda pair: (-pair[1], pair[0]))


def draw(scores, *, size, strategy, seed):
    """Draw `size` of the candidates, given as (key, score); the same seed draws the same sample.

    The lot is `random.Random(seed)` over the candidates in the order of `ranked`.
    """
    order = ranked(scores)
    size = min(size, len(order))
    lot = random.Random(seed)
    chosen = WAYS[SampleStrategy(strategy)](order, size, lot)
    return [
        Draw(key, score, place, key in chosen, chosen.get(key) or _passed_over(place, len(order)))
        for place, (key, score) in enumerate(order, start=1)
    ]


def _passed_over(place, count):
    return f"Not drawn: place {place} of {count} by score"


def _highest(order, size, lot):
    taken = order[:size]
    return {
        key: f"Among the highest {size} of {len(order)} by score: place {place}"
        for place, (key, _) in enumerate(taken, 1)
    }


def _by_lot(order, size, lot):
    return {key: f"Drawn by lot from {len(order)}" for key, _ in lot.sample(order, size)}


def _weighted(order, size, lot):
    """One after another without putting back; a score of 4 is five times as likely to be drawn as none at all."""
    left, taken = list(order), {}
    for _ in range(size):
        ticket = lot.randrange(sum(score + 1 for _, score in left))
        key, score = left.pop(_holder_of(ticket, left))
        taken[key] = f"Drawn by lot from {len(order)}, weighted: its score is {score}"
    return taken


def _holder_of(ticket, left):
    """Whose ticket it is, where each holds one more than its score."""
    ends = accumulate(score + 1 for _, score in left)
    return next(index for index, end in enumerate(ends) if ticket < end)


def _mixed(order, size, lot):
    half = size - size // 2
    first = _highest(order, half, lot)
    return first | {
        key: f"Drawn by lot from the {len(order) - half} below the highest {half}"
        for key, _ in lot.sample(order[half:], size - half)
    }


WAYS = {
    SampleStrategy.HIGHEST: _highest,
    SampleStrategy.RANDOM: _by_lot,
    SampleStrategy.WEIGHTED: _weighted,
    SampleStrategy.MIXED: _mixed,
}
