"""Risk line by line, what an audit leaves behind, and how many questions the pages ask (P4)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grants.models import Award
from monitoring.actions import audits as actions
from monitoring.enums import RiskFactor, VisitStatus
from monitoring.models import AuditAction
from monitoring.queries import audits as queries
from monitoring.queries import audits_work, risk
from tests.make import audits as make
from tests.make import monitoring

pytestmark = pytest.mark.django_db
V = VisitStatus
ON = date(2020, 11, 10)
F = RiskFactor


def lines(found):
    return {line.factor: (line.points, line.found) for line in found.lines}


def test_risks_explain_every_factor_and_add_up(world):
    found = {row.subject.reference: row for row in risk.risks(ON)}
    row = found[world.contract.reference]

    assert lines(row) == {
        F.VALUE: (4, "£250,000"),
        F.NEW_ORGANISATION: (3, "Yes"),
        F.NEVER_AUDITED: (1, "Yes"),
        F.LATE_RETURNS: (0, "None"),
        F.UNSATISFACTORY: (0, "None"),
        F.OPEN_COMPLAINTS: (0, "None"),
        F.FIRST_YEAR: (0, "No"),
        F.AUDIT_NOT_MET: (0, "No audit yet"),
        F.OPEN_ACTIONS: (0, "None"),
        F.STANDARDS_MISSING: (2, "Insurance"),
    }
    assert row.score == 10
    assert [one.score for one in risk.risks(ON)] == sorted((one.score for one in found.values()), reverse=True)


def test_risk_rises_with_what_the_audit_left(world):
    visit = world.visit(V.FINAL)
    before = lines(risk.risk_of(world.award, make.DUE_ON))
    after = lines(risk.risk_of(world.award, make.DUE_ON + timedelta(days=1)))

    assert before[F.AUDIT_NOT_MET] == (3, f"1 condition at {visit.reference}")
    assert before[F.NEVER_AUDITED] == (0, f"No, last {visit.reference}")
    assert (before[F.OPEN_ACTIONS], after[F.OPEN_ACTIONS]) == ((0, "None"), (3, "1 action"))


@pytest.mark.parametrize(("verdict", "points"), [("SATISFACTORY", 0), ("UNSATISFACTORY", 4)])
def test_risk_counts_late_and_unsatisfactory_returns(world, verdict, points):
    cast = world.cast
    row = monitoring.monitoring_return(cast, world.plan, status="SUBMITTED", award=world.award)
    monitoring.reviewed(row, by=cast.other_officer, verdict=verdict)
    due_on = row.obligation.due_on

    found = lines(risk.risk_of(world.award, due_on))

    assert found[F.UNSATISFACTORY][0] == points
    assert found[F.LATE_RETURNS] == (0, "None")
    type(row.obligation).objects.filter(pk=row.obligation_id).update(due_on=date(2020, 10, 1))
    found = lines(risk.risk_of(world.award, due_on))
    assert found[F.LATE_RETURNS] == (2, "1 return")


def test_risks_ask_the_same_few_questions_for_one_and_for_all(world):
    with CaptureQueriesContext(connection) as few:
        one = risk.risks(ON, awards=Award.objects.filter(pk=world.award.pk))
    with CaptureQueriesContext(connection) as many:
        every = risk.risks(ON)

    assert (len(one), len(every)) == (2, 5)
    assert len(few) == len(many) == 7


def test_standing_of_says_what_was_not_met_and_is_still_open(world):
    visit = world.visit(V.FINAL)

    for which in ({"award": visit.award}, {"organisation": visit.organisation}):
        with CaptureQueriesContext(connection) as asked:
            found = queries.standing_of(**which)
        assert (found.visit, found.grade, found.not_met, found.open_actions) == (visit, "Medium", 1, 1)
        assert (found.overdue_on(make.DUE_ON), found.overdue_on(make.DUE_ON + make.DAY)) == (0, 1)
        assert len(asked) == 2
    assert queries.standing_of(contract=world.contract) == queries.AuditStanding(None)
    assert queries.standing_of(award=world.visit(V.REPORTED).award).visit is None


def test_accepted_terms_are_those_last_accepted(world):
    assert queries.accepted_terms(world.award) == world.plan.terms
    assert queries.accepted_terms(world.contract) == world.plan.terms
    world.contract.rule_set = None
    assert queries.accepted_terms(world.contract) is None


def test_hands_in_an_award_are_those_of_the_money(world):
    cast = world.cast

    assert queries.hands_in(world.award) == {cast.officer.pk, cast.cfo.pk, cast.pcc.pk}
    assert queries.hands_in(world.contract) == set()


def test_work_waits_for_auditors_and_leads(world):
    cast = world.cast

    office = {heading: len(works) for heading, works in audits_work.office_work(cast.auditor, ON).items()}
    partner = {heading: len(works) for heading, works in audits_work.partner_work(cast.maidstone_lead, ON).items()}

    assert office == {"Audit visits": 1, "Write audit reports": 1}
    assert partner == {"Reply to audit reports": 1, "Actions after audits": 1}
    assert audits_work.office_work(cast.pcc, ON) == audits_work.partner_work(cast.maidstone_certifier, ON) == {}


# ---------------------------------------------------------------- pages


def asked(user, path):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(path)
    assert answer.status_code == 200, path
    return len(caught), answer


def test_pages_ask_few_questions(world, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    programme = make.programme(world.cast, seed="s")
    pages = {
        "/audits/": 6,
        "/audits/risk/": 11,
        f"/audits/risk/{world.award.reference}/": 12,
        "/audits/points/": 5,
        "/audits/visits/": 7,
        "/audits/visits/visits.csv": 4,
        "/audits/actions/": 6,
        programme.get_absolute_url(): 10,
        world.visit(V.FINAL).get_absolute_url(): 12,
        f"{world.visit(V.UNDER_WAY).get_absolute_url()}conditions/": 7,
    }

    assert {path: asked(world.cast.auditor, path)[0] for path in pages} == pages


def test_lists_ask_the_same_for_one_and_for_three(world, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    one = asked(world.cast.auditor, "/audits/visits/?status=FINAL")[0]
    actions_one = asked(world.cast.auditor, "/audits/actions/")[0]
    for _again in range(2):
        make.visit(world.cast, monitoring.live_award(world.cast, world.plan))

    assert AuditAction.objects.filter(finding__visit__status="FINAL").count() == 3
    assert asked(world.cast.auditor, "/audits/visits/?status=FINAL")[0] == one
    assert asked(world.cast.auditor, "/audits/actions/")[0] == actions_one


def test_visit_show_keeps_the_office_notes_and_drafts_from_the_recipient(world, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    address = world.visit(V.FINAL).get_absolute_url()
    actions.hand_over_visit(
        visit=world.visit(V.REPORTED),
        auditor=world.cast.other_officer,
        reason="Secret.",
        by=world.cast.head,
        at=make.DONE,
    )

    office = asked(world.cast.auditor, address)[1].content.decode()
    theirs = asked(world.cast.maidstone_lead, address)[1].content.decode()

    assert "Ask again." in office
    assert "Ask again." not in theirs
    for words in ("Two helpers were not checked.", "Say that it is done", "We agree."):
        assert words in theirs
    reported = asked(world.cast.maidstone_lead, world.visit(V.REPORTED).get_absolute_url())[1].content.decode()
    assert "Reply to the report" in reported
    assert "Secret." not in reported
