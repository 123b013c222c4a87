"""Why an audit may not be programmed, drawn, planned, written, reported or answered now (P4)."""

from accounts import access
from accounts.roles import Permission
from grants.enums import AwardStatus
from grants.models import Award
from records import calendar
from records.words import day_in_words, listed
from services.enums import ContractStatus

from ..enums import ActionStatus, FindingGrade, ProgrammeStatus, VisitStatus
from ..models import AuditVisit, RiskRule
from ..queries import audits as queries

NOT_AUDITORS = "Only auditors, commissioning officers and the head of commissioning run the audit programme."
RUNNING = frozenset({AwardStatus.LIVE, AwardStatus.SUSPENDED})
UNFINISHED = frozenset({VisitStatus.PLANNED, VisitStatus.UNDER_WAY, VisitStatus.REPORTED})
BEING_WRITTEN = frozenset({VisitStatus.UNDER_WAY, VisitStatus.REPORTED})
NOW = {
    VisitStatus.PLANNED: "The visit has not begun yet. Say first when it took place.",
    VisitStatus.UNDER_WAY: "The report has not been sent to the recipient yet.",
    VisitStatus.REPORTED: "The report was sent to the recipient, so this stays as it was sent.",
    VisitStatus.FINAL: "The report is final, so this stays as it is.",
    VisitStatus.CANCELLED: "This visit was cancelled.",
}
REASON = "Say why. It stays in the history."


def why_not_manage(user):
    """Why this person has no part in the audit programme; "" when they have."""
    return "" if access.may(user, Permission.AUDIT_MANAGE) else NOT_AUDITORS


# ---------------------------------------------------------------- points of risk


def why_not_mark(rule, *, user, factor=None, at_least=None):
    """Why a mark of a factor cannot be so, or nothing; `rule` is the one changed, None for a new one."""
    if sentence := why_not_manage(user):
        return sentence
    if factor is None or at_least is None:
        return ""
    known = RiskRule.objects.filter(factor=factor, at_least=at_least).first()
    if known is not None and known != rule:
        return "This factor has points from that mark already. Change those."
    return ""


def why_not_unmark(rule, *, user):
    """Why a mark cannot be taken away, or nothing: a factor may go, the whole score may not."""
    if sentence := why_not_manage(user):
        return sentence
    if RiskRule.objects.count() == 1:
        return "This is the last of the points. Without any, every score would be nought."
    return ""


# ---------------------------------------------------------------- programmes


def why_not_start_programme(*, user, starts_on=None, ends_on=None):
    """Why no programme with these days can be started; "" when it can."""
    if sentence := why_not_manage(user):
        return sentence
    if starts_on and ends_on and ends_on <= starts_on:
        return "The last day must be after the first day."
    return ""


def why_not_change_programme(programme, *, user, starts_on=None, ends_on=None):
    """Why the programme cannot be changed now; "" when it can: a sample that was drawn stays."""
    if programme.status != ProgrammeStatus.DRAFT:
        return "The sample was drawn, so its size, strategy and reason stay as they were."
    return why_not_start_programme(user=user, starts_on=starts_on, ends_on=ends_on)


def why_not_draw(programme, *, user, candidates=None):
    """Why no sample can be drawn now; "" when it can. `candidates`: how many there are to draw from."""
    if programme.status != ProgrammeStatus.DRAFT:
        return "The sample of this programme was drawn already. Add to it by hand, with a reason."
    if sentence := why_not_manage(user):
        return sentence
    return "No award is live and no contract runs, so there is nothing to draw from." if candidates == 0 else ""


def why_not_add(programme, *, user, subject=None, reason=None):
    """Why nothing can be added to the sample by hand, or not this; "" when it can."""
    if programme.status == ProgrammeStatus.DRAFT:
        return "Draw the sample first. Then you can add to it."
    if programme.status == ProgrammeStatus.CLOSED:
        return "This programme is closed."
    if sentence := why_not_manage(user):
        return sentence
    if reason is not None and not reason.strip():
        return REASON
    if subject is None:
        return ""
    if sentence := why_not_running(subject):
        return sentence
    known = queries.candidate_of(programme, subject)
    return f"{subject.reference} is in the sample already." if known and known.is_chosen else ""


