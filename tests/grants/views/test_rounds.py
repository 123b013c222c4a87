"""Views of rounds: what officers prepare, what applicants see."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from grants.actions import rounds as actions
from grants.models import Round
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
    return cases.round_today(cast, plan, at=timezone.now(), guidance="Write plainly.")


@pytest.fixture
def draft(cast, plan):
    today = timezone.localdate()
    return cases.round_(
        cast, plan, status="DRAFT", name="Next year", opens_on=today, deadline_on=today + timedelta(days=20)
    )


def text(answer):
    return " ".join(answer.content.decode().split())


def typed(plan, **given):
    return {
        "stream": plan.csps.pk,
        "rule_set": plan.csp_rules.pk,
        "funding_source": plan.own.pk,
        "name": "Crime reduction grants 2021/22",
        "starts_on": "2021-04-01",
        "ends_on": "2022-03-31",
        "opens_on": "2021-01-04",
        "deadline_on": "2021-02-28",
        "tactical_opens_on": "2021-04-01",
        "tactical_closes_on": "2022-01-31",
        "guidance": "",
        **given,
    }


def test_round_new_starts_a_draft(cast, plan):
    answer = signed_in(cast.officer).post("/rounds/new/", typed(plan), follow=True)
    round_ = Round.objects.get()
    assert answer.redirect_chain == [(f"/rounds/{round_.reference}/", 302)]
    assert (round_.status, round_.rule_set, str(round_.tactical_closes_on)) == ("DRAFT", plan.csp_rules, "2022-01-31")
    assert "Nobody is invited yet" in text(answer)


@pytest.mark.parametrize(
    "given, message",
    [
        ({"name": ""}, "Enter the name of the round"),
        ({"ends_on": "2021-03-01"}, "Last day of the period must be after the first"),
        ({"deadline_on": "2020-12-31"}, "Deadline must be on or after the opening day"),
        ({"tactical_closes_on": ""}, "Enter both days of the tactical window, or neither"),
        ({"tactical_closes_on": "2021-03-01"}, "The tactical window must end after it opens"),
    ],
)
def test_round_new_shows_each_error_twice(cast, plan, given, message):
    answer = text(signed_in(cast.officer).post("/rounds/new/", typed(plan, **given)))
    assert answer.count(message) == 2
    assert Round.objects.count() == 0


def test_round_new_on_a_discontinued_stream(cast, plan):
    plan.csps.standing = "DISCONTINUED"
    plan.csps.save()
    answer = text(signed_in(cast.officer).post("/rounds/new/", typed(plan)))
    assert answer.count("is discontinued, so no round can be opened on it. Choose another stream.") == 2


def test_round_edit_copy_and_allocations(cast, plan, open_round, draft):
    officer = signed_in(cast.officer)
    address = f"/rounds/{draft.reference}/"
    officer.post(f"{address}edit/", typed(plan, name="Renamed"))
    officer.post(f"{address}allocations/csp-swale/remove/")
    copied = officer.post(f"{address}copy/", {"from_round": open_round.pk}, follow=True)
    officer.post(
        f"{address}allocations/csp-maidstone/", {"amount": "£300", "main_amount": "150", "tactical_amount": "90"}
    )
    officer.post(f"{address}allocations/add/", {"organisation": "yot", "amount": "1,200"})

    draft.refresh_from_db()
    assert draft.name == "Renamed"
    assert "1 allocation copied from Crime reduction grants 2020/21" in text(copied)
    rows = draft.allocations.order_by("organisation__key")
    assert list(rows.values_list("organisation__key", "amount", "main_amount", "tactical_amount")) == [
        ("csp-maidstone", 300, 150, 90),
        ("csp-swale", 39661, 26441, 13220),
        ("yot", 1200, 800, 400),
    ]


def test_round_allocation_keeps_what_was_typed_when_it_is_refused(cast, draft):
    address = f"/rounds/{draft.reference}/allocations/csp-swale/"
    answer = text(
        signed_in(cast.officer).post(address, {"amount": "300", "tactical_amount": "101", "main_amount": "1"})
    )
    assert "Enter £100 or less." in answer
    assert 'value="101"' in answer


def test_round_preview_shows_exactly_what_the_applicant_sees(cast, plan, draft):
    officer = signed_in(cast.officer)
    preview = officer.get(f"/rounds/{draft.reference}/preview/?as=csp-swale")
    offered = str(preview.content.decode().split('<div class="round-frame">')[1].split("</h2>", 1)[1])
    assert "Swale Community Safety Partnership" in offered
    officer.post(f"/rounds/{draft.reference}/open/")

    page = text(signed_in(cast.swale_lead).get(f"/rounds/{draft.reference}/"))
    shared = [line.strip() for line in offered.splitlines() if "govuk-table" in line or "govuk-summary-list" in line]
    assert len(shared) > 5
    for line in shared:
        assert " ".join(line.split()) in page


def test_round_preview_says_why_it_cannot_open(cast, plan, draft):
    actions.set_allocation(round=draft, organisation=cast.yot, amount=None, by=cast.officer, at=timezone.now())
    page = text(signed_in(cast.officer).get(f"/rounds/{draft.reference}/preview/"))
    assert "The amount is not known for Youth Offending Team." in page
    answer = signed_in(cast.officer).post(f"/rounds/{draft.reference}/open/", follow=True)
    assert "The amount is not known for Youth Offending Team." in text(answer)
    draft.refresh_from_db()
    assert draft.status == "DRAFT"


def test_round_show_to_an_applicant(cast, open_round):
    page = text(signed_in(cast.maidstone_lead).get(f"/rounds/{open_round.reference}/"))
    for words in ("Write plainly.", "£39,661", "£26,440", "£13,220", "Start the main business case", "Mid-year return"):
        assert words in page
    assert "Swale" not in page
    assert "Cut" not in page


def test_round_show_offers_no_button_to_somebody_who_only_reads(cast, open_round):
    page = text(signed_in(cast.maidstone_certifier).get(f"/rounds/{open_round.reference}/"))
    assert "Start the main business case" not in page
    assert "What you can do" not in text(signed_in(cast.pcc).get(f"/rounds/{open_round.reference}/"))


def test_round_show_to_the_office_adds_up(cast, open_round):
    cases.business_case(cast, open_round, amounts=(9507, 12000), at=timezone.now())
    cases.business_case(cast, open_round, window="TACTICAL", amounts=(3000,), at=timezone.now())
    officer = signed_in(cast.officer)
    officer.post(
        f"/rounds/{open_round.reference}/allocations/csp-swale/cut/",
        {"window": "MAIN", "amount": "6000", "reason": "Less money."},
    )
    answer = officer.get(f"/rounds/{open_round.reference}/")

    totals = answer.context["totals"]
    assert totals["amount"] == sum(line.allocation.amount for line in answer.context["lines"]) == 73322
    assert (totals["main_used"], totals["tactical_used"], totals["unknown"]) == (21507, 3000, 0)
    assert "£1,999.67 above its share after the cut: no new tactical case" in text(answer)


def test_round_deadline_late_exception_close_reopen_finish(cast, open_round):
    officer = signed_in(cast.officer)
    address = f"/rounds/{open_round.reference}/"
    officer.post(f"{address}deadline/", {"deadline_on": "2099-01-01", "reason": "Snow."})
    officer.post(f"{address}late/", {"organisation": "csp-swale", "until": "2099-02-01", "reason": "Illness."})
    officer.post(f"{address}allocations/csp-swale/exception/", {"window": "MAIN", "amount": "50", "reason": "Agreed."})
    officer.post(f"{address}close/")
    officer.post(f"{address}reopen/", {"reason": "Too early."})
    open_round.refresh_from_db()
    assert (open_round.status, str(open_round.deadline_on)) == ("OPEN", "2099-01-01")
    assert str(open_round.late_acceptances.get().until) == "2099-02-01"
    officer.post(f"{address}close/")
    answer = officer.post(f"{address}finish/", follow=True)
    assert "is decided" in text(answer)


@pytest.mark.parametrize(
    "tail", ["deadline/", "late/", "allocations/csp-swale/cut/", "allocations/csp-swale/exception/"]
)
def test_round_forms_ask_for_a_reason(cast, open_round, tail):
    answer = signed_in(cast.officer).post(f"/rounds/{open_round.reference}/{tail}", {"reason": ""})
    assert text(answer).count("Enter the reason") == 2


def test_round_questions_are_those_of_the_forms(cast, open_round):
    page = text(signed_in(cast.maidstone_lead).get(f"/rounds/{open_round.reference}/questions/"))
    for question in ("What will the project do?", "How strong is the evidence?", "What will the money be spent on?"):
        assert question in page


def test_round_list_filters_and_downloads(cast, open_round, draft):
    officer = signed_in(cast.officer)
    assert {row.name for row in officer.get("/rounds/?status=DRAFT").context["page_obj"]} == {"Next year"}
    assert {row.name for row in officer.get("/rounds/?words=reduction").context["page_obj"]} == {open_round.name}
    assert [row.name for row in officer.get("/rounds/?sort=name&page=99").context["page_obj"]] == [
        open_round.name,
        "Next year",
    ]
    assert officer.get("/rounds/?format=csv").content.decode().count("\r\n") == 3
    lead = signed_in(cast.maidstone_lead)
    assert [row.name for row in lead.get("/rounds/").context["page_obj"]] == [open_round.name]


LIST_QUERIES = 6
SHOW_QUERIES = 16


def test_round_list_takes_the_same_queries_for_one_row_and_for_three(cast, plan, open_round, django_assert_num_queries):
    officer = signed_in(cast.officer)
    with django_assert_num_queries(LIST_QUERIES):
        officer.get("/rounds/")
    for number in range(2):
        cases.round_(cast, plan, name=f"Another {number}")
    with django_assert_num_queries(LIST_QUERIES):
        assert len(officer.get("/rounds/").context["page_obj"]) == 3


def test_round_show_takes_the_same_queries_however_many_are_invited(cast, plan, draft, django_assert_num_queries):
    officer = signed_in(cast.officer)
    with django_assert_num_queries(SHOW_QUERIES):
        officer.get(f"/rounds/{draft.reference}/")
    cases.allocation(draft, cast.yot, by=cast.officer)
    with django_assert_num_queries(SHOW_QUERIES):
        assert len(officer.get(f"/rounds/{draft.reference}/").context["lines"]) == 3
