"""Stages of a decision as work: whose declaration and whose scores are waited for, asked in one question (V3, X8)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from accounts import access
from accounts.roles import Permission
from plans.models import DecisionStage

from ..enums import CASE_WITH_OFFICE, CaseStatus
from ..models import Assessment, BusinessCase, InterestDeclaration

DECLARE, SCORE = "Declare your interests", "Finish your scores"


@dataclass(frozen=True)
class Work:
    """One business case that waits for somebody: what about, and where."""

    title: str
    detail: str
    link: str
    due_on: date | None = None


def office_work(user):
    """Cases in stages that wait for this person's declaration, or for scores they have begun."""
    evaluates = access.may(user, Permission.CASE_EVALUATE)
    if not evaluates and not access.may(user, Permission.DECISION_MAKE):
        return {}
    statuses = CASE_WITH_OFFICE if evaluates else [CaseStatus.AWAITING_DECISION]
    mine = InterestDeclaration.objects.filter(case=OuterRef("pk"), user=user)
    begun = Assessment.objects.filter(project__case=OuterRef("pk"), by=user, finished_at__isnull=True)
    cases = (
        BusinessCase.objects.filter(status__in=statuses)
        .filter(Exists(DecisionStage.objects.filter(rule_set=OuterRef("round__rule_set"))))
        .annotate(declared=Exists(mine), begun=Exists(begun))
        .filter(Q(declared=False) | Q(begun=True))
        .select_related("organisation")
        .order_by("submitted_at", "pk")
    )
    found: dict[str, list[Work]] = {DECLARE: [], SCORE: []}
    for case in cases:
        link = f"{case.get_absolute_url()}evaluation/"
        work = Work(case.title, f"{case.organisation.name}, {case.reference}", link)
        found[SCORE if case.declared else DECLARE].append(work)
    return found
