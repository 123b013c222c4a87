"""Reads about business cases: lists, what changed between two submissions, what waits."""

from datetime import timedelta

from django.db.models import Count, DecimalField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from plans.models import Priority
from records.models import Event

from ..enums import CaseStatus, ProjectStatus, Window
from ..models import BudgetLine, BusinessCase, CaseSnapshot, Project
from . import bidding, case_content

CASE_JOINS = ("round__rule_set", "round__stream", "organisation", "allocation", "submitted_by", "started_by")


def with_joins(rows):
    """Cases with everything a page or rule reads through a foreign key."""
    return rows.select_related(*CASE_JOINS)


def for_list(rows):
    """Cases with their sum and number of projects, for lists."""
    asked = (
        BudgetLine.objects.filter(project__case=OuterRef("pk"))
        .order_by()
        .values("project__case")
        .annotate(total=Sum("amount"))
        .values("total")
    )
    return with_joins(rows).annotate(
        project_count=Count("projects", distinct=True),
        asked=Coalesce(Subquery(asked), 0, output_field=DecimalField(max_digits=12, decimal_places=2)),
    )


def main_case(round, organisation):
    """The main case of an organisation in a round that was not withdrawn, or None."""
    rows = BusinessCase.objects.filter(round=round, organisation=organisation, window=Window.MAIN)
    return rows.exclude(status=CaseStatus.WITHDRAWN).first()


def cases_of(round, organisations):
    """The cases of some organisations in a round, newest first."""
    return for_list(BusinessCase.objects.filter(round=round, organisation__in=organisations)).order_by("-started_at")


def has_decided_projects(case):
    return case.projects.exclude(status__in=[ProjectStatus.PROPOSED, ProjectStatus.DEFERRED]).exists()


def open_requests(case):
    """Change requests not yet answered, with their project."""
    rows = case.change_requests.filter(answered_at=None).select_related("project", "question_set")
    return rows.order_by("pk")


def last_content(case):
    """The content of the newest submission, or None."""
    return CaseSnapshot.objects.filter(case=case).order_by("-number").values_list("content", flat=True).first()


def unanswered(case, content):
    """Open change requests whose section is as it was when last sent in, and that have no reply."""
    requests = list(open_requests(case))
    before = last_content(case) if requests else None
    return [
        request
        for request in requests
        if not request.reply.strip() and before is not None and not _changed(request, before, content)
    ]


def _changed(request, before, content):
    number = request.project.number if request.project_id else None
    section = bidding.AskedSet(request.question_set.key, "") if request.question_set_id else request.section
    return _part(before, section, number) != _part(content, section, number)


def _part(content, section, number):
    if section == "PROJECTS" and number is None:
        return content["projects"]
    part = case_content.section_of(content, section, number)
    if section == "NEED" and part:
        part["documents"] = case_content.project_of(content, number).get("documents", [])
    return part


def next_project_number(case):
    """One more than any number ever used, so that submissions can be compared by number."""
    used = list(Project.objects.filter(case=case).values_list("number", flat=True))
    for content in CaseSnapshot.objects.filter(case=case).values_list("content", flat=True):
        used += [project["number"] for project in content["projects"]]
    return max(used, default=0) + 1


def history(case, limit=50):
    """The newest lines of the log about the case."""
    return list(
        Event.objects.filter(subject_type=case._meta.label, subject_id=case.pk)
        .select_related("by")
        .order_by("-at", "-pk")[:limit]
    )


def saved_within_the_hour(case, summary, *, by, at):
    """Say whether this person's saving of this section is in the log of the last hour."""
    return Event.objects.filter(
        subject_type=case._meta.label,
        subject_id=case.pk,
        verb="saved",
        summary=summary,
        by=by,
        at__gt=at - timedelta(hours=1),
    ).exists()


def priorities_for(case):
    """The priorities of the round's plan, violence reduction first (C2)."""
    return list(
        Priority.objects.filter(plan=case.round.stream.plan_id).order_by("-is_violence_reduction", "order", "name")
    )


def last_saved(case, besides):
    """The newest saving of the case by somebody else, to say who was faster."""
    rows = Event.objects.filter(subject_type=case._meta.label, subject_id=case.pk, verb__in=["saved", "project_added"])
    return rows.exclude(by=besides).order_by("-at", "-pk").first()
