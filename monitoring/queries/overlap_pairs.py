"""Reads about pairs of work that may overlap: the list, one pair side by side, what follows from it (C7)."""

from dataclasses import dataclass

from django.db.models import Q

from accounts import access
from accounts.roles import Permission
from grants.enums import CASE_WITH_OFFICE
from grants.models import BusinessCase, Project
from grants.queries import duties
from grants.queries import retaining as retain_queries
from records.models import Event

from ..enums import EvidenceKind, PairStatus, WorkKind
from ..models import ComparedWork, OverlapPair
from .passages import side_by_side

MOST_OTHERS = 10
SHARED_FACTS = (
    ("areas", "Areas"),
    ("themes", "Themes"),
    ("cohorts", "People"),
)


def visible_to(user):
    """Overlaps are the office's own working papers."""
    may = access.may(user, Permission.OVERLAP_READ)
    return OverlapPair.objects.all() if may else OverlapPair.objects.none()


def with_works(rows):
    """Pairs with both pieces of work, without the vectors of a model."""
    rows = rows.select_related("first", "second", "judged_by")
    return rows.defer("first__embedding", "second__embedding", "first__text", "second__text")


@dataclass(frozen=True)
class Reason:
    """One reason why two pieces of work may overlap, with the passages that match, as marked pieces."""

    kind: str
    label: str
    why: str
    passages: tuple

    @property
    def is_structured(self):
        return self.kind != EvidenceKind.TEXT


def reasons_of(pair):
    """The reasons of a pair, structured ones first."""
    found = [
        Reason(
            row["kind"],
            EvidenceKind(row["kind"]).label,
            row.get("why", ""),
            tuple(side_by_side(str(left), str(right)) for left, right in row.get("passages") or ()),
        )
        for row in pair.evidence
    ]
    return sorted(found, key=lambda reason: EvidenceKind.values.index(reason.kind))


def kinds_of(pair):
    """The kinds of evidence in words, structured first."""
    kinds = {row["kind"] for row in pair.evidence}
    return [EvidenceKind(kind).label for kind in EvidenceKind.values if kind in kinds]


def shared_facts(first, second):
    """[(heading, what both name)] of areas, themes and people."""
    found = [(label, sorted(set(getattr(first, name)) & set(getattr(second, name)))) for name, label in SHARED_FACTS]
    return [(label, names) for label, names in found if names]


def cases_of(works, user=None):
    """{work id: business case} of the projects among these pieces of work; with `user`, whether papers are closed."""
    by_project = {work.subject_id: work.pk for work in works if work.kind == WorkKind.PROJECT}
    if not by_project:
        return {}
    rows = BusinessCase.objects.filter(projects__in=by_project)
    rows = duties.with_papers_for(rows, user) if user else rows
    cases = {case.pk: case for case in rows.select_related("organisation").distinct()}
    links = Project.objects.filter(pk__in=by_project).values_list("pk", "case_id")
    return {by_project[project]: cases[case] for project, case in links}


def others_of(pair):
    """Other pairs that hold one of the two, not dismissed, surest first; no more than ten."""
    works = [pair.first_id, pair.second_id]
    rows = OverlapPair.objects.exclude(pk=pair.pk).exclude(status=PairStatus.DISMISSED)
    rows = rows.filter(Q(first__in=works) | Q(second__in=works)).order_by("-is_structured", "-score", "pk")
    return list(with_works(rows)[:MOST_OTHERS])


def open_projects_of(pair, others):
    """Projects of the pair, and of pairs with the same provider, whose money the office could still retain."""
    same = [other for other in others if any(row["kind"] == EvidenceKind.PROVIDER for row in other.evidence)]
    works = {work.pk: work for row in [pair, *same] for work in (row.first, row.second)}
    ids = [work.subject_id for work in works.values() if work.kind == WorkKind.PROJECT]
    return list(retain_queries.open_projects().filter(pk__in=ids)) if ids else []


def history(pair):
    """What happened to the pair, newest first."""
    rows = Event.objects.filter(subject_type=OverlapPair._meta.label, subject_id=pair.pk)
    return rows.select_related("by").order_by("-at", "-pk")


def works_of_case(case):
    """The compared work of a case: its projects."""
    ids = Project.objects.filter(case=case).values("pk")
    return ComparedWork.objects.filter(kind=WorkKind.PROJECT, subject_id__in=ids)


def unjudged_of(case):
    """Structured pairs of the projects of a case that nobody has judged yet."""
    works = works_of_case(case).values("pk")
    pairs = OverlapPair.objects.filter(status=PairStatus.FOUND, is_structured=True)
    return pairs.filter(Q(first__in=works) | Q(second__in=works))


def is_with_office(case):
    """Whether the case still waits for the office, so that an overlap can still change what is decided."""
    return case.status in CASE_WITH_OFFICE
