"""A checked plan file written once: rows added, changes of the file followed, edits on screen left alone.

Three values of each field are compared: what the file said when last loaded, what it says now, and
what stands in the portal. Where file and portal have both moved away from the last load, the
difference is told and nothing at all is written.
"""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import F

from plans.models import CommissioningBody, LoadedRow, Plan
from records.refusals import Refused

from . import rows, storing
from .sections import SECTIONS

OUT_OF_THE_WAY = 10_000


class Stopped(Exception):
    """The portal and the file disagree, or a rule of the portal refuses; nothing was written."""

    def __init__(self, sentences):
        super().__init__("; ".join(sentences))
        self.sentences = sentences


@dataclass
class Report:
    """What one load did."""

    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    stopped: list = field(default_factory=list)
    replayed: int = 0

    @property
    def wrote_nothing(self):
        return not (self.added or self.changed or self.replayed)


class Loading:
    """One load in progress: the file, the moment, and what references lead to."""

    def __init__(self, plan_file, at):
        self.plan_file = plan_file
        self.at = at
        self.report = Report()
        self.found = {}
        self.memory = {
            (row.section, row.key): row for row in LoadedRow.objects.filter(file_key=plan_file.key).order_by("pk")
        }

    def find(self, section, key):
        """The row a key names, in this file or already in the portal."""
        if (section, key) not in self.found:
            chosen = SECTIONS[section]
            self.found[section, key] = chosen.model.objects.get(**{chosen.key_column: key})
        return self.found[section, key]

    def owner(self, column):
        """The plan or office that rows of a section belong to."""
        if column == "plan":
            key = self.plan_file.part_of or next(iter(self.plan_file.section("plan")))
            return Plan.objects.select_related("body").get(key=key)
        office = next(iter(self.plan_file.section("office")), None)
        return CommissioningBody.objects.get(key=office) if office else self.owner("plan").body

    def remember(self, row, subject):
        remembered = self.memory.get((row.section, row.key))
        values = {"subject_id": subject.pk, "content": row.content, "loaded_at": self.at}
        if remembered is None:
            LoadedRow.objects.create(file_key=self.plan_file.key, section=row.section, key=row.key, **values)
        elif remembered.content != row.content or remembered.subject_id != subject.pk:
            LoadedRow.objects.filter(pk=remembered.pk).update(**values)


@transaction.atomic
def load_rows(plan_file, *, at):
    """Write the rows of a checked file; raises `Stopped` when it may not."""
    loading = Loading(plan_file, at)
    for name, section in SECTIONS.items():
        wanted = parents_first(plan_file.section(name), section)
        if wanted:
            load_section(loading, section, wanted)
    tell_left_out(loading)
    if loading.report.stopped:
        raise Stopped(loading.report.stopped)
    return loading.report


def parents_first(wanted, section):
    """Rows so ordered that a row comes after those of its own section it refers to."""
    ordered = []

    def add(row):
        for name, kind in section.fields.items():
            parent = row[name] if getattr(kind, "section", "") == section.name else None
            if isinstance(parent, str) and parent in wanted:
                add(wanted[parent])
        if row not in ordered:
            ordered.append(row)

    for row in wanted.values():
        add(row)
    return ordered


def load_section(loading, section, wanted):
    """Compare every row, then add the new ones and follow the changes of the file.

    Once something has stopped the load, rows loaded before are still compared, so that every
    disagreement is told at once.
    """
    if loading.report.stopped:
        compare_remembered(loading, section, wanted)
        return
    belongs_to = {section.belongs_to: loading.owner(section.belongs_to)} if section.belongs_to else {}
    new, changed, known = [], [], []
    for row in wanted:
        subject = existing(loading, section, row, belongs_to)
        if subject is None:
            if (section.name, row.key) in loading.memory:
                loading.report.stopped.append(
                    f"{place(row)}: it was loaded before and is no longer in the portal, but the file still has it. "
                    "Take it out of the file, or give it another key."
                )
            else:
                new.append(row)
            continue
        loading.found[section.name, row.key] = subject
        known.append(subject.pk)
        changes = compare(loading, section, row, subject)
        if changes:
            changed.append((row, subject, changes))
        elif not loading.report.stopped:
            loading.remember(row, subject)
    if loading.report.stopped:
        return
    clear_the_way(section, belongs_to, wanted, known, changed)
    for row in new:
        attempt(loading, row, add_row, section, row, belongs_to)
    for row, subject, changes in changed:
        attempt(loading, row, change_row, section, row, subject, changes)


