"""The outcomes of a financial year put together from the library: only from what each story shows (P6)."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from ..models import OutcomeStory
from .stories import figures_by_story, in_words, in_year, year_in_words
from .story_content import TOTAL

MEASURES_AT_MOST = 12
BAR_WIDTH, BAR_STEP, VALUE_ROOM = 640, 56, 100


@dataclass
class Measure:
    """One measure over all stories that give it; `total` adds up only what the stories show."""

    label: str
    unit: str
    total: Decimal = Decimal(0)
    stories: int = 0
    hidden: int = 0
    with_target: int = 0
    met: int = 0

    @property
    def shown(self):
        return in_words(self.total, self.unit)


@dataclass(frozen=True)
class Bar:
    """One bar of a drawing, its name above it."""

    label: str
    shown: str
    y: int
    width: int

    @property
    def name_y(self):
        return self.y - 8

    @property
    def words_x(self):
        return self.width + 8

    @property
    def words_y(self):
        return self.y + 14


@dataclass(frozen=True)
class BarChart:
    """Bars from the largest to the smallest, in whole numbers of a fixed canvas."""

    title: str
    bars: tuple[Bar, ...]

    width = BAR_WIDTH

    @property
    def height(self):
        return BAR_STEP * len(self.bars) + 8

    @property
    def told(self):
        return ". ".join(f"{bar.label}: {bar.shown}" for bar in self.bars)


@dataclass
class Report:
    """What the stories of one year show."""

    year: int
    stories: list
    figures: dict
    measures: list = field(default_factory=list)
    by_stream: list = field(default_factory=list)
    by_theme: list = field(default_factory=list)
    by_area: list = field(default_factory=list)

    @property
    def title(self):
        return f"Outcomes {year_in_words(self.year)}"

    @property
    def organisations(self):
        return len({story.organisation_id for story in self.stories})

    @property
    def has_example(self):
        return any(story.is_example for story in self.stories)

    @property
    def counted(self):
        """The measures that can be added up: counts and money, over more than nought."""
        return [row for row in self.measures if row.total]


def report_of(year, *, with_examples=True, public_only=False):
    """The report of a financial year; two questions.

    Of several stories of one award or contract the newest is counted, since figures run from its beginning.
    """
    rows = OutcomeStory.objects.public() if public_only else OutcomeStory.objects.readable()
    if not with_examples:
        rows = rows.filter(is_example=False, organisation__is_example=False)
    stories = list(in_year(rows, year).with_parents().order_by("period_ends_on", "pk"))
    figures = figures_by_story(stories)
    newest = {(story.award_id, story.contract_id): story for story in stories}
    return Report(
        year,
        stories,
        figures,
        measures=measures_of([figures[story.pk] for story in newest.values()]),
        by_stream=_counted(str(story.stream) for story in stories if story.stream_id),
        by_theme=_counted(theme for story in stories for theme in story.themes),
        by_area=_counted(area for story in stories for area in story.areas),
    )


def measures_of(stories):
    """Each measure with its sum over stories, `stories` being the shown blocks of each."""
    found: defaultdict[tuple, Measure] = defaultdict(lambda: Measure("", ""))
    for blocks in stories:
        seen = set()
        for block in blocks:
            for row in block.figures:
                label = block.title if row.is_total and row.label == TOTAL else row.label
                key = (label.casefold(), row.unit)
                if (block.title and not row.is_total) or key in seen or not _adds_up(row.unit):
                    continue
                seen.add(key)
                _add(found[key], label, row)
    return sorted(found.values(), key=lambda row: (-row.stories, -row.total, row.label))


def _adds_up(unit):
    return unit.strip().lower() not in {"%", "per cent", "percent", "percentage", "score"}


def _add(measure, label, row):
    measure.label, measure.unit = measure.label or label, row.unit
    measure.stories += 1
    measure.hidden += row.is_hidden
    if row.value is None:
        return
    measure.total += row.value
    if row.target is not None:
        measure.with_target += 1
        measure.met += row.value >= row.target


def _counted(names):
    return sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))


def chart_of(title, rows):
    """Bars of (label, figure, words of it); None where there is nothing to draw."""
    rows = sorted((row for row in rows if row[1]), key=lambda row: -row[1])[:MEASURES_AT_MOST]
    if not rows:
        return None
    longest = rows[0][1]
    drawn = BAR_WIDTH - VALUE_ROOM
    return BarChart(
        title,
        tuple(
            Bar(label, words, BAR_STEP * place + 30, max(int(drawn * figure / longest), 2))
            for place, (label, figure, words) in enumerate(rows)
        ),
    )
