"""The plan as a document: its sections in their own order, their words, its dated changes, on any day (P7)."""

from dataclasses import dataclass, field

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


def outline(plan, streams, then, *, service_streams=(), with_opportunities=False):
    """The sections of the plan as they were: as written down, then every stream that none of them tells of."""
    rows = written_sections(plan, streams, then)
    if not rows:
        return derived(plan, streams, service_streams, with_opportunities)
    told = {row.stream.pk for row in rows if row.stream}
    rest = [stream_outline(stream, service_streams) for stream in streams if stream.pk not in told]
    return rows + rest


def derived(plan, streams, service_streams=(), with_opportunities=False):
    """The usual order of a plan whose sections nobody has written down."""
    usual = [Outline(key, "", title, kind) for key, title, kind in USUAL]
    usual[0] = outline_with(usual[0], words=plan.purpose)
    rows = usual + [stream_outline(stream, service_streams) for stream in streams]
    if with_opportunities:
        rows.append(Outline("funding-opportunities", "", "Funding opportunities", SectionKind.OPPORTUNITIES))
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
    sections = PlanSection.objects.filter(plan=plan).prefetch_related("texts").order_by("order", "pk")
    found = []
    for section in then.rows(sections):
        text = text_at(section.texts.all(), then.moment)
        stream = by_pk.get(section.stream_id)
        row = Outline(section.key, section.number, section.title, section.kind, stream)
        day = london_day(text.at) if text and text.by_id else None
        row = outline_with(row, words=text.words if text else "", changed_on=day, section=section)
        found.append((section.order, row))
    for name, was in then.changed(plan).items():
        if name.startswith(REMOVED) and was:
            found.append((was["order"], _removed(was, streams)))
    return [row for _order, row in sorted(found, key=lambda pair: pair[0])]


def _removed(was, streams):
    stream = next((stream for stream in streams if stream.key == was["stream"]), None)
    row = Outline(was["key"], was["number"], was["title"], was["kind"], stream)
    return outline_with(row, words=was["words"])


def section_record(section):
    """A section as the log keeps it when it goes."""
    text = newest_text(section)
    return {
        "key": section.key,
        "order": section.order,
        "number": section.number,
        "title": section.title,
        "kind": section.kind,
        "stream": section.stream.key if section.stream else "",
        "words": text.words if text else "",
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
    blocks: list[tuple[str, object]] = []
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
