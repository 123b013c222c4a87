"""What each act of an audit writes, owes and tells; what the database itself refuses (P4)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from monitoring.actions import audits as actions
from monitoring.enums import ActionStatus, ProgrammeStatus, VisitStatus
from monitoring.models import AuditAction, AuditCandidate, AuditCheck, AuditFinding, AuditVisit, RiskRule
from monitoring.queries import risk, sampling
from records.enums import PaperKind
from records.models import Document, Event, Notice, Obligation, Paper
from records.refusals import Refused
from tests.make import audits as make

pytestmark = pytest.mark.django_db
V = VisitStatus


def owed(subject):
    rows = Obligation.objects.open().about(subject).order_by("pk")
    return [(row.kind, row.due_on, row.organisation) for row in rows]


def told(rule):
    return sorted(Notice.objects.filter(rule=rule).values_list("person__full_name", flat=True))


def test_draw_sample_keeps_every_score_and_is_drawn_again_by_its_seed(world):
    programme = make.programme(world.cast, size=3, strategy="WEIGHTED", seed="2020")
    kept = list(AuditCandidate.objects.filter(programme=programme).select_related("award", "contract"))
    scores = [((row.award or row.contract).reference, row.score) for row in kept]

    assert programme.status == ProgrammeStatus.DRAWN
    assert (programme.seed, programme.drawn_by) == ("2020", world.cast.auditor)
    again = sampling.draw(scores, size=3, strategy="WEIGHTED", seed="2020")
    assert [(row.key, row.is_chosen) for row in again] == [
        ((row.award or row.contract).reference, row.is_chosen) for row in kept
    ]
    assert sum(row.is_chosen for row in kept) == 3
    assert [row.score for row in kept] == [sum(line["points"] for line in row.lines) for row in kept]
    assert Event.objects.filter(subject_id=programme.pk, verb="drawn").get().summary.startswith("3 of 5 drawn")


def test_draw_sample_stands_when_points_change_later(world):
    programme = make.programme(world.cast, seed="s")
    before = list(programme.candidates.values_list("place", "score", "is_chosen"))

    RiskRule.objects.filter(factor="VALUE").update(points=90)

    assert list(programme.candidates.values_list("place", "score", "is_chosen")) == before


def test_add_by_hand_takes_one_that_was_passed_over(world):
    programme = make.programme(world.cast, size=1, seed="s")
    passed = programme.candidates.filter(is_chosen=False, award__isnull=False).first()

    row = actions.add_by_hand(
        programme=programme, subject=passed.award, reason="A tip.", by=world.cast.officer, at=make.PLANNED
    )

    assert (row.pk, row.is_chosen, row.why, row.score) == (passed.pk, True, "Added by hand: A tip.", passed.score)


def test_plan_visit_lays_out_the_conditions_and_tells_the_organisation(world):
    visit = actions.plan_visit(
        subject=world.award, auditor=world.cast.auditor, planned_on=make.VISIT_ON, by=world.cast.head, at=make.PLANNED
    )

    assert (visit.organisation, visit.terms, visit.status) == (world.cast.maidstone, world.plan.terms, V.PLANNED)
    assert [row.condition.number for row in visit.checks.order_by("condition__order")] == ["1", "2"]
    assert owed(visit) == [("AUDIT_VISIT", make.VISIT_ON, None)]
    mine = Notice.objects.filter(subject_type="monitoring.AuditVisit", subject_id=visit.pk)
    assert sorted(mine.values_list("rule", "person__full_name")) == [
        ("audit_auditor", "Aud Itor"),
        ("audit_planned", "Lee Lead"),
        ("audit_planned", "Mo Contributor"),
    ]


def test_move_visit_moves_its_obligation(world):
    visit = world.visit(V.PLANNED)

    actions.move_visit(
        visit=visit, planned_on=date(2020, 10, 22), reason="A school trip.", by=world.cast.officer, at=make.PLANNED
    )

    assert owed(visit) == [("AUDIT_VISIT", date(2020, 10, 22), None)]


def test_hand_over_visit_names_another_auditor(world):
    visit = actions.hand_over_visit(
        visit=world.visit(V.PLANNED), auditor=world.cast.other_officer, reason="Leave.", by=world.cast.head,
        at=make.PLANNED,
    )  # fmt: skip

    assert visit.auditor == world.cast.other_officer
    assert "Olu Officer" in told("audit_auditor")
    assert [(row.kind, row.due_on, row.only_for) for row in Obligation.objects.open().about(visit)] == [
        ("AUDIT_VISIT", make.VISIT_ON, None)
    ]


def test_an_auditor_on_no_ladder_is_reminded_with_the_head(world):
    ids = sorted([world.cast.auditor.pk, world.cast.head.pk])

    for status, kind in ((V.PLANNED, "AUDIT_VISIT"), (V.UNDER_WAY, "AUDIT_REPORT")):
        assert Obligation.objects.open().about(world.visit(status)).get(kind=kind).only_for == ids


def test_cancel_visit_leaves_nothing_owed(world):
    visit = actions.cancel_visit(
        visit=world.visit(V.UNDER_WAY), reason="Flood.", by=world.cast.auditor, at=make.REPORTED
    )

    assert (visit.status, owed(visit)) == (V.CANCELLED, [])


def test_begin_visit_owes_the_report(world):
    visit = actions.begin_visit(
        visit=world.visit(V.PLANNED), visited_on=make.VISIT_ON, who_was_seen="Lee", by=world.cast.auditor, at=make.BEGUN
    )

    assert (visit.status, visit.visited_on, visit.who_was_seen) == (V.UNDER_WAY, make.VISIT_ON, "Lee")
    assert owed(visit) == [("AUDIT_REPORT", date(2020, 11, 10), None)]


def test_begin_visit_looks_at_terms_accepted_since(world):
    visit = world.visit(V.PLANNED)
    AuditCheck.objects.filter(visit=visit).delete()
    visit.terms = None
    visit.save(update_fields=["terms"])

    visit = actions.begin_visit(
        visit=visit, visited_on=make.VISIT_ON, who_was_seen="Lee", by=world.cast.auditor, at=make.BEGUN
    )

    assert visit.terms == world.plan.terms
    assert visit.checks.count() == 2


def test_save_checks_keeps_answers_and_files_and_refuses_a_stale_page(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    visit, by = world.visit(V.UNDER_WAY), world.cast.auditor
    first, second = visit.checks.order_by("condition__order")
    seen = actions.writing.queries.mark_of([first, second])
    answer = {first.pk: {"result": "PARTLY", "evidence": "A log."}}

    actions.save_checks(visit=visit, answers=answer, uploads=[(first, make.policy())], seen=seen, by=by, at=make.BEGUN)

    first.refresh_from_db()
    assert (first.result, first.evidence, first.note) == ("PARTLY", "A log.", "")
    assert Document.objects.get(subject_type="monitoring.AuditCheck").subject_id == first.pk
    with pytest.raises(actions.StaleVisit):
        actions.save_checks(visit=visit, answers={second.pk: {"result": "MET"}}, seen=seen, by=by, at=make.BEGUN)
    second.refresh_from_db()
    assert second.result == ""


def test_save_checks_by_itself_leaves_one_line_an_hour(world):
    visit, by = world.visit(V.UNDER_WAY), world.cast.auditor
    check = visit.checks.first()
    saved = Event.objects.filter(subject_type="monitoring.AuditVisit", subject_id=visit.pk, verb="saved")

    for minute in range(3):
        at = make.BEGUN + make.DAY * 0 + make.DAY / 1440 * minute
        answers = {check.pk: {"evidence": f"Word {minute}"}}
        actions.save_checks(visit=visit, answers=answers, quietly=True, by=by, at=at)

    assert saved.count() == 1


def test_save_checks_of_another_visit_is_refused(world):
    other = world.visit(V.REPORTED).checks.first()

    with pytest.raises(Refused, match="not part of this visit"):
        actions.save_checks(
            visit=world.visit(V.UNDER_WAY), answers={other.pk: {"result": "MET"}}, by=world.cast.auditor, at=make.BEGUN
        )


def test_findings_and_actions_come_change_and_go(world):
    visit, by, at = world.visit(V.UNDER_WAY), world.cast.auditor, make.BEGUN
    given = {"by": by, "at": at}
    finding = actions.write_finding(visit=visit, grade="LOW", text="No minutes.", **given)
    action = actions.give_action(finding=finding, action="Keep minutes.", due_on=make.DUE_ON, **given)

    actions.change_finding(finding=finding, grade="MEDIUM", text="No minutes at all.", **given)
    actions.change_action(action=action, words="Keep and file minutes.", due_on=date(2020, 12, 2), **given)

    finding.refresh_from_db()
    action.refresh_from_db()
    assert (finding.grade, finding.text) == ("MEDIUM", "No minutes at all.")
    assert (action.action, action.due_on, owed(action)) == ("Keep and file minutes.", date(2020, 12, 2), [])
    actions.remove_action(action=action, **given)
    assert not AuditAction.objects.filter(pk=action.pk).exists()
    actions.remove_finding(finding=finding, **given)
    assert not AuditFinding.objects.filter(visit=visit).exists()


def test_report_visit_sends_the_draft_and_owes_the_reply(world):
    visit = make.report(world.visit(V.UNDER_WAY), by=world.cast.auditor)

    assert (visit.status, visit.grade, visit.reply_by) == (V.REPORTED, "MEDIUM", date(2020, 11, 10))
    assert owed(visit) == [("AUDIT_REPLY", date(2020, 11, 10), world.cast.maidstone)]
    paper = Paper.objects.get(subject_type="monitoring.AuditVisit", subject_id=visit.pk)
    assert paper.kind == PaperKind.AUDIT_REPORT
    assert "Draft report" in paper.title
    for words in ("Two helpers were not checked.", "Check all helpers.", "Spend only as approved.", "Well run"):
        assert words in paper.html
    assert "Ask again." not in paper.html  # the note for the office
    notices = Notice.objects.filter(subject_id=visit.pk, rule="audit_reported")
    assert {(row.person.full_name, row.paper) for row in notices} == {
        ("Lee Lead", paper), ("Mo Contributor", paper),
    }  # fmt: skip


def test_reply_to_visit_tells_the_auditor_and_owes_the_final_report(world):
    visit = actions.reply_to_visit(
        visit=world.visit(V.REPORTED), reply="One was checked.", by=world.cast.maidstone_lead, at=make.REPLIED
    )

    assert (visit.reply, visit.replied_by) == ("One was checked.", world.cast.maidstone_lead)
    assert owed(visit) == [("AUDIT_REPORT", date(2020, 11, 10), None)]
    assert Notice.objects.get(subject_id=visit.pk, rule="audit_replied").person == world.cast.auditor


def test_finalise_visit_owes_every_action_to_whoever_does_it(world):
    visit, by = world.visit(V.REPORTED), world.cast.auditor
    finding = visit.findings.get()
    ours = actions.give_action(
        finding=finding, action="Change the form.", due_on=make.DUE_ON, by_office=True, reason="As they asked.",
        by=by, at=make.REPLIED,
    )  # fmt: skip

    visit = actions.finalise_visit(visit=visit, by=by, at=make.REPORTED + 20 * make.DAY)

    theirs = finding.actions.get(by_office=False)
    assert (visit.status, visit.closed_at, owed(visit)) == (V.FINAL, None, [])
    assert owed(theirs) == [("AUDIT_ACTION", make.DUE_ON, world.cast.maidstone)]
    assert owed(ours) == [("AUDIT_OFFICE_ACTION", make.DUE_ON, None)]
    html = Paper.objects.filter(subject_id=visit.pk, subject_type="monitoring.AuditVisit").latest("pk").html
    assert "did not reply" in html


def test_say_done_then_close_action_closes_the_visit(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    visit = world.visit(V.FINAL)
    action = visit.findings.get().actions.get()

    action = actions.say_done(
        action=action, evidence="All checked.", upload=make.policy(), by=world.cast.maidstone_lead, at=make.DONE
    )

    assert (action.status, action.done_by, action.evidence) == (
        ActionStatus.DONE, world.cast.maidstone_lead, "All checked.",
    )  # fmt: skip
    assert owed(action) == [("AUDIT_CLOSURE", date(2020, 12, 4), None)]
    assert Document.objects.get(subject_type="monitoring.AuditAction").subject_id == action.pk

    action = actions.close_action(action=action, by=world.cast.auditor, at=make.CLOSED)

    visit.refresh_from_db()
    assert (action.status, action.closed_by, owed(action)) == (ActionStatus.CLOSED, world.cast.auditor, [])
    assert visit.closed_at == make.CLOSED


def test_send_back_owes_the_action_again(world):
    action = world.visit(V.FINAL).findings.get().actions.get()
    actions.say_done(action=action, evidence="Nearly.", by=world.cast.maidstone_lead, at=make.DONE)

    action = actions.send_back(
        action=action, reason="One is missing.", due_on=date(2020, 12, 18), by=world.cast.auditor, at=make.CLOSED
    )

    assert (action.status, action.due_on) == (ActionStatus.OPEN, date(2020, 12, 18))
    assert owed(action) == [("AUDIT_ACTION", date(2020, 12, 18), world.cast.maidstone)]


def test_change_action_of_a_final_report_moves_its_reminders(world):
    action = world.visit(V.FINAL).findings.get().actions.get()

    actions.change_action(
        action=action, words="Never.", due_on=date(2021, 1, 8), reason="Training in January.", by=world.cast.officer,
        at=make.DONE,
    )  # fmt: skip

    action.refresh_from_db()
    assert (action.action, action.due_on) == ("Check all helpers.", date(2021, 1, 8))
    assert owed(action) == [("AUDIT_ACTION", date(2021, 1, 8), world.cast.maidstone)]


def test_close_programme_waits_for_everything_chosen(world):
    programme = make.programme(world.cast, size=1, seed="s")
    chosen = programme.candidates.get(is_chosen=True)
    given = {"programme": programme, "summary": "All well.", "by": world.cast.auditor, "at": make.CLOSED}

    with pytest.raises(Refused, match=f"{(chosen.award or chosen.contract).reference} has no finished"):
        actions.close_programme(**given)
    subject = chosen.award or chosen.contract
    visit = actions.plan_visit(
        subject=subject, auditor=world.cast.auditor, planned_on=make.VISIT_ON, programme=programme,
        by=world.cast.auditor, at=make.PLANNED,
    )  # fmt: skip
    actions.cancel_visit(visit=visit, reason="It ends in March.", by=world.cast.auditor, at=make.PLANNED)
    closed = actions.close_programme(**given)

    assert (closed.status, closed.summary) == (ProgrammeStatus.CLOSED, "All well.")


def test_points_are_set_changed_and_removed_with_history(world):
    by, at = world.cast.officer, make.PLANNED
    rule = actions.set_mark(factor="VALUE", at_least=2_000_000, points=9, by=by, at=at)
    actions.change_mark(rule=rule, at_least=3_000_000, points=8, by=by, at=at)

    assert risk.points_for(risk.rules_by_factor()["VALUE"], 3_000_000) == 8
    actions.remove_mark(rule=rule, by=by, at=at)
    assert risk.points_for(risk.rules_by_factor()["VALUE"], 3_000_000) == 6
    verbs = Event.objects.filter(subject_type="monitoring.RiskRule", subject_id=rule.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "risk_points_set", "risk_points_changed", "risk_points_removed",
    ]  # fmt: skip


# ---------------------------------------------------------------- what the database itself refuses, whoever asks


def refused(change, words):
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        change()


def test_a_drawn_sample_keeps_its_scores(world):
    rows = AuditCandidate.objects.filter(programme=make.programme(world.cast, size=1, seed="s"))
    stays = "a sample that was drawn stays as it was drawn"

    refused(lambda: rows.filter(is_chosen=False).update(score=99), stays)
    refused(lambda: rows.filter(is_chosen=True).update(is_chosen=False), stays)
    refused(rows.filter(is_chosen=False).delete, stays)
    assert rows.filter(is_chosen=False).update(is_chosen=True, why="Added by hand: a tip.") == 4


def test_what_was_reported_stays(world):
    reported = AuditVisit.objects.filter(pk=world.visit(V.REPORTED).pk)
    final = AuditVisit.objects.filter(pk=world.visit(V.FINAL).pk)

    refused(lambda: reported.update(grade="LOW"), "was sent, so it stays")
    refused(lambda: reported.update(status="PLANNED"), "cannot go from REPORTED to PLANNED")
    refused(lambda: final.update(reply="Nothing."), "the reply to audit visit .* never changes")
    refused(world.visit(V.PLANNED).delete, "an audit visit is never deleted")


def test_what_was_found_is_frozen_with_the_report(world):
    def of(status, model, **which):
        visit = world.visit(status)
        return model.objects.filter(
            **({"finding__visit": visit} if model is AuditAction else {"visit": visit}), **which
        )

    refused(lambda: of(V.REPORTED, AuditCheck).update(result="MET"), "frozen once it is reported")
    refused(lambda: of(V.FINAL, AuditFinding).update(text="Nothing."), "frozen once it is final")
    refused(lambda: of(V.FINAL, AuditAction).update(action="Nothing."), "frozen once it is final")
    refused(of(V.FINAL, AuditAction).delete, "frozen once it is final")
    assert of(V.REPORTED, AuditFinding).update(text="Other words.") == 1
    assert of(V.UNDER_WAY, AuditCheck).update(result="MET") == 2
    assert of(V.FINAL, AuditAction).update(due_on=make.DUE_ON) == 1
