"""The labelled projects of the finder: read from files, and asked which pairs tell of the same work.

A file holds `projects` (id, title, text, provider, area, theme; `same` names the group of those that are the same
work), and may hold `providers` and `near_providers`: pairs of names that are, and are not, one provider.
"""

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import yaml

from monitoring.overlap import embedding, scoring
from monitoring.overlap.words import gist

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "data" / "overlap"
TUNING, TEST = ("tuning.yaml", "second.yaml"), ("test.yaml",)


@dataclass(frozen=True)
class Labelled:
    """Two projects, and whether they tell of the same work."""

    one: dict
    other: dict

    @property
    def same(self):
        return bool(self.one.get("same")) and self.one.get("same") == self.other.get("same")


def load(*names):
    """The files, each as read."""
    return [yaml.safe_load(Path(FOLDER, name).read_text()) for name in names]


def pairs(*names):
    """Every pair of projects within each file."""
    return [Labelled(*two) for one in load(*names) for two in combinations(one["projects"], 2)]


def readings(*names, embedded):
    """What the finder reads of each project, by the project's id."""
    found = {}
    for file in load(*names):
        for project in file["projects"]:
            text = gist(project["title"], project["text"])
            vector = embedding.embed(text) if embedded else b""
            found[project["id"]] = scoring.read(text, vector=vector, with_words=embedded)
    return found


def measured(*names, embedded):
    """Each pair with its score and whether it is the same work."""
    read = readings(*names, embedded=embedded)
    weights = scoring.weights(embedded)
    return [
        (weights.score(scoring.measures(read[pair.one["id"]], read[pair.other["id"]])), pair.same, pair)
        for pair in pairs(*names)
    ]


def quality(scored, shown_from):
    """Precision and recall of what is shown, and how many that are."""
    shown = [same for score, same, _ in scored if score >= shown_from]
    right, all_of_them = sum(shown), sum(same for _, same, _ in scored)
    return (right / len(shown) if shown else 1.0), right / all_of_them, len(shown)
