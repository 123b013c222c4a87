"""The kinds of value a plan file may hold: how each is checked, kept, put in a column and read back.

A checked value is plain JSON (days and sums as text), so that it can be remembered and compared.
`clean(node, say)` tells every fault through `say(line, sentence)` and then returns None.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from django.db.models import TextChoices

from . import days

SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
SHARE = re.compile(r"(\d{1,3})/(\d{1,3})")
POUNDS = re.compile(r"-?\d+(\.\d+)?")
LARGEST_SUM = Decimal("9999999999.99")
TAKEN_FOR = {"entries": "a group of entries", "list": "a list"}


def nearest(word, words):
    """A hint at the word that was probably meant, or nothing."""
    found = get_close_matches(word, [str(known) for known in words], n=1, cutoff=0.6)
    return f' Did you mean "{found[0]}"?' if found else ""


def shown(node):
    """The value as it stands in the file, shortened."""
    if node.kind in TAKEN_FOR:
        return TAKEN_FOR[node.kind]
    words = str(node.value).strip()
    return f'"{words[:40]}{"..." if len(words) > 40 else ""}"'


@dataclass(frozen=True)
class Kind:
    """What every kind has: whether it must be given, what stands for nothing, which column it fills."""

    required: bool = False
    attribute: str = ""
    empty = None

    def column(self, name):
        return self.attribute or name

    def clean(self, node, say):
        raise NotImplementedError

    def to_python(self, value, find):
        """The value for the column; `find(section, key)` gives the row a reference names."""
        return value

    def attributes(self, name, value, find):
        return {self.column(name): self.to_python(value, find)}

    def read(self, row, name):
        """The value as the database holds it now, in the words of a plan file."""
        return getattr(row, self.column(name))


@dataclass(frozen=True)
class Text(Kind):
    limit: int = 200
    numbers: bool = False
    empty = ""

    def clean(self, node, say):
        if node.kind != "text" and not (self.numbers and node.kind in ("number", "date")):
            return say(node.line, f"{shown(node)} should be text. Put it in quotation marks if these are its words.")
        words = str(node.value).strip()
        if self.limit and len(words) > self.limit:
            return say(node.line, f"is {len(words)} characters long. Shorten it to {self.limit}.")
        return words


@dataclass(frozen=True)
class Beside(Text):
    """Text that fills no column of the row: it is written beside it."""

    def attributes(self, name, value, find):
        return {}

    def write(self, row, value, find, at):
        raise NotImplementedError


@dataclass(frozen=True)
class Matching(Text):
    """Text of a form that can be checked: an e-mail address, a colour, a key."""

    pattern: re.Pattern = SLUG
    like: str = "Use small letters, figures and hyphens, like crg-2020-21."

    def clean(self, node, say):
        words = super().clean(node, say)
        if words is not None and not self.pattern.fullmatch(words):
            return say(node.line, f'"{words}" cannot be used here. {self.like}')
        return words


@dataclass(frozen=True)
class YesNo(Kind):
    empty: bool = False

    def clean(self, node, say):
        if node.kind != "yes or no":
            return say(node.line, f"{shown(node)} should be yes or no.")
        return node.value.lower() in ("yes", "true", "on")


@dataclass(frozen=True)
class Maybe(YesNo):
    """Yes, no, or not known where nothing is said."""

    empty: bool | None = None


@dataclass(frozen=True)
class Whole(Kind):
    low: int = 0
    high: int = 32767
    empty: int | None = None

    def clean(self, node, say):
        if node.kind != "number" or not re.fullmatch(r"-?\d+", str(node.value)):
            return say(node.line, f"{shown(node)} should be a whole number.")
        number = int(node.value)
        if not self.low <= number <= self.high:
            return say(node.line, f"{number} should be between {self.low} and {self.high}.")
        return number


@dataclass(frozen=True)
class Position(Kind):
    """The place of the row in its section; never written in the file."""


@dataclass(frozen=True)
class Sum(Kind):
    """Pounds, with at most two decimals; nothing means "not published", never zero."""

    default: Decimal | None = None
    highest: Decimal = LARGEST_SUM
    noun: str = "a sum in pounds"

    @property
    def empty(self):
        return self.default

    def clean(self, node, say):
        words = str(node.value)
        if node.kind != "number" or not POUNDS.fullmatch(words):
            return say(
                node.line,
                f"{shown(node)} is not {self.noun}. Write figures only, like 1250 or 1250.50, or leave it empty "
                f"when it is not known.",
            )
        try:
            number = Decimal(words)
        except InvalidOperation:
            return say(node.line, f"{shown(node)} is not {self.noun}.")
        if number < 0:
            return say(node.line, f"{words} is below zero. Write {self.noun} of zero or more.")
        if number != number.quantize(Decimal("0.01")):
            return say(node.line, f"{words} has more than two decimals. Round it to the penny.")
        if number > self.highest:
            return say(node.line, f"{words} is more than {self.highest:,}. Check the figure.")
        return str(number.quantize(Decimal("0.01")))

    def to_python(self, value, find):
        return None if value is None else Decimal(value)

    def read(self, row, name):
        value = getattr(row, self.column(name))
        return None if value is None else str(value.quantize(Decimal("0.01")))


@dataclass(frozen=True)
class Adjustment(Sum):
    """A sum that may be below zero."""

    def clean(self, node, say):
        words = str(node.value)
        if node.kind == "number" and words.startswith("-"):
            below = super().clean(type(node)("number", words[1:], node.line), say)
            return None if below is None else f"-{below}"
        return super().clean(node, say)


@dataclass(frozen=True)
class Day(Kind):
    """A day written out; in an example file also one counted from the day of loading."""

    def clean(self, node, say):
        words = str(node.value).strip()
        if node.kind not in ("date", "text"):
            return say(node.line, f"{shown(node)} should be a day, written like 2020-04-01.")
        try:
            day = days.written_day(words) or (say.today and days.counted_day(words, say.today))
        except ValueError:
            return say(node.line, f'"{words}" is not a day of the calendar. Check the day and the month.')
        except OverflowError:
            return say(node.line, f'"{words}" is too far away. Check the number.')
        if not day:
            return say(node.line, f"{shown(node)} should be a day, written like 2020-04-01.")
        return day.isoformat()

    def to_python(self, value, find):
        return days.written_day(value) if value else None

    def read(self, row, name):
        value = getattr(row, self.column(name))
        return value.isoformat() if value else None


@dataclass(frozen=True)
class DayList(Day):
    """Several days, in their order."""

    @property
    def empty(self):
        return []

    def clean(self, node, say):
        if node.kind != "list":
            return say(node.line, f"{shown(node)} should be a list of days, like [2020-07-31, 2020-12-31].")
        found = [super(DayList, self).clean(item, say) for item in node.value]
        return sorted({day for day in found if day})

    def to_python(self, value, find):
        return [days.written_day(day) for day in value]

    def read(self, row, name):
        return sorted(day.isoformat() for day in getattr(row, self.column(name)))


@dataclass(frozen=True)
class Word(Kind):
    """One word of a fixed list of the portal."""

    words: type[TextChoices] = TextChoices
    default: str = ""

    @property
    def empty(self):
        return self.default

    def clean(self, node, say):
        value = str(node.value).strip()
        if node.kind not in ("text", "number") or value not in self.words.values:
            hint = nearest(value.upper(), self.words.values) if node.kind == "text" else ""
            listed = ", ".join(self.words.values)
            return say(node.line, f"{shown(node)} is not one of the words used here ({listed}).{hint}")
        return value


@dataclass(frozen=True)
class WordList(Word):
    @property
    def empty(self):
        return []

    def clean(self, node, say):
        if node.kind != "list":
            return say(node.line, f"{shown(node)} should be a list, like [A, B].")
        found = [super(WordList, self).clean(item, say) for item in node.value]
        return [word for word in found if word is not None]

    def read(self, row, name):
        return list(getattr(row, self.column(name)))


@dataclass(frozen=True)
class Texts(Text):
    """A list of short texts."""

    @property
    def empty(self):
        return []

    def clean(self, node, say):
        items = node.value if node.kind == "list" else [node]
        found = [super(Texts, self).clean(item, say) for item in items]
        return [words for words in found if words]

    def read(self, row, name):
        return list(getattr(row, self.column(name)))


@dataclass(frozen=True)
class Share(Kind):
    """A share such as 1/3, kept as two whole numbers."""

    empty = "0/1"

    def clean(self, node, say):
        found = SHARE.fullmatch(str(node.value).strip()) if node.kind == "text" else None
        if not found or int(found.group(2)) == 0 or int(found.group(1)) > int(found.group(2)):
            return say(node.line, f"{shown(node)} should be a share of one or less, written like 1/3.")
        return f"{int(found.group(1))}/{int(found.group(2))}"

    def attributes(self, name, value, find):
        numerator, denominator = map(int, value.split("/"))
        return {"tactical_numerator": numerator, "tactical_denominator": denominator}

    def read(self, row, name):
        return f"{row.tactical_numerator}/{row.tactical_denominator}"
