"""Work compared with other work, and pairs of it, as the finder writes them."""

from datetime import UTC, datetime

from monitoring.enums import EvidenceKind, WorkKind
from monitoring.models import ComparedWork, OverlapPair

FOUND_AT = datetime(2020, 3, 9, 12, 0, tzinfo=UTC)
SAME = {
    "kind": EvidenceKind.PROVIDER.value,
    "why": "Both name Example Stage Theatre Company.",
    "passages": [["Example Stage Theatre Company performs", "Performed by Example Stage Theatre Company Ltd"]],
}
WORDS = {
    "kind": EvidenceKind.TEXT.value,
    "why": "Their words are alike.",
    "passages": [["A play about knives for pupils", "Pupils watch a play on knife crime"]],
}


def work(project, **fields):
    """A project as the finder keeps it."""
    made = {
        "reference": project.reference,
        "title": project.title,
        "link": project.get_absolute_url(),
        "organisation_name": project.case.organisation.name,
        "text": project.description,
        "starts_on": project.starts_on,
        "ends_on": project.ends_on,
        "digest": str(project.pk),
        "compared_at": FOUND_AT,
        **fields,
    }
    known, _ = ComparedWork.objects.get_or_create(kind=WorkKind.PROJECT, subject_id=project.pk, defaults=made)
    return known


def pair(one, other, *evidence, **fields):
    """A pair of two pieces of work; the same provider unless told otherwise."""
    evidence = list(evidence) or [SAME]
    first, second = sorted((one, other), key=lambda row: row.pk)
    is_structured = any(row["kind"] != EvidenceKind.TEXT for row in evidence)
    made = {"evidence": evidence, "score": 90, "is_structured": is_structured, "found_at": FOUND_AT, **fields}
    return OverlapPair.objects.create(first=first, second=second, **made)


def of_three(projects, *evidence):
    """The three pairs of three projects that overlap."""
    first, second, third = (work(project) for project in projects)
    return [pair(first, second, *evidence), pair(first, third, *evidence), pair(second, third, *evidence)]
