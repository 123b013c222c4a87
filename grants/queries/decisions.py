"""Reads about evaluation and the register of decisions."""

from django.db.models import Prefetch

from records.models import Decision, Event

from ..models import BusinessCase, Evaluation, Project


def case_with_joins(cases):
    """Cases with all that evaluation and decision pages read from them."""
    return cases.select_related(
        "round__stream__plan__body", "round__rule_set__terms", "round__funding_source", "allocation", "organisation"
    )


def projects_of(case):
    """The case's projects with budget, advice, findings, decision and whether they go into schools."""
    return (
        Project.objects.filter(case=case)
        .select_related("recommendation__by", "recommendation__cfo_by", "decision__made_by", "school_part")
        .prefetch_related(
            "budget_lines",
            "priorities",
            "outcomes",
            Prefetch("evaluations", Evaluation.objects.select_related("by").order_by("at")),
        )
        .order_by("number")
    )


def register(decisions=None):
    """The register: every decision with who made it, newest first."""
    rows = Decision.objects.all() if decisions is None else decisions
    return rows.select_related("made_by").order_by("-made_at", "-pk")


def project_of(decision):
    """The project a decision is about, or None (a deferral whose project has since been decided)."""
    return (
        Project.objects.filter(decision=decision)
        .select_related("case__organisation", "case__round__stream", "award_line__award", "recommendation")
        .first()
    )


def cases_by_project_reference(references):
    """Business cases by reference, for rows that only keep the words."""
    return BusinessCase.objects.in_bulk(references, field_name="reference")


def history(*subjects):
    """What happened to these subjects, newest first."""
    rows = Event.objects.none()
    for subject in subjects:
        rows = rows | Event.objects.filter(subject_type=subject._meta.label, subject_id=subject.pk)
    return rows.order_by("-at", "-pk")
