"""What words of commissioning mean: which concepts of the field a text speaks of."""

import math
import re
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
FACETS = ("done", "whom", "about", "where")


@cache
def concepts():
    """Every concept as `facet:name`, with the expression that finds its words."""
    facets = yaml.safe_load((HERE / "field.yaml").read_text())
    return {
        f"{facet}:{name}": _expression(words) for facet, of_facet in facets.items() for name, words in of_facet.items()
    }


def _expression(words):
    parts = []
    for word in str(words).lower().split():
        part = re.escape(word.rstrip("*")).replace("_", r"[\s\-]+")
        parts.append(part + (r"[\w']*" if word.endswith("*") else ""))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


@cache
def descriptions():
    """The words of each concept as one text: fixed points that embeddings are measured against."""
    facets = yaml.safe_load((HERE / "field.yaml").read_text())
    return [
        str(words).replace("*", "").replace("_", " ") for of_facet in facets.values() for words in of_facet.values()
    ]


@cache
def background():
    """How common each concept and stem is among short projects (`./run bench` prints where it comes from)."""
    return yaml.safe_load((HERE / "background.yaml").read_text())


@cache
def rarity(mark):
    """How much a concept or a stem tells: the rarer, the more."""
    known = background()
    return math.log((known["texts"] + 1) / (known["counts"].get(mark, 0) + 1))


def profile(text):
    """The concepts a text speaks of, each with its weight: said twice counts more, often no more than twice."""
    lowered = text.lower()
    found = {}
    for mark, expression in concepts().items():
        times = len(expression.findall(lowered))
        if times:
            found[mark] = math.sqrt(min(times, 2)) * rarity(mark)
    return found


def named(marks, facet):
    """Concepts of one facet in words: `about:domestic_abuse` is "domestic abuse"."""
    return [mark.partition(":")[2].replace("_", " ") for mark in marks if mark.startswith(f"{facet}:")]


def matches(text, marks):
    """Whether a text speaks of any of these concepts."""
    lowered = text.lower()
    return any(concepts()[mark].search(lowered) for mark in marks if mark in concepts())
