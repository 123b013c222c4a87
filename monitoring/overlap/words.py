"""Words of a text: its stems, its sentences, its gist."""

import re

GIST_WORDS = 90
ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "er", "ies", "ied", "ed", "es", "s", "ly")
COMMON_WORDS = (
    "the a an and or of to in on at for with by from who whom that this these those it its is are was were be been as "
    "they them their he she his her we our you your will would can may not no so if when where which what how after "
    "before into out up off over under through then than also each every any some more most other one two three six "
    "ten week weekly month run runs help helps support project people service work works"
)
COMMON = frozenset(COMMON_WORDS.split())
WORD = re.compile(r"[a-z][a-z']+")
SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n+")


def stem(word):
    """A word without its ending, so that `mentor`, `mentors` and `mentoring` meet."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def stems(text):
    """The stems of every word that says something."""
    return [stem(word) for word in WORD.findall(text.lower()) if word not in COMMON and len(word) > 2]


def sentences(text):
    """The sentences of a text, as written."""
    return [part.strip() for part in SENTENCE_END.split(text) if part.strip(" .;:!?")]


def gist(title, text):
    """What is compared: the title and the first words of the text, where a project says what it is."""
    return f"{title}. {' '.join(text.split()[:GIST_WORDS])}".strip()