def compare_remembered(loading, section, wanted):
    for row in wanted:
        remembered = loading.memory.get((section.name, row.key))
        subject = section.model.objects.filter(pk=remembered.subject_id).first() if remembered else None
        if subject is not None:
            compare(loading, section, row, subject)


def attempt(loading, row, write, *given):
    """Write one row; a refusal of a rule or of the database stops the load with a sentence."""
    try:
        with transaction.atomic():
            write(loading, *given)
    except Refused as refusal:
        loading.report.stopped.append(f"{place(row)}: {refusal.reason}")
    except IntegrityError as error:
        words = str(error).splitlines()[0]
        loading.report.stopped.append(f"{place(row)}: the portal's own records do not allow it ({words}).")


def place(row):
    return f"line {row.line}: {row.section}, {row.key}"


def existing(loading, section, row, belongs_to):
    """The row in the portal that a row of the file stands for, or None."""
    remembered = loading.memory.get((section.name, row.key))
    if remembered is not None:
        return section.model.objects.filter(pk=remembered.subject_id).first()
    if section.key_column:
        scope = belongs_to if section.scoped else {}
        return section.model.objects.filter(**{section.key_column: row.key}, **scope).first()
    natural = {}
    for name in section.natural:
        natural |= section.fields[name].attributes(name, row[name], loading.find)
    return section.model.objects.filter(**natural, **belongs_to).first() if natural else None


def compare(loading, section, row, subject):
    """The fields in which the file has moved and the portal has not; tells edits kept and disagreements."""
    remembered = loading.memory.get((section.name, row.key))
    now = rows.read_row(section, subject)
    untouched = section.delivered and subject.source == section.delivered
    last = rows.remembered_row(section, remembered.content) if remembered else now if untouched else {}
    changes = {}
    for name in section.fields:
        wanted = row[name]
        if wanted == now[name]:
            continue
        if name in last and wanted == last[name]:
            words = f"{name} is {spoken(now[name])} in the portal and {spoken(wanted)} in the file"
            loading.report.kept.append(f"{place(row)}: {words}. The edit made on screen is kept.")
        elif name in last and now[name] == last[name]:
            changes[name] = [now[name], wanted]
        else:
            before = f"the last load said {spoken(last[name])}" if name in last else "it was not loaded from this file"
            loading.report.stopped.append(
                f"{place(row)}: {name} is {spoken(now[name])} in the portal and {spoken(wanted)} in the file "
                f"({before}). Change the file to what the portal says, or the portal to what the file says."
            )
    return changes


def spoken(value):
    if value is None or value == "" or value == []:
        return "empty"
    words = str(value)
    return f'"{words[:80]}{"..." if len(words) > 80 else ""}"'


def clear_the_way(section, belongs_to, wanted, known, changed):
    """Where positions are unique, move aside the rows whose place another row is about to take."""
    place = {"learning": "order", "priorities": "order", "plan_changes": "number"}.get(section.name)
    if place is None:
        return
    moving = [subject.pk for _, subject, changes in changed if place in changes]
    settled = set(known) - set(moving)
    taken = {f"{place}__in": [row[place] for row in wanted], f"{place}__lt": OUT_OF_THE_WAY}
    rows_in_the_way = section.model.objects.filter(**belongs_to, **taken).exclude(pk__in=settled)
    rows_in_the_way.update(**{place: F(place) + OUT_OF_THE_WAY})


def add_row(loading, section, row, belongs_to):
    subject = storing.create(loading, section, row, belongs_to)
    loading.found[section.name, row.key] = subject
    loading.remember(row, subject)
    loading.report.added.append(f"{section.noun} {row.key}")


def change_row(loading, section, row, subject, changes):
    storing.change(loading, section, row, subject, changes)
    loading.remember(row, subject)
    names = ", ".join(changes)
    loading.report.changed.append(f"{section.noun} {row.key} ({names})")


def tell_left_out(loading):
    """Rows loaded before that the file no longer has stay in the portal; the report says so."""
    for (section, key), remembered in loading.memory.items():
        if section in SECTIONS and key not in loading.plan_file.section(section) and remembered.subject_id:
            loading.report.kept.append(f"{section}, {key}: no longer in the file. It stays in the portal.")
