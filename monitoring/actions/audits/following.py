"""What follows an audit: said to be done with evidence, closed or sent back by the office (P4)."""

from django.db import transaction

from records import calendar, documents, obligations, workflow
from records.actions import log
from records.enums import ObligationKind
from records.refusals import refuse_if

from ...enums import ACTION_MOVES, ActionStatus
from ...models import AuditVisit
from ...notices import audits as notices
from ...queries import audits as queries
from ...rules import audits as rules
from .findings import kind_of, locked
from .reporting import owe_action
from .visits import lock

CLOSURE = ObligationKind.AUDIT_CLOSURE
CLOSURE_DAYS = 10


@transaction.atomic
def say_done(*, action, evidence, upload=None, by, at):
    """Say what was done, with a file where there is one; the office looks at it."""
    lock(action.finding.visit)
    action = locked(action)
    refuse_if(rules.why_not_say_done(action, user=by, evidence=evidence), action)
    workflow.move(
        action,
        ActionStatus.DONE,
        moves=ACTION_MOVES,
        verb="done",
        by=by,
        at=at,
        reason=evidence.strip(),
        summary=f"Said to be done: {action.action}"[:500],
        done_at=at,
        done_by=by,
        evidence=evidence.strip(),
    )
    if upload:
        documents.store(upload=upload, subject=action, by=by, at=at)
    obligations.close(action, kind_of(action), at=at, by=by, closing="Said to be done")
    obligations.owe(
        action,
        CLOSURE,
        title=f"Check {action.reference}: {action.action}"[:300],
        due_on=calendar.add_working_days(calendar.london_day(at), CLOSURE_DAYS),
        link=action.get_absolute_url(),
        anchor="Working days after it was said to be done",
        only_for=queries.reached_by(action.finding.visit.auditor),
    )
    notices.action_done(action, by=by, at=at)
    return action


@transaction.atomic
def close_action(*, action, by, at):
    """The office is content with the evidence; the last one closes the visit."""
    visit = lock(action.finding.visit)
    action = locked(action)
    refuse_if(rules.why_not_check_action(action, user=by), action)
    workflow.move(
        action,
        ActionStatus.CLOSED,
        moves=ACTION_MOVES,
        verb="closed",
        by=by,
        at=at,
        summary=f"Closed: {action.action}"[:500],
        closed_at=at,
        closed_by=by,
    )
    obligations.close(action, CLOSURE, at=at, by=by, closing="Closed")
    still = queries.still_to_do(visit)
    if not still:
        AuditVisit.objects.filter(pk=visit.pk).update(closed_at=at)
        log(visit, "closed", by=by, at=at, summary="Every action is closed")
    if not action.by_office:
        notices.action_closed(action, still=still, at=at)
    return action


@transaction.atomic
def send_back(*, action, reason, due_on, by, at):
    """It is not done yet: what is missing, and by when."""
    lock(action.finding.visit)
    action = locked(action)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_send_back(action, user=by, on=on, due_on=due_on, reason=reason), action)
    workflow.move(
        action,
        ActionStatus.OPEN,
        moves=ACTION_MOVES,
        verb="sent_back",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Sent back: {action.action}"[:500],
        due_on=due_on,
    )
    obligations.close(action, CLOSURE, at=at, by=by, closing="Sent back")
    owe_action(action, anchor="Sent back by the office")
    if not action.by_office:
        notices.action_sent_back(action, reason=reason.strip(), at=at)
    return action
