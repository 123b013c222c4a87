"""A business case as plain content: what pages show, rules read, submissions freeze (X6)."""

import hashlib
import json
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from records.models import Document

from ..enums import STANDING_SECTIONS, CaseSection, ProjectStatus
from ..models import (
    Answer,
    BudgetLine,
    DeliveryPartner,
    MatchLine,
    PlannedOutcome,
    PlannedOutput,
    PriorResult,
    ProfileLine,
    Project,
)
from . import bidding, school_content

S = CaseSection
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
    CaseSection.PROJECTS: ("title", "description", "lot", "starts_on", "ends_on", school_content.GOES),
    CaseSection.NEED: ("need", "evidence", "evidence_strength", "evidence_source"),
    CaseSection.OUTCOMES: ("outcomes",),
    CaseSection.OUTPUTS: ("outputs", "no_outputs_reason"),
    CaseSection.BUDGET: ("budget_lines",),
    CaseSection.PRIORITIES: ("priorities", "no_priority_reason"),
    CaseSection.AREAS: ("areas", "partners"),
    CaseSection.SCHOOLS: school_content.FIELDS,
    CaseSection.MATCH: ("match_lines",),
    CaseSection.PROFILE: ("profile_lines",),
    CaseSection.QUESTIONS: ("question_sets",),
}
# Parts of a content that are there only where the rules of the round ask for them.
ASKED_FOR = {
    CaseSection.SCHOOLS: school_content.INPUTS,
    CaseSection.MATCH: "match_lines",
    CaseSection.PROFILE: "profile_lines",
}
# Answers of a section that are there only where they are asked for.
SOMETIMES = ("lot", school_content.GOES)
ANSWERED = "answer-"


def _text(name):
    return Cast(name, TextField())


def _rows(model, **columns):
    """The rows of one kind of a project as a list of mappings, in one sub-query; sums stay exact as text."""
    rows = model.objects.filter(project=OuterRef("pk")).order_by("pk")
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


def _documents():
    """The files that show the need of a project, oldest first; a file that answers a question stands with it."""
    rows = Document.objects.filter(subject_type=Project._meta.label, subject_id=OuterRef("pk"), removed_at=None)
    return rows.exclude(section__startswith=ANSWERED).order_by("uploaded_at", "pk")


def project_rows(case, asks=None):
    """Every project of the case with all its rows, in one query, as mappings; `asks`: what its rules ask for."""
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
            **_bid_rows(),
            **school_content.sub_queries(),
        )
    )
    return [_tidy(row, asks or bidding.Asks()) for row in rows]


def _bid_rows():
    """What the rules of a bid may ask of a project, as sub-queries of the same query."""
    return {
        "lot_number": F("lot__number"),
        "lot_name": F("lot__name"),
        "match_lines": _rows(
            MatchLine, who=F("who"), kind=F("kind"), amount=_text("amount"), is_confirmed=F("is_confirmed")
        ),
        "profile_lines": _rows(
            ProfileLine, starts_on=_text("starts_on"), ends_on=_text("ends_on"), amount=_text("amount")
        ),
        "prior_results": _rows(
            PriorResult, what=F("what"), measure=F("measure"), unit=F("unit"), target=_text("target"),
            result=_text("result"), words=F("words"), award=F("award__reference"),
            return_reference=F("return_reference"), return_kind=F("return_kind"),
        ),
        "given_answers": ArraySubquery(
            Answer.objects.filter(project=OuterRef("pk")).values(row=JSONObject(of=F("question"), value=F("value")))
        ),
    }  # fmt: skip


def _tidy(row, asks):
    """One project as JSON would keep it: dates and sums as text, rows numbered, the total beside them."""
    for name in ("starts_on", "ends_on"):
        row[name] = row[name].isoformat() if row[name] else None
    row["total"] = str(sum((Decimal(line["amount"]) for line in row["budget_lines"]), Decimal("0.00")))
    school_content.settle(row, asks)
    number, name = row.pop("lot_number"), row.pop("lot_name")
    if asks.lots:
        row["lot"] = {"number": number, "name": name} if number else None
    given = {each["of"]: each["value"] for each in row.pop("given_answers")}
    if asks.of_project:
        row["question_sets"] = answered_sets(asks.of_project, given)
    for there, part in (
        (asks.match, "match_lines"),
        (asks.profile_months, "profile_lines"),
        (row["prior_results"], "prior_results"),
    ):
        if not there:
            del row[part]
    return row


def answered_sets(sets, given):
    """Sets of questions with their answers as a content keeps them; `given` is {question id: value}."""
    found = []
    for asked in sets:
        values = {question["key"]: given.get(question["id"]) for question in asked.questions}
        values = {key: value for key, value in values.items() if value is not None}
        rows = [
            {"key": question["key"], "label": question["label"], "kind": question["kind"], "value": values[key]}
            for question in asked.questions
            if (key := question["key"]) in values
        ]
        found.append({"key": asked.key, "title": asked.label, "values": values, "answers": rows})
    return found


def content_of(case, rows=None, asks=None):
    """The whole case as it would be frozen now; `rows` and `asks` save their queries where they were read before."""
    asks = bidding.asks_of(case.round.rule_set) if asks is None else asks
    projects = [
        {name: value for name, value in row.items() if name not in LIVE_ONLY}
        for row in (project_rows(case, asks) if rows is None else rows)
    ]
    content = {
        "reference": case.reference,
        "window": case.window,
        "organisation": case.organisation.name,
        "round": case.round.name,
        **{name: getattr(case, name) for name in CASE_FIELDS},
        "projects": projects,
        "total": str(total_of(projects)),
        "asks_match": asks.match,
    }
    if asks.of_case:
        given = dict(Answer.objects.filter(case=case, project=None).values_list("question", "value"))
        content["question_sets"] = answered_sets(asks.of_case, given)
    return content


def total_of(projects):
    """The sum asked for by the projects, in pounds."""
    return sum((Decimal(project["total"]) for project in projects), Decimal("0.00"))


def section_of(content, section, number=None):
    """The part of a content that one section holds; a set of questions is a section too."""
    source = content if number is None else project_of(content, number)
    if isinstance(section, bidding.AskedSet):
        sets = (source or {}).get("question_sets") or []
        return next((row for row in sets if row["key"] == section.key), {})
    names = SECTION_FIELDS[CaseSection(section)]
    source = content if section == CaseSection.OVERVIEW else source
    return {name: source.get(name) for name in names if name not in SOMETIMES or name in source} if source else {}


def sections_of(part, number):
    """The sections that a content asks for: the case itself where `number` is None, or a project of it."""
    standing = [S.OVERVIEW] if number is None else [row for row in STANDING_SECTIONS if row != S.OVERVIEW]
    asked = [] if number is None else [section for section, name in ASKED_FOR.items() if name in part]
    return standing + asked


def sets_of(part):
    """The sets of questions that a content holds answers for, as sections."""
    return [bidding.AskedSet(row["key"], row["title"]) for row in part.get("question_sets") or []]


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
