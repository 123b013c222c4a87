"""The labelled projects of the finder: read from files, and asked which pairs tell of the same work.

A file holds `projects` (id, title, text, provider, area, theme; `same` names the group of those that are the same
work), and may hold `providers` and `near_providers`: pairs of names that are, and are not, one provider; and
`visits`: which project goes into which school in which term.
"""

from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import yaml

from monitoring.overlap import embedding, evidence, marks, scoring
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


@dataclass(frozen=True)
class Facts:
    """A project as the structured part of the finder sees it: who, and which schools."""

    reference: str
    organisation_name: str
    title: str
    text: str
    provider_marks: list
    school_terms: list
    areas: list = field(default_factory=list)
    themes: list = field(default_factory=list)
    cohorts: list = field(default_factory=list)
    terms: list = field(default_factory=list)
    starts_on: object = None
    ends_on: object = None


def structured(*names):
    """How many facts that two projects share are found, of how many, and how many are found that are not there.

    Every project is as an applicant of its own would write it; each pair of names of one provider is two more.
    """
    right = there = wrong = 0
    for file in load(*names):
        visits = [(row["project"], f"{row['school']}|{row['term']}") for row in file.get("visits", [])]
        works = [
            (_facts(p["id"], p["provider"], [term for key, term in visits if key == p["id"]], p), p["provider"])
            for p in file["projects"]
        ]
        for (one, ours), (other, theirs) in combinations(works, 2):
            found = {item["kind"] for item in evidence.structured(one, other)[0]}
            expected = {"PROVIDER"} if ours == theirs else set()
            expected |= {"SCHOOL"} if set(one.school_terms) & set(other.school_terms) else set()
            right, there = right + len(found & expected), there + len(expected)
            wrong += len(found - expected)
        for label, expected in (("providers", 1), ("near_providers", 0)):
            for ours, theirs in file.get(label, []):
                known = len(evidence.structured(_facts("1", ours, []), _facts("2", theirs, []))[0])
                right, there, wrong = right + known * expected, there + expected, wrong + known * (1 - expected)
    return right, there, wrong


def _facts(key, provider, schools, project=None):
    told = project or {"title": "", "text": ""}
    return Facts(key, f"Applicant {key}", told["title"], told["text"], marks.of_name(provider), schools)
