"""What needs a person now, and what their organisation owes and when (X8)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from accounts import access
from accounts.enums import RoleName
from accounts.models import Organisation
from accounts.roles import Permission
from grants.enums import (
    AwardStatus,
    CaseStatus,
    Direction,
    InstalmentStatus,
    RoundStatus,
)
from grants.models import Award, BusinessCase, Instalment, Round
from grants.queries import continuation_work, direct_work, requests, stage_work, terms_changes
from monitoring import queries as monitoring_queries
from monitoring.enums import ReturnStatus
from monitoring.models import MonitoringReturn
from monitoring.queries import audits_work, capacity_work, concern_work, overlap_work, stories_work
from records.enums import ObligationKind
from records.models import Decision, Obligation
from records.words import working_days_left
from services.queries import extension_work, service_work

from .owed import obligations_of

SHOWN = 8
AHEAD, MOST_AHEAD = timedelta(days=180), 15
# Each extension decision has seven steps: those that are still far away stand on its own page.
STEPS, STEPS_AHEAD = (ObligationKind.EXTENSION_STEP, ObligationKind.EXTENSION_FINANCE), timedelta(days=28)
DECIDERS = {
    RoleName.COMMISSIONER,
    RoleName.CHIEF_EXECUTIVE,
    RoleName.CHIEF_FINANCE_OFFICER,
    RoleName.HEAD_OF_COMMISSIONING,
}


@dataclass(frozen=True)
class Job:
    """One thing to do: what, about whom, where to do it."""

    title: str
    detail: str
    link: str
    due_on: date | None = None


@dataclass(frozen=True)
class Pile:
    """Jobs of one kind, the first few of `count`."""

    heading: str
    jobs: list = field(default_factory=list)
    count: int = 0
    more: str = ""


def _pile(heading, jobs, more=""):
    jobs = list(jobs)
    return Pile(heading, jobs[:SHOWN], len(jobs), more)


def work_for(user, on):
    """The piles of work of this person, only those with something in them."""
    piles = _office_work(user, on) if access.is_office(user) else _partner_work(user, on)
    return [pile for pile in piles if pile.count]


def owed_by(user, on):
    """Open obligations of the person's organisations, or of the office, nearest first."""
    rows = obligations_of(user).order_by("due_on", "pk")
    if access.is_office(user):
        rows = rows.filter(organisation__isnull=True, due_on__lte=on + AHEAD)
        return rows.exclude(kind__in=STEPS, due_on__gt=on + STEPS_AHEAD)
    return rows


def coming_up(user, on):
    """What is due within half a year, nearest first; where nothing is, the very next thing."""
    rows = owed_by(user, on)
    return list(rows.filter(due_on__lte=on + AHEAD)[:MOST_AHEAD]) or list(rows[:1])


def owed_to_office(on):
    """How many obligations of others are overdue, for the officers' own eyes."""
    return Obligation.objects.overdue(on).filter(organisation__isnull=False).count()


def _case_job(case, what):
    return Job(f"{case.title}", f"{case.organisation.name}, {case.reference}. {what}", case.get_absolute_url())


def _office_work(user, on):
    cases = list(_office_cases())
    piles = []
    if access.posts_of(user) & DECIDERS and access.may(user, Permission.DECISION_MAKE):
        waiting = [c for c in cases if c.status == CaseStatus.AWAITING_DECISION]
        jobs = [_case_job(c, _projects(c.undecided)) for c in waiting if c.undecided]
        piles.append(_pile("Decide", jobs, "/cases/?status=AWAITING_DECISION"))
    if access.may(user, Permission.DECISION_ADVISE_FINANCE):
        jobs = [_case_job(c, "Needs your comment on the money") for c in cases if c.uncommented]
        piles.append(_pile("Comment on the money", jobs))
    if access.may(user, Permission.CASE_EVALUATE):
        piles += _officer_piles(cases, on)
    if access.may(user, Permission.INSTALMENT_RELEASE):
        piles += _finance_piles()
    piles += _contract_piles(extension_work.office_work(user))
    piles += _contract_piles(requests.office_work(user))
    piles += _contract_piles(continuation_work.office_work(user))
    piles += _contract_piles(direct_work.office_work(user))
    piles += _contract_piles(stage_work.office_work(user))
    for work in (service_work, concern_work, terms_changes, audits_work, overlap_work, capacity_work, stories_work):
        piles += _contract_piles(work.office_work(user, on))
    return piles


