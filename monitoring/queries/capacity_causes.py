"""What in the record of organisations suggests an offer to them: each cause with the line that says why (B1).

A cause counts for two years. Scores count once the decision was told, audits once the report was sent.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, Q

from accounts.models import Organisation
from grants.enums import AwardStatus, ProjectStatus
from grants.models import Award, ModeratedScore, Score
from plans.models import RequiredStandard
from plans.queries import standards
from records.calendar import add_months, london_day
from records.words import day_in_words

from ..enums import CheckResult, OfferStatus, TriggerKind, Verdict, VisitStatus, section_words
from ..models import AuditCheck, OfferTrigger, ReturnQuery, ReturnReview

MONTHS_BACK = 24
TOLD_AT_ONCE = (ProjectStatus.DECLINED, ProjectStatus.RETAINED)
FUNDED = (AwardStatus.OFFERED, AwardStatus.LIVE, AwardStatus.SUSPENDED)
REASON, ABOUT = 500, 60


@dataclass(frozen=True)
class Cause:
    """One line of an organisation's record that suggests one offer to it."""

    offer_id: int
    organisation_id: int
    kind: TriggerKind
    about: str
    reason: str


def causes(on, *, organisation=None, offer=None):
    """Every cause there is on a day, of all organisations in service or of one; each once.

    Asks one or two questions of each kind of trigger in use, however many triggers and organisations there are.
    """
    triggers = OfferTrigger.objects.filter(offer__status=OfferStatus.OPEN).select_related("criterion", "standard")
    if offer is not None:
        triggers = triggers.filter(offer=offer)
    by_kind: defaultdict[TriggerKind, list] = defaultdict(list)
    for trigger in triggers.order_by("pk"):
        by_kind[TriggerKind(trigger.kind)].append(trigger)
    bodies = Organisation.objects.in_service().exclude(kind="OFFICE")
    if organisation is not None:
        bodies = bodies.filter(pk=organisation.pk)
    found: dict[tuple, Cause] = {}
    for kind, asked in by_kind.items():
        for cause in FINDERS[kind](asked, bodies, on):
            found.setdefault((cause.offer_id, cause.organisation_id, cause.kind, cause.about), cause)
    return list(found.values())


def since(on):
    """The first day whose record still counts."""
    return add_months(on, -MONTHS_BACK)


def _cause(trigger, organisation_id, about, reason):
    return Cause(trigger.offer_id, organisation_id, TriggerKind(trigger.kind), about[:ABOUT], reason[:REASON])


# ---------------------------------------------------------------- scores


def _low_scores(triggers, bodies, on):
    """Projects whose decision was told: the agreed score of a criterion, else the mean of the finished ones."""
    told = Q(project__decision__offered_at__isnull=False) | Q(project__status__in=TOLD_AT_ONCE)
    recent = Q(project__decision__made_at__date__gte=since(on), project__case__organisation__in=bodies)
    agreed = ModeratedScore.objects.filter(told & recent).select_related("project__case", "criterion")
    rows: dict = {
        (row.project_id, row.criterion_id): (row.project, row.criterion, Decimal(row.score)) for row in agreed
    }
    for row in _mean_scores(bodies, on):
        key = row["assessment__project_id"], row["criterion_id"]
        rows.setdefault(key, (row, row, _tenth(row["mean"])))
    for project, criterion, score in rows.values():
        line = _score_line(project, criterion)
        for trigger in triggers:
            if is_low(trigger, line["criterion"], line["title"], score, line["highest"]):
                words = (
                    f"“{line['project']}” ({line['reference']}) scored {score.normalize():f} of {line['highest']} "
                    f"on “{line['title']}”."
                )
                yield _cause(trigger, line["organisation"], f"score:{line['key']}", words)


def _mean_scores(bodies, on):
    told = Q(assessment__project__decision__offered_at__isnull=False) | Q(assessment__project__status__in=TOLD_AT_ONCE)
    rows = Score.objects.filter(
        told,
        score__isnull=False,
        assessment__finished_at__isnull=False,
        assessment__project__decision__made_at__date__gte=since(on),
        assessment__project__case__organisation__in=bodies,
    )
    return (
        rows.values(
            "assessment__project_id", "criterion_id", "criterion__title", "criterion__highest",
            "assessment__project__title", "assessment__project__number", "assessment__project__case__reference",
            "assessment__project__case__organisation_id",
        )
        .annotate(mean=Avg("score"))
        .order_by("assessment__project_id", "criterion_id")
    )  # fmt: skip


def _tenth(mean):
    return Decimal(str(mean)).quantize(Decimal("0.1"))


def _score_line(project, criterion):
    """What is said of one score, from an agreed one or from a mean."""
    if isinstance(project, dict):
        reference = f"{project['assessment__project__case__reference']}/{project['assessment__project__number']}"
        return {
            "criterion": project["criterion_id"],
            "title": project["criterion__title"],
            "highest": project["criterion__highest"],
            "project": project["assessment__project__title"],
            "reference": reference,
            "organisation": project["assessment__project__case__organisation_id"],
            "key": f"{project['assessment__project_id']}:{project['criterion_id']}",
        }
    return {
        "criterion": criterion.pk,
        "title": criterion.title,
        "highest": criterion.highest,
        "project": project.title,
        "reference": project.reference,
        "organisation": project.case.organisation_id,
        "key": f"{project.pk}:{criterion.pk}",
    }


