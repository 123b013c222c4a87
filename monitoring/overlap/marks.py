"""What a provider is known by, as marks that can be searched for, and which of two providers' marks meet.

`org:` a registered organisation, `id:` a registration number, `name:` a name in one order of words, `as:` as written.
"""

from . import names

ORGANISATION, NUMBER, NAME, WRITTEN = "org:", "id:", "name:", "as:"
LONGEST = 200


def of_name(name):
    """The marks of a name nobody has registered."""
    return [f"{NAME}{names.canonical(name)}"[:LONGEST], f"{WRITTEN}{name.strip()}"[:LONGEST]]


def of_organisation(pk, known_names, numbers):
    """The marks of a registered organisation: every name and number it has."""
    found = [f"{ORGANISATION}{pk}", *(f"{NUMBER}{number}"[:LONGEST] for number in numbers)]
    for name in known_names:
        found += of_name(name)
    return list(dict.fromkeys(found))


def sure(marks):
    """The marks that say who it is, whatever the spelling."""
    return [mark for mark in marks if not mark.startswith(WRITTEN)]


def written(marks):
    """The names as written."""
    return [mark.removeprefix(WRITTEN) for mark in marks if mark.startswith(WRITTEN)]


def shared(one, other):
    """How two providers are the same: the kind of mark and both names as written; None where they are not."""
    theirs = set(sure(other))
    for kind in (ORGANISATION, NUMBER, NAME):
        both = [mark for mark in sure(one) if mark.startswith(kind) and mark in theirs]
        if both:
            return kind, *_as_written(one, other), both[0].removeprefix(kind)
    for left in written(one):
        for right in written(other):
            if names.near(left, right):
                return WRITTEN, left, right, ""
    return None


def _as_written(one, other):
    """The names of one provider on both sides: the same one where both write it, else one that each writes."""
    left, right = written(one), written(other)
    pairs = [(mine, yours) for mine in left for yours in right if names.near(mine, yours)]
    return pairs[0] if pairs else (left[0] if left else "", right[0] if right else "")


def near_among(own, known):
    """The names out of `known` that are likely one of our own, written otherwise."""
    ours = [(name, frozenset(names.parts(name)), "".join(names.parts(name))) for name in own]
    return [name for name in known if any(_maybe(one, name) and names.near(one[0], name) for one in ours)]


def _maybe(one, name):
    """A quick look before the slow one: all words shared but one, run together, or both of one word."""
    theirs = names.parts(name)
    _, words, joined = one
    shared, shorter = len(words.intersection(theirs)), min(len(words), len(theirs))
    return shared >= max(1, shorter - 1) or shorter == len(words) == len(theirs) == 1 or joined == "".join(theirs)
