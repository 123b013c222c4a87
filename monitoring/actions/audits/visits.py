"""Audit visits: planned, moved, handed over, cancelled, begun (P4)."""

from django.db import transaction

from grants.models import Award
from records import calendar, obligations, workflow
from records.actions import log, next_reference
from records.enums import ObligationKind
from records.queries import owed_about
from records.refusals import refuse_if
from records.words import day_in_words

from ...enums import VISIT_MOVES, VisitStatus
from ...models import AuditCheck, AuditVisit
from ...notices import audits as notices
from ...queries import audits as queries
from ...rules import audits as rules

VISIT, REPORT = ObligationKind.AUDIT_VISIT, ObligationKind.AUDIT_REPORT
REPORT_DAYS = 15
JOINED = ("organisation", "award__recipient", "award__stream__plan__body", "contract__provider", "auditor", "terms")


def lock(visit):
    """The visit as it stands now, ours until the transaction ends."""
    return AuditVisit.objects.select_for_update(of=("self",)).select_related(*JOINED).get(pk=visit.pk)


@transaction.atomic
def plan_visit(*, subject, auditor, planned_on, programme=None, by, at):
    """Plan a visit by an auditor who had no hand in the money; the organisation is told of the day."""
    subject = type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_plan_visit(subject, user=by, on=on, auditor=auditor, planned_on=planned_on), subject)
    organisation = queries.holder_of(subject)
    visit = AuditVisit.objects.create(
        reference=next_reference("AV", planned_on.year),
        programme=programme,
        **{"award" if isinstance(subject, Award) else "contract": subject},
        organisation=organisation,
        terms=queries.accepted_terms(subject),
        auditor=auditor,
        planned_on=planned_on,
        is_example=organisation.is_example,
    )
    _lay_out(visit, subject)
    log(visit, "planned", by=by, at=at, summary=f"Planned for {day_in_words(planned_on)} with {auditor.full_name}")
    _owe_visit(visit)
    notices.visit_planned(visit, by=by, at=at)
    return visit


def _lay_out(visit, subject):
    """A row to fill in for each condition that holds for the award or contract."""
    conditions = queries.conditions_for(subject, visit.terms)
    AuditCheck.objects.bulk_create([AuditCheck(visit=visit, condition=row) for row in conditions])


def _owe_visit(visit):
    obligations.owe(
        visit,
        VISIT,
        title=f"Audit visit to {visit.organisation}"[:300],
        due_on=visit.planned_on,
        link=visit.get_absolute_url(),
        anchor="The day of the visit",
        only_for=queries.reached_by(visit.auditor),
    )


@transaction.atomic
def move_visit(*, visit, planned_on, reason, by, at):
    """The visit goes to another working day, with a reason."""
    visit = lock(visit)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_move_visit(visit, user=by, on=on, planned_on=planned_on, reason=reason), visit)
    was = visit.planned_on
    visit.planned_on = planned_on
    visit.save(update_fields=["planned_on"])
    log(
        visit,
        "date_moved",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Moved from {day_in_words(was)} to {day_in_words(planned_on)}",
        changes={"planned_on": [was.isoformat(), planned_on.isoformat()]},
    )
    obligations.move_due(owed_about(visit, VISIT), due_on=planned_on, by=by, at=at, reason=reason.strip())
    notices.visit_moved(visit, was=was, reason=reason.strip(), at=at)
    return visit


@transaction.atomic
def hand_over_visit(*, visit, auditor, reason, by, at):
    """Another auditor does the visit, with a reason."""
    visit = lock(visit)
    refuse_if(rules.why_not_hand_over(visit, user=by, auditor=auditor, reason=reason), visit)
    was = visit.auditor
    visit.auditor = auditor
    visit.save(update_fields=["auditor"])
    log(
        visit,
        "handed_over",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Handed over from {was.full_name} to {auditor.full_name}",
        changes={"auditor": [was.full_name, auditor.full_name]},
    )
    _hand_over_work(visit, by=by, at=at)
    notices.auditor_named(visit, by=by, at=at)
    return visit


def _hand_over_work(visit, *, by, at):
    """What the office owes about the visit is owed again by the same day, so that the new auditor is reminded."""
    planned, report = owed_about(visit, VISIT), owed_about(visit, REPORT)
    for kind in (VISIT, REPORT):
        obligations.close(visit, kind, at=at, by=by, closing="Handed over")
    if planned:
        _owe_visit(visit)
    if report:
        owe_report(visit, due_on=report.due_on, anchor=report.anchor)


@transaction.atomic
def cancel_visit(*, visit, reason, by, at):
    """Nobody goes, or what was begun is given up, with a reason."""
    visit = lock(visit)
    refuse_if(rules.why_not_cancel_visit(visit, user=by, reason=reason), visit)
    workflow.move(
        visit,
        VisitStatus.CANCELLED,
        moves=VISIT_MOVES,
        verb="cancelled",
        by=by,
        at=at,
        reason=reason.strip(),
        summary="Visit cancelled",
    )
    for kind in (VISIT, REPORT):
        obligations.close(visit, kind, at=at, by=by, closing="The visit was cancelled")
    notices.visit_cancelled(visit, reason=reason.strip(), at=at)
    return visit


@transaction.atomic
def begin_visit(*, visit, visited_on, who_was_seen, by, at):
    """The visit took place: on which day, who was seen. Terms accepted since it was planned are those looked at."""
    visit = lock(visit)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_begin_visit(visit, user=by, on=on, visited_on=visited_on), visit)
    terms = queries.accepted_terms(visit.award or visit.contract)
    if terms != visit.terms:
        AuditCheck.objects.filter(visit=visit).delete()
        visit.terms = terms
        visit.save(update_fields=["terms"])
        _lay_out(visit, visit.award or visit.contract)
    workflow.move(
        visit,
        VisitStatus.UNDER_WAY,
        moves=VISIT_MOVES,
        verb="begun",
        by=by,
        at=at,
        summary=f"Visited on {day_in_words(visited_on)}",
        visited_on=visited_on,
        who_was_seen=who_was_seen.strip(),
    )
    obligations.close(visit, VISIT, at=at, by=by, closing="The visit took place")
    owe_report(visit, due_on=calendar.add_working_days(visited_on, REPORT_DAYS), anchor="Working days after the visit")
    return visit


def owe_report(visit, *, due_on, anchor):
    """The office owes the report, first as a draft, then as final."""
    obligations.owe(
        visit,
        REPORT,
        title=f"{'Final report' if visit.reported_at else 'Report'} of the visit to {visit.organisation}"[:300],
        due_on=due_on,
        link=visit.get_absolute_url(),
        anchor=anchor,
        only_for=queries.reached_by(visit.auditor),
    )
