"""How risky each running award and contract is: a score, explained line by line (P4).

What is measured is measured here; how many points a measure brings are rows (RiskRule) that officers change on screen.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, DecimalField, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, TruncDate

from accounts.models import Organisation
from grants.enums import AwardStatus
from grants.models import Award, AwardLine
from plans.models import RequiredStandard
from plans.queries import standards
from records import calendar
from records.words import pounds
from services.enums import ContractStatus
from services.models import Contract, ContractValue

from ..enums import ActionStatus, CheckResult, ReturnStatus, RiskFactor, Verdict, VisitStatus
from ..models import AuditAction, AuditCheck, AuditVisit, MonitoringReturn, ReturnReview, ReturnVersion, RiskRule
from . import concerns

YEARS_BACK = 2
ZERO = Decimal(0)
NEVER_FUNDED = {AwardStatus.MADE, AwardStatus.LAPSED, AwardStatus.DECLINED}
F_ = RiskFactor


@dataclass(frozen=True)
class RiskLine:
    """One factor of one score: what was found, in words, and the points it brings."""

    factor: str
    found: str
    points: int

    @property
    def label(self):
        return RiskFactor(self.factor).label

    @property
    def kept(self):
        """As a sample keeps it for good."""
        return {"factor": self.factor, "label": self.label, "found": self.found, "points": self.points}


@dataclass(frozen=True)
class Risk:
    """The score of one award or contract with its lines, the heaviest first; those without points come last."""

    subject: Award | Contract
    organisation: Organisation
    lines: tuple = field(default_factory=tuple)

    @property
    def score(self):
        return sum(line.points for line in self.lines)

    @property
    def kind(self):
        return "Award" if isinstance(self.subject, Award) else "Contract"

    @property
    def name(self):
        return self.subject.title if isinstance(self.subject, Award) else self.subject.name

    @property
    def reasons(self):
        return [line for line in self.lines if line.points]


def rules_by_factor():
    """The marks of each factor, the highest first."""
    found = defaultdict(list)
    for rule in RiskRule.objects.order_by("factor", "-at_least"):
        found[rule.factor].append(rule)
    return found


def points_for(marks, measure):
    """The points of the highest mark that a measure reaches; none for one that is not known."""
    if measure is None:
        return 0
    return next((rule.points for rule in marks if measure >= rule.at_least), 0)


def risks(on, *, awards=None, contracts=None):
    """The score of every running award and contract on a day, the highest first, in seven questions.

    `awards` and `contracts` narrow it: querysets of those asked about.
    """
    found = [*_awards(Award.objects.all() if awards is None else awards, on)]
    found += _contracts(Contract.objects.all() if contracts is None else contracts, on)
    marks, complaints = rules_by_factor(), concerns.counts_by_organisation()
    missing = _missing(found, on)
    scored = [_scored(row, marks, complaints, missing, on) for row in found]
    return sorted(scored, key=lambda risk: (-risk.score, risk.subject.reference))


def risk_of(subject, on):
    """The score of one award or contract on a day, whether it still runs or not."""
    of_award = isinstance(subject, Award)
    own = type(subject)._default_manager.filter(pk=subject.pk)
    rows = _awards(own, on, running=False) if of_award else _contracts(own, on, running=False)
    found = list(rows)
    return _scored(found[0], rules_by_factor(), concerns.counts_by_organisation(), _missing(found, on), on)


def _awards(rows, on, running=True):
    rows = rows.in_force() if running else rows
    return _measured(rows.select_related("recipient", "payee", "stream", "rule_set"), "recipient", on).annotate(
        worth=_sum(AwardLine.objects.filter(award=OuterRef("pk")), "amount")
    )


def _contracts(rows, on, running=True):
    rows = rows.filter(status=ContractStatus.LIVE, provider__isnull=False) if running else rows
    return _measured(rows.select_related("provider", "stream", "rule_set"), "provider", on).annotate(
        worth=Coalesce(
            _sum(ContractValue.objects.filter(contract=OuterRef("pk")), "amount"),
            F("estimated_value"),
            F("annual_value"),
        )
    )


def _measured(rows, holder, on):
    """Rows with what is counted of their holder: returns, audits, actions, earlier money."""
    since = calendar.add_months(on, -12 * YEARS_BACK)
    mine = Q(award__recipient=OuterRef(holder)) | Q(contract__provider=OuterRef(holder))
    visits = AuditVisit.objects.filter(organisation=OuterRef(holder), status=VisitStatus.FINAL)
    overdue = AuditAction.objects.filter(
        finding__visit__organisation=OuterRef(holder),
        finding__visit__status=VisitStatus.FINAL,
        by_office=False,
        status=ActionStatus.OPEN,
        due_on__lt=on,
    )
    not_met = AuditCheck.objects.filter(visit=OuterRef("last_visit"), result=CheckResult.NOT_MET)
    return rows.annotate(
        late=_count(_late_returns(mine, since, on)),
        unsatisfactory=_count(_unsatisfactory(mine, since)),
        last_visit=Subquery(visits.order_by("-visited_on", "-pk").values("pk")[:1]),
        last_visit_reference=Subquery(visits.order_by("-visited_on", "-pk").values("reference")[:1]),
        not_met=_count(not_met),
        overdue_actions=_count(overdue),
        funded_before=_funded_before(holder),
    )


def _late_returns(mine, since, on):
    """Returns due in the time looked at that came after their day, or have not come at all."""
    rows = MonitoringReturn.objects.filter(mine, obligation__due_on__gte=since, obligation__due_on__lt=on)
    rows = rows.exclude(status=ReturnStatus.WAIVED).annotate(
        first_sent_on=Subquery(
            _first_version().values("day")[:1],
        )
    )
    return rows.filter(Q(first_sent_on__isnull=True) | Q(first_sent_on__gt=F("obligation__due_on")))


def _first_version():
    versions = ReturnVersion.objects.filter(monitoring_return=OuterRef("pk"), number=1)
    return versions.annotate(day=TruncDate("at", tzinfo=calendar.LONDON))


def _unsatisfactory(mine, since):
    reviews = ReturnReview.objects.filter(
        version__monitoring_return=OuterRef("pk"), verdict=Verdict.UNSATISFACTORY, at__gt=calendar.end_of_day(since)
    )
    return MonitoringReturn.objects.filter(mine).filter(Exists(reviews))


def _funded_before(holder):
    """Whether the holder had anything else from the office that began before this."""
    awards = Award.objects.filter(recipient=OuterRef(holder)).exclude(status__in=NEVER_FUNDED)
    awards = awards.filter(Q(starts_on__lt=OuterRef("starts_on")) | Q(starts_on__isnull=True))
    contracts = Contract.objects.filter(provider=OuterRef(holder), starts_on__lt=OuterRef("starts_on"))
    return Exists(awards) | Exists(contracts)


def _count(rows):
    one = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(one, output_field=IntegerField()), 0)


def _sum(rows, name):
    one = rows.order_by().annotate(one=Value(1)).values("one").annotate(total=Sum(name)).values("total")
    return Subquery(one, output_field=DecimalField(max_digits=14, decimal_places=2))


def _holder(row):
    return row.recipient if isinstance(row, Award) else row.provider


def _payee(row):
    return row.payee if isinstance(row, Award) else row.provider


def _missing(rows, on):
    """The required standards that each row's payee does not hold, as {(label, id): [names]}."""
    asked = defaultdict(list)
    sets = {row.rule_set_id for row in rows} - {None}
    for required in RequiredStandard.objects.filter(rule_set__in=sets).select_related("kind").order_by("kind__order"):
        asked[required.rule_set_id].append(required)
    if not asked:
        return {}
    evidence = standards.evidence_of({_payee(row).pk for row in rows if _payee(row)})
    found = {}
    for row in rows:
        payee = _payee(row)
        wanted = [one.kind for one in asked[row.rule_set_id] if payee and standards.asks(one, payee.kind)]
        standing = [evidence.standing(payee.pk, kind, on, row.rule_set_id) for kind in wanted]
        found[row._meta.label, row.pk] = [one.kind.name for one in standing if not one.is_met]
    return found


