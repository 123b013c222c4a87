"""Whom we tell what about an audit visit and what follows it (P4)."""

from accounts import queries as people
from records import notices, words
from records.enums import Audience, ObligationKind
from records.queries import owed_about

WRITERS = (Audience.CONTRIBUTOR, Audience.LEAD)


def about(visit):
    """ "the audit visit AV-2026-001 about AW-2026-004 Youth work"."""
    subject = visit.award or visit.contract
    return f"the audit visit {visit.reference} about {subject}"


def _start(sentence):
    return sentence[:1].upper() + sentence[1:]


def _tell(visit, told, rule, heading, body, at, *, link="", paper=None, sets=None):
    notices.tell(
        people=told,
        rule=rule,
        subject=visit,
        heading=heading,
        body=body,
        at=at,
        link=link or visit.get_absolute_url(),
        paper=paper,
        sets_dates_of=sets or [],
    )


def _organisation(visit):
    return [person for audience in WRITERS for person in people.people_for(audience, visit.organisation)]


def _hall(visit):
    """Where the organisation reads of a visit before there is a report: at its award or contract."""
    return (visit.award or visit.contract).get_absolute_url()


def visit_planned(visit, *, by, at):
    """The organisation learns when the office comes; the auditor that the visit is theirs."""
    day = words.day_in_words(visit.planned_on)
    _tell(
        visit,
        _organisation(visit),
        "audit_planned",
        f"We visit you on {day} to check the conditions of your funding",
        f"{visit.auditor.full_name} of the office comes on {day} for {about(visit)}. "
        "We look at each condition of the terms you accepted. Have ready what shows that they are kept: "
        "policies, records of checks, accounts, minutes. You see the report before it is final and can reply to it.",
        at,
        link=_hall(visit),
    )
    auditor_named(visit, by=by, at=at)


def auditor_named(visit, *, by, at):
    """Whoever is to do the visit learns of it, unless they chose it themselves."""
    if by.pk == visit.auditor_id:
        return
    _tell(
        visit,
        [visit.auditor],
        "audit_auditor",
        f"You do the audit visit {visit.reference}",
        f"You are the auditor of {about(visit)} at {visit.organisation}, "
        f"planned for {words.day_in_words(visit.planned_on)}.",
        at,
        sets=[owed_about(visit, ObligationKind.AUDIT_VISIT)],
    )


def visit_moved(visit, *, was, reason, at):
    """Organisation and auditor learn of the new day."""
    day = words.day_in_words(visit.planned_on)
    body = f"{_start(about(visit))} was planned for {words.day_in_words(was)}. It is now on {day}. Reason: {reason}"
    _tell(visit, _organisation(visit), "audit_moved", f"Our visit is now on {day}", body, at, link=_hall(visit))
    owed = owed_about(visit, ObligationKind.AUDIT_VISIT)
    _tell(visit, [visit.auditor], "audit_moved", f"{visit.reference} is now on {day}", body, at, sets=[owed])


def visit_cancelled(visit, *, reason, at):
    """The organisation learns that nobody comes."""
    day = words.day_in_words(visit.planned_on)
    body = f"{_start(about(visit))}, planned for {day}, does not take place. Reason: {reason}"
    _tell(visit, _organisation(visit), "audit_cancelled", "Our visit is cancelled", body, at, link=_hall(visit))


def report_sent(visit, *, paper, at):
    """The organisation gets the report, and the day by which it may reply."""
    _tell(
        visit,
        _organisation(visit),
        "audit_reported",
        f"Report of our visit: reply by {words.day_in_words(visit.reply_by)}",
        f"The report of {about(visit)} is ready. A lead can reply to it by {words.day_in_words(visit.reply_by)}; "
        "the reply becomes part of the final report.",
        at,
        paper=paper,
        sets=[owed_about(visit, ObligationKind.AUDIT_REPLY)],
    )


def visit_replied(visit, *, at):
    """The auditor learns what the organisation replies."""
    _tell(
        visit,
        [visit.auditor],
        "audit_replied",
        f"{visit.organisation} replied to {visit.reference}",
        f"{visit.organisation} replied to the report of {about(visit)}:\n\n{visit.reply}",
        at,
    )


def report_final(visit, *, paper, actions, at):
    """The organisation gets the final report and what it has to do by when."""
    listed = "\n".join(f"{row.action} By {words.day_in_words(row.due_on)}." for row in actions)
    todo = f"What you have to do:\n\n{listed}" if actions else "You have nothing further to do."
    _tell(
        visit,
        _organisation(visit),
        "audit_final",
        f"Final report of our visit: {len(actions)} action{'' if len(actions) == 1 else 's'} for you",
        f"The report of {about(visit)} is final.\n\n{todo}",
        at,
        paper=paper,
        sets=[owed_about(row, ObligationKind.AUDIT_ACTION) for row in actions],
    )


def action_done(action, *, by, at):
    """The auditor looks at what is said to be done."""
    visit = action.finding.visit
    if by.pk == visit.auditor_id:
        return
    _tell(
        visit,
        [visit.auditor],
        f"audit_action_done:{action.pk}",
        f"Said to be done: {action.reference}",
        f"{action.action}\n\n{by.full_name} writes: {action.evidence}\n\nClose it, or send it back with a reason.",
        at,
        link=action.get_absolute_url(),
    )


def action_closed(action, *, still, at):
    """The organisation learns that the office is content."""
    visit = action.finding.visit
    rest = f"{still} more to go." if still else "Everything asked for after this visit is now done. Thank you."
    _tell(
        visit,
        _organisation(visit),
        f"audit_action_closed:{action.pk}",
        f"Closed: {action.reference}",
        f"We closed this action: {action.action}\n\n{rest}",
        at,
    )


def action_sent_back(action, *, reason, at):
    """The organisation learns what is still missing."""
    visit = action.finding.visit
    _tell(
        visit,
        _organisation(visit),
        f"audit_action_sent_back:{action.pk}",
        f"Not done yet: {action.reference}, by {words.day_in_words(action.due_on)}",
        f"{action.action}\n\nWhat is still missing: {reason}",
        at,
        sets=[owed_about(action, ObligationKind.AUDIT_ACTION)],
    )


def action_moved(action, *, was, reason, at):
    """The organisation learns that an action is due on another day."""
    visit = action.finding.visit
    day = words.day_in_words(action.due_on)
    _tell(
        visit,
        _organisation(visit),
        f"audit_action_moved:{action.pk}",
        f"{action.reference} is now due {day}",
        f"{action.action}\n\nIt was due {words.day_in_words(was)}. Reason: {reason}",
        at,
        sets=[owed_about(action, ObligationKind.AUDIT_ACTION)],
    )
