"""Every sentence that stands in the way of an audit (P4, X3)."""

from datetime import date

import pytest

from monitoring.actions import audits as actions
from monitoring.enums import VisitStatus
from monitoring.models import AuditAction
from monitoring.queries import audits as queries
from monitoring.rules import audits as rules
from tests.make import audits as make

pytestmark = pytest.mark.django_db
V = VisitStatus
ON = date(2020, 10, 5)
NOT_AUDITORS = "Only auditors, commissioning officers and the head of commissioning run the audit programme."
NOT_HIS = "Aud Itor does this visit. Hand it over first if somebody else is to do it."


@pytest.mark.parametrize(("who", "sentence"), [("auditor", ""), ("officer", ""), ("head", ""), ("pcc", NOT_AUDITORS)])
def test_why_not_manage(world, who, sentence):
    assert rules.why_not_manage(getattr(world.cast, who)) == sentence


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("auditor", ""),
        ("other_officer", ""),
        ("officer", "Ola Officer evaluated, advised on, decided or paid {0}, so somebody else audits it."),
        ("head", ""),
        ("pcc", "Pat Commissioner has no part in the audit programme. Choose somebody else."),
    ],
)
def test_why_not_audit_keeps_duties_apart(world, who, sentence):
    assert rules.why_not_audit(world.award, getattr(world.cast, who)) == sentence.format(world.award.reference)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, ""),
        ({"planned_on": date(2020, 10, 2)}, "The day of the visit must not have passed."),
        (
            {"planned_on": date(2020, 10, 10)},
            "10 October 2020 is a weekend or a bank holiday. Choose a working day.",
        ),
        ({"planned_on": date(2020, 10, 12)}, ""),
    ],
)
def test_why_not_plan_visit(world, given, sentence):
    assert rules.why_not_plan_visit(world.award, user=world.cast.auditor, on=ON, **given) == sentence


def test_why_not_plan_visit_one_at_a_time(world):
    visit = world.visit(V.PLANNED)

    sentence = rules.why_not_plan_visit(visit.award, user=world.cast.auditor, on=ON)

    assert sentence == f"{visit.reference} is planned. Finish it before the next."
    visit.award.status = "CLOSED"
    assert rules.why_not_plan_visit(visit.award, user=world.cast.auditor, on=ON) == (
        "This award is closed, so it is not audited."
    )
    world.contract.provider_id = None
    assert rules.why_not_running(world.contract) == (
        "No provider is recorded for this contract, so nobody could be visited."
    )


@pytest.mark.parametrize(
    ("status", "who", "sentence"),
    [
        (V.PLANNED, "auditor", ""),
        (V.PLANNED, "officer", NOT_HIS),
        (V.PLANNED, "pcc", NOT_AUDITORS),
        (V.UNDER_WAY, "auditor", "The visit has begun already."),
        (V.FINAL, "auditor", "The report is final, so this stays as it is."),
        (V.CANCELLED, "auditor", "This visit was cancelled."),
    ],
)
def test_why_not_begin_visit(world, status, who, sentence):
    given = {"user": getattr(world.cast, who), "on": ON}

    assert rules.why_not_begin_visit(world.visit(status), **given) == sentence


def test_why_not_begin_visit_on_a_day_to_come(world):
    sentence = rules.why_not_begin_visit(
        world.visit(V.PLANNED), user=world.cast.auditor, on=ON, visited_on=date(2020, 10, 6)
    )

    assert sentence == "6 October 2020 is still to come. Give the day the visit took place."


@pytest.mark.parametrize(
    ("status", "who", "sentence"),
    [
        (V.UNDER_WAY, "auditor", ""),
        (V.UNDER_WAY, "officer", NOT_HIS),
        (V.PLANNED, "auditor", "The visit has not begun yet. Say first when it took place."),
        (V.REPORTED, "auditor", "The report was sent to the recipient, so this stays as it was sent."),
    ],
)
def test_why_not_write_visit(world, status, who, sentence):
    assert rules.why_not_write_visit(world.visit(status), user=getattr(world.cast, who)) == sentence


