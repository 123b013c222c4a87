"""Writes about business cases: row, event, obligation, paper, notice, and nothing else (C2, C3, C5, X6)."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from grants.actions import business_cases as actions
from grants.actions import projects
from grants.enums import CaseSection, CaseStatus, Window
from grants.models import BusinessCase, CaseSnapshot
from grants.queries import case_content, questions
from records.models import Event, Notice, Obligation, Paper
from records.refusals import Refused
from tests.make import accounts, cases, plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return accounts.cast()


@pytest.fixture
def plan(cast):
    return plans.plan(cast)


@pytest.fixture
def open_round(cast, plan):
    return cases.round_(cast, plan)


def told(rule):
    return sorted(Notice.objects.filter(rule=rule).values_list("person__email", flat=True))


def open_obligations(kind):
    return list(Obligation.objects.open().filter(kind=kind).values_list("organisation__key", "due_on"))


def test_start_business_case(cast, open_round):
    case = actions.start_business_case(
        round=open_round,
        organisation=cast.maidstone,
        window=Window.MAIN,
        title="Safer",
        by=cast.maidstone_contributor,
        at=cases.WRITTEN,
    )
    assert (case.reference, case.status, case.version) == ("BC-2020-001", "DRAFT", 1)
    assert case.allocation == open_round.allocations.get(organisation=cast.maidstone)
    assert Event.objects.filter(subject_type="grants.BusinessCase").count() == 1


def test_start_business_case_main_only_once_tactical_often(cast, open_round):
    cases.business_case(cast, open_round, status=CaseStatus.DRAFT)
    with pytest.raises(Refused, match="main business case in this round already: BC-2020-001"):
        cases.business_case(cast, open_round, status=CaseStatus.DRAFT)
    april = cases.OPENED.replace(month=4, day=20)
    for _ in range(2):
        cases.business_case(cast, open_round, status=CaseStatus.DRAFT, window=Window.TACTICAL, at=april)
    assert BusinessCase.objects.filter(window=Window.TACTICAL).count() == 2


def test_save_overview_counts_versions_and_refuses_a_stale_one(cast, open_round):
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT, amounts=())
    version = case.version
    actions.save_overview(case=case, version=version, title="Mine", by=cast.maidstone_lead, at=cases.WRITTEN)
    assert (case.version, case.title) == (version + 1, "Mine")

    with pytest.raises(actions.Stale):
        actions.save_overview(
            case=case, version=version, title="Theirs", by=cast.maidstone_contributor, at=cases.WRITTEN
        )
    case.refresh_from_db()
    assert case.title == "Mine"


def test_save_section_is_stale_only_where_that_section_changed(cast, open_round):
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT)
    project = case.projects.get()
    content = case_content.content_of(case)
    opened = {
        "version": case.version,
        "revision": case_content.revision_of(case_content.section_of(content, CaseSection.NEED, 1)),
    }
    given = {"case": case, "project": project, "at": cases.WRITTEN}
    projects.save_section(
        **given, section=CaseSection.AREAS, answers={"areas": ["High Street"]}, by=cast.maidstone_lead
    )

    projects.save_section(
        **given, section=CaseSection.NEED, answers={"need": "First"}, by=cast.maidstone_lead, **opened
    )
    with pytest.raises(projects.Stale):
        projects.save_section(
            **given, section=CaseSection.NEED, answers={"need": "Second"}, by=cast.maidstone_contributor, **opened
        )
    project.refresh_from_db()
    assert (project.need, project.areas) == ("First", ["High Street"])


def test_autosave_leaves_one_line_of_history_an_hour(cast, open_round):
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT, amounts=())
    saved = Event.objects.filter(verb="saved")
    before = saved.count()
    for minute in range(3):
        at = cases.SENT + timedelta(minutes=minute)
        actions.save_overview(case=case, summary=f"{minute}", by=cast.maidstone_lead, at=at, quietly=True)
    assert saved.count() == before + 1
    case.refresh_from_db()
    assert case.summary == "2"


def test_write_project_keeps_what_is_not_given_and_numbers_rows(cast, open_round):
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT)
    project = case.projects.get()
    lines = [{"heading": "One", "amount": Decimal("1")}, {"heading": "Two", "amount": Decimal("2")}]
    projects.write_project(case=case, project=project, budget_lines=lines, by=cast.maidstone_lead, at=cases.SENT)

    project.refresh_from_db()
    assert [(row.number, row.heading) for row in project.budget_lines.order_by("number")] == [(1, "One"), (2, "Two")]
    assert project.need == cases.NEED["need"]
    assert project.outcomes.count() == 1


def test_project_numbers_are_never_used_again_once_sent_in(cast, open_round):
    case = cases.business_case(cast, open_round, status=CaseStatus.RETURNED, amounts=(5000, 6000))
    projects.remove_project(project=case.projects.get(number=2), by=cast.maidstone_lead, at=cases.RETURNED)
    added = cases.project(case, by=cast.maidstone_lead, title="Another", at=cases.RETURNED)
    assert added.number == 3


def test_submit_business_case_freezes_closes_tells_and_prints(cast, open_round):
    case = cases.business_case(cast, open_round, amounts=(Decimal("9507"), Decimal("12000")))

    assert (case.status, case.submitted_by, case.submitted_at) == ("SUBMITTED", cast.maidstone_lead, cases.SENT)
    assert case.first_submitted_at == cases.SENT
    snapshot = case.snapshots.get()
    assert snapshot.number == 1
    assert snapshot.content == case_content.content_of(case)
    assert [project["total"] for project in snapshot.content["projects"]] == ["9507.00", "12000.00"]
    assert snapshot.paper.kind == "SUBMISSION_RECEIPT"
    assert "Recorded assaults from 8pm to 4am" in snapshot.paper.html
    assert "£21,507" in snapshot.paper.html
    assert open_obligations("BUSINESS_CASE") == [("csp-swale", cases.DEADLINE)]
    assert told("business_case_receipt") == ["contributor@maidstone.example.org", "lead@maidstone.example.org"]
    assert told("business_case_submitted") == ["officer2@opcc.example.org", "officer@opcc.example.org"]
    assert set(Notice.objects.filter(rule="business_case_receipt").values_list("paper", flat=True)) == {
        snapshot.paper_id
    }
    event = Event.objects.get(verb="submitted")
    assert (event.summary, event.changes["status"]) == ("Business case sent in: £21,507", ["DRAFT", "SUBMITTED"])


def test_submit_business_case_twice_has_one_effect(cast, open_round):
    case = cases.business_case(cast, open_round)
    again = BusinessCase.objects.get(pk=case.pk)
    with pytest.raises(Refused, match="This business case is submitted already"):
        actions.submit_business_case(case=again, by=cast.maidstone_lead, at=cases.SENT)
    assert (CaseSnapshot.objects.count(), Paper.objects.count()) == (1, 1)


@pytest.mark.parametrize("day, accepted", [(date(2020, 3, 31), True), (date(2020, 4, 1), False)])
def test_submit_business_case_deadline(cast, open_round, day, accepted):
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT)
    at = cases.SENT.replace(month=day.month, day=day.day, hour=12)
    if accepted:
        actions.submit_business_case(case=case, by=cast.maidstone_lead, at=at)
    else:
        with pytest.raises(Refused, match="The deadline was on 31 March 2020"):
            actions.submit_business_case(case=case, by=cast.maidstone_lead, at=at)
    case.refresh_from_db()
    assert case.status == ("SUBMITTED" if accepted else "DRAFT")


def test_snapshot_stays_as_it_was(cast, open_round):
    case = cases.business_case(cast, open_round, status=CaseStatus.RETURNED)
    before = case.snapshots.get().content
    projects.write_project(
        case=case, project=case.projects.get(), need="Changed", by=cast.maidstone_lead, at=cases.RETURNED
    )
    assert case.snapshots.get().content == before


def test_return_business_case_owes_changes_in_ten_working_days(cast, open_round):
    case = cases.business_case(cast, open_round)
    cases.returned(case, by=cast.officer)

    assert case.status == "RETURNED"
    request = case.change_requests.get()
    assert (request.section, request.project.number, request.asked) == (
        "OUTCOMES",
        1,
        "Say how assaults are counted.",
    )
    assert open_obligations("CASE_CHANGES") == [("csp-maidstone", date(2020, 3, 30))]
    assert told("business_case_returned") == ["contributor@maidstone.example.org", "lead@maidstone.example.org"]
    event = Event.objects.get(verb="returned")
    assert event.reason == "Project 1, outcomes: Say how assaults are counted."


def test_resubmission_answers_the_requests_and_shows_before_and_after(cast, open_round):
    case = cases.business_case(cast, open_round, status=CaseStatus.RETURNED)
    projects.write_project(
        case=case,
        project=case.projects.get(),
        by=cast.maidstone_lead,
        at=cases.RETURNED,
        outcomes=[{**cases.OUTCOMES[0], "measure": "Police records"}],
    )
    at = cases.RETURNED + timedelta(days=30)
    actions.submit_business_case(case=case, by=cast.maidstone_lead, at=at)

    first, second = case.snapshots.order_by("number")
    assert case.first_submitted_at == cases.SENT
    request = case.change_requests.get()
    assert (request.answered_at, request.snapshot) == (at, second)
    assert open_obligations("CASE_CHANGES") == []
    ((where, rows),) = questions.differences(first.content, second.content)
    assert where == "Project 1: Safer nights"
    assert [row["label"] for row in rows] == ["What will change, and how will you measure it?"]
    assert "How it is measured: Recorded assaults from 8pm to 4am" in rows[0]["before"]
    assert "How it is measured: Police records" in rows[0]["after"]
    assert Event.objects.filter(verb="resubmitted").count() == 1


def test_withdraw_business_case_frees_the_money_and_stops_reminders(cast, open_round):
    april = cases.OPENED.replace(month=4, day=20)
    case = cases.business_case(cast, open_round, window=Window.TACTICAL, amounts=(Decimal("13000"),), at=april)
    actions.withdraw_business_case(case=case, reason="Merged.", by=cast.maidstone_lead, at=april)

    other = cases.business_case(
        cast, open_round, window=Window.TACTICAL, amounts=(Decimal("13000"),), at=april + timedelta(days=1)
    )
    assert (case.status, other.status) == ("WITHDRAWN", "SUBMITTED")
    assert Event.objects.get(verb="withdrawn").reason == "Merged."
    assert told("business_case_withdrawn") == [
        "contributor@maidstone.example.org",
        "officer2@opcc.example.org",
        "officer@opcc.example.org",
    ]


def test_withdraw_a_draft_tells_no_officer(cast, open_round):
    cases.business_case(cast, open_round, status=CaseStatus.WITHDRAWN)
    assert told("business_case_withdrawn") == []
    assert open_obligations("BUSINESS_CASE") == [("csp-swale", cases.DEADLINE)]


@pytest.mark.parametrize("status", [CaseStatus.WITHDRAWN, CaseStatus.SUBMITTED])
def test_reopen_business_case(cast, open_round, status):
    case = cases.business_case(cast, open_round, status=status)
    actions.reopen_business_case(case=case, reason="A mistake.", by=cast.maidstone_lead, at=cases.SENT)

    assert case.status == "DRAFT"
    assert ("csp-maidstone", cases.DEADLINE) in open_obligations("BUSINESS_CASE")
    assert Event.objects.get(verb="reopened").reason == "A mistake."
    actions.submit_business_case(case=case, by=cast.maidstone_lead, at=cases.SENT)
    assert case.status == "SUBMITTED"


def test_justify_project(cast, open_round):
    case = cases.business_case(cast, open_round)
    project = case.projects.get()
    actions.justify_project(project=project, justification="Because.", by=cast.officer, at=cases.SENT)
    project.refresh_from_db()
    assert project.officer_justification == "Because."


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_submits_at_once_have_one_effect():
    cast = accounts.cast()
    open_round = cases.round_(cast, plans.plan(cast))
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT)

    answers = at_once(
        lambda row: actions.submit_business_case(case=row, by=cast.maidstone_lead, at=cases.SENT),
        [BusinessCase.objects.get(pk=case.pk) for _ in range(2)],
    )

    assert sorted(answers) == ["This business case is submitted already. Open it to see where it stands.", "done"]
    assert case.snapshots.count() == 1
    assert Event.objects.filter(verb="submitted").count() == 1
    assert Notice.objects.filter(rule="business_case_receipt").count() == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_tactical_submits_at_once_never_pass_the_pot():
    cast = accounts.cast()
    open_round = cases.round_(cast, plans.plan(cast))
    april = cases.OPENED.replace(month=4, day=20)
    made = [
        cases.business_case(
            cast, open_round, window=Window.TACTICAL, status="DRAFT", amounts=(Decimal("8000"),), at=april
        )
        for _ in range(2)
    ]

    answers = at_once(lambda row: actions.submit_business_case(case=row, by=cast.maidstone_lead, at=april), made)

    assert sorted(answers)[1] == "done"
    assert "the tactical pot is £13,220. Other cases already use £8,000" in sorted(answers)[0]
    assert BusinessCase.objects.filter(status="SUBMITTED").count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_tactical_submits_pass_the_pot_where_nothing_is_locked(monkeypatch):
    """The control: without the lock on the allocation the race does happen."""
    cast = accounts.cast()
    open_round = cases.round_(cast, plans.plan(cast))
    april = cases.OPENED.replace(month=4, day=20)
    made = [
        cases.business_case(
            cast, open_round, window=Window.TACTICAL, status="DRAFT", amounts=(Decimal("8000"),), at=april
        )
        for _ in range(2)
    ]
    both_asked = threading.Barrier(2, timeout=20)
    ask = actions.rules.why_not_submit

    def ask_and_wait(*args, **given):
        answer = ask(*args, **given)
        both_asked.wait()
        return answer

    monkeypatch.setattr(actions, "lock_money", lambda case: None)
    monkeypatch.setattr(actions.rules, "why_not_submit", ask_and_wait)
    answers = at_once(lambda row: actions.submit_business_case(case=row, by=cast.maidstone_lead, at=april), made)

    assert answers == ["done", "done"]
    assert BusinessCase.objects.filter(status="SUBMITTED").count() == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_saves_at_once_of_one_version():
    cast = accounts.cast()
    open_round = cases.round_(cast, plans.plan(cast))
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT, amounts=())
    rows = [BusinessCase.objects.get(pk=case.pk) for _ in range(2)]

    answers = at_once(
        lambda row: actions.save_overview(
            case=row, version=case.version, summary="x", by=cast.maidstone_lead, at=cases.SENT
        ),
        rows,
    )

    assert sorted(answers) == [actions.STALE, "done"]


def at_once(act, rows):
    """Run `act` on each row in a thread of its own, all starting together; "done" or the sentence."""
    start = threading.Barrier(len(rows))
    answers = []

    def run(row):
        try:
            start.wait()
            act(row)
            answers.append("done")
        except Refused as refusal:
            answers.append(refusal.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
