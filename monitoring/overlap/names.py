"""Names of providers: the same one written otherwise, and names that are only near."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from .wordpiece import vocabulary

LEGAL_WORDS = "the ltd limited plc llp llc cic cio clg incorporated inc registered charity uk"
LEGAL = frozenset(LEGAL_WORDS.split())
# Words that a name may carry or leave out; two names that carry different ones are different.
DESCRIBING_WORDS = (
    "trust foundation theatre theatres company co productions tours group groups services service organisation project "
    "projects association"
)
DESCRIBING = frozenset(DESCRIBING_WORDS.split())
SHORT = {
    "hse": "house", "assoc": "association", "assn": "association", "org": "organisation", "ctr": "centre",
    "center": "centre", "st": "saint", "bros": "brothers", "dept": "department", "cttee": "committee", "co": "company",
    "dc": "district council", "bc": "borough council", "cc": "county council", "theater": "theatre", "soc": "society",
}  # fmt: skip
NEAR_LENGTH, FAR_LENGTH = 5, 12
KEPT = 100_000


@lru_cache(KEPT)
def parts(name):
    """The words of a name, lower case, without accents, marks and its legal form."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[’'`.]", "", plain).replace("&", " and ").replace("community interest company", "cic")
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word != "and"]
    whole = " ".join(SHORT.get(word, word) for word in words).split()
    return tuple([word for word in whole if word not in LEGAL] or whole)


@lru_cache(KEPT)
def canonical(name):
    """A name by its words in one order: whoever writes it otherwise arrives at the same."""
    return " ".join(sorted(parts(name)))


def same(one, other):
    """Whether two names are one name written twice."""
    return bool(one and other) and canonical(one) == canonical(other)


@lru_cache(KEPT)
def near(one, other):
    """Whether two names are likely one: a slip of the pen, words run together, a describing word left out."""
    first, second = parts(one), parts(other)
    if not first or not second or sorted(first) == sorted(second):
        return bool(first) and sorted(first) == sorted(second)
    if "".join(first) == "".join(second):
        return True
    return _slip(first, second) or _shortened(set(first), set(second))


def _slip(first, second):
    """All words but one are the same, and that one differs as a slip of the pen does."""
    left, right = _without(first, second), _without(second, first)
    if len(left) != 1 or len(right) != 1 or any(char.isdigit() for char in left[0] + right[0]):
        return False
    one, other = left[0], right[0]
    shorter = min(len(one), len(other))
    allowed = 0 if shorter < NEAR_LENGTH or one[0] != other[0] else 1 if shorter < FAR_LENGTH else 2
    both_words = one in vocabulary() and other in vocabulary()
    plural = one + "s" == other or other + "s" == one
    return plural or (not both_words and distance(one, other, allowed) <= allowed)


def _without(words, others):
    """Words of one name that the other lacks, one for one."""
    return list((Counter(words) - Counter(others)).elements())


def _shortened(first, second):
    """The same name but for describing words that only one of them carries, with a word left that is its own."""
    if not (first < second or second < first):
        return False
    kept = first & second
    own = [word for word in kept - DESCRIBING if word not in vocabulary()]
    return first ^ second <= DESCRIBING and bool(own or len(kept - DESCRIBING) > 2)


def distance(one, other, most):
    """Letters to change, leave out, add or swap to make one word of another; counted no further than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, theirs in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
