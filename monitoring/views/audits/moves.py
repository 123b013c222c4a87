"""The buttons of a programme, a visit and its actions, with the sentence that says why not."""

from django.urls import reverse

from accounts import access
from accounts.roles import Permission

from ...enums import ActionStatus, ProgrammeStatus, VisitStatus
from ...rules import audits as rules

V = VisitStatus


def _move(label, name, why_not="", style="", method="get", **kwargs):
    url = reverse(f"monitoring:{name}", kwargs=kwargs)
    return {"label": label, "url": url, "method": method, "why_not": why_not, "style": style}


def programme_moves(programme, user):
    """What an auditor can do with a programme now."""
    if rules.why_not_manage(user):
        return []
    of = {"reference": programme.reference}
    if programme.status == ProgrammeStatus.DRAFT:
        return [
            _move("Draw the sample", "programme_draw", rules.why_not_draw(programme, user=user), **of),
            _move("Change the programme", "programme_edit", style="secondary", **of),
        ]
    if programme.status == ProgrammeStatus.CLOSED:
        return []
    why_not = rules.why_not_close_programme(programme, user=user)
    return [
        _move("Add to the sample", "programme_add", style="secondary", **of),
        _move("Close the programme", "programme_close", why_not, "secondary", **of),
    ]


def visit_moves(visit, user, on):
    """What the person can do with a visit now."""
    if not access.is_office(user):
        return _recipient(visit, user)
    if rules.why_not_manage(user):
        return []
    of = {"reference": visit.reference}
    hand_over = _move(
        "Hand it over", "visit_hand_over", rules.why_not_hand_over(visit, user=user), style="secondary", **of
    )
    cancel = _move("Cancel the visit", "visit_cancel", style="warning", **of)
    if visit.status == V.PLANNED:
        begin = _move("Begin the visit", "visit_begin", rules.why_not_begin_visit(visit, user=user, on=on), **of)
        return [begin, _move("Move it to another day", "visit_move", style="secondary", **of), hand_over, cancel]
    if visit.status == V.UNDER_WAY:
        why_not = rules.why_not_write_visit(visit, user=user)
        return [
            _move("Go through the conditions", "visit_checks", why_not, **of),
            _move("Add a finding", "finding_new", why_not, "secondary", **of),
            _move(
                "Send the report for reply", "visit_report", rules.why_not_report(visit, user=user), "secondary", **of
            ),
            hand_over,
            cancel,
        ]
    if visit.status == V.REPORTED:
        final = rules.why_not_finalise(visit, user=user, on=on)
        add = rules.why_not_change_finding(visit, user=user)
        return [
            _move("Make the report final", "visit_finalise", final, method="post", **of),
            _move("Add a finding", "finding_new", add, "secondary", **of),
            hand_over,
        ]
    return []


def _recipient(visit, user):
    if visit.status != V.REPORTED or not access.may(user, Permission.AUDIT_REPLY):
        return []
    why_not = rules.why_not_reply(visit, user=user)
    return [_move("Reply to the report", "visit_reply", why_not, reference=visit.reference)]


def links_of(action, user, on):
    """What the person can do with an action: (label, address) of each."""
    visit = action.finding.visit
    of = {"reference": visit.reference, "number": action.finding.number, "action": action.number}
    found = []
    if action.status == ActionStatus.OPEN and not rules.why_not_say_done(action, user=user):
        found.append(("Say that it is done", reverse("monitoring:action_done", kwargs=of)))
    if action.status == ActionStatus.DONE and not rules.why_not_check_action(action, user=user):
        found.append(("Check it", reverse("monitoring:action_check", kwargs=of)))
    if access.is_office(user) and not rules.why_not_change_action(action, user=user, on=on):
        label = "Move its day" if visit.status == V.FINAL else "Change"
        found.append((label, reverse("monitoring:action_edit", kwargs=of)))
    return found