def is_low(trigger, criterion_id, title, score, highest):
    """Whether a score calls a trigger: of its criterion, or of one whose title holds its words, below its share."""
    if trigger.criterion_id is not None and trigger.criterion_id != criterion_id:
        return False
    if trigger.words and trigger.words.casefold() not in title.casefold():
        return False
    return score * 100 < Decimal(trigger.below_percent or 0) * highest


# ---------------------------------------------------------------- returns


def _of_return(monitoring_return):
    subject = monitoring_return.subject
    return subject.recipient_id if monitoring_return.award_id else subject.provider_id


def _returns_of(bodies, prefix):
    return Q(**{f"{prefix}award__recipient__in": bodies}) | Q(**{f"{prefix}contract__provider__in": bodies})


def _queried(triggers, bodies, on):
    """Questions that officers asked about a section of a return."""
    rows = ReturnQuery.objects.filter(_returns_of(bodies, "monitoring_return__"), asked_at__date__gte=since(on))
    rows = rows.select_related("monitoring_return__award", "monitoring_return__contract").order_by("asked_at", "pk")
    for row in rows:
        for trigger in triggers:
            if asks_about(trigger, row.section, row.question):
                of, section = row.monitoring_return, section_words(row.section)
                words = f"The office asked about “{section}” in {of.reference}: {row.question}"
                yield _cause(trigger, _of_return(of), f"{of.reference}:{row.section}", words)


def asks_about(trigger, section, question):
    """Whether a question calls a trigger: of its section, and with its words in section or question, where named."""
    wanted, title = trigger.section.casefold(), section_words(section).casefold()
    named = not wanted or wanted in (section.casefold(), title)
    said = f"{title} {question.casefold()}"
    return named and (not trigger.words or trigger.words.casefold() in said)


def _unsatisfactory(triggers, bodies, on):
    """Verdicts that stand in the record, also where the return was opened again later."""
    rows = ReturnReview.objects.filter(
        _returns_of(bodies, "version__monitoring_return__"),
        verdict=Verdict.UNSATISFACTORY,
        at__date__gte=since(on),
    ).select_related("version__monitoring_return__award", "version__monitoring_return__contract")
    for row in rows.order_by("at", "pk"):
        of = row.version.monitoring_return
        words = f"{of.reference} was found unsatisfactory on {day_in_words(london_day(row.at))}."
        for trigger in triggers:
            yield _cause(trigger, _of_return(of), f"{of.reference}:v{row.version.number}", words)


# ---------------------------------------------------------------- audits and standards


def _audited(triggers, bodies, on):
    """Conditions that a visit whose report was sent found not met, or met in part."""
    rows = AuditCheck.objects.filter(
        visit__organisation__in=bodies,
        visit__status__in=[VisitStatus.REPORTED, VisitStatus.FINAL],
        visit__reported_at__date__gte=since(on),
        result__in=[CheckResult.NOT_MET, CheckResult.PARTLY],
    ).select_related("visit", "condition")
    for row in rows.order_by("visit__reported_at", "pk"):
        for trigger in triggers:
            if is_condition(trigger, row.condition):
                found = row.get_result_display().lower()
                words = f"The audit visit {row.visit.reference} found condition {row.condition.number} {found}: "
                about = f"{row.visit.reference}:{row.condition.number}"
                yield _cause(trigger, row.visit.organisation_id, about, words + row.condition.text)


def is_condition(trigger, condition):
    """Whether a condition calls a trigger: its number is the trigger's words, or its text holds them."""
    wanted = trigger.words.casefold()
    return not wanted or wanted == condition.number.casefold() or wanted in condition.text.casefold()


def _lacking(triggers, bodies, on):
    """Standards that a running award asks of the body that is paid, and that it does not hold on the day.

    The help is suggested to the recipient: its people do the work, and where another body is paid, stand in for it.
    """
    asked = RequiredStandard.objects.select_related("kind").order_by("pk")
    wanted = {trigger.standard_id for trigger in triggers}
    if None not in wanted:
        asked = asked.filter(kind__in=wanted)
    by_rules: defaultdict = defaultdict(list)
    for row in asked:
        by_rules[row.rule_set_id].append(row)
    funded = Award.objects.filter(status__in=FUNDED, recipient__in=bodies, rule_set__in=by_rules).select_related(
        "payee"
    )
    awards = list(funded.order_by("pk"))
    evidence = standards.evidence_of({award.payee_id for award in awards}) if awards else standards.Evidence()
    for award in awards:
        for row in by_rules[award.rule_set_id]:
            if not standards.asks(row, award.payee.kind):
                continue
            standing = evidence.standing(award.payee_id, row.kind, on, award.rule_set_id)
            if standing.is_met:
                continue
            about = f"standard:{row.kind_id}:{standing.until or 'none'}"
            whose = "" if award.payee_id == award.recipient_id else f" of {award.payee.name}"
            words = f"{award.reference} asks for {row.kind.name}{whose}: {standing.why}."
            for trigger in triggers:
                if trigger.standard_id in (None, row.kind_id):
                    yield _cause(trigger, award.recipient_id, about, words)


FINDERS = {
    TriggerKind.LOW_SCORE: _low_scores,
    TriggerKind.QUERIED: _queried,
    TriggerKind.UNSATISFACTORY: _unsatisfactory,
    TriggerKind.AUDIT: _audited,
    TriggerKind.STANDARD: _lacking,
}
