"""A plan written out as a plan file: what is loaded, or edited on screen, read back in the words of the file.

Left out: people (personal data), example rows of a real plan, cases and awards that live in the portal, and
references to rows of another plan. A figure that names no source is given the office's own record as one.
"""

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal

import yaml
from django.db.models import Q

from accounts.models import Organisation
from grants.models import Allocation, Award, DeliverySchedule, Round, SustainabilityPlan
from plans.models import (
    CommitmentLine,
    ConcernLevel,
    LoadedRow,
    MovableEvent,
    QuestionSet,
    RequirementReview,
    ReturnTemplate,
    SchoolTerm,
    SchoolTopic,
    SensitivePeriod,
    StandardKind,
    TermsVersion,
)
from plans.models.assurance import LEVEL_DELIVERED
from records.models import Event
from services.models import Contract

from .entries import Items
from .kinds import SLUG, Day, DayList, Position, Sum
from .references import Cited, Reference, References
from .rows import read_row
from .sections import SECTIONS

OWN_RECORD = "The office's own record"
CITATION = re.compile(r"(?P<what>.+?) \((?P<url>https?://\S+)\)")
OUT_OF_ANY_PLAN = {
    "organisations": Organisation,
    "movable_events": MovableEvent,
    "sensitive_periods": SensitivePeriod,
    "terms": TermsVersion,
    "standard_kinds": StandardKind,
    "question_sets": QuestionSet,
    "return_templates": ReturnTemplate,
}


class Figure(str):
    """A number written without quotation marks, as it stands."""


class Writer(yaml.SafeDumper):
    """YAML as people write it here: no aliases, figures as they are."""

    def ignore_aliases(self, data):
        return True


def write_figure(writer, value):
    return writer.represent_scalar("tag:yaml.org,2002:float" if "." in value else "tag:yaml.org,2002:int", value)


Writer.add_representer(Figure, write_figure)


class Citations:
    """The citation table of the file, filled as sources are met."""

    def __init__(self):
        self.table = {}
        self.names = {}

    def cite(self, words):
        """The ids that stand for the words of a source: one, or a list."""
        parts = parted(words) or [(words, "")]
        names = [self.name_of(what, url) for what, url in parts]
        return names[0] if len(names) == 1 else names

    def name_of(self, what, url):
        if (what, url) not in self.names:
            name = f"s{len(self.names) + 1}"
            self.names[what, url] = name
            self.table[name] = {"what": what, "url": url} if url else {"what": what, "office": True}
        return self.names[what, url]


def parted(words):
    """[(what, url)] of the words kept with a figure; none where they are not a list of such pairs."""
    parts = []
    for piece in re.split(r"(?<=\)); ", words):
        found = CITATION.fullmatch(piece)
        if not found:
            return []
        parts.append((found["what"], found["url"]))
    return parts


class Export:
    """One export in progress: which rows, under which keys, citing what."""

    def __init__(self, plan):
        self.plan = plan
        self.citations = Citations()
        self.read = {}
        self.files = set(
            LoadedRow.objects.filter(section="plan", subject_id=plan.pk).values_list("file_key", flat=True)
        )
        self.loaded = defaultdict(dict)
        for row in LoadedRow.objects.filter(file_key__in=self.files).order_by("pk"):
            self.loaded[row.section][row.subject_id] = row.key
        self.rows = rows_of_plan(plan, self.loaded)
        self.add_referred()
        self.keys = {name: self.keys_of(name) for name in self.rows}
        self.spoken = {
            name: {spoken_key(SECTIONS[name], row): key for row, key in zip(rows, self.keys[name], strict=True)}
            for name, rows in self.rows.items()
        }

    def content_of(self, name, row):
        """What a row holds, read once."""
        if (name, row.pk) not in self.read:
            self.read[name, row.pk] = read_row(SECTIONS[name], row)
        return self.read[name, row.pk]

    def add_referred(self):
        """Rows that stand outside any plan come along where a row of the plan names them, step by step."""
        while True:
            wanted = defaultdict(set)
            for name, rows in self.rows.items():
                for row in rows:
                    note_references(SECTIONS[name].fields, self.content_of(name, row), wanted)
            grown = False
            for name, model in OUT_OF_ANY_PLAN.items():
                have = {row.key for row in self.rows.get(name, [])}
                more = model.objects.filter(key__in=wanted[name] - have).order_by("pk")
                if name == "return_templates":
                    more = [row for row in more if is_own(row)]
                self.rows[name] = [*self.rows.get(name, []), *more]
                grown = grown or bool(more)
            if not grown:
                return

    def keys_of(self, name):
        """A key for each row: its own, the one it was loaded under, or a new one."""
        taken, keys = set(), []
        for number, row in enumerate(self.rows[name], start=1):
            own = spoken_key(SECTIONS[name], row) or ""
            key = self.loaded[name].get(row.pk) or own.lower()
            if not SLUG.fullmatch(key) or key in taken:
                key = f"{name.replace('_', '-')}-{number}"
            taken.add(key)
            keys.append(key)
        return keys

    def content(self):
        """The whole file as plain values."""
        name = min(self.files) if len(self.files) == 1 else self.plan.key
        found = {"file": name, **({"example": True} if self.plan.is_example else {}), "sources": {}}
        for name, section in SECTIONS.items():
            rows = {
                key: self.written(section, self.content_of(name, row))
                for row, key in zip(self.rows.get(name, []), self.keys.get(name, []), strict=True)
            }
            if rows and section.single:
                key, content = next(iter(rows.items()))
                found[name] = {"key": key, **content}
            elif rows:
                found[name] = rows
        found["sources"] = self.citations.table
        return found

    def written(self, section, content):
        """One row without what is empty; a figure names its source."""
        found = self.entries(section.fields, content)
        needs = any(content[figure] is not None for figure in section.figures)
        if "source" in section.fields and "source" not in found and (needs or section.fields["source"].required):
            found["source"] = self.citations.cite(OWN_RECORD)
        return found

    def entries(self, fields, content):
        found = {}
        for name, kind in fields.items():
            value = content[name]
            if isinstance(kind, Position) or value is None or (value == kind.empty and not kind.required):
                continue
            value = self.value(kind, value)
            if value not in (None, []) or kind.required:
                found[name] = value
        return found

    def value(self, kind, value):
        """A value as the file writes it."""
        if isinstance(kind, Cited):
            return self.citations.cite(value or OWN_RECORD)
        if isinstance(kind, Items):
            return [self.entries(kind.fields, item) for item in value]
        if isinstance(kind, References):
            known = self.spoken.get(kind.section, {})
            return [known[key] for key in value if key in known]
        if isinstance(kind, Reference):
            return self.spoken.get(kind.section, {}).get(value) or (value if stands_anywhere(kind, value) else None)
        if isinstance(kind, DayList):
            return [date.fromisoformat(day) for day in value]
        if isinstance(kind, Day):
            return date.fromisoformat(value)
        return Figure(Decimal(value)) if isinstance(kind, Sum) else value


