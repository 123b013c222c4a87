"""Reads about the changes a recipient asks for: lists, what stands on the page of an award, what waits (X3)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from accounts import access
from accounts.enums import RoleName
from accounts.models import Organisation
from accounts.roles import Permission
from plans.enums import ApprovalLevel
from records.enums import ObligationKind
from records.models import Obligation

from ..enums import AwardStatus, RequestStatus
from ..models import VariationRequest

WITH_OFFICE = (RequestStatus.SUBMITTED, RequestStatus.AWAITING_DECISION)
MAY_ASK = (AwardStatus.LIVE, AwardStatus.SUSPENDED)
ANSWER, DECIDE, FINISH = "Answer requests for changes", "Decide on changes of awards", "Finish a request for a change"


@dataclass(frozen=True)
class Work:
    """One request that waits for somebody: what about, and by when."""

    title: str
    detail: str
    link: str
    due_on: date | None


def visible_requests(user):
    """The office sees what was ever sent; recipients all their own."""
    rows = VariationRequest.objects.select_related(
        "award__recipient", "award__payee", "award__stream__plan__body", "award__rule_set", "decision", "variation"
    )
    if access.is_office(user):
        return rows.filter(submitted_at__isnull=False)
    return rows.filter(award__recipient__in=Organisation.objects.of_user(user))


def with_due(rows):
    """Requests, each with `due_on`: the day by which it is to be answered."""
    owed = Obligation.objects.open().filter(
        subject_type=VariationRequest._meta.label,
        subject_id=OuterRef("pk"),
        kind__in=[ObligationKind.REQUEST_ANSWER, ObligationKind.REQUEST_QUESTION],
    )
    return rows.annotate(due_on=Subquery(owed.values("due_on")[:1]))


def summary_of(award, user):
    """What stands on the page of the award: its requests this person may see, and whether they may ask; or nothing."""
    if award.is_recorded or award.status in (AwardStatus.MADE, AwardStatus.OFFERED):
        return {}
    rows = list(with_due(visible_requests(user).filter(award=award)).order_by("-started_at", "-pk"))
    may_ask = (
        award.status in MAY_ASK
        and access.may(user, Permission.AWARD_REPORT, award.recipient)
        and not access.is_office(user)
    )
    return {"requests": rows, "may_ask": may_ask} if rows or may_ask else {}


def office_work(user):
    """The requests that wait for this person of the office, by what is to be done."""
    found: defaultdict[str, list[Work]] = defaultdict(list)
    officer, decides = access.may(user, Permission.AWARD_OFFER), access.may(user, Permission.DECISION_MAKE)
    if not officer and not decides:
        return found
    rows = visible_requests(user).filter(status__in=WITH_OFFICE)
    for request in with_due(rows).order_by("submitted_at", "pk"):
        if request.status == RequestStatus.SUBMITTED and officer:
            found[ANSWER].append(_work(request))
        elif request.status == RequestStatus.AWAITING_DECISION and decides and _is_turn(request, user):
            found[DECIDE].append(_work(request))
    return found


def _is_turn(request, user):
    """Whether the request is of the person's level, and not of their own advice."""
    heads = RoleName.HEAD_OF_COMMISSIONING in access.posts_of(user)
    return request.advised_by_id != user.pk and (request.level == ApprovalLevel.COMMISSIONER or heads)


def partner_work(user):
    """The requests that this person's organisations have begun and not sent, or were asked about."""
    found: defaultdict[str, list[Work]] = defaultdict(list)
    if access.may(user, Permission.AWARD_REPORT):
        rows = visible_requests(user).filter(status__in=[RequestStatus.DRAFT, RequestStatus.RETURNED])
        found[FINISH] += [_work(request) for request in with_due(rows).order_by("started_at", "pk")]
    return found


def _work(request):
    award = request.award
    detail = f"{award.recipient.name}, {request.reference}. {request.get_status_display()}"
    return Work(f"{request.get_kind_display()}: {award.title}", detail, request.get_absolute_url(), request.due_on)
