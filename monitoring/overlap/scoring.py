"""How likely two texts tell of the same work: a few measures, weighed as the labelled projects of the bench taught.

A score is 0 to 100. `WORDS` weighs what any installation can measure, `EMBEDDED` what the optional model adds.
"""

import math
from dataclasses import dataclass, field

from . import embedding
from .field import profile, rarity
from .words import stems

SHARED_WORDS_COUNT_TO = 0.3


@dataclass(frozen=True)
class Weights:
    """How much each measure counts, and from which score on a pair is shown."""

    base: float
    by_measure: dict = field(default_factory=dict)
    shown_from: int = 50

    def score(self, measures):
        """From 0 to 100."""
        total = self.base + sum(weight * measures[name] for name, weight in self.by_measure.items())
        return round(100 / (1 + math.exp(-max(-50, min(50, total)))))


WORDS = Weights(-7.63, {"concepts": 7.87, "shared": 3.67, "done": 1.03, "whom": 1.58, "about": 2.52}, 75)
EMBEDDED = Weights(-10.0, {"likeness": -5.85, "concepts": 4.26, "shared": -19.03, "words": 22.42, "apart": 11.39}, 33)


@dataclass(frozen=True)
class Read:
    """A text as the finder reads it once: its concepts, its stems, and with the model its vector and its words."""

    concepts: dict
    stems: dict
    vector: bytes = b""
    words: object = None


def read(text, *, vector=b"", with_words=False):
    """Read a text; `vector` where it is kept already, `with_words` where words are met one by one."""
    return Read(profile(text), _weighed(stems(text)), vector, embedding.words_of(text) if with_words else None)


def _weighed(found):
    return {one: (1 + math.log(found.count(one))) * rarity(one) for one in set(found)}


def cosine(one, other):
    """How like two weighed sets of marks are, 0 to 1."""
    shared = sum(weight * other[mark] for mark, weight in one.items() if mark in other)
    norms = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return shared / norms if norms else 0.0


def measures(one, other):
    """Every measure of two texts that can be taken of what was read of them."""
    found = {"concepts": cosine(one.concepts, other.concepts)}
    found["shared"] = min(cosine(one.stems, other.stems), SHARED_WORDS_COUNT_TO)
    for facet in ("done", "whom", "about"):
        found[facet] = cosine(_of(one, facet), _of(other, facet))
    if one.vector and other.vector:
        found["likeness"] = embedding.likeness(one.vector, other.vector)[0]
        found["apart"] = embedding.apartness(one.vector, other.vector)
    if one.words is not None and other.words is not None:
        found["words"] = embedding.word_by_word(one.words, other.words)
    return found


def _of(read, facet):
    return {mark: weight for mark, weight in read.concepts.items() if mark.startswith(facet)}


def weights(embedded):
    """The weights of the way of comparing."""
    return EMBEDDED if embedded else WORDS