def test_why_not_move_hand_over_or_cancel(world):
    planned, final, user = world.visit(V.PLANNED), world.visit(V.FINAL), world.cast.auditor
    same = {"planned_on": planned.planned_on, "on": ON}

    assert rules.why_not_move_visit(planned, user=user, **same) == "The visit is planned for 20 October 2020 already."
    assert rules.why_not_move_visit(planned, user=user, on=ON, reason=" ") == rules.REASON
    assert rules.why_not_move_visit(world.visit(V.UNDER_WAY), user=user, on=ON) == (
        "The visit has begun, so its day no longer moves."
    )
    assert rules.why_not_hand_over(planned, user=user, auditor=user) == "Aud Itor does this visit already."
    assert "evaluated, advised on" in rules.why_not_hand_over(planned, user=user, auditor=world.cast.officer)
    assert rules.why_not_hand_over(final, user=user) == "The report is final, so this stays as it is."
    assert rules.why_not_cancel_visit(planned, user=user, reason="") == rules.REASON
    assert rules.why_not_cancel_visit(world.visit(V.REPORTED), user=user) == rules.NOW[V.REPORTED]


def test_why_not_report_until_it_is_whole(world):
    visit, by, at = world.visit(V.UNDER_WAY), world.cast.auditor, make.BEGUN
    first, second = visit.checks.order_by("condition__order")

    def why(**given):
        return rules.why_not_report(visit, user=by, **given)

    assert why() == "Say of condition 1 and 2 whether it is met."
    actions.save_checks(
        visit=visit, answers={first.pk: {"result": "MET"}, second.pk: {"result": "NOT_MET"}}, by=by, at=at
    )
    assert why() == "Write what condition 1 and 2 was judged on."
    written = {pk: {"evidence": "Seen."} for pk in (first.pk, second.pk)}
    actions.save_checks(visit=visit, answers=written, by=by, at=at)
    assert why() == "Condition 2 is not fully met. Write a finding about it."
    finding = actions.write_finding(visit=visit, grade="HIGH", text="No checks.", check_row=second, by=by, at=at)
    assert why() == "Finding 1 asks for no action yet. Give it one."
    actions.give_action(finding=finding, action="Check.", due_on=make.DUE_ON, by=by, at=at)
    assert why() == ""
    assert why(summary=" ") == "Sum up what the visit found."
    assert why(grade="BAD") == "Grade the visit as a whole."
    assert rules.why_not_report(visit, user=world.cast.officer) == NOT_HIS


def test_why_not_change_finding_after_the_report_without_a_reason(world):
    visit, user = world.visit(V.REPORTED), world.cast.auditor

    assert rules.why_not_change_finding(visit, user=user, reason="") == (
        "The recipient has read this. Say why it changes; it stays in the history."
    )
    assert rules.why_not_change_finding(visit, user=user, reason="As they asked.") == ""
    assert rules.why_not_change_finding(visit, user=user, text=" ") == "Say what was found."
    assert rules.why_not_change_finding(world.visit(V.FINAL), user=user) == rules.NOW[V.FINAL]


def test_why_not_give_action(world):
    finding, user = world.visit(V.REPORTED).findings.get(), world.cast.auditor

    assert rules.why_not_give_action(finding, user=user, on=ON, due_on=ON) == "The day it is due must be after today."
    finding.grade = "GOOD"
    assert rules.why_not_give_action(finding, user=user, on=ON) == "Good practice asks for no action."


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("maidstone_lead", ""),
        ("maidstone_contributor", "Only a lead of Safer Maidstone Partnership replies to this report."),
        ("swale_lead", "Only a lead of Safer Maidstone Partnership replies to this report."),
        ("auditor", "Only a lead of Safer Maidstone Partnership replies to this report."),
    ],
)
def test_why_not_reply(world, who, sentence):
    assert rules.why_not_reply(world.visit(V.REPORTED), user=getattr(world.cast, who)) == sentence


def test_why_not_reply_twice_or_with_nothing(world):
    visit = world.visit(V.REPORTED)
    lead = world.cast.maidstone_lead

    assert rules.why_not_reply(visit, user=lead, reply=" ") == "Write your reply."
    visit.replied_at = make.REPLIED
    assert rules.why_not_reply(visit, user=lead) == "Safer Maidstone Partnership replied already."


