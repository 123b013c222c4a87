"""The audit programme: programmes, visits, their conditions, what was found and what is still to do (P4)."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q

from accounts import queries as people
from accounts.models import Membership, User
from accounts.roles import ROLES, Permission
from grants.models import Award, TermsAcceptance, TermsChange
from grants.queries import direct, duties
from plans.models import Stream, TermsCondition
from records.enums import Audience
from records.models import Document, Event
from services.models import Contract, ExtensionCase, ExtensionRuling
from services.queries import extensions, variations

from ..enums import ActionStatus, CheckResult, FindingGrade, VisitStatus
from ..models import AuditAction, AuditCandidate, AuditCheck, AuditFinding, AuditProgramme, AuditVisit
from .risk import risk_of

__all__ = [
    "accepted_terms",
    "actions_for",
    "candidates_of",
    "checks_of",
    "conditions_for",
    "findings_of",
    "hands_in",
    "programmes",
    "risk_of",
    "standing_of",
    "subject_by",
    "visits_for",
]
PAID = ("invoice_recorded", "paid", "settled", "disputed")


@dataclass(frozen=True)
class AuditStanding:
    """What the last audit said and what of it is still open, for a decision page.

    `visit` is None where there was no audit; `open_days` are the due days of actions still to be done.
    """

    visit: AuditVisit | None
    not_met: int = 0
    open_days: tuple = ()

    @property
    def grade(self):
        return self.visit.get_grade_display() if self.visit and self.visit.grade else ""

    @property
    def open_actions(self):
        return len(self.open_days)

    def overdue_on(self, day):
        """How many actions were to be done before the day and are not."""
        return sum(due_on < day for due_on in self.open_days)


def standing_of(*, award=None, contract=None, organisation=None):
    """The last final audit of an award, a contract or an organisation, and its open actions, in two questions."""
    if award is not None:
        which = Q(award=award)
    elif contract is not None:
        which = Q(contract=contract)
    else:
        which = Q(organisation=organisation)
    visits = AuditVisit.objects.filter(which, status=VisitStatus.FINAL).annotate(
        not_met=Count("checks", filter=Q(checks__result=CheckResult.NOT_MET))
    )
    last = visits.order_by("-visited_on", "-pk").first()
    if last is None:
        return AuditStanding(None)
    days = AuditAction.objects.filter(finding__visit__in=AuditVisit.objects.filter(which, status=VisitStatus.FINAL))
    still = days.filter(status=ActionStatus.OPEN, by_office=False).order_by("due_on", "pk")
    return AuditStanding(last, last.not_met, tuple(still.values_list("due_on", flat=True)))


def subject_by(reference):
    """The running or past award, or the contract, of that reference; None for nothing."""
    award = Award.objects.filter(reference=reference).select_related("recipient", "payee", "stream", "rule_set")
    contract = Contract.objects.filter(reference=reference).select_related("provider", "stream", "rule_set")
    return award.first() or contract.first()


def holder_of(subject):
    """The recipient of an award, the provider of a contract."""
    return subject.recipient if isinstance(subject, Award) else subject.provider


def accepted_terms(subject):
    """The terms that bind: those last accepted for an award, those of its rules for a contract; None without any."""
    if isinstance(subject, Contract):
        return subject.rule_set.terms if subject.rule_set else None
    change = TermsChange.objects.filter(award=subject, status="ACCEPTED").select_related("terms")
    accepted = change.order_by("-number").first() or (
        TermsAcceptance.objects.filter(award=subject).select_related("terms").first()
    )
    return accepted.terms if accepted else None


def conditions_for(subject, terms):
    """The conditions of the terms that hold for the stream of an award or contract, in order."""
    if terms is None:
        return []
    rows = TermsCondition.objects.filter(terms=terms).prefetch_related("streams").order_by("order", "pk")
    mine = set(_line_of(subject.stream_id))
    return [row for row in rows if not row.streams.all() or mine & {stream.pk for stream in row.streams.all()}]


def _line_of(stream_id):
    """A stream and those it is a part of."""
    parents = dict(Stream.objects.values_list("pk", "parent_id")) if stream_id else {}
    found = []
    while stream_id and stream_id not in found:
        found.append(stream_id)
        stream_id = parents.get(stream_id)
    return found


def hands_in(subject):
    """Ids of everybody who evaluated, advised, decided, released or paid: none of them audits it."""
    if isinstance(subject, Award):
        projects = subject.lines.exclude(project=None).values("project_id")
        found = duties.advisers_of(projects) | direct.advisers_of(subject)
        return found | duties.deciders_of(subject) | direct.deciders_of(subject) | duties.releasers_of(subject)
    found = set()
    for case in ExtensionCase.objects.filter(contract=subject):
        found |= extensions.advisers_of(case)
    rulings = ExtensionRuling.objects.filter(case__contract=subject)
    for row in rulings.values_list("decision__made_by_id", "second_approved_by_id"):
        found.update(row)
    for variation in subject.variations.all():
        found |= variations.advisers_of(variation)
        found |= {variation.second_approved_by_id}
    found.update(subject.variations.values_list("decision__made_by_id", flat=True))
    paid = Event.objects.filter(subject_type=Contract._meta.label, subject_id=subject.pk, verb__in=PAID)
    return (found | set(paid.values_list("by_id", flat=True))) - {None}


def programmes():
    """Programmes, newest first, with how much of each is done."""
    final = Q(visits__status=VisitStatus.FINAL)
    return AuditProgramme.objects.annotate(
        planned=Count("visits", filter=~Q(visits__status=VisitStatus.CANCELLED), distinct=True),
        done=Count("visits", filter=final, distinct=True),
    ).order_by("-starts_on", "-pk")


def candidates_of(programme):
    """Those the draw looked at, in the order of their scores, each with the visit planned for it."""
    rows = programme.candidates.select_related("award__recipient", "contract__provider").order_by("place", "pk")
    found = list(rows)
    visits = AuditVisit.objects.filter(programme=programme).exclude(status=VisitStatus.CANCELLED)
    by_subject = {(row.award_id, row.contract_id): row for row in visits.select_related("auditor").order_by("pk")}
    for row in found:
        row.visit = by_subject.get((row.award_id, row.contract_id))
    return found


def candidate_of(programme, subject):
    """The place of an award or contract in a programme, or None."""
    name = "award" if isinstance(subject, Award) else "contract"
    return AuditCandidate.objects.filter(programme=programme, **{name: subject}).first()


def visits_for(user):
    """The visits this person may see, with how many conditions were not met and actions are open."""
    waiting = Q(findings__actions__status__in=[ActionStatus.OPEN, ActionStatus.DONE])
    return (
        AuditVisit.objects.visible_to(user)
        .select_related("organisation", "award", "contract", "auditor", "programme")
        .annotate(
            not_met=Count("checks", filter=Q(checks__result=CheckResult.NOT_MET), distinct=True),
            open_actions=Count("findings__actions", filter=waiting, distinct=True),
        )
    )


def checks_of(visit):
    """The conditions of a visit in the order of the terms."""
    rows = AuditCheck.objects.filter(visit=visit).select_related("condition")
    return list(rows.order_by("condition__order", "condition_id"))


def findings_of(visit):
    """What the visit found, each with its condition and its actions."""
    actions = AuditAction.objects.select_related("done_by", "closed_by").order_by("number")
    rows = AuditFinding.objects.filter(visit=visit).select_related("check_row__condition")
    return list(rows.prefetch_related(Prefetch("actions", queryset=actions)).order_by("number"))


def tally_of(checks):
    """How many conditions stand in each result, in the order of the words, and how many were not looked at."""
    counts = {result: sum(row.result == result for row in checks) for result in CheckResult}
    return counts, sum(not row.result for row in checks)


def unanswered(visit):
    """What the report still lacks: conditions without a result, without evidence, without a finding; findings
    without an action."""
    checks = checks_of(visit)
    told = set(AuditFinding.objects.filter(visit=visit).values_list("check_row_id", flat=True))
    weak = {CheckResult.PARTLY, CheckResult.NOT_MET}
    graded = AuditFinding.objects.filter(visit=visit).exclude(grade=FindingGrade.GOOD)
    return {
        "result": [row.condition.number for row in checks if not row.result],
        "evidence": [row.condition.number for row in checks if row.result and not row.evidence.strip()],
        "finding": [row.condition.number for row in checks if row.result in weak and row.pk not in told],
        "action": list(graded.filter(actions__isnull=True).order_by("number").values_list("number", flat=True)),
    }


def actions_for(user):
    """Actions after final audits that this person may see, nearest day first."""
    visits = AuditVisit.objects.visible_to(user).filter(status=VisitStatus.FINAL)
    rows = AuditAction.objects.filter(finding__visit__in=visits).select_related("finding__visit__organisation")
    return rows.annotate(organisation_name=F("finding__visit__organisation__name")).order_by("due_on", "pk")


def still_to_do(visit):
    """How many actions of a visit are not closed."""
    return AuditAction.objects.filter(finding__visit=visit).exclude(status=ActionStatus.CLOSED).count()


def due_by(visit, day):
    """References of the actions still to be done whose day is this one or before it."""
    rows = AuditAction.objects.filter(finding__visit=visit, status=ActionStatus.OPEN, due_on__lte=day)
    return [row.reference for row in rows.select_related("finding__visit").order_by("finding__number", "number")]


def not_done_of(programme):
    """References of what was chosen and neither visited to the end nor given up."""
    over = AuditVisit.objects.filter(programme=programme, status__in=[VisitStatus.FINAL, VisitStatus.CANCELLED])
    awards, contracts = over.values("award_id"), over.values("contract_id")
    rows = programme.candidates.filter(is_chosen=True).select_related("award", "contract")
    rows = rows.exclude(award_id__in=awards.filter(award__isnull=False))
    rows = rows.exclude(contract_id__in=contracts.filter(contract__isnull=False))
    return [(row.award or row.contract).reference for row in rows.order_by("place", "pk")]


def name_of(subject):
    """What an award or a contract is called."""
    return subject.title if isinstance(subject, Award) else subject.name


def mark_of(checks):
    """Changes whenever what was written of any condition does: shown with the form, asked for when it comes back."""
    written = [(row.pk, row.result, row.evidence, row.note) for row in sorted(checks, key=lambda row: row.pk)]
    return hashlib.sha256(repr(written).encode()).hexdigest()[:20]


def auditors():
    """Everybody of the office who may do an audit visit."""
    roles = [name for name, role in ROLES.items() if role.in_office and Permission.AUDIT_MANAGE in role.permissions]
    held = Membership.objects.current().filter(role__in=roles)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("full_name", "pk")


def files_of(rows):
    """The files about each of some rows of one kind, as {(label, id): [documents]}, in one question."""
    if not rows:
        return {}
    label = rows[0]._meta.label
    found = defaultdict(list)
    kept = Document.objects.filter(subject_type=label, subject_id__in=[row.pk for row in rows], removed_at__isnull=True)
    for document in kept.select_related("uploaded_by").order_by("uploaded_at", "pk"):
        found[label, document.subject_id].append(document)
    return dict(found)


def worst_grade(visit):
    """The gravest grade among the findings; good practice where there is none."""
    found = set(AuditFinding.objects.filter(visit=visit).values_list("grade", flat=True))
    return next((grade.value for grade in FindingGrade if grade in found), FindingGrade.GOOD.value)


def reached_by(auditor):
    """Whom the reminders of a visit go to: None where the ladder's officers hold the auditor, else the auditor and the
    head of commissioning, since an auditor who is no officer stands on no ladder."""
    if people.people_for(Audience.OFFICER).filter(pk=auditor.pk).exists():
        return None
    heads = people.people_for(Audience.HEAD).values_list("pk", flat=True)
    return sorted({auditor.pk, *heads})
