"""A business case as plain content: what pages show, rules read, submissions freeze (X6)."""

import hashlib
import json
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from records.models import Document

from ..enums import CaseSection, ProjectStatus
from ..models import BudgetLine, DeliveryPartner, PlannedOutcome, PlannedOutput, Project

PROJECT_FIELDS = (
    "title",
    "description",
    "starts_on",
    "ends_on",
    "need",
    "evidence",
    "evidence_strength",
    "evidence_source",
    "no_priority_reason",
    "no_outputs_reason",
    "areas",
)
CASE_FIELDS = ("title", "summary", "serving_officers")
LIVE_ONLY = (
    "id",
    "status",
    "officer_justification",
    "answer",
    "decision_reference",
    "decision_outcome",
    "decision_amount",
    "decision_conditions",
    "decision_question",
    "decision_told_at",
)
SECTION_FIELDS = {
    CaseSection.OVERVIEW: CASE_FIELDS,
    CaseSection.PROJECTS: ("title", "description", "starts_on", "ends_on"),
    CaseSection.NEED: ("need", "evidence", "evidence_strength", "evidence_source"),
    CaseSection.OUTCOMES: ("outcomes",),
    CaseSection.OUTPUTS: ("outputs", "no_outputs_reason"),
    CaseSection.BUDGET: ("budget_lines",),
    CaseSection.PRIORITIES: ("priorities", "no_priority_reason"),
    CaseSection.AREAS: ("areas", "partners"),
}
PROJECT_SECTIONS = tuple(section for section in SECTION_FIELDS if section != CaseSection.OVERVIEW)


def _text(name):
    return Cast(name, TextField())


def _rows(model, **columns):
    """The rows of one kind of a project as a list of mappings, in one sub-query; sums stay exact as text."""
    rows = model.objects.filter(project=OuterRef("pk")).order_by("pk")
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


def _documents():
    """The files that show the need of a project, oldest first."""
    return Document.objects.filter(
        subject_type=Project._meta.label, subject_id=OuterRef("pk"), removed_at=None
    ).order_by("uploaded_at", "pk")


def project_rows(case):
    """Every project of the case with all its rows, in one query, as mappings."""
    served = (
        Project.priorities.through.objects.filter(project=OuterRef("pk"))
        .order_by("-priority__is_violence_reduction", "priority__order")
        .values(row=JSONObject(key=F("priority__key"), name=F("priority__name")))
    )
    rows = (
        Project.objects.filter(case=case)
        .order_by("number")
        .values("id", "number", "status", "officer_justification", "answer", *PROJECT_FIELDS)
        .annotate(
            decision_reference=F("decision__reference"),
            decision_outcome=F("decision__outcome"),
            decision_amount=F("decision__amount"),
            decision_conditions=F("decision__conditions"),
            decision_question=F("decision__question"),
            decision_told_at=F("decision__offered_at"),
            priorities=ArraySubquery(served),
            outcomes=_rows(
                PlannedOutcome,
                outcome=F("outcome"),
                measure=F("measure"),
                unit=F("unit"),
                direction=F("direction"),
                baseline=_text("baseline"),
                target=_text("target"),
            ),
            outputs=_rows(PlannedOutput, output=F("output"), target=_text("target"), unit=F("unit")),
            budget_lines=_rows(BudgetLine, heading=F("heading"), amount=_text("amount")),
            partners=_rows(DeliveryPartner, name=F("name"), part=F("part")),
            documents=ArraySubquery(_documents().values(row=JSONObject(id=F("pk"), name=F("name"), size=F("size")))),
        )
    )
    return [_tidy(row) for row in rows]


def _tidy(row):
    """One project as JSON would keep it: dates and sums as text, rows numbered, the total beside them."""
    for name in ("starts_on", "ends_on"):
        row[name] = row[name].isoformat() if row[name] else None
    row["total"] = str(sum((Decimal(line["amount"]) for line in row["budget_lines"]), Decimal("0.00")))
    return row


def content_of(case, rows=None):
    """The whole case as it would be frozen now; `rows` saves the query where they were read before."""
    projects = [
        {name: value for name, value in row.items() if name not in LIVE_ONLY}
        for row in (project_rows(case) if rows is None else rows)
    ]
    return {
        "reference": case.reference,
        "window": case.window,
        "organisation": case.organisation.name,
        "round": case.round.name,
        **{name: getattr(case, name) for name in CASE_FIELDS},
        "projects": projects,
        "total": str(total_of(projects)),
    }


def total_of(projects):
    """The sum asked for by the projects, in pounds."""
    return sum((Decimal(project["total"]) for project in projects), Decimal("0.00"))


def section_of(content, section, number=None):
    """The part of a content that one section holds."""
    source = content if section == CaseSection.OVERVIEW else project_of(content, number)
    return {name: source.get(name) for name in SECTION_FIELDS[CaseSection(section)]} if source else {}


def revision_of(part):
    """A short mark of a section's content, so that a save is refused only if that section changed."""
    written = json.dumps(part, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:24]


def project_of(content, number):
    """The project with this number in a content, or None."""
    return next((project for project in content["projects"] if project["number"] == number), None)


def is_final(row):
    """Say whether a project row has been decided for good."""
    return row["status"] not in (ProjectStatus.PROPOSED, ProjectStatus.DEFERRED)