def test_why_not_finalise_before_the_right_of_reply_is_over(world):
    visit, user = world.visit(V.REPORTED), world.cast.auditor

    assert rules.why_not_finalise(visit, user=user, on=date(2020, 11, 10)) == (
        "Safer Maidstone Partnership may reply until 10 November 2020."
    )
    assert rules.why_not_finalise(visit, user=user, on=date(2020, 11, 11)) == ""
    visit.replied_at = make.REPLIED
    assert rules.why_not_finalise(visit, user=user, on=date(2020, 11, 4)) == ""
    assert rules.why_not_finalise(visit, user=user, on=make.DUE_ON) == (
        f"{visit.reference}/1.1 would be due at once. Give a later day first."
    )
    assert rules.why_not_finalise(visit, user=world.cast.officer, on=date(2020, 11, 4)) == NOT_HIS


def an_action(world, status=V.FINAL):
    return AuditAction.objects.get(finding__visit=world.visit(status))


@pytest.mark.parametrize(
    ("status", "who", "sentence"),
    [
        (V.FINAL, "maidstone_lead", ""),
        (V.FINAL, "auditor", "Only a lead of Safer Maidstone Partnership says that this is done."),
        (V.FINAL, "swale_lead", "Only a lead of Safer Maidstone Partnership says that this is done."),
        (V.REPORTED, "maidstone_lead", "Actions are owed once the report is final."),
    ],
)
def test_why_not_say_done(world, status, who, sentence):
    assert rules.why_not_say_done(an_action(world, status), user=getattr(world.cast, who)) == sentence


def test_why_not_check_action_never_who_said_it_was_done(world):
    action = an_action(world)

    assert rules.why_not_check_action(action, user=world.cast.auditor) == "Nobody has said that this is done."
    action.status, action.done_by = "DONE", world.cast.officer
    assert rules.why_not_check_action(action, user=world.cast.auditor) == ""
    assert rules.why_not_check_action(action, user=world.cast.officer) == (
        "You said that this is done, so somebody else looks at it."
    )
    assert rules.why_not_check_action(action, user=world.cast.pcc) == NOT_AUDITORS
    back = {"user": world.cast.auditor, "on": ON}
    assert rules.why_not_send_back(action, reason=" ", **back) == "Say what is still missing."
    assert rules.why_not_send_back(action, due_on=ON, **back) == "The day it is due must be after today."


def test_why_not_change_action_of_a_final_report(world):
    action, user = an_action(world), world.cast.officer

    assert rules.why_not_change_action(action, user=user, on=ON, reason=" ") == rules.REASON
    assert rules.why_not_change_action(action, user=user, on=ON, due_on=date(2020, 12, 9), reason="Leave.") == ""
    action.status = "CLOSED"
    assert rules.why_not_change_action(action, user=user, on=ON) == (
        "This action is closed, so its day no longer moves."
    )


def test_why_not_programme_in_the_wrong_moment(world):
    draft, user = make.programme(world.cast), world.cast.auditor
    drawn = make.programme(world.cast, size=9, seed="s")

    assert rules.why_not_draw(draft, user=user, candidates=0) == (
        "No award is live and no contract runs, so there is nothing to draw from."
    )
    assert rules.why_not_draw(drawn, user=user) == (
        "The sample of this programme was drawn already. Add to it by hand, with a reason."
    )
    assert rules.why_not_change_programme(drawn, user=user) == (
        "The sample was drawn, so its size, strategy and reason stay as they were."
    )
    assert rules.why_not_start_programme(user=user, starts_on=ON, ends_on=ON) == (
        "The last day must be after the first day."
    )
    assert rules.why_not_add(draft, user=user) == "Draw the sample first. Then you can add to it."
    assert rules.why_not_add(drawn, user=user, subject=world.award, reason="x") == (
        f"{world.award.reference} is in the sample already."
    )
    assert rules.why_not_add(drawn, user=user, reason=" ") == rules.REASON
    assert rules.why_not_close_programme(draft, user=user) == "Draw the sample first."
    assert queries.not_done_of(drawn) != []


def test_why_not_mark_twice_or_none_at_all(world):
    user = world.cast.officer

    assert rules.why_not_mark(None, user=user, factor="FIRST_YEAR", at_least=1) == (
        "This factor has points from that mark already. Change those."
    )
    assert rules.why_not_mark(None, user=world.cast.finance) == NOT_AUDITORS
    assert rules.why_not_unmark(None, user=user) == ""
