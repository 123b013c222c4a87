"""Texts in the word pieces of BERT: the vocabulary beside this file, no package needed."""

import unicodedata
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "vocabulary" / "bert-base-uncased.txt"
LONGEST_WORD = 100


@cache
def vocabulary():
    """Every word piece with its number."""
    pieces = FILE.read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(pieces) if piece}


def split(text):
    """A text as words and marks: lower case, without accents, every mark by itself."""
    plain = "".join(char for char in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(char) != "Mn")
    spaced = "".join(_spaced(char) for char in plain)
    return spaced.split()


def _spaced(char):
    if char.isspace() or unicodedata.category(char)[0] == "C":
        return " "
    marks = unicodedata.category(char)[0] == "P" or (ord(char) < 128 and not char.isalnum())
    return f" {char} " if marks or 0x4E00 <= ord(char) <= 0x9FFF else char


def pieces(text, most):
    """The pieces of a text between [CLS] and [SEP], cut at `most`."""
    found = []
    for word in split(text):
        found += _pieces_of(word)
        if len(found) >= most - 2:
            break
    return ["[CLS]", *found[: most - 2], "[SEP]"]


def _pieces_of(word):
    known, found, start = vocabulary(), [], 0
    if len(word) > LONGEST_WORD:
        return ["[UNK]"]
    while start < len(word):
        end = len(word)
        while end > start and ("##" if start else "") + word[start:end] not in known:
            end -= 1
        if end == start:
            return ["[UNK]"]
        found.append(("##" if start else "") + word[start:end])
        start = end
    return found
