"""How the weights of monitoring/overlap/scoring.py were found: run by hand, on the tuning half alone.

    python bench/fit_overlap.py          (needs requirements-overlap.txt)

Writes monitoring/overlap/background.yaml (how common each concept and stem is) and prints the weights. A logistic
regression. With the model, a part of the concepts is left out at random in each turn, since other authors use other
words; without it they are all there is to go by.
"""

import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy  # noqa: E402
import yaml  # noqa: E402

from bench import overlap_set  # noqa: E402
from monitoring.overlap import field, scoring  # noqa: E402
from monitoring.overlap.words import gist, stems  # noqa: E402

SEED, PULL = 7, 4.0
TURNS, LEFT_OUT = {True: 6, False: 1}, {True: 0.3, False: 0.0}
MEASURES = {
    True: ("likeness", "concepts", "shared", "words", "apart"),
    False: ("concepts", "shared", "done", "whom", "about"),
}


def write_background():
    """Count concepts and stems over the tuning half."""
    counts, texts = Counter(), 0
    for file in overlap_set.load(*overlap_set.TUNING):
        for project in file["projects"]:
            text = gist(project["title"], project["text"])
            marks = {mark for mark, words in field.concepts().items() if words.search(text.lower())}
            counts.update(marks | set(stems(text)))
            texts += 1
    kept = {mark: count for mark, count in sorted(counts.items()) if count > 1}
    words = yaml.safe_dump({"texts": texts, "counts": kept}, allow_unicode=True)
    head = "# Written by bench/fit_overlap.py: in how many of the tuning projects each concept and stem stands.\n"
    Path(field.HERE, "background.yaml").write_text(head + words)
    field.background.cache_clear()
    field.rarity.cache_clear()


def thinned(read, chance, part):
    """The reading with a part of its concepts left out."""
    kept = {mark: weight for mark, weight in read.concepts.items() if chance.random() >= part}
    return scoring.Read(kept, read.stems, read.vector, read.words)


def examples(embedded):
    """Measures of every tuning pair, several turns of them, and whether each is the same work."""
    read = overlap_set.readings(*overlap_set.TUNING, embedded=embedded)
    chance, rows, labels, fixed = random.Random(SEED), [], [], {}
    for _ in range(TURNS[embedded]):
        turn = {key: thinned(one, chance, LEFT_OUT[embedded]) for key, one in read.items()}
        for pair in overlap_set.pairs(*overlap_set.TUNING):
            one, other = turn[pair.one["id"]], turn[pair.other["id"]]
            ids = (pair.one["id"], pair.other["id"])
            if ids not in fixed:
                fixed[ids] = scoring.measures(one, other)
            bare = [scoring.Read(side.concepts, side.stems) for side in (one, other)]
            rows.append([{**fixed[ids], **scoring.measures(*bare)}[name] for name in MEASURES[embedded]])
            labels.append(pair.same)
    return numpy.array(rows), numpy.array(labels, float)


def regress(rows, labels):
    """Weights and base by Newton's method, weights pulled towards nought."""
    middle, spread = rows.mean(0), rows.std(0) + 1e-9
    whole = numpy.column_stack([(rows - middle) / spread, numpy.ones(len(rows))])
    pull = numpy.diag([PULL] * rows.shape[1] + [0.001])
    found = numpy.zeros(whole.shape[1])
    for _ in range(60):
        likely = 1 / (1 + numpy.exp(-whole @ found))
        slope = whole.T @ (likely - labels) + pull @ found
        bend = (whole * (likely * (1 - likely))[:, None]).T @ whole + pull
        found -= numpy.linalg.solve(bend, slope)
    by_measure = found[:-1] / spread
    return by_measure, found[-1] - (by_measure * middle).sum()


def main():
    write_background()
    for embedded in (True, False):
        by_measure, base = regress(*examples(embedded))
        named = {name: round(float(w), 2) for name, w in zip(MEASURES[embedded], by_measure, strict=True)}
        print("embedded" if embedded else "words", named, "base", round(float(base), 2))
        weights = scoring.Weights(round(float(base), 2), named)
        scoring.EMBEDDED, scoring.WORDS = (weights, scoring.WORDS) if embedded else (scoring.EMBEDDED, weights)
        for names in (overlap_set.TUNING[:1], overlap_set.TUNING[1:], overlap_set.TEST):
            scored = overlap_set.measured(*names, embedded=embedded)
            line = [f"{mark}: P {p:.2f} R {r:.2f} ({n})" for mark in (25, 30, 33, 36, 40, 50, 60, 70, 75, 80, 85, 90)
                    for p, r, n in [overlap_set.quality(scored, mark)]]  # fmt: skip
            print("  ", names[0], "; ".join(line))


if __name__ == "__main__":
    main()
