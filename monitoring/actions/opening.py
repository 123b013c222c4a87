"""Returns are opened by the morning sweep, or asked for by an officer (C6, C8)."""

import logging

from django.db import transaction

from grants.enums import Window
from grants.models import Award
from grants.queries.agreed import with_agreed_parts
from plans.enums import ReportKind
from plans.models import Indicator
from records import obligations
from records.actions import log, next_reference
from records.calendar import london_day
from records.enums import ObligationKind
from records.models import Obligation
from records.refusals import refuse_if
from records.words import day_in_words
from services.queries import kpis

from .. import queries, rules
from ..models import (
    COVERS_THE_AWARD,
    IndicatorValue,
    KpiLine,
    MonitoringReturn,
    OutcomeResult,
    OutputResult,
    ProjectReport,
    SpendLine,
)
from ..notices import returns as notices

logger = logging.getLogger(__name__)


def open_due_returns(*, on, at):
    """Open every return whose obligation opens on or before `on`; gives those it opened.

    Safe when two sweeps run at once: each obligation is locked and looked at again, and the
    database allows one return of it. A row that cannot be opened is noted and left for the next
    morning; the others go on.
    """
    due = (
        queries.to_open_by(on)
        .exclude(pk__in=MonitoringReturn.objects.values("obligation_id"))
        .values_list("pk", flat=True)
    )
    opened = []
    for pk in list(due):
        try:
            with transaction.atomic():
                found = _open_one(pk, at=at)
        except Exception:  # whatever is wrong with one row, the others are owed their opening
            logger.exception("The return of obligation %s could not be opened; it is tried again tomorrow.", pk)
            continue
        if found:
            opened.append(found)
    return opened


def _open_one(pk, *, at):
    obligation = Obligation.objects.select_for_update().get(pk=pk)
    if obligation.closed_at or MonitoringReturn.objects.filter(obligation=obligation).exists():
        return None
    return open_return(obligation, queries.subject_of(obligation), at=at)


def open_return(obligation, subject, *, at, by=None, reason=""):
    """Open one return of an award or contract with everything known filled in, and tell those who write it.

    It keeps the version of its template that is in use now. Gives None where no project of the award
    belongs into its period; nothing is owed then. A contract has no projects: it answers its template.
    """
    kind = ReportKind(obligation.period.partition(":")[0])
    award = subject if isinstance(subject, Award) else None
    lines = _lines_for(award, kind, obligation.period_ends_on) if award else []
    if award and not lines:
        obligations.close(
            award,
            ObligationKind.RETURN,
            at=at,
            period=obligation.period,
            closing="No project of the award was approved by the end of the period",
        )
        return None
    monitoring_return = MonitoringReturn.objects.create(
        reference=next_reference("MR", obligation.period_ends_on.year),
        obligation=obligation,
        award=award,
        contract=None if award else subject,
        template_version=queries.template_version_for(subject, kind),
        kind=kind,
        starts_on=obligation.period_starts_on,
        ends_on=obligation.period_ends_on,
        opened_at=at,
        asked_reason=reason,
    )
    _fill_in(monitoring_return, lines)
    _ask_indicators(monitoring_return)
    _ask_kpis(monitoring_return)
    Obligation.objects.filter(pk=obligation.pk).update(link=monitoring_return.get_absolute_url())
    log(
        monitoring_return,
        "opened",
        by=by,
        at=at,
        reason=reason,
        summary=f"{kind.label} opened, due {day_in_words(obligation.due_on)}",
    )
    notices.return_opened(monitoring_return, at=at)
    return monitoring_return


def _ask_indicators(monitoring_return):
    """An empty answer for every part of every indicator of the template."""
    if not monitoring_return.template_version_id:
        return
    indicators = Indicator.objects.filter(section__version=monitoring_return.template_version_id)
    IndicatorValue.objects.bulk_create(
        IndicatorValue(monitoring_return=monitoring_return, indicator=indicator, part=part)
        for indicator in indicators.order_by("section__number", "number")
        for part in queries.parts_of(indicator)
    )


def _ask_kpis(monitoring_return):
    """An empty line for every KPI of the contract that counts in the period (S4)."""
    if not monitoring_return.contract_id:
        return
    asked = kpis.in_force(monitoring_return.contract, monitoring_return.starts_on, monitoring_return.ends_on)
    KpiLine.objects.bulk_create(KpiLine(monitoring_return=monitoring_return, kpi=kpi) for kpi in asked)


def _lines_for(award, kind, ends_on):
    """Lines the return tells of: a tactical one added after the period waits for the year end (C6)."""
    lines = with_agreed_parts(award.lines.select_related("project"))
    return [
        line
        for line in lines.order_by("number")
        if kind in COVERS_THE_AWARD or line.window == Window.MAIN or london_day(line.added_at) <= ends_on
    ]


def _fill_in(monitoring_return, lines):
    spend, outcomes, outputs = [], [], []
    for line in lines:
        budget = list(line.project.budget_lines.all()) if line.project_id else []
        spend += [
            SpendLine(
                monitoring_return=monitoring_return,
                award_line=line,
                budget_line=row,
                heading=row.heading,
                planned=row.amount_now,
            )
            for row in budget
        ] or [
            SpendLine(
                monitoring_return=monitoring_return, award_line=line, heading=line.title[:200], planned=line.amount
            )
        ]
        if line.project_id:
            outcomes += [
                OutcomeResult(monitoring_return=monitoring_return, award_line=line, planned=row, target=row.target_now)
                for row in line.project.outcomes.all()
            ]
            outputs += [
                OutputResult(monitoring_return=monitoring_return, award_line=line, planned=row, target=row.target_now)
                for row in line.project.outputs.all()
            ]
    ProjectReport.objects.bulk_create(
        ProjectReport(monitoring_return=monitoring_return, award_line=line) for line in lines
    )
    SpendLine.objects.bulk_create(spend)
    OutcomeResult.objects.bulk_create(outcomes)
    OutputResult.objects.bulk_create(outputs)


@transaction.atomic
def ask_for_return(*, award=None, contract=None, starts_on, ends_on, due_on, reason, by, at):
    """Ask the holder of an award, or of a contract, for a return outside the pattern; it opens at once (C8)."""
    given = award or contract
    subject = type(given)._default_manager.select_for_update().get(pk=given.pk)
    period = (starts_on, ends_on)
    refuse_if(
        rules.why_not_ask(subject, user=by, on=london_day(at), period=period, due_on=due_on, reason=reason), subject
    )
    obligation = obligations.owe(
        subject,
        ObligationKind.RETURN,
        title=f"{ReportKind.AD_HOC.label} for {queries.name_of(subject)}"[:300],
        due_on=due_on,
        organisation=queries.holder_of(subject),
        link=subject.get_absolute_url(),
        period=f"{ReportKind.AD_HOC}:{starts_on:%Y%m%d}-{ends_on:%Y%m%d}",
        starts_on=starts_on,
        ends_on=ends_on,
        opens_on=london_day(at),
        anchor="Asked for by an officer",
    )
    return open_return(obligation, subject, at=at, by=by, reason=reason)
