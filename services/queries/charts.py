"""A KPI over time as a drawing: lines and marks in whole numbers of a fixed canvas, for inline SVG (S4)."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from ..enums import KpiKind
from .kpis import shown

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 90, 20, 16, 48
MARKS_AT_MOST = 24
NAMES_AT_MOST = 8


@dataclass(frozen=True)
class Mark:
    """One figure: where it stands, its RAG, and what it says."""

    x: int
    y: int
    rag: str
    words: str

    @property
    def triangle(self):
        return f"M{self.x} {self.y - 7}l7 12h-14z"

    @property
    def square(self):
        return f"M{self.x - 5} {self.y - 5}h10v10h-10z"


@dataclass(frozen=True)
class Tick:
    """A word beside an axis."""

    at: int
    words: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Chart:
    """What the drawing of one KPI is made of; `figures` and `targets` are the paths of their lines."""

    title: str
    told: str
    figures: tuple[str, ...]
    targets: str
    marks: tuple[Mark, ...]
    periods: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    left_out: int = 0

    width, height = WIDTH, HEIGHT
    left, right, bottom = LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM
    names = HEIGHT - BOTTOM + 20


def chart_of(history):
    """The drawing of a KPI's figures against its target; None while no figure is known.

    The newest periods are drawn. A period without a figure leaves a gap in the line.
    """
    points = history.points[-MARKS_AT_MOST:]
    if not any(point.value is not None for point in points):
        return None
    lowest, highest = _range(history.kpi, points)
    ys = [None if point.value is None else _y(point.value, lowest, highest) for point in points]
    xs = _xs(len(points))
    return Chart(
        title=f"{history.kpi.name}: figures and target",
        told=". ".join(_told(history.kpi, point) for point in points),
        figures=tuple(_lines(list(zip(xs, ys, strict=True)))),
        targets=_steps(xs, points, lowest, highest),
        marks=tuple(
            Mark(x, y, str(point.rag), _told(history.kpi, point))
            for x, y, point in zip(xs, ys, points, strict=True)
            if y is not None
        ),
        periods=_named(xs, points),
        levels=tuple(
            Tick(_y(level, lowest, highest), shown(history.kpi, level), "end")
            for level in (lowest, (lowest + highest) / 2, highest)
        ),
        left_out=len(history.points) - len(points),
    )


def _told(kpi, point):
    target = "no target" if point.target is None else f"target {shown(kpi, point.target)}"
    return f"{point.period}: {shown(kpi, point.value)}, {target}, {point.rag.label.lower()}"


def _range(kpi, points):
    """From nought, or below it, to a round figure above everything drawn; per cent go to a hundred."""
    known = [figure for point in points for figure in (point.value, point.target, point.amber) if figure is not None]
    lowest = min(Decimal(0), _round_up(-min(known)) * -1) if min(known) < 0 else Decimal(0)
    highest = Decimal(100) if kpi.kind == KpiKind.PERCENTAGE else _round_up(max(known))
    return lowest, max(highest, lowest + 1)


def _round_up(figure):
    """The next figure of one or two digits and noughts, even, so that half of it is plain: 87 is 88, 1,234 is 1,400."""
    if figure <= 0:
        return Decimal(0)
    step = Decimal(1).scaleb(max(figure.adjusted() - 1, 0)) * 2
    return (figure / step).to_integral_value(ROUND_CEILING) * step


def _y(figure, lowest, highest):
    drawn = HEIGHT - BOTTOM - TOP
    return HEIGHT - BOTTOM - int(((figure - lowest) * drawn / (highest - lowest)).to_integral_value())


def _xs(count):
    drawn = WIDTH - LEFT - RIGHT
    return [LEFT + drawn * (2 * number + 1) // (2 * count) for number in range(count)]


def _lines(places):
    """A path for each unbroken run of figures."""
    runs, run = [], []
    for x, y in [*places, (0, None)]:
        if y is not None:
            run.append(f"{x} {y}")
        elif run:
            runs.append(f"M{'L'.join(run)}")
            run = []
    return runs


def _steps(xs, points, lowest, highest):
    """The target as steps, as wide as the period each holds for; a gap where none stood."""
    half = (xs[1] - xs[0]) // 2 if len(xs) > 1 else (WIDTH - LEFT - RIGHT) // 2
    path, was = [], None
    for x, point in zip(xs, points, strict=True):
        y = None if point.target is None else _y(point.target, lowest, highest)
        if y is not None:
            path.append(f"{'M' if was is None else 'L'}{x - half} {y}L{x + half} {y}")
        was = y
    return "".join(path)


def _named(xs, points):
    """The names of the periods, so many that they do not touch: the newest is always named."""
    every = -(-len(points) // NAMES_AT_MOST)
    return tuple(
        Tick(x, _short(point))
        for number, (x, point) in enumerate(zip(xs, points, strict=True))
        if (len(points) - 1 - number) % every == 0
    )


def _short(point):
    return f"{point.ends_on:%b %Y}"
