"""Audits, walked by the real actions to the state asked for."""

from datetime import UTC, date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from monitoring.actions import audits as actions
from monitoring.enums import VisitStatus
from monitoring.models import AuditCheck, AuditVisit, RiskRule
from plans.models import TermsCondition

PLANNED = datetime(2020, 10, 5, 9, 0, tzinfo=UTC)
VISIT_ON = date(2020, 10, 20)
BEGUN = datetime(2020, 10, 20, 15, 0, tzinfo=UTC)
REPORTED = datetime(2020, 10, 27, 9, 0, tzinfo=UTC)
REPLIED = datetime(2020, 11, 3, 9, 0, tzinfo=UTC)
FINAL = datetime(2020, 11, 5, 9, 0, tzinfo=UTC)
DONE = datetime(2020, 11, 20, 9, 0, tzinfo=UTC)
CLOSED = datetime(2020, 11, 24, 9, 0, tzinfo=UTC)
DUE_ON = date(2020, 12, 1)
DAY = timedelta(days=1)
# The points delivered with the portal (migration monitoring 0013), for worlds whose tables were emptied.
POINTS = {
    "VALUE": [(10_000, 1), (35_000, 2), (100_000, 4), (500_000, 6)],
    "LATE_RETURNS": [(1, 2), (3, 4)],
    "UNSATISFACTORY": [(1, 4), (2, 6)],
    "OPEN_COMPLAINTS": [(1, 3), (3, 5)],
    "NEW_ORGANISATION": [(1, 3)],
    "FIRST_YEAR": [(1, 2)],
    "AUDIT_NOT_MET": [(1, 3), (3, 6)],
    "OPEN_ACTIONS": [(1, 3)],
    "STANDARDS_MISSING": [(1, 2), (3, 4)],
    "NEVER_AUDITED": [(1, 1)],
}


def delivered():
    """The points of risk as delivered, where a test has emptied the tables."""
    if not RiskRule.objects.exists():
        RiskRule.objects.bulk_create(
            RiskRule(factor=factor, at_least=at_least, points=points)
            for factor, marks in POINTS.items()
            for at_least, points in marks
        )


def second_condition(plan):
    """Terms of two conditions, so that one can be kept and one not; before any money is offered under them."""
    wanted = {"order": 2, "text": "Check everybody who works with children.", "checked_by": "The record of checks"}
    return TermsCondition.objects.get_or_create(terms=plan.terms, number="2", defaults=wanted)[0]


def programme(cast, *, size=2, strategy="HIGHEST", seed="", at=PLANNED):
    """A programme of the year; with a seed its sample is drawn."""
    made = actions.start_programme(
        name="Audits 2020/21",
        starts_on=date(2020, 4, 1),
        ends_on=date(2021, 3, 31),
        sample_size=size,
        strategy=strategy,
        reason="As many as two auditors can visit.",
        by=cast.auditor,
        at=at,
    )
    return actions.draw_sample(programme=made, seed=seed, by=cast.auditor, at=at) if seed else made


def whole_answers(visit, *, second="NOT_MET"):
    """An answer to every condition: the first is met, the others as asked."""
    ids = AuditCheck.objects.filter(visit=visit).order_by("condition__order").values_list("pk", flat=True)
    return {
        pk: {"result": "MET" if place == 0 else second, "evidence": "The papers shown.", "note": "Ask again."}
        for place, pk in enumerate(ids)
    }


def report(visit, *, by, at=REPORTED, due_on=DUE_ON):
    """A visit under way with every condition judged, one finding with an action, and its report sent."""
    actions.save_checks(visit=visit, answers=whole_answers(visit), by=by, at=at)
    check = AuditCheck.objects.filter(visit=visit, result="NOT_MET").first()
    finding = actions.write_finding(
        visit=visit, grade="HIGH", text="Two helpers were not checked.", check_row=check, by=by, at=at
    )
    actions.give_action(finding=finding, action="Check all helpers.", due_on=due_on, by=by, at=at)
    return actions.report_visit(visit=visit, summary="Well run; checks are missing.", grade="MEDIUM", by=by, at=at)


def visit(cast, subject, *, status=VisitStatus.FINAL, programme=None, later=timedelta(0)):
    """A visit of an award or contract by the auditor, walked to the status; FINAL has one action open.

    `later` moves the whole walk.
    """
    by = cast.auditor
    given = {"subject": subject, "auditor": by, "programme": programme, "by": by}
    made = actions.plan_visit(planned_on=VISIT_ON + later, at=PLANNED + later, **given)
    if status == VisitStatus.PLANNED:
        return made
    if status == VisitStatus.CANCELLED:
        return actions.cancel_visit(visit=made, reason="The award ends early.", by=by, at=PLANNED + later)
    actions.begin_visit(visit=made, visited_on=VISIT_ON + later, who_was_seen="Lee Lead", by=by, at=BEGUN + later)
    if status != VisitStatus.UNDER_WAY:
        report(made, by=by, at=REPORTED + later, due_on=DUE_ON + later)
    if status == VisitStatus.FINAL:
        actions.reply_to_visit(visit=made, reply="We agree.", by=lead_of(cast, made), at=REPLIED + later)
        actions.finalise_visit(visit=made, by=by, at=FINAL + later)
    return AuditVisit.objects.select_related("organisation", "award", "contract", "auditor").get(pk=made.pk)


def lead_of(cast, visit):
    """The lead of the organisation visited."""
    return {cast.maidstone.pk: cast.maidstone_lead, cast.yot.pk: cast.yot_lead}.get(
        visit.organisation_id, cast.provider_lead
    )


def policy(name="policy.pdf"):
    """A small file that may be uploaded."""
    return SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF\n")
