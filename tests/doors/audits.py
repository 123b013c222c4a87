"""Doors of the audits."""

from datetime import timedelta

from monitoring.actions import audits as actions
from monitoring.models import AuditCheck, RiskRule
from records import calendar, documents
from tests.doors import door
from tests.make import audits, monitoring

LONG = {"reason": "A good one."}
WORDS = {"words": "As agreed."}


def a_visit(status):
    """A visit of an award of its own, walked to the status, reported yesterday so that its day has not passed."""
    return lambda world: audits.visit(
        world.cast, monitoring.live_award(world.cast, world.plan), status=status, later=_later(world)
    )


def _later(world):
    """So much later than the year of the examples that the last act of the walk was yesterday."""
    return timedelta(days=(world.today - audits.FINAL.date()).days - 1)


def programme(world):
    assert world.audit_award  # there is something to draw from
    return audits.programme(world.cast, size=1, at=world.now)


def drawn(world):
    assert world.audit_award
    return audits.programme(world.cast, size=1, seed="door", at=world.now)


def award(world):
    return monitoring.live_award(world.cast, world.plan)


def a_file(world):
    """A file about a condition of the visit under way."""
    check = AuditCheck.objects.filter(visit=world.visit_under_way).select_related("condition").first()
    return documents.store(upload=audits.policy(), subject=check, section="1", by=world.cast.auditor, at=world.now)


def with_finding(world):
    """A visit under way with a finding and an action, everything ready for the report."""
    visit, by = a_visit("UNDER_WAY")(world), world.cast.auditor
    actions.save_checks(visit=visit, answers=audits.whole_answers(visit, second="MET"), by=by, at=world.now)
    finding = actions.write_finding(visit=visit, grade="LOW", text="No minutes.", by=by, at=world.now)
    due_on = world.today + timedelta(days=30)
    actions.give_action(finding=finding, action="Keep minutes.", due_on=due_on, by=by, at=world.now)
    return visit


def done(world):
    """A final report whose action is said to be done."""
    visit = a_visit("FINAL")(world)
    action = visit.findings.get().actions.get()
    actions.say_done(action=action, evidence="Done.", by=world.cast.maidstone_lead, at=world.now)
    return visit


def replied(world):
    """A report with its reply, whose actions fall due later."""
    visit = a_visit("REPORTED")(world)
    return actions.reply_to_visit(visit=visit, reply="We agree.", by=world.cast.maidstone_lead, at=world.now)


WORLD = {
    "audit_programme": programme,
    "audit_drawn": drawn,
    "audit_award": award,
    "audit_passed": lambda world: world.audit_drawn and award(world),
    "visit_planned": lambda world: actions.plan_visit(
        subject=award(world), auditor=world.cast.auditor, planned_on=calendar.add_working_days(world.today, 5),
        by=world.cast.auditor, at=world.now,
    ),
    "visit_under_way": a_visit("UNDER_WAY"),
    "visit_with_finding": with_finding,
    "visit_reported": a_visit("REPORTED"),
    "visit_replied": replied,
    "visit_final": a_visit("FINAL"),
    "visit_done": done,
    "audit_file": a_file,
}  # fmt: skip


def mark(world):
    audits.delivered()
    return {"pk": RiskRule.objects.order_by("pk").first().pk}


def of(name, **more):
    return lambda world: {"reference": getattr(world, name).reference, **more}


def in_days(days):
    return lambda world: calendar.add_working_days(world.today, days).isoformat()


PROGRAMME = {
    "name": "Audits", "starts_on": "2026-04-01", "ends_on": "2027-03-31", "sample_size": "3", "strategy": "RANDOM",
    **LONG,
}  # fmt: skip
OFFICE = "page: office; 403: *"
READERS = "page: office lead stranger provider; 403: *"
AUDITORS = "page: officers auditor; 403: *"
AUDITORS_ACT = "moved: officers auditor; 403: *"
AUDITOR = "page: auditor; sentence: officers; 403: *"
AUDITOR_ACTS = "moved: auditor; sentence: officers; 403: *"
THEIRS = "page: office maidstone; 404: *"
FINDING = {"number": 1}
ACTION = {"number": 1, "action": 1}
DAY = {"due_on": "2099-01-05", **LONG}

