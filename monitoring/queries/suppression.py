"""Which figures of a story may be shown, so that nobody can work out a count of one to four people (P6).

Read also by somebody who knows these rules: whatever is shown, every hidden count of one to four could as well have
been another. Sums over several stories add up only what is shown, so they say nothing more.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MOST_HIDDEN = 4
WITH_COUNTS = {"%", "per cent", "percent", "percentage", "score"}  # worked out of counts, so they would give them away


@dataclass(frozen=True)
class Figure:
    """One figure as it was reported; parts of one `group` add up to its total where it has one."""

    value: Decimal | None
    counts_people: bool = False
    group: str = ""
    is_total: bool = False
    unit: str = ""


def is_small(value: Decimal | None) -> bool:
    """Whether a count is so low that it might point at somebody."""
    return value is not None and 0 < value <= MOST_HIDDEN + Decimal("0.99")


def hidden_in(figures: list[Figure]) -> set[int]:
    """The places of the figures of one story that are hidden."""
    people = [place for place, figure in enumerate(figures) if figure.counts_people]
    small = {place for place in people if is_small(figures[place].value)}
    found, is_safe = set(small), True
    for parts, total in _groups(figures, people):
        more, group_is_safe = _beside(figures, parts, total)
        found |= more
        is_safe = is_safe and group_is_safe
    if not is_safe or _known_elsewhere(figures, people, found - small, found):
        found |= set(people)
    if found:
        found |= {place for place, figure in enumerate(figures) if figure.unit.strip().lower() in WITH_COUNTS}
    return {place for place in found if figures[place].value is not None}


def _groups(figures: list[Figure], people: Iterable[int]) -> list[tuple[list[int], int]]:
    """The groups whose parts add up to a total that stands beside them: (places of the parts, place of the total)."""
    parts: defaultdict[str, list[int]] = defaultdict(list)
    totals = {}
    for place in people:
        if group := figures[place].group:
            if figures[place].is_total:
                totals[group] = place
            else:
                parts[group].append(place)
    return [(parts[group], total) for group, total in totals.items()]


def _beside(figures: list[Figure], parts: list[int], total: int) -> tuple[set[int], bool]:
    """What more must be hidden in a group, and whether that is enough.

    It is not where the sum of what is hidden leaves each of them only one value: all one, or all four.
    """
    value = {place: figures[place].value or Decimal(0) for place in parts}
    small = [place for place in parts if is_small(value[place])]
    if not small:
        return set(), True
    if is_small(figures[total].value):
        return set(), len(small) < MOST_HIDDEN
    if len(small) == 1:
        second = _next_after(small[0], [place for place in parts if value[place]])
        return ({second}, True) if second is not None else (set(), False)
    together = sum(value[place] for place in small)
    return set(), len(small) < together < MOST_HIDDEN * len(small)


def _next_after(place: int, others: list[int]) -> int | None:
    """The next one in turn, whatever its size: a choice by size would say something about what is hidden."""
    turn = [other for other in others if other > place] + [other for other in others if other < place]
    return turn[0] if turn else None


def _known_elsewhere(figures: list[Figure], people: Iterable[int], seconds: set[int], hidden: set[int]) -> bool:
    """Whether a figure hidden for the sake of another stands in the story a second time, as that of another group."""
    shown = {figures[place].value for place in people if place not in hidden}
    return any(figures[place].value in shown for place in seconds)
