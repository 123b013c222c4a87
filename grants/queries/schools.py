"""Inputs into schools: what is planned where, and what meets in one school, topic and term (P5)."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from plans.queries import schools as registers
from records.words import day_in_words, listed

from ..enums import CASE_WITH_OFFICE, AwardStatus, CaseStatus, ProjectStatus, SchoolInputStatus
from ..models import ClashRuling, SchoolInput

# Awards whose money will never be spent: their inputs stand in nobody's way.
FALLEN = (AwardStatus.DECLINED, AwardStatus.LAPSED, AwardStatus.TERMINATED)
WITH_OFFICE = [*CASE_WITH_OFFICE, CaseStatus.RETURNED]
CLASH, MANY = "clash", "many"
JOINS = ("school", "topic", "project__case__organisation", "project__award_line__award")


@dataclass(frozen=True)
class Clash:
    """Two inputs about one topic in one school and term (`other`), or too many of them (`other` None)."""

    own: SchoolInput
    other: Any
    terms: tuple[str, ...]
    count: int
    most: int
    ruling: Any = None

    @property
    def kind(self):
        return MANY if self.other is None else CLASH

    @property
    def key(self):
        """What a form calls it."""
        return f"{self.own.pk}-{self.other.pk if self.other else 0}"

    @property
    def where(self):
        return f"{self.own.topic.name} at {self.own.school.name}, {listed(list(self.terms))}"

    @property
    def sentence(self):
        """The whole of it, for the office."""
        if self.other is None:
            return f"{self.where}: {self.count} inputs, and {self.most} {'is' if self.most == 1 else 'are'} enough."
        other = self.other.project
        return (
            f"{self.where}: {other.case.organisation.name} brings the same with “{other.title}” "
            f"({other.reference}, {standing_words(other)}), {days_words(self.other)}."
        )

    @property
    def sentence_outside(self):
        """The same for applicants: nothing of anybody else's business case."""
        if self.other is None:
            return self.sentence
        return f"{self.where}: another project brings the same topic into this school in that time."


def days_words(row):
    """The days of an input as people read them."""
    if row.starts_on == row.ends_on:
        return day_in_words(row.starts_on)
    return f"{day_in_words(row.starts_on)} to {day_in_words(row.ends_on)}"


def standing_words(project):
    """How far a project has come: "funded", or how it stands."""
    return "funded" if project.status == ProjectStatus.APPROVED else project.get_status_display().lower()


def standing():
    """Inputs of projects that go into schools and are with the office or funded."""
    open_now = Q(project__case__status__in=WITH_OFFICE) & Q(
        project__status__in=[ProjectStatus.PROPOSED, ProjectStatus.DEFERRED]
    )
    return SchoolInput.objects.filter(open_now | funded(), project__school_part__goes=True).exclude(
        project__award_line__award__status__in=FALLEN
    )


def counted():
    """Those that are not cancelled: what others meet."""
    return standing().exclude(status=SchoolInputStatus.CANCELLED)


def funded():
    """The condition that an input belongs to a project that was approved."""
    return Q(project__status=ProjectStatus.APPROVED)


def clashes_of(project):
    """Everything in the schools part of a project that meets other inputs, with the ruling on each."""
    return clashes_among([project])[project.pk]


def open_clashes_of(project):
    """Those an officer has not ruled on yet."""
    return [clash for clash in clashes_of(project) if clash.ruling is None]


def clashes_among(projects):
    """{project id: clashes} of several projects in five queries, or in one where none goes into schools."""
    rows = SchoolInput.objects.filter(project__in=projects, project__school_part__goes=True)
    own = list(rows.exclude(status=SchoolInputStatus.CANCELLED).select_related("school", "topic").order_by("number"))
    found: dict[int, list[Clash]] = {project.pk: [] for project in projects}
    if not own:
        return found
    roots, terms = registers.roots(), registers.terms()
    places = registers.same_place([row.school_id for row in own], roots)
    others = counted().filter(school__in=places, topic__in={row.topic_id for row in own})
    beside = list(others.select_related(*JOINS).order_by("pk"))
    rulings = _rulings(own)
    for project in projects:
        mine = [row for row in own if row.project_id == project.pk]
        theirs = [row for row in beside if row.project_id != project.pk]
        found[project.pk] = _clashes(mine, theirs, terms, roots, rulings)
    return found


def _rulings(own):
    """{(input, other or None): ruling}; what was ruled on a pair stands from either side."""
    keys = [row.pk for row in own]
    rows = ClashRuling.objects.filter(Q(school_input__in=keys) | Q(other__in=keys)).select_related("by").order_by("pk")
    found = {}
    for row in rows:
        found[row.school_input_id, row.other_id] = row
        if row.other_id:
            found[row.other_id, row.school_input_id] = row
    return found


def _clashes(mine, theirs, terms, roots, rulings):
    """The pairs of one project in the order of its inputs, then the topics of which there are too many."""
    spots = defaultdict(list)
    touched = {}
    for row in [*mine, *theirs]:
        touched[row.pk] = registers.terms_touched(row.starts_on, row.ends_on, terms)
        spots[roots.get(row.school_id, row.school_id), row.topic_id].append(row)
    pairs = [
        Clash(row, other, shared, 2, row.topic.most_in_term, rulings.get((row.pk, other.pk)))
        for row in mine
        for other in theirs
        if (other.topic_id, roots.get(other.school_id, other.school_id))
        == (row.topic_id, roots.get(row.school_id, row.school_id))
        and (shared := tuple(name for name in touched[row.pk] if name in touched[other.pk]))
    ]
    return pairs + _too_many(mine, spots.values(), touched, rulings, pairs)


def _too_many(mine, spots, touched, rulings, pairs):
    """Schools, topics and terms with more inputs than are enough; two that clash are told of already."""
    own = {row.pk for row in mine}
    paired = {(clash.own.pk, name) for clash in pairs for name in clash.terms}
    found = []
    for rows in spots:
        full: dict[int, tuple[Any, list[str], int]] = {}
        for name in dict.fromkeys(name for row in rows for name in touched[row.pk]):
            there = [row for row in rows if name in touched[row.pk]]
            first = next((row for row in there if row.pk in own), None)
            told = first is not None and len(there) == 2 and (first.pk, name) in paired
            if first is None or told or len(there) <= first.topic.most_in_term:
                continue
            _, names, most = full.get(first.pk, (first, [], 0))
            full[first.pk] = (first, [*names, name], max(most, len(there)))
        found += [
            Clash(first, None, tuple(names), count, first.topic.most_in_term, rulings.get((first.pk, None)))
            for first, names, count in full.values()
        ]
    return found
