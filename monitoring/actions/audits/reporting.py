"""The report of a visit: sent for reply, answered, made final (P4)."""

from django.db import transaction

from records import calendar, obligations, workflow
from records.actions import log
from records.enums import ObligationKind
from records.refusals import refuse_if

from ...enums import VISIT_MOVES, FindingGrade, VisitStatus
from ...letters import audits as letters
from ...models import AuditAction, AuditVisit
from ...notices import audits as notices
from ...rules import audits as rules
from ..suggesting import suggest_to
from .findings import kind_of
from .visits import REPORT, lock, owe_report

REPLY = ObligationKind.AUDIT_REPLY
REPLY_DAYS, FINAL_DAYS = 10, 5


@transaction.atomic
def report_visit(*, visit, summary, grade, by, at):
    """Send the report to the recipient, who may reply to it before it is final."""
    visit = lock(visit)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_report(visit, user=by, summary=summary, grade=grade), visit)
    AuditVisit.objects.filter(pk=visit.pk).update(summary=summary.strip())
    workflow.move(
        visit,
        VisitStatus.REPORTED,
        moves=VISIT_MOVES,
        verb="reported",
        by=by,
        at=at,
        summary=f"Report sent for reply; overall grade {FindingGrade(grade).label.lower()}",
        grade=grade,
        reported_at=at,
        reply_by=calendar.add_working_days(on, REPLY_DAYS),
    )
    paper = letters.audit_report(visit, is_final=False, by=by, at=at)
    obligations.close(visit, REPORT, at=at, by=by, closing="The report was sent for reply")
    obligations.owe(
        visit,
        REPLY,
        title=f"Reply to the audit report {visit.reference}",
        due_on=visit.reply_by,
        organisation=visit.organisation,
        link=visit.get_absolute_url(),
        anchor="Working days after the report",
    )
    notices.report_sent(visit, paper=paper, at=at)
    suggest_to(visit.organisation, at=at)
    return visit


@transaction.atomic
def reply_to_visit(*, visit, reply, by, at):
    """The recipient's right of reply: once, in its own words, part of the final report."""
    visit = lock(visit)
    refuse_if(rules.why_not_reply(visit, user=by, reply=reply), visit)
    visit.reply, visit.replied_at, visit.replied_by = reply.strip(), at, by
    visit.save(update_fields=["reply", "replied_at", "replied_by"])
    log(visit, "replied", by=by, at=at, reason=visit.reply, summary=f"{visit.organisation} replied")
    obligations.close(visit, REPLY, at=at, by=by, closing="Replied")
    due_on = calendar.add_working_days(calendar.london_day(at), FINAL_DAYS)
    owe_report(visit, due_on=due_on, anchor="Working days after the reply")
    notices.visit_replied(visit, at=at)
    return visit


@transaction.atomic
def finalise_visit(*, visit, by, at):
    """The report is final with the reply in it; its actions are owed from now on."""
    visit = lock(visit)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_finalise(visit, user=by, on=on), visit)
    actions = list(
        AuditAction.objects.filter(finding__visit=visit).select_related("finding").order_by("finding__number", "number")
    )
    workflow.move(
        visit,
        VisitStatus.FINAL,
        moves=VISIT_MOVES,
        verb="finalised",
        by=by,
        at=at,
        summary=f"Report final, {len(actions)} action{'' if len(actions) == 1 else 's'}",
        closed_at=None if actions else at,
    )
    paper = letters.audit_report(visit, is_final=True, by=by, at=at)
    obligations.close(visit, REPORT, at=at, by=by, closing="The report is final")
    obligations.close(visit, REPLY, at=at, closing="No reply came in time")
    for action in actions:
        action.finding.visit = visit
        owe_action(action, anchor="Agreed in the final report")
    notices.report_final(visit, paper=paper, actions=[row for row in actions if not row.by_office], at=at)
    return visit


def owe_action(action, *, anchor):
    """The recipient, or the office itself, owes what was asked for."""
    visit = action.finding.visit
    return obligations.owe(
        action,
        kind_of(action),
        title=f"{action.reference}: {action.action}"[:300],
        due_on=action.due_on,
        organisation=None if action.by_office else visit.organisation,
        link=action.get_absolute_url(),
        anchor=anchor,
    )
