"""Versions of terms: what differs between two, condition by condition, and where a version is used (P1)."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from ..models import TermsCondition, TermsVersion

WORD = re.compile(r"\s+|[^\s]+")
MARKED = ("text", "why", "checked_by")


class Change(StrEnum):
    """What became of a condition from one version to another."""

    SAME = "SAME"
    CHANGED = "CHANGED"
    ADDED = "ADDED"
    GONE = "GONE"


CHANGE_WORDS = {
    Change.SAME: "The same",
    Change.CHANGED: "Changed",
    Change.ADDED: "New",
    Change.GONE: "Gone",
}


@dataclass(frozen=True)
class Words:
    """A stretch of words of one side; `is_other` where the other side does not have them."""

    text: str
    is_other: bool


@dataclass(frozen=True)
class Difference:
    """One condition before and after: the condition of each side, or None; the marked words by field."""

    change: Change
    before: TermsCondition | None = None
    after: TermsCondition | None = None
    marked: tuple = ()

    @property
    def number(self):
        """The number it has now, with the one it had where that differs."""
        was, now = (row.number if row else "" for row in (self.before, self.after))
        return f"{now} (was {was})" if was and now and was != now else now or was

    @property
    def label(self):
        return CHANGE_WORDS[self.change]


def marked(before, after):
    """The words of two texts, (of the one, of the other), each stretch told whether the other side has it."""
    old, new = WORD.findall(before), WORD.findall(after)
    left, right = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = tag == "equal"
        if i1 < i2:
            left.append(Words("".join(old[i1:i2]), not same))
        if j1 < j2:
            right.append(Words("".join(new[j1:j2]), not same))
    return tuple(left), tuple(right)


def differences(before, after):
    """Every condition of two versions: by its number, else by the same text under another number.

    In the order of the later version; what is gone stands before what came in its place.
    """
    old, new = conditions_of(before), conditions_of(after)
    pairs = paired(old, new)
    gone = [row for row in old if row not in pairs.values()]
    placed = [(old.index(row), 0, 0, Difference(Change.GONE, before=row)) for row in gone]
    following = len(old)
    for place, row in reversed(list(enumerate(new))):
        was = pairs.get(row)
        following = old.index(was) if was else following
        placed.append((following - (was is None), 1, place, difference(was, row)))
    return [found for *_, found in sorted(placed, key=lambda one: one[:3])]


def conditions_of(terms):
    return list(terms.conditions.prefetch_related("streams").order_by("order", "pk"))


def paired(old, new):
    """{condition now: the one it was}."""
    by_number = {row.number: row for row in old}
    pairs = {row: by_number[row.number] for row in new if row.number in by_number}
    left = {row.text.strip(): row for row in old if row not in pairs.values()}
    for row in new:
        if row not in pairs and row.text.strip() in left:
            pairs[row] = left.pop(row.text.strip())
    return pairs


def difference(was, now):
    """What became of one condition."""
    if was is None:
        return Difference(Change.ADDED, after=now)
    fields = [(name, *marked(getattr(was, name), getattr(now, name))) for name in MARKED]
    same = all(getattr(was, name) == getattr(now, name) for name in (*MARKED, "number"))
    same = same and streams_of(was) == streams_of(now)
    return Difference(Change.SAME if same else Change.CHANGED, was, now, tuple(fields))


def streams_of(condition):
    """What a condition is limited to, by name; nothing where it holds for all."""
    return sorted(str(stream) for stream in condition.streams.all())


def counted(found):
    """How many conditions are new, changed and gone, inside a sentence."""
    words = {Change.ADDED: "new", Change.CHANGED: "changed", Change.GONE: "gone"}
    numbers = {change: sum(row.change == change for row in found) for change in words}
    said = [f"{number} {words[change]}" for change, number in numbers.items() if number]
    return ", ".join(said) or "no difference"


def versions_beside(terms):
    """The other versions a version may be compared with: those of its own title first."""
    rows = TermsVersion.objects.exclude(pk=terms.pk).order_by("title", "version")
    return sorted(rows, key=lambda row: row.title != terms.title)
