"""Reads of the record: what happened to a subject, and who was told."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from .calendar import london_day
from .models import Event, Notice, Obligation

# The first event of a row that was written down as a fact of the past: it says nothing of when the fact began.
WRITTEN_DOWN = frozenset({"loaded", "recorded"})
CHANGED = "changed"


def _rows(model, subjects):
    """The manager to ask: whoever holds a sealed subject may read what is kept about it, nobody else meets it."""
    return model.everything if any(getattr(subject, "sealed", False) for subject in subjects) else model.objects


def _about(subjects):
    wanted = Q(pk__in=[])
    for subject in subjects:
        wanted |= Q(subject_type=subject._meta.label, subject_id=subject.pk)
    return wanted


def history(*subjects):
    """The events of one or several subjects, newest first."""
    return _rows(Event, subjects).filter(_about(subjects)).select_related("by").order_by("-at", "-pk")


def notices_about(*subjects):
    """Who was told what about one or several subjects, newest first, with the mail that carried it."""
    rows = _rows(Notice, subjects).filter(_about(subjects)).select_related("person", "message")
    return rows.order_by("-created_at", "-pk")


def moves_of(obligations):
    """The events by which the due days of obligations were moved."""
    ids = [owed.pk for owed in obligations]
    return _rows(Event, obligations).filter(subject_type=Obligation._meta.label, subject_id__in=ids, verb="date_moved")


def owed_about(subject, kind, **which):
    """The open obligation of a kind about a subject, the soonest due; None where nothing is owed."""
    rows = _rows(Obligation, [subject]).open().about(subject).filter(kind=kind, **which)
    return rows.order_by("due_on", "pk").first()


class Then:
    """Rows as they were at a moment: as they are now, less what the log says changed afterwards (X6).

    Reads the log once for all the models given. `moment` None is now, and reads nothing. A change in the log is
    `{field: [before, after]}`. It is taken back only where `after` is what stood in the field: the log of a row may
    tell of what stands beside it in the same words. What names no field of its row is left to the caller, by `before`.
    """

    def __init__(self, moment, *models):
        self.moment = moment
        self._later: dict[tuple[str, int], list] = {}
        self._began: set[tuple[str, int]] = set()
        self._written: set[tuple[str, int]] = set()
        self._known: set[tuple[str, int]] = set()
        if moment is not None:
            self._read(Event.objects.filter(subject_type__in=[model._meta.label for model in models]))

    def _read(self, events):
        """What changed of each row after the moment, newest first; which rows began after it, and how.

        A row whose first event says what stood there before was there before that event.
        """
        about = ("subject_type", "subject_id")
        later = events.filter(at__gt=self.moment).order_by("-at", "-pk")
        first = {}
        for kind, pk, verb, changes in later.values_list(*about, "verb", "changes"):
            pairs = [(name, *pair) for name, pair in changes.items() if isinstance(pair, list) and len(pair) == 2]
            self._later.setdefault((kind, pk), []).extend(pairs)
            first[kind, pk] = verb, pairs
        before = events.filter(at__lte=self.moment)
        known = set(before.values_list(*about).distinct())
        self._known = known | set(first)
        new = {key: (verb, pairs) for key, (verb, pairs) in first.items() if key not in known}
        late = {key for key, (verb, _pairs) in new.items() if verb in WRITTEN_DOWN}
        self._began = {key for key, event in new.items() if not _stood_before(*event)} - late
        self._written = late | set(before.filter(verb__in=WRITTEN_DOWN).values_list(*about).distinct())

    def had_begun(self, row, *, since=None):
        """Whether the row was there; `since` is the day of its own on which a fact written down later counts."""
        key = _key(row)
        if key in self._began:
            return False
        return since is None or key not in self._written or since <= london_day(self.moment)

    def has_history(self, row):
        """Whether the log tells of this row at all; one without came with the row it stands beside."""
        return _key(row) in self._known

    def was_written_down(self, row):
        """Whether the row is a fact of the past that somebody wrote down, not one the portal saw happen."""
        return _key(row) in self._written

    def pairs(self, row):
        """What the log says changed of the row afterwards, newest first, as (name, before, after)."""
        return self._later.get(_key(row), [])

    def changed(self, row):
        """Whatever of the row changed afterwards, as it was at the moment, by name in the words of the log."""
        return {name: before for name, before, _after in self.pairs(row)}

    def before(self, row, name, now):
        """What the log says this was at the moment, in the words of the log; `now` where nothing changed since."""
        return self.changed(row).get(name, now)

    def put_back(self, row):
        """Set the fields of the row to what they were; it must not be saved. Returns the row."""
        fields = {field.name: field for field in row._meta.concrete_fields if not field.is_relation}
        for name, before, after in self.pairs(row):
            if name in fields and _read_back(fields[name], after) == getattr(row, name):
                setattr(row, name, _read_back(fields[name], before))
        return row

    def rows(self, rows, *, since=None):
        """The rows that were there, as they were. `since(row)` gives the day a fact written down later counts from."""
        return [self.put_back(row) for row in rows if self.had_begun(row, since=since(row) if since else None)]


def _stood_before(verb, pairs):
    """Whether the first event of a row tells of a change: then the row was there before it."""
    return verb == CHANGED or any(was for _name, was, _now in pairs)


def _key(row):
    return row._meta.label, row.pk


def _read_back(field, value):
    """The value of a field from the words of the log, where an empty word stands for nothing."""
    if value in ("", "None", None):
        return None if field.null else value or ""
    try:
        return field.to_python(value)
    except ValidationError:
        return value