def stands_anywhere(kind, key):
    """Whether a row is delivered with every portal, so that a file may name it without holding it."""
    return kind.section == "return_templates" and ReturnTemplate.objects.filter(key=key).exists()


def is_own(template):
    """Whether a return template is the office's own; those delivered with the portal have no history of a start."""
    return Event.objects.filter(
        subject_type=template._meta.label, subject_id=template.pk, verb__in=["loaded", "started"]
    ).exists()


def spoken_key(section, row):
    """The key by which other rows read this one."""
    return getattr(row, "key", None) or getattr(row, "reference", None) or ""


def note_references(fields, content, wanted):
    """Add to `wanted` the keys a row names in other sections."""
    for name, kind in fields.items():
        value = content[name]
        if not value:
            continue
        if isinstance(kind, Items):
            for item in value:
                note_references(kind.fields, item, wanted)
        elif isinstance(kind, References):
            wanted[kind.section].update(value)
        elif isinstance(kind, Reference):
            wanted[kind.section].add(value)


def rows_of_plan(plan, loaded):
    """The rows that belong to the plan, by section."""
    streams = plan.streams.all()
    of_plan = Q(stream__in=streams)
    same = {"is_example": plan.is_example}
    awards = Award.objects.filter(of_plan, is_recorded=True, recipient__is_example=plan.is_example).order_by("pk")
    rounds = Round.objects.filter(of_plan, **same).order_by("pk")
    contracts = Contract.objects.filter(of_plan | Q(pk__in=loaded["contracts"]), **same).order_by("pk")
    found = {
        "office": [plan.body],
        "plan": [plan],
        "learning": plan.learning.order_by("order"),
        "priorities": plan.priorities.order_by("order"),
        "funding_sources": plan.sources.filter(**same).order_by("pk"),
        "streams": streams.order_by("order", "pk"),
        "delegations": plan.body.delegations.filter(Q(stream=None) | of_plan).order_by("pk"),
        "plan_sections": plan.sections.order_by("order"),
        "plan_changes": plan.changes.filter(**same).order_by("number"),
        "rule_sets": plan.rule_sets.filter(**same).order_by("pk"),
        "awards": awards,
        "rounds": rounds,
        "allocations": Allocation.objects.filter(round__in=rounds).order_by("pk"),
        "commitments": CommitmentLine.objects.filter(of_plan).order_by("pk"),
        "delivery_schedules": DeliverySchedule.objects.filter(award__in=awards).order_by("pk"),
        "sustainability_plans": SustainabilityPlan.objects.filter(award__in=awards).order_by("pk"),
        "requirement_reviews": RequirementReview.objects.filter(of_plan).order_by("pk"),
        "opportunities": plan.opportunities.filter(**same).order_by("pk"),
        "contracts": contracts,
        "complaint_stages": ConcernLevel.objects.exclude(source=LEVEL_DELIVERED).order_by("number"),
        "school_terms": SchoolTerm.objects.filter(**same).order_by("starts_on", "pk"),
        "school_topics": SchoolTopic.objects.filter(**same).order_by("pk"),
    }
    for name, model in OUT_OF_ANY_PLAN.items():
        found[name] = model.objects.filter(pk__in=loaded[name]).order_by("pk")
    found["successions"] = SECTIONS["successions"].model.objects.filter(pk__in=loaded["successions"]).order_by("pk")
    return {name: list(rows) for name, rows in found.items()}


def plan_text(plan):
    """The plan as the text of a plan file."""
    content = Export(plan).content()
    parts = [
        yaml.dump({name: value}, Dumper=Writer, allow_unicode=True, sort_keys=False, width=110)
        for name, value in content.items()
        if value not in ({}, None)
    ]
    return f"# {plan.title}, written out by the portal.\n" + "\n".join(parts)
