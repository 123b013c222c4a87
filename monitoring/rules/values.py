"""What a person typed or a spreadsheet held, read as the answer a cell asks for (X5).

Both doors read through here, so a figure is taken or refused with the same words on screen and in a
workbook. Nothing is guessed: a percentage is read as it stands (12, "12%" and 12.0 are 12 per cent,
0.12 is 0.12 per cent), a comma or a space only groups thousands, brackets are a minus. Numbers that
a spreadsheet computed are rounded only where they miss the last allowed decimal by a hair.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from records.words import day_in_words

from ..enums import CellKind

MOST = Decimal("9999999999.99")
HAIR = Decimal("1e-9")
NEW_LINE = re.compile(r"\r\n|[\r\v\f]")
NUMBER = re.compile(r"(\d{1,3}([ ,]\d{3})+|\d+)?(\.\d*)?", re.ASCII)
DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}", re.ASCII)
RANGE = re.compile(r"£?[\d., ]+%? ?(-|to) ?£?[\d., ]+%?", re.ASCII)
DAY = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}", re.ASCII)
POWER = re.compile(r"[+-]?[\d.]+e[+-]?\d+", re.ASCII | re.IGNORECASE)
SHORT = re.compile(r"£?[\d.,]+ ?(k|m|bn|thousand|million)", re.ASCII | re.IGNORECASE)
AROUND = re.compile(r"(about|around|approx\.?|approximately|circa|c\.?|ca\.?|roughly|some|over|under|at least|~|<|>|≈)")
UNKNOWN = frozenset({"n/a", "na", "n.a.", "none", "nil", "-", "--", "?", "tbc", "tba", "unknown", "not known", "zero"})
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
YES = frozenset({"yes", "y", "true"})
NO = frozenset({"no", "n", "false"})
KEPT = frozenset("\n\t")
LIKE = {
    CellKind.COUNT: "a whole number, like 12",
    CellKind.NUMBER: "a number, like 12 or 12.5",
    CellKind.MONEY: "an amount in pounds, like 1250 or 1250.50",
    CellKind.PERCENTAGE: "a percentage, like 45 or 45%",
}


class Unreadable(Exception):
    """What is wrong with an answer, and how to mend it."""

    def __init__(self, wrong, mend):
        super().__init__(wrong)
        self.wrong, self.mend = wrong, mend


def read_value(cell, raw):
    """The value of an answer and "", or None and a sentence: what is wrong; how to mend it.

    `raw` is a str, int, Decimal, bool, date or None. An empty figure is None (unknown, never nought),
    empty words are "".
    """
    value, wrong, mend = read_parts(cell, raw)
    return value, f"{wrong}; {mend[0].lower()}{mend[1:]}" if wrong else ""


def read_parts(cell, raw):
    """The same with the sentence in its two halves: (value, what is wrong, how to mend it)."""
    try:
        return _read(cell, raw), "", ""
    except Unreadable as fault:
        return None, fault.wrong, fault.mend


def _read(cell, raw):
    if raw is None or (isinstance(raw, str) and not _squeezed(raw)):
        return None if cell.is_figure else ""
    if cell.kind == CellKind.TEXT:
        return _text(cell, raw)
    if cell.kind == CellKind.YES_NO:
        return _yes_no(raw)
    if cell.kind == CellKind.CHOICE:
        return _choice(cell, raw)
    return _figure(cell, raw)


def _squeezed(text):
    """Letters and digits of any width as plain ones, every run of blanks as one space."""
    plain = unicodedata.normalize("NFKC", text).translate(DASHES)
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return " ".join(plain.split())


def quoted(raw):
    """What was given, short enough for a sentence."""
    text = _squeezed(str(raw))
    return f"“{text if len(text) <= 40 else f'{text[:37]}...'}”"


def in_figures(number, cell):
    """A figure as people write it: £1,250, 45% or 1,250.5."""
    text = f"{number:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if cell.kind == CellKind.PERCENTAGE:
        return f"{text}%"
    if cell.kind != CellKind.MONEY:
        return text
    sign = "-" if number < 0 else ""
    return f"{sign}£{abs(number):,.2f}".removesuffix(".00")


def _text(cell, raw):
    text = NEW_LINE.sub("\n", _words_of(raw)).strip()
    for place, sign in enumerate(text, start=1):
        if sign not in KEPT and unicodedata.category(sign) in {"Cc", "Cs"}:
            raise Unreadable(
                f"Letter {place} is a control character, which cannot be kept", "Delete it, or type the words again"
            )
    if len(text) > cell.longest:
        raise Unreadable(
            f"The text is {len(text):,} letters long, and {cell.longest:,} fit",
            f"Shorten it by {len(text) - cell.longest:,}",
        )
    return text


def _words_of(raw):
    """What a spreadsheet held in a box for words, as words."""
    if isinstance(raw, bool):
        return "Yes" if raw else "No"
    return day_in_words(raw) if isinstance(raw, date) else str(raw)


def _yes_no(raw):
    text = _squeezed(str(raw)).casefold()
    if text in YES:
        return "YES"
    if text in NO:
        return "NO"
    raise Unreadable(f"{quoted(raw)} is neither yes nor no", "Enter Yes or No")


def _folded(text):
    return " ".join(re.split(r"[\s_-]+", _squeezed(text).casefold())).strip()


def _choice(cell, raw):
    given = _folded(str(raw))
    for value, label in cell.choices:
        if given in {_folded(value), _folded(label)}:
            return value
    labels = [label for _value, label in cell.choices]
    raise Unreadable(f"{quoted(raw)} is not one of the choices", f"Choose {', '.join(labels[:-1])} or {labels[-1]}")


def _figure(cell, raw):
    held = isinstance(raw, int | Decimal) and not isinstance(raw, bool)
    number = Decimal(raw) if held else _number_in(cell, raw)
    if not number.is_finite():
        raise Unreadable(f"{quoted(raw)} is not a number", f"Enter {LIKE[cell.kind]}")
    _keep_limits(cell, number, raw)
    return _to_decimals(cell, number, raw, held=held)


def _number_in(cell, raw):
    """The number a person typed, however they group, sign or mark it."""
    if isinstance(raw, date):
        raise Unreadable(
            f"This is a date, {day_in_words(raw)}, where {CellKind(cell.kind).label} belongs",
            f"Enter {LIKE[cell.kind]}; in a spreadsheet, format the cell as a number",
        )
    if not isinstance(raw, str):
        raise Unreadable(f"{quoted(raw)} is not a number", f"Enter {LIKE[cell.kind]}")
    text = _squeezed(raw)
    sign, bare = _unsigned(cell, raw, text)
    if not NUMBER.fullmatch(bare) or not any(mark.isdigit() for mark in bare):
        raise _not_a_number(cell, raw, text.casefold())
    return sign * Decimal(bare.replace(",", "").replace(" ", ""))


def _unsigned(cell, raw, text):
    """The sign of a number and the rest without sign, brackets, pound and per cent signs."""
    sign, signed = 1, text.startswith("(") and text.endswith(")")
    if signed:
        sign, text = -1, text[1:-1].strip()
    for _twice in range(2):  # "-£5" and "£-5" are both written
        if text[:1] in {"-", "+"} and len(text) > 1 and not signed:
            sign, signed, text = -1 if text[0] == "-" else 1, True, text[1:].strip()
        if text.startswith("£"):
            if cell.kind != CellKind.MONEY:
                raise Unreadable(
                    f"{quoted(raw)} is money, where {CellKind(cell.kind).label} belongs", f"Enter {LIKE[cell.kind]}"
                )
            text = text[1:].strip()
    if text.endswith("%"):
        if cell.kind != CellKind.PERCENTAGE:
            raise Unreadable(
                f"{quoted(raw)} is a percentage, where {CellKind(cell.kind).label} belongs",
                f"Enter {LIKE[cell.kind]}",
            )
        text = text[:-1].strip()
    return sign, text


def _not_a_number(cell, raw, text):
    """Why these words are no number, in words of their own for each habit."""
    if text in UNKNOWN:
        return Unreadable(f"{quoted(raw)} is not a number", "Enter 0 for none, or leave it empty while it is not known")
    if DAY.fullmatch(text):
        return Unreadable(
            f"{quoted(raw)} looks like a date, where {CellKind(cell.kind).label} belongs", f"Enter {LIKE[cell.kind]}"
        )
    if RANGE.fullmatch(text):
        return Unreadable(f"{quoted(raw)} is a range", "Enter one figure, the best you know")
    if POWER.fullmatch(text) or SHORT.fullmatch(text):
        return Unreadable(f"{quoted(raw)} is shortened", f"Write it out in full: {LIKE[cell.kind]}")
    if DECIMAL_COMMA.fullmatch(text.lstrip("-£ ")):
        return Unreadable(
            f"{quoted(raw)} has a comma where a point belongs", f"Write {_squeezed(raw).replace(',', '.')}"
        )
    if AROUND.match(text) or text.endswith("+"):
        return Unreadable(f"{quoted(raw)} is not one exact figure", "Enter the figure alone, without words or signs")
    return Unreadable(f"{quoted(raw)} is not {CellKind(cell.kind).label}", f"Enter {LIKE[cell.kind]}")


def _keep_limits(cell, number, raw):
    lowest, highest = cell.lowest, MOST if cell.highest is None else min(cell.highest, MOST)
    lowest = -MOST if lowest is None else max(lowest, -MOST)
    if (highest == MOST and number > MOST) or (lowest == -MOST and number < -MOST):
        raise Unreadable("The figure is too large to be right", "Check how many digits it has")
    if number < lowest:
        least = in_figures(lowest, cell)
        what = "is below nought" if lowest == 0 else f"is below {least}, the lowest that can be"
        raise Unreadable(f"{quoted(raw)} {what}", f"Enter {least} or more")
    if number > highest:
        most = in_figures(highest, cell)
        raise Unreadable(f"{quoted(raw)} is above {most}, the highest that can be", f"Enter {most} or less")


def _to_decimals(cell, number, raw, *, held):
    """The number with the decimals of its cell; a spreadsheet's last hair is rounded off."""
    step = Decimal(1).scaleb(-cell.decimals)
    rounded = number.quantize(step)
    if rounded != number and not (held and abs(rounded - number) <= HAIR * max(1, abs(number))):
        if cell.decimals == 0:
            raise Unreadable(f"{quoted(raw)} is not a whole number", "Enter a whole number")
        what = "pounds and pence have two decimals" if cell.kind == CellKind.MONEY else "two decimals can be kept"
        raise Unreadable(f"{quoted(raw)} has too many decimals: {what}", f"Round it to {in_figures(rounded, cell)}")
    return rounded if rounded else abs(rounded)
