"""The library of outcomes: what it shows of each story, how it is searched, and what resembles a piece of work (P6)."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable

from accounts import access
from accounts import queries as people
from accounts.roles import Permission

from ..enums import ReturnStatus, Verdict
from ..models import MonitoringReturn, OutcomeStory, StoryContact, StoryFigure
from .suppression import Figure, hidden_in

HIDDEN = "Hidden: a low number could point at somebody"
HIDDEN_SHORT = "[c]"
LANGUAGE = "english"
POUNDS, PERCENT = {"£", "pounds"}, {"%", "per cent", "percent"}
IN_THE_FIGURE = POUNDS | PERCENT


@dataclass(frozen=True)
class ShownFigure:
    """A figure as everybody sees it; `value` is None where it is unknown or hidden."""

    label: str
    unit: str
    value: Decimal | None
    target: Decimal | None
    is_hidden: bool = False
    is_total: bool = False

    @property
    def shown(self):
        if self.is_hidden:
            return HIDDEN_SHORT
        return "Not given" if self.value is None else in_words(self.value, self.unit)

    @property
    def names_unit(self):
        """Whether the unit stands beside the label, and not in the figure itself."""
        return bool(self.unit) and self.unit not in IN_THE_FIGURE

    @property
    def target_shown(self):
        return "" if self.target is None else in_words(self.target, self.unit)


@dataclass
class ShownBlock:
    """Figures that stand together: parts with their total, or (without a title) figures each for itself."""

    title: str = ""
    figures: list = field(default_factory=list)

    @property
    def has_hidden(self):
        return any(row.is_hidden for row in self.figures)

    @property
    def has_target(self):
        return any(row.target is not None for row in self.figures)


def in_words(value, unit):
    """1,250; £1,250; 45%; 12 sessions."""
    whole = value == value.to_integral_value()
    number = f"{value:,.0f}" if whole else f"{value:,.2f}".rstrip("0").rstrip(".")
    if unit in POUNDS:
        return f"£{number}" if whole else f"£{value:,.2f}"
    return f"{number}%" if unit in PERCENT else number


def blocks_shown(figures):
    """The figures of one story as everybody sees them: the one way from a row to a reader."""
    rows = sorted(figures, key=lambda row: row.number)
    hidden = hidden_in([Figure(row.value, row.counts_people, row.group, row.is_total, row.unit) for row in rows])
    found: dict[str, ShownBlock] = {}
    for place, row in enumerate(rows):
        title = row.group.partition(": ")[2] or row.group
        block = found.setdefault(row.group, ShownBlock(title))
        is_hidden = place in hidden
        value = None if is_hidden else row.value
        block.figures.append(ShownFigure(row.label, row.unit, value, row.target, is_hidden, row.is_total))
    return list(found.values())


def words_of(story):
    """The words a story is found by, the weightiest first."""
    second = " ".join([*story.themes, *story.areas, story.organisation.name])
    third = " ".join([story.story, story.what_worked, story.advice])
    told = [("A", story.title), ("B", second), ("C", third)]
    vectors = [SearchVector(Value(words), weight=weight, config=LANGUAGE) for weight, words in told]
    return vectors[0] + vectors[1] + vectors[2]


def search(rows, words):
    """Stories that hold the words, the best first; as people write them: "quoted words", -without."""
    if not words.strip():
        return rows.order_by("-period_ends_on", "-pk")
    asked = SearchQuery(words, search_type="websearch", config=LANGUAGE)
    reference = Q(reference__iexact=words.strip())
    rows = rows.filter(Q(words=asked) | reference)
    return rows.annotate(rank=SearchRank(F("words"), asked)).order_by("-rank", "-period_ends_on", "-pk")


def themes_of(rows):
    """Every theme of the stories, in order."""
    return sorted({word for words in rows.order_by().values_list("themes", flat=True) for word in words})


def similar_to(*, words="", themes=(), areas=(), stream=None, without=None, limit=3):
    """Stories of the library that resemble a piece of work, the closest first; `without` a story, one query.

    A shared theme weighs three, a word of the title two, an area and the stream one each.
    """
    given = " OR ".join(word for word in _plain(words) if len(word) > 3)
    asked = SearchQuery(given, search_type="websearch", config=LANGUAGE) if given else None
    signs = [
        (Q(themes__overlap=list(themes)) if themes else None, 3),
        (Q(words=asked) if asked else None, 2),
        (Q(areas__overlap=list(areas)) if areas else None, 1),
        (Q(stream=stream) if stream else None, 1),
    ]
    likeness: Combinable = Value(0, output_field=IntegerField())
    for sign, weight in signs:
        if sign is not None:
            likeness = likeness + Case(When(sign, then=Value(weight)), default=Value(0), output_field=IntegerField())
    rows = OutcomeStory.objects.readable().with_parents()
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    rows = rows.annotate(likeness=likeness).filter(likeness__gte=2)
    if asked:
        rows = rows.annotate(rank=SearchRank(F("words"), asked))
    order = ["-likeness", *(["-rank"] if asked else []), "-period_ends_on", "-pk"]
    return list(rows.order_by(*order)[:limit])


def _plain(words):
    """The words alone, without signs that a search would take for orders."""
    return "".join(letter if letter.isalnum() else " " for letter in words).split()


def similar_to_story(story):
    """Projects elsewhere that resemble this one."""
    return similar_to(
        words=story.title, themes=story.themes, areas=story.areas, stream=story.stream, without=story
    )  # fmt: skip


def tellable():
    """Accepted returns that no story tells of yet, the newest first."""
    told = OutcomeStory.objects.filter(monitoring_return=OuterRef("pk"))
    rows = MonitoringReturn.objects.filter(status=ReturnStatus.REVIEWED, verdict=Verdict.SATISFACTORY)
    return rows.exclude(Exists(told)).with_parents().order_by("-reviewed_at", "-pk")


def story_of(monitoring_return):
    """The story of a return, or None."""
    return OutcomeStory.objects.filter(monitoring_return=monitoring_return).first()


def figures_by_story(stories):
    """The figures of many stories by story, as everybody sees them; one query."""
    found: dict[int, list] = {story.pk: [] for story in stories}
    for row in StoryFigure.objects.filter(story__in=list(found)):
        found[row.story_id].append(row)
    return {pk: blocks_shown(rows) for pk, rows in found.items()}


def writes_for(user):
    """The organisations for which the person may write to projects."""
    rows = [row for row in access.memberships_of(user) if Permission.OUTCOME_CONTACT in people.permissions_of(row)]
    return list({row.organisation_id: row.organisation for row in rows}.values())


def contacts_sent_on(organisation_ids, day):
    """How many messages these organisations sent on a day, answers left out."""
    rows = StoryContact.objects.filter(organisation__in=organisation_ids, answers__isnull=True)
    return rows.filter(sent_at__date=day).count()


def contacts_of(story, user):
    """The messages about a story that the person may read, the oldest first."""
    rows = story.contacts.visible_to(user).filter(answers__isnull=True).select_related("organisation", "person")
    return rows.prefetch_related("replies").order_by("sent_at", "pk").distinct()


def years_of(rows):
    """The financial years (by their first calendar year) that stories fall in, the newest first."""
    days = rows.order_by().values_list("period_ends_on", flat=True).distinct()
    return sorted({year_of(day) for day in days}, reverse=True)


def year_of(day):
    """The financial year a day falls in, by the calendar year of its first day."""
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


def year_in_words(year):
    """2020/21 for the year that begins in April 2020."""
    return f"{year}/{(year + 1) % 100:02d}"


def in_year(rows, year):
    """Stories of periods that end in the financial year beginning in `year`."""
    return rows.filter(period_ends_on__gte=date(year, 4, 1), period_ends_on__lt=date(year + 1, 4, 1))
