"""Views of business cases: walked by real requests of those who work with them."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from grants.actions import business_cases as actions
from grants.enums import CaseStatus, Window
from grants.models import BusinessCase
from tests.make import accounts, cases, plans

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def cast():
    return accounts.cast()


@pytest.fixture
def plan(cast):
    return plans.plan(cast)


@pytest.fixture
def open_round(cast, plan):
    """A round whose windows are open now, whenever now is."""
    return cases.round_today(cast, plan, at=timezone.now())


def made(cast, open_round, **how):
    return cases.business_case(cast, open_round, at=timezone.now(), **how)


def text(answer):
    return " ".join(answer.content.decode().split())


def test_business_case_start_makes_a_draft(cast, open_round):
    lead = signed_in(cast.maidstone_contributor)
    answer = lead.post(f"/rounds/{open_round.reference}/start/main/", {"title": "Safer together"}, follow=True)

    case = BusinessCase.objects.get()
    assert answer.redirect_chain == [(f"/cases/{case.reference}/", 302)]
    assert (case.title, case.organisation, case.started_by) == (
        "Safer together",
        cast.maidstone,
        cast.maidstone_contributor,
    )
    assert "Add a project" in text(answer)


def test_business_case_start_says_why_a_second_main_case_is_refused(cast, open_round):
    case = made(cast, open_round, status=CaseStatus.DRAFT)
    answer = signed_in(cast.maidstone_lead).get(f"/rounds/{open_round.reference}/start/main/", follow=True)

    assert answer.redirect_chain == [(f"/rounds/{open_round.reference}/", 302)]
    assert f"has a main business case in this round already: {case.reference}" in text(answer)


def test_business_case_start_without_a_title(cast, open_round):
    answer = signed_in(cast.maidstone_lead).post(f"/rounds/{open_round.reference}/start/main/", {"title": ""})
    assert text(answer).count("Enter the title of the business case") == 2
    assert BusinessCase.objects.count() == 0


def test_business_case_show_is_a_task_list_while_it_is_written(cast, open_round):
    case = made(cast, open_round, status=CaseStatus.DRAFT)
    case.projects.update(need="", evidence="", evidence_strength="", evidence_source="", description="")
    answer = text(signed_in(cast.maidstone_contributor).get(f"/cases/{case.reference}/"))

    assert answer.count("Not started") == 1
    assert answer.count("In progress") == 1
    assert answer.count("Completed") == 6


def test_business_case_check_names_what_is_missing_and_keeps_the_button_out_of_use(cast, open_round):
    case = made(cast, open_round, status=CaseStatus.DRAFT)
    case.projects.get().outcomes.all().delete()
    answer = text(signed_in(cast.maidstone_lead).get(f"/cases/{case.reference}/check/"))

    assert "1 thing still to do before it can be sent" in answer
    assert "Project 1, outcomes: Add at least one outcome." in answer
    assert "disabled" in answer


def test_business_case_submit_needs_the_declaration(cast, open_round):
    case = made(cast, open_round, status=CaseStatus.DRAFT)
    answer = signed_in(cast.maidstone_lead).post(f"/cases/{case.reference}/submit/", {})

    assert text(answer).count("Tick the box to say that the organisation agrees to send this") == 2
    case.refresh_from_db()
    assert case.status == "DRAFT"


def test_business_case_submit_shows_the_confirmation_with_the_receipt(cast, open_round):
    case = made(cast, open_round, status=CaseStatus.DRAFT)
    lead = signed_in(cast.maidstone_lead)
    answer = lead.post(f"/cases/{case.reference}/submit/", {"agrees": "on"}, follow=True)

    assert answer.redirect_chain == [(f"/cases/{case.reference}/submitted/", 302)]
    paper = case.snapshots.get().paper
    assert f'href="/papers/{paper.pk}.pdf"' in text(answer)
    assert "Safer nights" in text(lead.get(f"/papers/{paper.pk}/"))


def test_business_case_submit_a_second_time_is_a_sentence(cast, open_round):
    case = made(cast, open_round)
    answer = signed_in(cast.maidstone_lead).post(f"/cases/{case.reference}/submit/", {"agrees": "on"}, follow=True)

    assert "This business case is submitted already. Open it to see where it stands." in text(answer)
    assert case.snapshots.count() == 1


def test_business_case_submission_and_changes(cast, open_round):
    case = made(cast, open_round, status=CaseStatus.RETURNED)
    actions.reply_to_request(
        request=case.change_requests.get(), reply="Counted by the police.", by=cast.maidstone_lead, at=timezone.now()
    )
    actions.save_overview(case=case, summary="New summary", by=cast.maidstone_lead, at=timezone.now())
    actions.submit_business_case(case=case, by=cast.maidstone_lead, at=timezone.now())
    for person in (cast.maidstone_certifier, cast.officer):
        client = signed_in(person)
        first = text(client.get(f"/cases/{case.reference}/submissions/1/"))
        changes = text(client.get(f"/cases/{case.reference}/changes/2/"))

        assert "Safer streets by day and night." in first
        assert "New summary" not in first
        assert "Say how assaults are counted." in changes
        assert "Reply: Counted by the police." in changes
        assert "New summary" in changes
        assert client.get(f"/cases/{case.reference}/changes/1/").status_code == 404


def test_business_case_return_sends_exactly_the_sections_written_in(cast, open_round):
    case = made(cast, open_round)
    answer = signed_in(cast.officer).post(
        f"/cases/{case.reference}/return/",
        {"ask-need-1": "Say more of the evidence.", "ask-overview-0": "", "ask-projects-0": "One project too few."},
        follow=True,
    )
    assert "was returned. Safer Maidstone Partnership has been told." in text(answer)
    asked = case.change_requests.order_by("pk").values_list("section", "project__number", "asked")
    assert list(asked) == [
        ("PROJECTS", None, "One project too few."),
        ("NEED", 1, "Say more of the evidence."),
    ]
    page = text(signed_in(cast.maidstone_lead).get(f"/cases/{case.reference}/"))
    assert page.count("The office asked for changes here") == 1


def test_business_case_return_with_nothing_written(cast, open_round):
    case = made(cast, open_round)
    answer = signed_in(cast.officer).post(f"/cases/{case.reference}/return/", {"ask-need-1": " "})
    assert "Write in at least one section what should change" in text(answer)


@pytest.mark.parametrize("person", ["maidstone_lead", "officer"])
def test_business_case_withdraw_and_reopen(cast, open_round, person):
    case = made(cast, open_round)
    client = signed_in(getattr(cast, person))
    assert text(client.post(f"/cases/{case.reference}/withdraw/", {})).count("Enter the reason") == 2
    client.post(f"/cases/{case.reference}/withdraw/", {"reason": "Merged."})
    case.refresh_from_db()
    assert case.status == "WITHDRAWN"

    client.post(f"/cases/{case.reference}/reopen/", {"reason": "A mistake."})
    case.refresh_from_db()
    assert case.status == "DRAFT"


def test_project_justify_is_asked_for_and_kept(cast, open_round):
    case = made(cast, open_round)
    case.projects.update(evidence_strength="NONE", no_priority_reason="New harm.")
    case.projects.get().priorities.clear()
    officer = signed_in(cast.officer)
    assert "An officer must justify it before it can go on." in text(officer.get(f"/cases/{case.reference}/"))

    answer = officer.post(f"/cases/{case.reference}/projects/1/justify/", {"justification": "A pilot."}, follow=True)
    assert "Officer’s justification:</strong> A pilot." in text(answer)
    assert "must justify" not in text(answer)
    assert "A pilot." not in text(signed_in(cast.maidstone_lead).get(f"/cases/{case.reference}/"))


def test_business_case_list_filters_sorts_pages_and_downloads(cast, open_round):
    made(cast, open_round, title="=Maidstone")
    made(cast, open_round, organisation=cast.swale, status=CaseStatus.RETURNED, title="Swale case", amounts=(5000,))
    made(cast, open_round, status=CaseStatus.DRAFT, window=Window.TACTICAL, title="Not sent")
    officer = signed_in(cast.officer)

    def titles(query=""):
        page = officer.get(f"/cases/{query}").context["page_obj"]
        return [case.title for case in page]

    assert sorted(titles()) == ["=Maidstone", "Swale case"]
    assert titles("?status=RETURNED") == ["Swale case"]
    assert titles("?organisation=csp-maidstone") == ["=Maidstone"]
    assert titles("?window=TACTICAL") == []
    assert titles("?words=swale") == ["Swale case"]
    assert titles("?words=Safer+nights&sort=-asked") == ["=Maidstone", "Swale case"]
    assert titles("?sort=asked&page=999") == ["Swale case", "=Maidstone"]
    assert titles(f"?round={open_round.pk}&sort=organisation") == ["=Maidstone", "Swale case"]
    csv = officer.get("/cases/?format=csv&status=SUBMITTED").content.decode()
    assert "'=Maidstone,Safer Maidstone Partnership" in csv
    assert csv.count("\r\n") == 2
    lead = signed_in(cast.maidstone_lead)
    assert sorted(case.title for case in lead.get("/cases/").context["page_obj"]) == ["=Maidstone", "Not sent"]


LIST_QUERIES = 8


def test_business_case_list_takes_the_same_queries_for_one_row_and_for_three(
    cast, plan, open_round, django_assert_num_queries
):
    made(cast, open_round)
    officer = signed_in(cast.officer)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(officer.get("/cases/").context["page_obj"]) == 1
    made(cast, open_round, organisation=cast.swale)
    made(cast, open_round, window=Window.TACTICAL, amounts=(Decimal(100),) * 3)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(officer.get("/cases/").context["page_obj"]) == 3


@pytest.mark.parametrize(
    "person, status, queries",
    [
        ("officer", CaseStatus.SUBMITTED, 12),
        ("maidstone_lead", CaseStatus.SUBMITTED, 11),
        ("maidstone_lead", CaseStatus.DRAFT, 11),
    ],
)
def test_business_case_show_takes_the_same_queries_for_one_project_and_for_three(
    cast, open_round, django_assert_num_queries, person, status, queries
):
    one = made(cast, open_round, status=status, window=Window.TACTICAL, amounts=(100,))
    three = made(cast, open_round, status=status, window=Window.TACTICAL, amounts=(100, 200, 300))
    client = signed_in(getattr(cast, person))
    for case in (one, three):
        with django_assert_num_queries(queries):
            client.get(f"/cases/{case.reference}/")