def why_not_close_programme(programme, *, user, summary=None):
    """Why the programme cannot be closed now; "" when it can: everything chosen was visited, or its visit cancelled."""
    if programme.status != ProgrammeStatus.DRAWN:
        return "This programme is closed." if programme.status == ProgrammeStatus.CLOSED else "Draw the sample first."
    if sentence := why_not_manage(user):
        return sentence
    if waiting := queries.not_done_of(programme):
        one = len(waiting) == 1
        return f"{listed(waiting)} {'has' if one else 'have'} no finished or cancelled visit yet."
    return "Say what the year's audits showed." if summary is not None and not summary.strip() else ""


# ---------------------------------------------------------------- visits


def why_not_running(subject):
    """Why an award or contract is not audited: it does not run."""
    if isinstance(subject, Award):
        if subject.status in RUNNING:
            return ""
        return f"This award is {subject.get_status_display().lower()}, so it is not audited."
    if subject.status != ContractStatus.LIVE:
        return "This contract has ended, so it is not audited."
    return "" if subject.provider_id else "No provider is recorded for this contract, so nobody could be visited."


def why_not_plan_visit(subject, *, user, on, auditor=None, planned_on=None):
    """Why no visit can be planned, or not by this auditor or for this day; "" when it can."""
    if sentence := why_not_manage(user) or why_not_running(subject):
        return sentence
    which = {"award": subject} if isinstance(subject, Award) else {"contract": subject}
    if known := AuditVisit.objects.filter(status__in=UNFINISHED, **which).first():
        return f"{known.reference} is {known.get_status_display().lower()}. Finish it before the next."
    if sentence := why_not_this_day(planned_on, on=on):
        return sentence
    return why_not_audit(subject, auditor) if auditor else ""


def why_not_this_day(planned_on, *, on):
    """Why a visit cannot be on a day, or nothing."""
    if planned_on is None:
        return ""
    if planned_on < on:
        return "The day of the visit must not have passed."
    if not calendar.is_working_day(planned_on):
        return f"{day_in_words(planned_on)} is a weekend or a bank holiday. Choose a working day."
    return ""


def why_not_audit(subject, auditor):
    """Separation of duties: who had a hand in the money, or belongs to the organisation, never audits it (X3)."""
    if not access.may(auditor, Permission.AUDIT_MANAGE):
        return f"{auditor.full_name} has no part in the audit programme. Choose somebody else."
    if access.belongs_to(auditor, queries.holder_of(subject)):
        return f"{auditor.full_name} belongs to {queries.holder_of(subject)}, so somebody else audits it."
    if auditor.pk in queries.hands_in(subject):
        return (
            f"{auditor.full_name} evaluated, advised on, decided or paid {subject.reference}, "
            "so somebody else audits it."
        )
    return ""


def why_not_auditors(visit, user):
    """Why this person does not do the visit: its auditor does."""
    if sentence := why_not_manage(user):
        return sentence
    if user.pk == visit.auditor_id:
        return ""
    return f"{visit.auditor.full_name} does this visit. Hand it over first if somebody else is to do it."


def why_not_move_visit(visit, *, user, on, planned_on=None, reason=None):
    """Why the visit cannot go to another day; "" when it can."""
    if visit.status != VisitStatus.PLANNED:
        return (
            "The visit has begun, so its day no longer moves." if visit.status in BEING_WRITTEN else NOW[visit.status]
        )
    if sentence := why_not_manage(user) or why_not_this_day(planned_on, on=on):
        return sentence
    if planned_on == visit.planned_on:
        return f"The visit is planned for {day_in_words(planned_on)} already."
    return REASON if reason is not None and not reason.strip() else ""


