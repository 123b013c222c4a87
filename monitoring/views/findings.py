"""What was found in an uploaded workbook and what it would change, gathered by worksheet as people read it."""

from collections import Counter
from dataclasses import asdict, dataclass, field

from ..enums import CellKind, UploadStatus
from ..queries import uploads as kept
from ..rules.faults import MAY_CONFIRM, MUST_MEND, STILL_MISSING, faults_of
from ..rules.faults.fault import name_of
from ..rules.values import in_figures

CONFIRMED, LOOK, NOTE = "confirmed", "look", "note"
TAGS = {
    MUST_MEND: ("red", "Mend"),
    MAY_CONFIRM: ("yellow", "Confirm"),
    STILL_MISSING: ("grey", "Fill in"),
    CONFIRMED: ("green", "Confirmed"),
    LOOK: ("orange", "Look at this"),
    NOTE: ("blue", "Note"),
}
SHOWN = 100
FILE = "file"
NOTHING = "Nothing"


@dataclass
class Entry:
    """One thing that was found, with every cell it is true of."""

    level: str
    sentence: str
    mend: str
    cells: list = field(default_factory=list)

    @property
    def colour(self):
        return TAGS[self.level][0]

    @property
    def tag(self):
        return TAGS[self.level][1]


@dataclass
class Group:
    """One worksheet; `counts` are of everything, also of what is `left_out` of a long list."""

    slug: str
    title: str
    entries: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)

    @property
    def summary(self):
        return counted(self.counts)

    @property
    def shown(self):
        return self.entries[:SHOWN]

    @property
    def left_out(self):
        return len(self.entries[SHOWN:])


@dataclass
class Report:
    """Everything a page about an uploaded workbook shows."""

    groups: list
    warnings: list
    counts: Counter
    emptied: list

    @property
    def summary(self):
        return counted(self.counts)

    @property
    def faults(self):
        return self.counts[MUST_MEND]

    @property
    def changed(self):
        return sum(len(group.changes) for group in self.groups)


def counted(counts):
    """ "5 things to mend, 2 to confirm, 3 still to fill in"; empty where there is nothing of these."""
    mend, confirm, missing = (counts[level] for level in (MUST_MEND, MAY_CONFIRM, STILL_MISSING))
    things = "" if mend else f" thing{'s' if (confirm or missing) != 1 else ''}"
    words = [f"{mend} thing{'s' if mend != 1 else ''} to mend"] if mend else []
    words += [f"{confirm}{things} to confirm"] if confirm else []
    words += [f"{missing}{'' if confirm else things} still to fill in"] if missing else []
    return ", ".join(words)


def report_of(upload, sheets, reasons):
    """The report on a workbook; `sheets` are of its return as it stands now, `reasons` those given by code.

    What is ready to be used is judged afresh, for the return may have changed since; what must be
    mended is told as it was found.
    """
    values = kept.values_of(upload, sheets)
    ready = upload.status == UploadStatus.READY
    findings = [_with_reason(found, reasons) for found in (_now(upload, sheets, values) if ready else upload.findings)]
    groups = {FILE: Group(FILE, "The workbook itself")} | {
        sheet.slug: Group(sheet.slug, sheet.title) for sheet in sheets
    }
    names = {line.key: name_of(line) for sheet in sheets for line in sheet.lines}
    for found in findings:
        _add(groups.get(found["section"], groups[FILE]), found, names.get(found["line"], ""))
    if upload.status in {UploadStatus.READY, UploadStatus.FAULTY}:
        for sheet, line, cell, value in kept.differences(sheets, kept.filled_in(values)):
            groups[sheet.slug].changes.append(_change(line, cell, value))
    return Report(
        groups=[group for group in groups.values() if group.entries or group.changes],
        warnings=[found for found in findings if found["asks"]],
        counts=Counter(found["level"] for found in findings),
        emptied=[
            _change(line, cell, value)
            for _sheet, line, cell, value in kept.differences(sheets, values)
            if ready and kept.is_empty(value)
        ],
    )


def _now(upload, sheets, values):
    """What the reader found, and what the rules of the return say today."""
    found = [finding for finding in upload.findings if finding["read"]]
    for fault in faults_of(upload.monitoring_return, sheets, kept.filled_in(values)):
        sheet, address = kept.place_of(upload, fault.line, fault.name)
        found.append(asdict(fault) | {"sheet": sheet, "cell": address, "typed": "", "read": False})
    return found


def _with_reason(found, reasons):
    """A warning of the rules asks for a reason until it has one; one of the reader's only to be looked at."""
    warns = found["level"] == MAY_CONFIRM
    asks = warns and not found["read"]
    reason = reasons[found["code"]].reason if asks and found["code"] in reasons else ""
    level = CONFIRMED if reason else LOOK if warns and not asks else found["level"]
    return found | {"asks": asks, "reason": reason, "level": level}


def _add(group, found, name):
    """Under the same words as before it where only the cell is another (so a long list stays readable)."""
    group.counts[found["level"]] += 1
    sentence, mend = (full_stop(found[part]) for part in ("sentence", "mend"))
    same = [entry for entry in group.entries[-1:] if (entry.sentence, entry.mend) == (sentence, mend)]
    entry = same[0] if same else Entry(found["level"], sentence, mend)
    if found["cell"] or name:
        entry.cells.append({"cell": found["cell"], "name": name})
    if not same:
        group.entries.append(entry)


def full_stop(sentence):
    """A sentence with its full stop; nothing stays nothing."""
    return sentence if not sentence or sentence.endswith((".", "?", "!")) else f"{sentence}."


def _change(line, cell, value):
    """One row of a comparison, in the words of the page."""
    of_line = f"{line.group}: {line.label}" if line.group else line.label
    label = of_line if len(line.cells) == 1 else f"{of_line}, {cell.label[:1].lower()}{cell.label[1:]}"
    return {"label": label, "before": in_words(cell, cell.value), "after": in_words(cell, value)}


def in_words(cell, value):
    """An answer as people read it."""
    if kept.is_empty(value):
        return NOTHING
    if cell.is_figure:
        return in_figures(value, cell)
    if cell.kind in {CellKind.CHOICE, CellKind.YES_NO}:
        return dict(cell.choices).get(value, value)
    return value
