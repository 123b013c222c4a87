"""Findings of a visit and the actions they ask for (P4). What the recipient has read changes only with a reason."""

from django.db import transaction
from django.db.models import Max

from records import calendar, obligations
from records.actions import log
from records.enums import ObligationKind
from records.queries import owed_about
from records.refusals import refuse_if

from ...enums import VisitStatus
from ...models import AuditAction, AuditFinding
from ...notices import audits as notices
from ...rules import audits as rules
from .visits import lock


@transaction.atomic
def write_finding(*, visit, grade, text, check_row=None, reason="", by, at):
    """Write down what was found, how grave it is and which condition it concerns."""
    visit = lock(visit)
    refuse_if(rules.why_not_change_finding(visit, user=by, text=text, reason=reason), visit)
    last = visit.findings.aggregate(last=Max("number"))["last"] or 0
    finding = AuditFinding.objects.create(
        visit=visit, number=last + 1, grade=grade, text=text.strip(), check_row=check_row
    )
    log(
        visit,
        "finding_written",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Finding {finding.number} ({finding.get_grade_display().lower()}): {finding.text}"[:500],
    )
    return finding


@transaction.atomic
def change_finding(*, finding, grade, text, check_row=None, reason="", by, at):
    """Other words or another grade for a finding."""
    visit = lock(finding.visit)
    refuse_if(rules.why_not_change_finding(visit, user=by, text=text, reason=reason), visit)
    changes = {}
    for name, value in (("grade", grade), ("text", text.strip())):
        if getattr(finding, name) != value:
            changes[name] = [getattr(finding, name), value]
            setattr(finding, name, value)
    finding.check_row = check_row
    finding.save(update_fields=["grade", "text", "check_row"])
    log(
        visit,
        "finding_changed",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Finding {finding.number} changed",
        changes=changes,
    )
    return finding


@transaction.atomic
def remove_finding(*, finding, reason="", by, at):
    """Take out a finding with its actions; the history keeps its words."""
    visit = lock(finding.visit)
    refuse_if(rules.why_not_remove_finding(finding, user=by, reason=reason), visit)
    log(
        visit,
        "finding_removed",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Finding {finding.number} removed: {finding.text}"[:500],
    )
    AuditAction.objects.filter(finding=finding).delete()
    AuditFinding.objects.filter(pk=finding.pk).delete()
    return visit


@transaction.atomic
def give_action(*, finding, action, due_on, by_office=False, reason="", by, at):
    """Ask for something to be done about a finding, by whom and when; it is owed once the report is final."""
    visit = lock(finding.visit)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_give_action(finding, user=by, on=on, due_on=due_on, reason=reason), visit)
    last = finding.actions.aggregate(last=Max("number"))["last"] or 0
    made = AuditAction.objects.create(
        finding=finding, number=last + 1, action=action.strip(), by_office=by_office, due_on=due_on
    )
    who = "the office" if by_office else str(visit.organisation)
    log(
        visit,
        "action_given",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Action {made.reference} for {who}: {made.action}"[:500],
    )
    return made


@transaction.atomic
def change_action(*, action, due_on, words=None, reason="", by, at):
    """Other words for an action or another day; once the report is final only the day moves, and its reminders."""
    visit = lock(action.finding.visit)
    action = locked(action)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_change_action(action, user=by, on=on, due_on=due_on, reason=reason), visit)
    was = action.due_on
    changes = {} if was == due_on else {"due_on": [was.isoformat(), due_on.isoformat()]}
    action.due_on = due_on
    if words is not None and visit.status != VisitStatus.FINAL and words.strip() != action.action:
        changes["action"] = [action.action, words.strip()]
        action.action = words.strip()
    action.save(update_fields=["due_on", "action"])
    log(
        visit,
        "action_changed",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Action {action.reference} changed",
        changes=changes,
    )
    if visit.status == VisitStatus.FINAL and was != due_on:
        obligations.move_due(owed_about(action, kind_of(action)), due_on=due_on, by=by, at=at, reason=reason.strip())
        if not action.by_office:
            notices.action_moved(action, was=was, reason=reason.strip(), at=at)
    return action


def locked(action):
    """The action as it stands now, ours until the transaction ends; its visit is locked before it."""
    rows = AuditAction.objects.select_for_update(of=("self",)).select_related("finding__visit__organisation")
    return rows.select_related("finding__visit__auditor").get(pk=action.pk)


def kind_of(action):
    """Whose obligation the action is."""
    return ObligationKind.AUDIT_OFFICE_ACTION if action.by_office else ObligationKind.AUDIT_ACTION


@transaction.atomic
def remove_action(*, action, reason="", by, at):
    """Take out an action; the history keeps its words."""
    visit = lock(action.finding.visit)
    refuse_if(rules.why_not_remove_action(action, user=by, reason=reason), visit)
    log(
        visit,
        "action_removed",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Action {action.reference} removed: {action.action}"[:500],
    )
    AuditAction.objects.filter(pk=action.pk).delete()
    return visit
