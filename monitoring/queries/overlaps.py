"""Pairs of work that may overlap, and the index they are found in (C7)."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Aggregate, BinaryField, Exists, F, OuterRef, Q, Subquery

from grants.enums import CASE_WITH_OFFICE
from plans.models import School

from ..enums import PairStatus, WorkKind
from ..models import ComparedWork, OverlapPair
from ..overlap import embedding, field, likeness, marks
from .compared import ELIGIBLE, eligible_projects, resting_projects

MOST_BY_FACTS, MOST_BY_PLACE, MOST_BY_TEXT = 300, 100, 30
TELLING_MARKS = 12
WRITTEN_NAMES = """
    SELECT DISTINCT mark FROM monitoring_comparedwork, unnest(provider_marks) AS mark
    WHERE in_play AND mark LIKE 'as:%%' AND id <> %s
"""
# Of the works that speak of what we speak of, those that share most of what is rare.
SHARING_MOST = """
    SELECT found.id FROM unnest(%s::varchar[], %s::float8[]) AS ours(mark, weight)
    CROSS JOIN LATERAL (
        SELECT id FROM monitoring_comparedwork WHERE terms @> ARRAY[ours.mark]::varchar(60)[] AND in_play AND id <> %s
    ) AS found
    GROUP BY found.id ORDER BY sum(ours.weight) DESC, found.id LIMIT %s
"""


class Joined(Aggregate):
    """Bytes of many rows, one after the other."""

    function = "string_agg"
    template = "%(function)s(%(expressions)s, ''::bytea ORDER BY id)"
    output_field = BinaryField()


def pairs_of(kind, subject_ids):
    """Pairs that hold any of these pieces of work, surest first, without those an officer dismissed."""
    ids = list(subject_ids)
    return (
        OverlapPair.objects.exclude(status=PairStatus.DISMISSED)
        .filter(Q(first__kind=kind, first__subject_id__in=ids) | Q(second__kind=kind, second__subject_id__in=ids))
        .select_related("first", "second")
        .order_by("-is_structured", "-score", "pk")
    )


def others_in_play(work):
    """What a piece of work is compared with."""
    return ComparedWork.objects.filter(in_play=True).exclude(pk=work.pk).defer("embedding")


def sharing_facts(work):
    """Works with the same provider by any name, or in the same school and term."""
    sure = marks.sure(work.provider_marks)
    near = marks.near_among(marks.written(work.provider_marks), _written_names(work)) if sure else []
    wanted = [*sure, *(f"{marks.WRITTEN}{name}" for name in near)]
    rows = others_in_play(work).filter(Q(provider_marks__overlap=wanted) | Q(school_terms__overlap=work.school_terms))
    return list(rows.order_by("-pk")[:MOST_BY_FACTS]) if wanted or work.school_terms else []


def _written_names(work):
    """Every provider's name as anybody wrote it."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN_NAMES, [work.pk or 0])
        return [mark.removeprefix(marks.WRITTEN) for (mark,) in cursor.fetchall()]


def sharing_place(work):
    """Works for the same people about the same theme, in the same area at the same time."""
    if not (work.areas and work.themes and work.cohorts):
        return []
    rows = others_in_play(work).filter(
        areas__overlap=work.areas, themes__overlap=work.themes, cohorts__overlap=work.cohorts
    )
    if work.ends_on:
        rows = rows.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=work.ends_on))
    if work.starts_on:
        rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=work.starts_on))
    return list(rows.order_by("-pk")[:MOST_BY_PLACE])


def sharing_words(work):
    """Works whose text is most like ours: by their vectors with the model, else by the concepts they share."""
    ids = _by_vector(work) if work.embedding and not embedding.why_not() else _by_terms(work)
    found = ComparedWork.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _by_vector(work):
    rows = others_in_play(work).filter(embedding__isnull=False)
    kept = rows.aggregate(ids=ArrayAgg("pk", order_by="pk"), vectors=Joined("embedding"))
    if not kept["ids"]:
        return []
    places = likeness.nearest(bytes(work.embedding), bytes(kept["vectors"]), MOST_BY_TEXT)
    return [kept["ids"][place] for place in places]


def _by_terms(work):
    telling = sorted(work.terms, key=lambda mark: (-field.rarity(mark), mark))[:TELLING_MARKS]
    if not telling:
        return []
    weights = [field.rarity(mark) for mark in telling]
    with connection.cursor() as cursor:
        cursor.execute(SHARING_MOST, [telling, weights, work.pk or 0, MOST_BY_TEXT])
        return [pk for (pk,) in cursor.fetchall()]


def school_names(works):
    """The names of the schools these works go into, by their number."""
    numbers = {mark.partition("|")[0] for work in works for mark in work.school_terms}
    return dict(School.objects.filter(urn__in=numbers).values_list("urn", "name")) if numbers else {}


def pairs_with(work):
    """Every pair of a piece of work, dismissed ones too, by the other's key."""
    rows = OverlapPair.objects.filter(Q(first=work) | Q(second=work)).select_for_update(of=("self",))
    return {row.second_id if row.first_id == work.pk else row.first_id: row for row in rows.order_by("pk")}


def waiting():
    """Works that changed since they were last compared, newest first; with the model, those without a vector too."""
    rows = Q(compared_at__isnull=True)
    if not embedding.why_not():
        rows |= Q(embedding__isnull=True)
    return ComparedWork.objects.filter(rows, in_play=True).order_by("-pk")


def newly_submitted():
    """Projects of cases with the office that were sent in since they were last compared."""
    seen = ComparedWork.objects.filter(kind=WorkKind.PROJECT, subject_id=OuterRef("pk"))
    rows = eligible_projects().filter(case__status__in=CASE_WITH_OFFICE)
    rows = rows.annotate(seen=Exists(seen), compared_at=Subquery(seen.values("compared_at")))
    rows = rows.filter(Q(seen=False) | Q(case__submitted_at__gt=F("compared_at")))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def gone(kind):
    """Works still held in play whose subject is open and funded no more; cases being changed keep their place."""
    there = ELIGIBLE[kind][0]().values("pk")
    rows = ComparedWork.objects.filter(kind=kind, in_play=True).exclude(subject_id__in=there)
    return rows.exclude(subject_id__in=resting_projects().values("pk")) if kind == WorkKind.PROJECT else rows
