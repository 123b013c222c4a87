"""The plan as a document: its sections in their own order, their words, its dated changes, on any day (P7)."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from records.calendar import london_day
from records.models import Event

from ..enums import SectionKind
from ..models import Plan, PlanChange, PlanSection, SectionText, Stream

OF_A_STREAM = frozenset({SectionKind.STREAM, SectionKind.SERVICES})
REMOVED = "section "
USUAL = (
    ("purpose", "Purpose of this plan", SectionKind.PROSE),
    ("learning", "Learning from the year before", SectionKind.LEARNING),
    ("priorities", "Priorities", SectionKind.PRIORITIES),
    ("budget", "Budget by source of funds", SectionKind.BUDGET),
)


@dataclass(frozen=True)
class Outline:
    """One section: `section` is its row, None where the section follows from the plan's other rows."""

    key: str
    number: str
    title: str
    kind: str
    stream: Stream | None = None
    words: str = ""
    section: PlanSection | None = None
    changed_on: object = None
    blocks: list = field(default_factory=list)

    @property
    def depth(self):
        """How deep the section stands, from its number: 0 for "3", 1 for "3.1"."""
        return self.number.strip(".").count(".") if self.number else 0


OPPORTUNITIES = Outline("funding-opportunities", "", "Funding opportunities", SectionKind.OPPORTUNITIES)


def outline(plan, streams, then, *, service_streams=(), with_opportunities=False):
    """The sections of the plan as they were: as written down, then every stream that none of them tells of.

    A section without a stream tells of the stream that has its number. Other streams stand after the section
    whose number comes before theirs.
    """
    rows = written_sections(plan, streams, then)
    if not rows:
        return derived(plan, streams, service_streams, with_opportunities)
    if with_opportunities and not any(row.kind == SectionKind.OPPORTUNITIES for row in rows):
        rows.append(OPPORTUNITIES)
    told = {row.stream.pk for row in rows if row.stream}
    for stream in streams:
        if stream.pk not in told:
            _put_in(rows, stream, service_streams)
    return rows


def _put_in(rows, stream, service_streams):
    """Give the stream to the section of its number, or a section of its own in its place."""
    place = len(rows)
    for index, row in enumerate(rows):
        if row.number and row.number == stream.number and row.stream is None:
            rows[index] = replace(row, stream=stream)
            return
        if row.number and _steps(row.number) <= _steps(stream.number):
            place = index + 1
    rows.insert(place, stream_outline(stream, service_streams))


def _steps(number):
    """ "3.1" as (3, 1), so that numbers stand in their order; words in a number count as nought."""
    return tuple(int(step) if step.isdigit() else 0 for step in number.strip(".").split("."))


def derived(plan, streams, service_streams=(), with_opportunities=False):
    """The usual order of a plan whose sections nobody has written down."""
    usual = [Outline(key, "", title, kind) for key, title, kind in USUAL]
    usual[0] = outline_with(usual[0], words=plan.purpose)
    rows = usual + [stream_outline(stream, service_streams) for stream in streams]
    if with_opportunities:
        rows.append(OPPORTUNITIES)
    return rows


def stream_outline(stream, service_streams=()):
    kind = SectionKind.SERVICES if stream.pk in service_streams else SectionKind.STREAM
    return Outline(stream.key, stream.number, stream.name, kind, stream)


def outline_with(row, *, words, changed_on=None, section=None):
    """The outline with its words, cut into paragraphs and lists."""
    return Outline(row.key, row.number, row.title, row.kind, row.stream, words, section, changed_on, blocks_of(words))


def written_sections(plan, streams, then):
    """The sections written down, in order, each with the words it had; those removed since are there again."""
    by_pk = {stream.pk: stream for stream in streams}
    rows = list(PlanSection.objects.filter(plan=plan).prefetch_related("texts"))
    texts = {row.pk: list(row.texts.all()) for row in rows}
    for name, was in then.changed(plan).items():
        if name.startswith(REMOVED) and was:
            row, texts[was["id"]] = _removed(was, plan, streams)
            rows.append(row)
    found = []
    for section in sorted(then.rows(rows), key=lambda row: (row.order, row.pk)):
        text = text_at(texts[section.pk], then.moment)
        row = Outline(section.key, section.number, section.title, section.kind, by_pk.get(section.stream_id))
        day = london_day(text.at) if text and text.by_id else None
        found.append(outline_with(row, words=text.words if text else "", changed_on=day, section=section))
    return found


def _removed(was, plan, streams):
    """A section as the log kept it, with its words; neither is saved."""
    stream = next((stream for stream in streams if stream.key == was["stream"]), None)
    names = ("key", "order", "number", "title", "kind")
    row = PlanSection(pk=was["id"], plan=plan, stream=stream, **{name: was[name] for name in names})
    texts = [
        SectionText(pk=number, at=datetime.fromisoformat(at), words=words, by_id=by)
        for number, (at, words, by) in enumerate(was["texts"], start=1)
    ]
    return row, texts


def section_record(section):
    """A section as the log keeps it when it goes."""
    return {
        "id": section.pk,
        "key": section.key,
        "order": section.order,
        "number": section.number,
        "title": section.title,
        "kind": section.kind,
        "stream": section.stream.key if section.stream else "",
        "texts": [[text.at.isoformat(), text.words, text.by_id] for text in section.texts.order_by("at", "pk")],
    }


def newest_text(section):
    return SectionText.objects.filter(section=section).order_by("-at", "-pk").first()


def text_at(texts, moment):
    """The newest words written by then; words that came with a plan file count from the start of the plan."""
    rows = sorted(texts, key=lambda text: (text.at, text.pk))
    known = [text for text in rows if moment is None or text.at <= moment]
    if known:
        return known[-1]
    return rows[0] if rows and rows[0].by_id is None else None


def blocks_of(words):
    """Words cut into ("list", items) and ("text", paragraph): lines that begin with "- " are a list."""
    blocks: list[tuple] = []
    for line in words.splitlines():
        line = line.strip()
        if line.startswith(("- ", "* ", "• ")):
            if not (blocks and blocks[-1][0] == "list"):
                blocks.append(("list", []))
            blocks[-1][1].append(line[2:].strip())
        elif not line:
            blocks.append(("gap", ""))
        elif blocks and blocks[-1][0] == "text":
            blocks[-1] = ("text", f"{blocks[-1][1]} {line}")
        else:
            blocks.append(("text", line))
    return [block for block in blocks if block[0] != "gap"]


def changes_of(plan, day=None):
    """The dated variations of the plan up to a day, newest first; each counts from its own day."""
    rows = PlanChange.objects.filter(plan=plan).select_related("section", "by").order_by("-on", "-number")
    return rows.filter(on__lte=day) if day else rows


def record_runs_from(plan):
    """The day from which the portal itself kept the record of this plan; None where nothing is recorded."""
    first = Event.objects.filter(subject_type=Plan._meta.label, subject_id=plan.pk).order_by("at", "pk").first()
    return london_day(first.at) if first else None


def plans_in_order():
    """Every plan with its office, the newest first."""
    return Plan.objects.select_related("body", "follows", "followed_by").order_by("-starts_on", "pk")