def _contract_piles(found):
    """What of contracts waits for somebody, a pile for each thing to do."""
    return [
        _pile(heading, [Job(work.title, work.detail, work.link, work.due_on) for work in works])
        for heading, works in found.items()
    ]


def _projects(number):
    return f"{number} project{'' if number == 1 else 's'} to decide"


def _office_cases():
    recommended = Q(projects__recommendation__isnull=False)
    return (
        BusinessCase.objects.filter(
            status__in=[CaseStatus.SUBMITTED, CaseStatus.UNDER_EVALUATION, CaseStatus.AWAITING_DECISION]
        )
        .select_related("organisation")
        .annotate(
            undecided=Count("projects", filter=Q(projects__status="PROPOSED"), distinct=True),
            uncommented=Count(
                "projects",
                filter=recommended & Q(projects__recommendation__cfo_at__isnull=True),
                distinct=True,
            ),
        )
        .order_by("submitted_at", "pk")
    )


def _officer_piles(cases, on):
    new = [_case_job(c, "New or back from changes") for c in cases if c.status == CaseStatus.SUBMITTED]
    begun = [
        _case_job(c, "Evaluate, recommend, send for decision") for c in cases if c.status == CaseStatus.UNDER_EVALUATION
    ]
    returns = [
        Job(
            r.get_kind_display(),
            f"{_whose(r)}, {r.reference}, {_reply(r, on)}",
            r.get_absolute_url(),
            r.review_due_on,
        )
        for r in monitoring_queries.with_clocks(MonitoringReturn.objects.filter(status=ReturnStatus.SUBMITTED))
        .select_related("award__recipient", "contract__provider")
        .order_by("review_due_on", "submitted_at", "pk")
    ]
    offers = [
        Job(a.title, f"{a.recipient.name}, {a.reference}. Tell the recipient", a.get_absolute_url())
        for a in Award.objects.filter(status=AwardStatus.MADE).select_related("recipient").order_by("pk")
    ]
    unpublished = Decision.objects.filter(
        is_recorded=False, published_at__isnull=True, offered_at__isnull=False
    ).order_by("made_at", "pk")
    publish = [
        Job(d.title, f"{d.reference}, {d.get_outcome_display().lower()}", f"/decisions/{d.reference}/")
        for d in unpublished
    ]
    return [
        _pile("Offer", offers),
        _pile("Read new business cases", new, "/cases/?status=SUBMITTED"),
        _pile("Evaluate", begun, "/cases/?status=UNDER_EVALUATION"),
        _pile("Review returns", returns, "/returns/?status=SUBMITTED"),
        _pile("Publish decisions", publish, "/decisions/"),
    ]


def _finance_piles():
    rows = (
        Instalment.objects.filter(
            Q(
                direction=Direction.OUT,
                status=InstalmentStatus.SCHEDULED,
                condition_met_at__isnull=False,
                award__status=AwardStatus.LIVE,
            )
            | Q(status=InstalmentStatus.RELEASED)
        )
        .select_related("award__payee")
        .order_by("due_on", "pk")
    )
    ready, back, out = [], [], []
    for row in rows:
        job = Job(
            f"£{row.amount:,.2f} {'from' if row.direction == Direction.IN else 'to'} {row.award.payee.name}",
            f"{row.reference}, {row.award.title}",
            row.get_absolute_url(),
            row.due_on,
        )
        pile = back if row.direction == Direction.IN else out if row.status == InstalmentStatus.RELEASED else ready
        pile.append(job)
    return [
        _pile("Release", ready, "/payments/"),
        _pile("Mark as paid", out, "/payments/"),
        _pile("Money to come back", back, "/payments/"),
    ]


def _whose(monitoring_return):
    if monitoring_return.award_id:
        return monitoring_return.award.recipient.name
    provider = monitoring_return.contract.provider
    return provider.name if provider else monitoring_return.contract.name