def why_not_hand_over(visit, *, user, auditor=None, reason=None):
    """Why the visit cannot go to another auditor; "" when it can."""
    if visit.status not in UNFINISHED:
        return NOW[visit.status]
    if sentence := why_not_manage(user):
        return sentence
    if auditor is not None and auditor.pk == visit.auditor_id:
        return f"{auditor.full_name} does this visit already."
    if auditor is not None and (sentence := why_not_audit(visit.award or visit.contract, auditor)):
        return sentence
    return REASON if reason is not None and not reason.strip() else ""


def why_not_cancel_visit(visit, *, user, reason=None):
    """Why the visit cannot be cancelled; "" when it can."""
    if visit.status not in {VisitStatus.PLANNED, VisitStatus.UNDER_WAY}:
        return NOW[visit.status]
    if sentence := why_not_manage(user):
        return sentence
    return REASON if reason is not None and not reason.strip() else ""


def why_not_begin_visit(visit, *, user, on, visited_on=None):
    """Why the visit cannot be begun; "" when it can."""
    if visit.status != VisitStatus.PLANNED:
        return "The visit has begun already." if visit.status == VisitStatus.UNDER_WAY else NOW[visit.status]
    if sentence := why_not_auditors(visit, user):
        return sentence
    if visited_on is not None and visited_on > on:
        return f"{day_in_words(visited_on)} is still to come. Give the day the visit took place."
    return ""


def why_not_write_visit(visit, *, user):
    """Why what the visit found cannot be written now; "" when it can."""
    if visit.status != VisitStatus.UNDER_WAY:
        return NOW[visit.status]
    return why_not_auditors(visit, user)


# ---------------------------------------------------------------- findings and actions


def why_not_change_finding(visit, *, user, text=None, reason=None):
    """Why a finding cannot be written or changed; "" when it can: after the reply only with a reason."""
    if visit.status not in BEING_WRITTEN:
        return NOW[visit.status]
    if sentence := why_not_auditors(visit, user):
        return sentence
    if text is not None and not text.strip():
        return "Say what was found."
    return _why_no_reason(visit, reason)


def _why_no_reason(visit, reason):
    """What was sent to the recipient changes only with a reason."""
    if visit.status == VisitStatus.UNDER_WAY or reason is None or reason.strip():
        return ""
    return "The recipient has read this. Say why it changes; it stays in the history."


def why_not_remove_finding(finding, *, user, reason=None):
    """Why a finding cannot be taken out; "" when it can."""
    return why_not_change_finding(finding.visit, user=user, reason=reason)


def why_not_give_action(finding, *, user, on, due_on=None, reason=None):
    """Why no action can be asked for, or not by that day; "" when it can."""
    if finding.grade == FindingGrade.GOOD:
        return "Good practice asks for no action."
    if sentence := why_not_change_finding(finding.visit, user=user, reason=reason):
        return sentence
    return _why_not_due(due_on, on)


def _why_not_due(due_on, on):
    return "The day it is due must be after today." if due_on is not None and due_on <= on else ""


def why_not_change_action(action, *, user, on, due_on=None, reason=None):
    """Why an action cannot be changed; "" when it can. Once the report is final only its day moves, with a reason."""
    visit = action.finding.visit
    if visit.status == VisitStatus.FINAL:
        if action.status != ActionStatus.OPEN:
            return f"This action is {action.get_status_display().lower()}, so its day no longer moves."
        if sentence := why_not_manage(user):
            return sentence
        if reason is not None and not reason.strip():
            return REASON
        return _why_not_due(due_on, on)
    return why_not_change_finding(visit, user=user, reason=reason) or _why_not_due(due_on, on)


def why_not_remove_action(action, *, user, reason=None):
    """Why an action cannot be taken out; "" when it can."""
    return why_not_change_finding(action.finding.visit, user=user, reason=reason)