DOORS = [
    door("monitoring:audit_list", "", READERS),
    door("monitoring:programme_new", "", AUDITORS),
    door("monitoring:programme_new", "", AUDITORS_ACT, method="POST", data=PROGRAMME),
    door("monitoring:programme_show", "audit_drawn", OFFICE),
    door("monitoring:programme_csv", "audit_drawn", OFFICE),
    door("monitoring:programme_edit", "audit_programme", AUDITORS),
    door("monitoring:programme_edit", "audit_programme", AUDITORS_ACT, method="POST", data=PROGRAMME),
    door("monitoring:programme_edit", "audit_drawn", "sentence: officers auditor; 403: *", note="drawn"),
    door("monitoring:programme_draw", "audit_programme", AUDITORS),
    door("monitoring:programme_draw", "audit_programme", AUDITORS_ACT, method="POST", data={"seed": "7"}),
    door("monitoring:programme_add", "audit_drawn", AUDITORS),
    door(
        "monitoring:programme_add",
        "audit_drawn",
        AUDITORS_ACT,
        method="POST",
        data=lambda world: {"reference": world.audit_passed.reference, **LONG},
    ),
    door("monitoring:programme_close", "audit_drawn", "sentence: officers auditor; 403: *"),
    door("monitoring:programme_close", "audit_drawn", "sentence: officers auditor; 403: *", method="POST", data=WORDS),
    door("monitoring:risk_list", "", OFFICE),
    door("monitoring:risk_list", "", OFFICE, query="kind=award", note="awards"),
    door("monitoring:risk_list_csv", "", OFFICE),
    door("monitoring:risk_show", "audit_award", OFFICE),
    door("monitoring:mark_list", "", OFFICE),
    door("monitoring:mark_new", "", AUDITORS),
    door(
        "monitoring:mark_new",
        "",
        AUDITORS_ACT,
        method="POST",
        data={"factor": "VALUE", "at_least": "12345", "points": "1"},
    ),
    door("monitoring:mark_edit", mark, AUDITORS),
    door("monitoring:mark_edit", mark, AUDITORS_ACT, method="POST", data={"at_least": "77", "points": "2"}),
    door("monitoring:mark_remove", mark, AUDITORS_ACT, method="POST"),
    door("monitoring:action_list", "", READERS),
    door("monitoring:action_list", "", READERS, query="late=yes&status=OPEN&q=a&page=9", note="filtered"),
    door("monitoring:action_list_csv", "", READERS),
    door("monitoring:visit_list", "", READERS),
    door("monitoring:visit_list", "", READERS, query="status=FINAL&q=a&sort=grade&page=9", note="filtered"),
    door("monitoring:visit_list_csv", "", READERS),
    door("monitoring:visit_plan", "audit_award", AUDITORS),
    door(
        "monitoring:visit_plan",
        "audit_award",
        AUDITORS_ACT,
        method="POST",
        data=lambda world: {"auditor": world.cast.auditor.pk, "planned_on": in_days(6)(world)},
    ),
    door("monitoring:visit_show", "visit_final", THEIRS),
    door("monitoring:visit_show", "visit_under_way", "page: office; 404: *", note="not reported yet"),
    door("monitoring:visit_move", "visit_planned", AUDITORS),
    door(
        "monitoring:visit_move",
        "visit_planned",
        AUDITORS_ACT,
        method="POST",
        data=lambda world: {"planned_on": in_days(8)(world), **LONG},
    ),
    door("monitoring:visit_hand_over", "visit_planned", AUDITORS),
    door(
        "monitoring:visit_hand_over",
        "visit_planned",
        AUDITORS_ACT,
        method="POST",
        data=lambda world: {"auditor": world.cast.other_officer.pk, **LONG},
    ),
    door("monitoring:visit_cancel", "visit_planned", AUDITORS),
    door("monitoring:visit_cancel", "visit_planned", AUDITORS_ACT, method="POST", data=WORDS),
    door("monitoring:visit_begin", "visit_planned", AUDITOR),
    door(
        "monitoring:visit_begin",
        "visit_planned",
        AUDITOR_ACTS,
        method="POST",
        data=lambda world: {"visited_on": world.today.isoformat(), "who_was_seen": "Lee Lead"},
    ),
    door("monitoring:visit_checks", "visit_under_way", AUDITOR),
    door("monitoring:visit_checks", "visit_under_way", AUDITOR_ACTS, method="POST", data={"version": ""}),
    door(
        "monitoring:visit_autosave",
        "visit_under_way",
        "page: auditor; sentence: officers; 403: *",
        method="POST",
        data={"version": ""},
    ),
    door(
        "monitoring:visit_file_remove",
        lambda world: {"reference": world.visit_under_way.reference, "pk": world.audit_file.pk},
        AUDITOR_ACTS,
        method="POST",
    ),
    door("monitoring:finding_new", "visit_under_way", AUDITOR),
    door(
        "monitoring:finding_new", "visit_under_way", AUDITOR_ACTS, method="POST", data={"grade": "LOW", "text": "Seen."}
    ),
    door("monitoring:finding_edit", of("visit_with_finding", **FINDING), AUDITOR),
    door(
        "monitoring:finding_edit",
        of("visit_with_finding", **FINDING),
        AUDITOR_ACTS,
        method="POST",
        data={"grade": "LOW", "text": "Seen."},
    ),
    door("monitoring:finding_remove", of("visit_with_finding", **FINDING), AUDITOR),
    door("monitoring:finding_remove", of("visit_with_finding", **FINDING), AUDITOR_ACTS, method="POST", data=WORDS),
    door("monitoring:action_new", of("visit_with_finding", **FINDING), AUDITOR),
    door(
        "monitoring:action_new",
        of("visit_with_finding", **FINDING),
        AUDITOR_ACTS,
        method="POST",
        data={"action": "Do it.", "whose": "recipient", "due_on": "2099-01-05"},
    ),
    door("monitoring:action_edit", of("visit_with_finding", **ACTION), AUDITOR),
    door(
        "monitoring:action_edit",
        of("visit_with_finding", **ACTION),
        AUDITOR_ACTS,
        method="POST",
        data={"action": "Do it.", "due_on": "2099-01-05"},
    ),
    door("monitoring:action_edit", of("visit_final", **ACTION), AUDITORS_ACT, method="POST", data=DAY, note="final"),
    door("monitoring:action_remove", of("visit_with_finding", **ACTION), AUDITOR),
    door("monitoring:action_remove", of("visit_with_finding", **ACTION), AUDITOR_ACTS, method="POST", data=WORDS),
    door("monitoring:visit_report", "visit_with_finding", AUDITOR),
    door(
        "monitoring:visit_report",
        "visit_with_finding",
        AUDITOR_ACTS,
        method="POST",
        data={"summary": "Well run.", "grade": "LOW"},
    ),
    door("monitoring:visit_reply", "visit_reported", "page: lead; 404: outsiders; 403: *"),
    door("monitoring:visit_reply", "visit_reported", "moved: lead; 404: outsiders; 403: *", method="POST", data=WORDS),
    door("monitoring:visit_finalise", "visit_replied", AUDITOR_ACTS, method="POST"),
    door(
        "monitoring:visit_finalise", "visit_reported", "sentence: officers auditor; 403: *", method="POST", note="early"
    ),
    door(
        "monitoring:action_done",
        of("visit_final", **ACTION),
        "page: lead; sentence: officers auditor; 404: outsiders; 403: *",
    ),
    door(
        "monitoring:action_done",
        of("visit_final", **ACTION),
        "moved: lead; sentence: officers auditor; 404: outsiders; 403: *",
        method="POST",
        data={"evidence": "Done."},
    ),
    door("monitoring:action_check", of("visit_done", **ACTION), AUDITORS),
    door("monitoring:action_check", of("visit_done", **ACTION), AUDITORS_ACT, method="POST", data=DAY),
    door("monitoring:action_close", of("visit_done", **ACTION), AUDITORS_ACT, method="POST"),
]