def _partner_work(user, on):
    mine = Organisation.objects.of_user(user)
    piles = []
    if access.may(user, Permission.TERMS_ACCEPT):
        piles.append(_offers_to_accept(user))
    piles += _contract_piles(requests.partner_work(user))
    piles += _contract_piles(continuation_work.partner_work(user))
    piles += _contract_piles(extension_work.provider_work(user))
    piles += _contract_piles(service_work.provider_work(user, on))
    for work in (concern_work, terms_changes, audits_work, stories_work):
        piles += _contract_piles(work.partner_work(user, on))
    certifies, writes = access.may(user, Permission.RETURN_CERTIFY), access.may(user, Permission.RETURN_WRITE)
    jobs = _return_jobs(user, on) if certifies or writes else {}
    if certifies:
        piles.append(_pile("Certify", jobs[ReturnStatus.CERTIFYING]))
    if access.may(user, Permission.CASE_WRITE):
        piles.append(_pile("Finish your business case", _case_jobs(mine)))
        piles.append(_pile("Apply", _rounds_to_answer(user, mine, on)))
    if writes:
        piles.append(_pile("Answer queries", jobs[ReturnStatus.QUERIED]))
        piles.append(_pile("Send monitoring returns", jobs[ReturnStatus.OPEN] + jobs[ReturnStatus.CERTIFIED]))
        piles.append(_pile("Waiting for the office’s reply", jobs[ReturnStatus.SUBMITTED], "/returns/"))
    return piles + _contract_piles(capacity_work.partner_work(user, on))


def _offers_to_accept(user):
    payees = [m.organisation_id for m in access.memberships_of(user)]
    awards = Award.objects.filter(status=AwardStatus.OFFERED, payee__in=payees).select_related("recipient")
    return _pile(
        "Accept terms",
        [
            Job(a.title, f"{a.reference}, for {a.recipient.name}", a.get_absolute_url())
            for a in awards.order_by("offered_at", "pk")
        ],
    )


def _return_jobs(user, on):
    """The returns of the person's organisations that are not settled, by status, nearest due first."""
    rows = (
        monitoring_queries.with_clocks(MonitoringReturn.objects.visible_to(user))
        .exclude(status__in=[ReturnStatus.REVIEWED, ReturnStatus.WAIVED])
        .select_related("award__recipient", "contract__provider")
        .annotate(due=Coalesce("review_due_on", "again_due_on", "obligation__due_on"))
        .order_by("due", "pk")
    )
    jobs = defaultdict(list)
    for r in rows:
        words = _reply(r, on) if r.status == ReturnStatus.SUBMITTED else r.get_status_display().lower()
        detail = f"{r.reference}, {words}"
        jobs[r.status].append(Job(f"{r.get_kind_display()}: {_whose(r)}", detail, r.get_absolute_url(), r.due))
    return jobs


def _reply(monitoring_return, on):
    """By when the office answers, in working days."""
    due_on = monitoring_return.review_due_on
    return f"reply {working_days_left(due_on, on)}" if due_on else "submitted"


def _case_jobs(mine):
    cases = (
        BusinessCase.objects.filter(organisation__in=mine)
        .filter(
            Q(status__in=[CaseStatus.DRAFT, CaseStatus.RETURNED])
            | Q(projects__status="DEFERRED", status=CaseStatus.AWAITING_DECISION)
        )
        .select_related("organisation", "round")
        .distinct()
        .order_by("round__deadline_on", "pk")
    )
    return [
        Job(c.title, f"{c.reference}, {c.get_status_display().lower()}", c.get_absolute_url(), c.round.deadline_on)
        for c in cases
    ]


def _rounds_to_answer(user, mine, on):
    rounds = (
        Round.objects.visible_to(user)
        .filter(status=RoundStatus.OPEN, opens_on__lte=on, deadline_on__gte=on, is_recorded=False)
        .exclude(Q(cases__organisation__in=mine) & ~Q(cases__status=CaseStatus.WITHDRAWN))
        .order_by("deadline_on", "pk")
    )
    return [Job(r.name, f"{r.reference}, open now", r.get_absolute_url(), r.deadline_on) for r in rounds]
