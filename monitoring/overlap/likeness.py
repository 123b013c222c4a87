"""Similar texts: the surest few out of many candidates, each with the passages that match."""

from dataclasses import dataclass

from . import embedding, evidence, field, scoring
from .words import gist, sentences, stems

READ_CLOSELY = 4  # candidates whose words are met one by one with the model
MOST_HINTS = 3
MOST_SENTENCES = 4
NEAR_SENTENCES = {True: 0.35, False: 0.12}


@dataclass(frozen=True)
class Hint:
    """A candidate whose text is like ours."""

    work: object
    score: int
    item: dict


def marks_of(title, text):
    """The concepts a text speaks of, the rarest first: what others are found by."""
    found = field.profile(gist(title, text))
    return sorted(found, key=lambda mark: (-found[mark], mark))


def nearest(ours, theirs, most):
    """Places of the kept vectors most like ours, the likest first; `theirs` one after the other."""
    found = embedding.likeness(ours, theirs)
    return sorted(range(len(found)), key=lambda place: -found[place])[:most]


def hints(work, candidates):
    """Candidates whose texts are so like ours that they are shown, with passages; never more than a few."""
    with_model = bool(work.embedding) and not embedding.why_not()
    weights = scoring.weights(with_model)
    own = _read(work, with_model)
    found = []
    for other in candidates[: READ_CLOSELY if with_model else None]:
        if evidence.may_pair(work, other) and bool(other.embedding) >= with_model:
            measures = scoring.measures(own, _read(other, with_model))
            found.append((weights.score(measures), other))
    shown = [row for row in found if row[0] >= weights.shown_from]
    best = sorted(shown, key=lambda row: (-row[0], row[1].pk))[:MOST_HINTS]
    return [Hint(other, score, text_evidence(work, other, score, with_model)) for score, other in best]


def _read(work, with_model):
    vector = bytes(work.embedding) if with_model else b""
    return scoring.read(gist(work.title, work.text), vector=vector, with_words=with_model)


def text_evidence(one, other, score, with_model):
    """Why two texts are alike, and the sentences that match."""
    ours, theirs = (set(field.profile(gist(work.title, work.text))) for work in (one, other))
    both = sorted(ours & theirs, key=lambda mark: (-field.rarity(mark), mark))
    about = [*field.named(both, "done")[:2], *field.named(both, "about")[:2], *field.named(both, "whom")[:2]]
    why = f"The texts are alike, both about {', '.join(dict.fromkeys(about))}." if about else "The texts are alike."
    return {"kind": "TEXT", "why": f"{why} Likeness {score} of 100.", "passages": passages(one, other, with_model)}


def passages(one, other, with_model):
    """Pairs of sentences that say the same, best first, each sentence once; whole openings where none stands out."""
    ours, theirs = ((sentences(work.text) or [work.title])[:MOST_SENTENCES] for work in (one, other))
    table = embedding.sentence_table(ours, theirs) if with_model else _word_table(ours, theirs)
    ranked = sorted(
        ((value, i, j) for i, row in enumerate(table) for j, value in enumerate(row)), key=lambda cell: -cell[0]
    )
    found, left, right = [], set(), set()
    for value, i, j in ranked:
        if value >= NEAR_SENTENCES[with_model] and i not in left and j not in right:
            found.append([evidence.cut(ours[i]), evidence.cut(theirs[j])])
            left.add(i)
            right.add(j)
    return found[: evidence.MOST_PASSAGES] or [[evidence.cut(ours[0]), evidence.cut(theirs[0])]]


def _word_table(ours, theirs):
    """How like sentences are by their concepts and stems."""
    read = [[{**field.profile(text), **{one: field.rarity(one) for one in stems(text)}} for text in side]
            for side in (ours, theirs)]  # fmt: skip
    return [[scoring.cosine(left, right) for right in read[1]] for left in read[0]]