# ---------------------------------------------------------------- report, reply, final


def why_not_report(visit, *, user, summary=None, grade=None):
    """Why the report cannot be sent to the recipient now; "" when it can."""
    if sentence := why_not_write_visit(visit, user=user) or why_not_whole(visit):
        return sentence
    if sentence := why_not_audit(visit.award or visit.contract, visit.auditor):
        return sentence
    if summary is not None and not summary.strip():
        return "Sum up what the visit found."
    return "Grade the visit as a whole." if grade is not None and grade not in FindingGrade.values else ""


def why_not_whole(visit):
    """What the report still lacks, in a sentence; nothing when it is whole."""
    lacks = queries.unanswered(visit)
    wording = {
        "result": "Say of condition {0} whether it is met.",
        "evidence": "Write what condition {0} was judged on.",
        "finding": "Condition {0} is not fully met. Write a finding about it.",
        "action": "Finding {0} asks for no action yet. Give it one.",
    }
    for name, sentence in wording.items():
        if numbers := lacks[name]:
            return sentence.format(listed([str(number) for number in numbers]))
    return ""


def why_not_reply(visit, *, user, reply=None):
    """Why the recipient cannot reply now; "" when it can: once, until the report is final."""
    if visit.status != VisitStatus.REPORTED:
        return NOW[visit.status]
    if not access.may(user, Permission.AUDIT_REPLY) or not access.belongs_to(user, visit.organisation):
        return f"Only a lead of {visit.organisation} replies to this report."
    if visit.replied_at:
        return f"{visit.organisation} replied already."
    return "Write your reply." if reply is not None and not reply.strip() else ""


def why_not_finalise(visit, *, user, on):
    """Why the report cannot be made final now; "" when it can: after the reply, or once the time for it is over."""
    if visit.status != VisitStatus.REPORTED:
        return NOW[visit.status]
    if sentence := why_not_auditors(visit, user):
        return sentence
    if not visit.replied_at and on <= visit.reply_by:
        return f"{visit.organisation} may reply until {day_in_words(visit.reply_by)}."
    if sentence := why_not_whole(visit):
        return sentence
    if late := queries.due_by(visit, on):
        return f"{listed(late)} would be due at once. Give a later day first."
    return ""


# ---------------------------------------------------------------- what follows


def why_not_say_done(action, *, user, evidence=None):
    """Why the action cannot be said to be done now; "" when it can."""
    visit = action.finding.visit
    if visit.status != VisitStatus.FINAL:
        return "Actions are owed once the report is final."
    if action.status != ActionStatus.OPEN:
        return f"This action is {action.get_status_display().lower()}."
    if action.by_office:
        if sentence := why_not_manage(user):
            return sentence
    elif not access.may(user, Permission.AUDIT_REPLY) or not access.belongs_to(user, visit.organisation):
        return f"Only a lead of {visit.organisation} says that this is done."
    return "Say what was done, and how it can be seen." if evidence is not None and not evidence.strip() else ""


def why_not_check_action(action, *, user):
    """Why this person cannot close the action or send it back; "" when they can: never who said it was done."""
    if action.status != ActionStatus.DONE:
        return "Nobody has said that this is done." if action.status == ActionStatus.OPEN else "This action is closed."
    if sentence := why_not_manage(user):
        return sentence
    if user.pk == action.done_by_id:
        return "You said that this is done, so somebody else looks at it."
    if access.belongs_to(user, action.finding.visit.organisation):
        return f"You belong to {action.finding.visit.organisation}, so somebody else looks at it."
    return ""


def why_not_send_back(action, *, user, on, due_on=None, reason=None):
    """Why the action cannot be sent back; "" when it can: with a reason and a new day."""
    if sentence := why_not_check_action(action, user=user):
        return sentence
    if reason is not None and not reason.strip():
        return "Say what is still missing."
    return _why_not_due(due_on, on)