def _scored(row, marks, complaints, missing, on):
    holder = _holder(row)
    lines = [
        RiskLine(factor, found, points_for(marks[factor], measure))
        for factor, measure, found in _measures(
            row, complaints.get(holder.pk if holder else None, 0), missing.get((row._meta.label, row.pk), []), on
        )
    ]
    return Risk(row, holder, tuple(sorted(lines, key=lambda line: -line.points)))


def _measures(row, complaints, missing, on):
    """Each factor with its measure and the words for it."""
    first_year = row.starts_on is not None and on < calendar.add_months(row.starts_on, 12)
    last = row.last_visit_reference
    return [
        (F_.VALUE, row.worth, pounds(row.worth).capitalize()),
        (F_.LATE_RETURNS, row.late, _counted(row.late, "return")),
        (F_.UNSATISFACTORY, row.unsatisfactory, _counted(row.unsatisfactory, "return")),
        (F_.OPEN_COMPLAINTS, complaints, _counted(complaints, "complaint")),
        (F_.NEW_ORGANISATION, int(not row.funded_before), "No" if row.funded_before else "Yes"),
        (F_.FIRST_YEAR, int(first_year), "Yes" if first_year else "No"),
        (F_.AUDIT_NOT_MET, row.not_met, f"{_counted(row.not_met, 'condition')} at {last}" if last else "No audit yet"),
        (F_.OPEN_ACTIONS, row.overdue_actions, _counted(row.overdue_actions, "action")),
        (F_.STANDARDS_MISSING, len(missing), ", ".join(missing) or "None"),
        (F_.NEVER_AUDITED, int(not last), f"No, last {last}" if last else "Yes"),
    ]


def _counted(number, noun):
    return "None" if not number else f"{number} {noun}{'' if number == 1 else 's'}"
