"""The timeline of contracts as a drawing: whole units of an SVG, worked out on the server.

The same rows are drawn for three widths; the page shows the one that fits, and says it all again in a table.
"""

from dataclasses import dataclass
from datetime import date

from records.calendar import DAY
from records.words import day_in_words

from .timeline import OPEN

MARGIN = 40  # days left free at both ends, so that first and last marks are whole


@dataclass(frozen=True)
class Shape:
    """The measures of one drawing, in units of its view box."""

    name: str
    width: int
    left: int
    row: int
    bar_top: int
    bar: int
    top: int
    letters: int
    tick_space: int


WIDE = Shape("wide", width=1000, left=270, row=46, bar_top=12, bar=20, top=34, letters=36, tick_space=62)
MIDDLE = Shape("middle", width=700, left=210, row=46, bar_top=12, bar=20, top=34, letters=28, tick_space=62)
NARROW = Shape("narrow", width=340, left=6, row=68, bar_top=36, bar=20, top=30, letters=44, tick_space=66)
SHAPES = (WIDE, MIDDLE, NARROW)


@dataclass(frozen=True)
class Tick:
    x: int
    words: str
    anchor: str


@dataclass(frozen=True)
class Bar:
    """A stretch as drawn: where, which kind, the short words inside it and the whole of it in words."""

    x: int
    width: int
    kind: str
    short: str
    title: str
    middle: int


@dataclass(frozen=True)
class Mark:
    """A day by which an option must be decided; `points` is a diamond on the upper edge of the bars."""

    points: str
    title: str


@dataclass(frozen=True)
class DrawnRow:
    contract: object
    name: str
    about: str
    desc: str
    name_y: int
    about_y: int
    line_y: int
    bar_y: int
    text_y: int
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Drawing:
    """Everything the template needs to write one SVG."""

    shape: Shape
    height: int
    ticks: tuple[Tick, ...]
    rows: tuple[DrawnRow, ...]
    today_x: int
    today_words: str
    foot: int


def drawing(rows, shape, on):
    """Draw the rows on one scale of time that holds all of them and the day itself."""
    first = min([row.contract.starts_on for row in rows] + [on]) - MARGIN * DAY
    last = max([row.latest_ends_on for row in rows] + [on]) + MARGIN * DAY
    scale = _Scale(shape, first, last)
    height = shape.top + shape.row * len(rows) + 8
    return Drawing(
        shape,
        height,
        tuple(_ticks(scale)),
        tuple(_drawn(row, number, scale) for number, row in enumerate(rows)),
        scale.x(on),
        f"Today, {day_in_words(on)}",
        height - 4,
    )


@dataclass(frozen=True)
class _Scale:
    shape: Shape
    first: date
    last: date

    @property
    def plot(self):
        return self.shape.width - self.shape.left - 6

    def x(self, day):
        return self.shape.left + (day - self.first).days * self.plot // (self.last - self.first).days


def _ticks(scale):
    """The first of April of every so many years, as many as have room."""
    years = range(scale.first.year, scale.last.year + 1)
    days = [date(year, 4, 1) for year in years if scale.first <= date(year, 4, 1) <= scale.last]
    room = max(scale.plot // scale.shape.tick_space, 1)
    step = -(-len(days) // room) or 1
    return [_tick(scale.x(day), f"Apr {day.year}", scale.shape) for day in days[::step]]


def _tick(x, words, shape):
    """The words of a day, kept within the box at both ends."""
    half = 30
    return Tick(x, words, "start" if x < half else "end" if x > shape.width - half else "middle")


def _drawn(row, number, scale):
    shape, contract = scale.shape, row.contract
    top = shape.top + number * shape.row
    bar_y = top + shape.bar_top
    wide = shape.left > shape.width // 5
    about = contract.provider.name if contract.provider else "Provider not published"
    return DrawnRow(
        contract=contract,
        name=_cut(contract.name, shape.letters),
        about=_cut(f"{contract.reference}, {about}", shape.letters + 6),
        desc=_desc(row),
        name_y=top + (20 if wide else 14),
        about_y=top + (35 if wide else 29),
        line_y=top,
        bar_y=bar_y,
        text_y=bar_y + 14,
        bars=tuple(_bar(stretch, scale) for stretch in row.stretches),
        marks=tuple(_mark(number, day, scale.x(day), bar_y) for number, day in row.decisions),
    )


def _bar(stretch, scale):
    x = scale.x(stretch.starts_on)
    width = max(scale.x(stretch.ends_on + DAY) - x, 2)
    title = f"{stretch.words}: {day_in_words(stretch.starts_on)} to {day_in_words(stretch.ends_on)}"
    title += " (inferred: no source states it)" if stretch.inferred else ""
    short = str(stretch.number) if stretch.number else ""
    if stretch.kind == "INITIAL":
        short = "First term" if width >= 66 else ""
    return Bar(x, width, stretch.kind, short if width >= 14 else "", title, x + width // 2)


def _mark(number, day, x, y):
    points = f"{x},{y - 11} {x + 7},{y - 4} {x},{y + 3} {x - 7},{y - 4}"
    return Mark(points, f"Option {number} is to be decided by {day_in_words(day)}")


def _desc(row):
    """All that the drawing says of one contract, for those who hear it."""
    agreed = f"Agreed from {day_in_words(row.contract.starts_on)} to {day_in_words(row.ends_on)}."
    parts = [f"{stretch.words}: to {day_in_words(stretch.ends_on)}." for stretch in row.stretches]
    marks = [f"Option {number} is to be decided by {day_in_words(day)}." for number, day in row.decisions]
    latest = f"At the latest it ends on {day_in_words(row.latest_ends_on)}."
    return " ".join([agreed, *parts, *marks, *([latest] if any(s.kind == OPEN for s in row.stretches) else [])])


def _cut(words, letters):
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"
