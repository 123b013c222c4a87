"""What a story can take from an accepted return: words to begin with, and blocks of figures that stand together."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count
from typing import Any

from grants.models import Project
from plans.enums import CheckKind, IndicatorKind
from services.enums import KpiKind
from services.models import Kpi

from .returns import latest_version, number_of
from .suppression import WITH_COUNTS

WORDS = {IndicatorKind.TEXT, IndicatorKind.YES_NO, IndicatorKind.FILE}
PERCENT, POUNDS, SCORE, TOTAL = "%", "£", "score", "Total"
NOT_PEOPLE = {*WITH_COUNTS, POUNDS, "pounds", "hours", "days", "evenings", "weeks", "sessions", "events", "visits"}
COUNTED = {IndicatorKind.COUNT, IndicatorKind.COUNTS}
UNIT_OF = {IndicatorKind.PERCENTAGE: PERCENT, IndicatorKind.MONEY: POUNDS}
UNIT_OF_KPI = {KpiKind.PERCENTAGE: PERCENT, KpiKind.MONEY: POUNDS, KpiKind.DAYS: "days"}


@dataclass(frozen=True)
class Row:
    """One figure of a block."""

    label: str
    value: Decimal | None
    unit: str = ""
    target: Decimal | None = None
    is_total: bool = False
    number: int = 0


@dataclass(frozen=True)
class Block:
    """Figures that are shared together or not at all, since parts and their total give one another away."""

    key: str
    title: str
    rows: tuple[Row, ...]
    counts_people: bool
    group: str = ""


@dataclass
class Draft:
    """What a story begins with."""

    title: str = ""
    story: str = ""
    what_worked: str = ""
    advice: str = ""
    themes: list = field(default_factory=list)
    areas: list = field(default_factory=list)


def blocks_of(monitoring_return):
    """The figures of the newest version of a return as blocks, in its own order; two questions."""
    version = latest_version(monitoring_return)
    if version is None:
        return []
    content = version.content
    found = [*_promised(content), *_kpis(content)]
    asked = [row for section in content.get("indicator_sections", []) for row in section["questions"]]
    checks = _sums_asked(monitoring_return)
    figures = {_key_of(row): row for row in asked if row["rows"] and row["kind"] in COUNTED}
    whole_of = {left[0]: figures[right] for left, right in checks if len(left) == 1 and right in figures}
    found += [block for row in asked if (block := _question(row, whole_of.get(_key_of(row))))]
    found += _sums(checks, figures)
    return _numbered([block for block in found if any(row.value is not None for row in block.rows)])


def _numbered(blocks):
    """Each block with a key, each figure with a number of its own, which stay the same while the return does."""
    found, number = [], count(1)
    for key, block in enumerate(blocks, start=1):
        rows = tuple(replace(row, number=next(number)) for row in block.rows)
        group = f"{key}: {block.title}"[:120] if block.group else ""
        found.append(Block(str(key), block.title, rows, block.counts_people, group))
    return found


def _people(unit):
    """A figure counts people unless its unit says otherwise: what is hidden for nothing harms nobody."""
    return unit.strip().lower() not in NOT_PEOPLE


def _alone(label, value, unit, target=None, counts_people=None):
    row = Row(label[:300], value, unit[:60], target)
    return Block("", label, (row,), _people(unit) if counts_people is None else counts_people)


def _promised(content):
    """Outcomes and outputs, each a figure of its own."""
    for project in content["projects"]:
        for name, said in (("outcomes", "measure"), ("outputs", "output")):
            for told in project[name]:
                value = number_of(told["value"])
                yield _alone(told[said], value, told.get("unit", ""), number_of(told["target"]))


def _kpis(content):
    kinds = dict(Kpi.objects.filter(pk__in=[told["key"] for told in content.get("kpis", [])]).values_list("pk", "kind"))
    for told in content.get("kpis", []):
        kind = kinds.get(told["key"], KpiKind.NUMBER)
        unit = UNIT_OF_KPI.get(KpiKind(kind), "")
        yield _alone(told["name"], number_of(told["value"]), unit, number_of(told["target"]), not unit)


def _question(asked, whole):
    """`whole`: the question whose figure a count by category comes to."""
    kind, label, target = asked["kind"], asked["label"], number_of(asked["target"])
    if kind in WORDS:
        return None
    if kind == IndicatorKind.COUNTS:
        return Block("", label, _parts(asked, whole), True, label)
    if kind == IndicatorKind.SCORE:
        rows = [
            Row(f"{label}: {told['label']}"[:300], number_of(told["value"]), "people" if number == 0 else SCORE)
            for number, told in enumerate(asked["rows"])
        ]
        return Block("", label, tuple(rows), True)
    value = number_of(asked["rows"][0]["value"]) if asked["rows"] else None
    return _alone(label, value, UNIT_OF.get(kind, asked["unit"]), target)


def _parts(asked, whole):
    """The categories of a count, then their sum, which bears the name of the figure it comes to."""
    rows = tuple(Row(told["label"][:300], number_of(told["value"])) for told in asked["rows"])
    label, unit = (whole["label"], whole["unit"]) if whole else (TOTAL, "")
    target = number_of(asked["target"])
    return (*rows, Row(label[:300], number_of(asked["total"]), unit[:60], target, is_total=True))


def _sums_asked(monitoring_return):
    """Which figures the template wants to add up: [(keys of the parts, key of the whole)]."""
    if not monitoring_return.template_version_id:
        return []
    checks = monitoring_return.template_version.checks.filter(kind=CheckKind.SUM_IS).order_by("pk")
    return list(checks.values_list("left", "right"))


def _sums(checks, figures):
    """Several figures with the one they come to, `figures` being the counts by their key."""
    for left, right in checks:
        if len(left) < 2 or not {*left, right} <= set(figures):
            continue
        parts = [Row(figures[key]["label"][:300], _whole(figures[key])) for key in left]
        title = figures[right]["label"]
        yield Block("", title, (*parts, Row(TOTAL, _whole(figures[right]), is_total=True)), True, title)


def _key_of(asked):
    """The key of a question, which the address of its first figure holds: section/question/part."""
    return asked["rows"][0]["key"].split("/")[1] if asked["rows"] else ""


def _whole(asked):
    return number_of(asked["total"] if asked["kind"] == IndicatorKind.COUNTS else asked["rows"][0]["value"])


def draft_of(monitoring_return):
    """A title, words, themes and areas out of the return and of what it reports on."""
    version = latest_version(monitoring_return)
    content: dict[str, Any] = version.content if version else {"narrative": "", "learning": "", "projects": []}
    subject = monitoring_return.subject
    told = [content["narrative"], *(project["narrative"] for project in content["projects"])]
    draft = Draft(
        title=(subject.title if monitoring_return.award_id else subject.name)[:200],
        story="\n\n".join(filter(None, told)),
        what_worked=content["learning"],
    )
    themes, areas = _served_by(monitoring_return)
    draft.themes = list(dict.fromkeys(themes))
    draft.areas = list(dict.fromkeys(areas or monitoring_return.organisation.areas))
    return draft


def _served_by(monitoring_return):
    """The priorities and areas of the projects that the return reports on."""
    if not monitoring_return.award_id:
        return [], []
    rows = Project.objects.filter(award_line__award=monitoring_return.award_id).prefetch_related("priorities")
    projects = list(rows.order_by("pk"))
    themes = [row.name[:120] for project in projects for row in project.priorities.all()]
    return themes, [area for project in projects for area in project.areas]


def chosen_of(story, blocks):
    """What a story shows of its return: the keys of the blocks shown, and of those that count people."""
    rows = {row.number: row for row in story.figures.all()}
    shown, counting = [], []
    for block in blocks:
        here = [rows[row.number] for row in block.rows if row.number in rows]
        shown += [block.key] if here else []
        counts = any(row.counts_people for row in here) if here else block.counts_people
        counting += [block.key] if counts else []
    return shown, counting
