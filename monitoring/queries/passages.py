"""Two passages side by side with the words they share marked: pure, of stems as the finder compares them (C7)."""

import re
from dataclasses import dataclass

from ..overlap.words import COMMON, stem

WORD = re.compile(r"[A-Za-z][A-Za-z']+")
SAYS_LITTLE = COMMON | {"about"}


@dataclass(frozen=True)
class Piece:
    """A stretch of a passage; `shared` where the other passage says the same."""

    text: str
    shared: bool


def stem_of(word):
    """The stem of a word that says something, else nothing."""
    small = word.lower()
    return "" if small in SAYS_LITTLE or len(small) < 3 else stem(small)


def stems_in(text):
    """Every stem of the text that says something."""
    return {stem_of(word) for word in WORD.findall(text)} - {""}


def marked(text, other):
    """The text in pieces, those marked whose word stands in the other text too."""
    theirs, pieces, done = stems_in(other), [], 0
    for word in WORD.finditer(text):
        if stem_of(word.group()) in theirs:
            if done < word.start():
                pieces.append(Piece(text[done : word.start()], False))
            pieces.append(Piece(word.group(), True))
            done = word.end()
    if done < len(text):
        pieces.append(Piece(text[done:], False))
    return pieces


def side_by_side(left, right):
    """Both passages in pieces: (left pieces, right pieces)."""
    return marked(left, right), marked(right, left)
