"""Reads of the record: what happened to a subject, and who was told."""

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Q

from .calendar import london_day
from .models import Event, Notice, Obligation

# The first event of a row that was written down as a fact of the past: it says nothing of when the fact began.
WRITTEN_DOWN = frozenset({"loaded", "recorded"})


def _about(subjects):
    wanted = Q(pk__in=[])
    for subject in subjects:
        wanted |= Q(subject_type=subject._meta.label, subject_id=subject.pk)
    return wanted


def history(*subjects):
    """The events of one or several subjects, newest first."""
    return Event.objects.filter(_about(subjects)).select_related("by").order_by("-at", "-pk")


def notices_about(*subjects):
    """Who was told what about one or several subjects, newest first, with the mail that carried it."""
    rows = Notice.objects.filter(_about(subjects)).select_related("person", "message")
    return rows.order_by("-created_at", "-pk")


def moves_of(obligations):
    """The events by which the due days of obligations were moved."""
    ids = [owed.pk for owed in obligations]
    return Event.objects.filter(subject_type=Obligation._meta.label, subject_id__in=ids, verb="date_moved")


def owed_about(subject, kind, **which):
    """The open obligation of a kind about a subject, the soonest due; None where nothing is owed."""
    return Obligation.objects.open().about(subject).filter(kind=kind, **which).order_by("due_on", "pk").first()


class Then:
    """Rows as they were at a moment: as they are now, less what the log says changed afterwards (X6).

    Reads the log once for all the models given. `moment` None is now, and reads nothing. A change in the log is
    `{field: [before, after]}`; one that names no field of its row is left to the caller, by `before`.
    """

    def __init__(self, moment, *models):
        self.moment = moment
        self._later: dict[tuple[str, int], dict] = {}
        self._began: set[tuple[str, int]] = set()
        self._written: set[tuple[str, int]] = set()
        labels = [model._meta.label for model in models]
        if moment is not None:
            self._read(labels)
            self._written_down(labels)

    def _read(self, labels):
        """What each row was before the first change after the moment, and which rows began after it."""
        events = Event.objects.filter(subject_type__in=labels)
        later = events.filter(at__gt=self.moment).order_by("-at", "-pk")
        verbs = {}
        for kind, pk, verb, changes in later.values_list("subject_type", "subject_id", "verb", "changes"):
            fields = self._later.setdefault((kind, pk), {})
            fields |= {name: pair[0] for name, pair in changes.items() if isinstance(pair, list) and len(pair) == 2}
            verbs[kind, pk] = verb
        known = events.filter(at__lte=self.moment).values_list("subject_type", "subject_id").distinct()
        new = set(verbs) - set(known) if verbs else set()
        self._written = {key for key in new if verbs[key] in WRITTEN_DOWN}
        self._began = new - self._written

    def _written_down(self, labels):
        """Rows written down as facts before the moment count as such as well."""
        first = Event.objects.filter(subject_type__in=labels, verb__in=WRITTEN_DOWN, at__lte=self.moment)
        self._written |= set(first.values_list("subject_type", "subject_id").distinct())

    def had_begun(self, row, *, since=None):
        """Whether the row was there; `since` is the day of its own on which a fact written down later counts."""
        key = row._meta.label, row.pk
        if key in self._began:
            return False
        return since is None or key not in self._written or since <= london_day(self.moment)

    def was_written_down(self, row):
        """Whether the row is a fact of the past that somebody wrote down, not one the portal saw happen."""
        return self.moment is not None and (row._meta.label, row.pk) in self._written

    def before(self, row, name, now):
        """What the log says this was at the moment, in the words of the log; `now` where nothing changed since."""
        return self.changed(row).get(name, now)

    def changed(self, row):
        """Whatever of the row changed afterwards, as it was at the moment, by name in the words of the log."""
        return self._later.get((row._meta.label, row.pk), {})

    def put_back(self, row):
        """Set the fields of the row to what they were; it must not be saved. Returns the row."""
        for name, value in self.changed(row).items():
            try:
                field = row._meta.get_field(name)
                if field.concrete and not field.is_relation:
                    setattr(row, name, _read_back(field, value))
            except (FieldDoesNotExist, ValidationError):
                continue
        return row

    def rows(self, rows, *, since=None):
        """The rows that were there, as they were. `since(row)` gives the day a fact written down later counts from."""
        return [self.put_back(row) for row in rows if self.had_begun(row, since=since(row) if since else None)]


def _read_back(field, value):
    """The value of a field from the words of the log, where an empty word stands for nothing."""
    if value in ("", None):
        return None if field.null else field.get_default() if value is None else ""
    return field.to_python(value)
