"""Evaluation on screen: interests, findings, recommendations, the comment on the money, sending for decision."""

import pytest
from django.urls import reverse

from grants.enums import CaseStatus
from grants.models import Evaluation, InterestDeclaration, Recommendation
from tests.make import awards as make

pytestmark = pytest.mark.django_db


def page(client, user, name, *args, **data):
    client.force_login(user)
    address = reverse(f"grants:{name}", args=args)
    return client.post(address, data, follow=True) if data else client.get(address)


def test_evaluation_show_walks_an_officer_from_interests_to_sending(client, world):
    case = make.submitted_case(world)
    ref, officer = case.reference, world.officer

    first = page(client, officer, "evaluation_show", ref)
    page(client, officer, "evaluation_declare", ref, has_interest="no")
    page(client, officer, "evaluation_begin", ref, go="1")
    found = {"need_found": "Clear", "outcomes": "Measured", "value_for_money": "Good"}
    page(client, officer, "evaluation_edit", ref, 1, **found)
    page(
        client, officer, "evaluation_recommend", ref, 1, outcome="APPROVED_LOWER", amount="9,000", advice="Trim travel"
    )
    waits = page(client, officer, "evaluation_show", ref)
    page(client, world.cfo, "evaluation_comment", ref, 1, comment="Affordable")
    sent = page(client, officer, "evaluation_send", ref, go="1")

    case.refresh_from_db()
    advice = Recommendation.objects.get()
    assert "Declare your interests in this business case before you work on it." in first.text
    assert "waits for the chief finance officer" in waits.text
    assert (advice.outcome, advice.amount, advice.cfo_by) == ("APPROVED_LOWER", 9000, world.cfo)
    assert "Sent for decision." in sent.text
    assert case.status == CaseStatus.AWAITING_DECISION


def test_evaluation_declare_needs_the_interest_in_words(client, world):
    case = make.submitted_case(world)

    empty = page(client, world.officer, "evaluation_declare", case.reference, details="")
    vague = page(client, world.officer, "evaluation_declare", case.reference, has_interest="yes")

    assert empty.context["form"].errors == {"has_interest": ["Say whether you have an interest"]}
    assert vague.context["form"].errors == {"details": ["Say what your interest is"]}
    assert not InterestDeclaration.objects.exists()


def test_evaluation_begin_with_an_interest_is_refused(client, world):
    case = make.submitted_case(world)
    page(
        client, world.officer, "evaluation_declare", case.reference, has_interest="yes", details="My sister works there"
    )

    response = page(client, world.officer, "evaluation_begin", case.reference, go="1")

    assert "You declared an interest in this business case" in response.text


def test_evaluation_edit_twice_keeps_one_evaluation(client, world):
    case = make.under_evaluation(world)
    for words in ("First thoughts", "Second thoughts"):
        found = {"need_found": words, "outcomes": "Measured", "value_for_money": "Good"}
        page(client, world.officer, "evaluation_edit", case.reference, 1, **found)

    assert [row.need for row in Evaluation.objects.all()] == ["Second thoughts"]
    assert "Second thoughts" in page(client, world.officer, "evaluation_edit", case.reference, 1).text


def test_evaluation_recommend_above_what_was_asked_is_an_error_at_the_field(client, world):
    case = make.under_evaluation(world)
    make.advise(world, make.projects(case)[0])

    response = page(
        client, world.officer, "evaluation_recommend", case.reference, 1, outcome="APPROVED_LOWER", amount="10001",
        advice="More",
    )  # fmt: skip

    assert response.context["form"].errors == {"amount": ["Sum recommended must be £10,000 or less"]}
    assert "More" in response.text


def test_evaluation_take_back_with_a_reason(client, world):
    case = make.awaiting_decision(world)

    page(client, world.officer, "evaluation_take_back", case.reference, reason="New figures came in")

    case.refresh_from_db()
    assert case.status == CaseStatus.UNDER_EVALUATION


@pytest.mark.parametrize("name", ["evaluation_show", "evaluation_declare"])
def test_evaluation_pages_are_for_the_office(client, world, name):
    case = make.submitted_case(world)

    assert page(client, world.maidstone_lead, name, case.reference).status_code == 403
    assert page(client, world.swale_lead, name, case.reference).status_code == 403


def test_evaluation_show_of_a_draft_is_not_there(client, world):
    case = make.cases.business_case(world.cast, world.round, status="DRAFT")

    assert page(client, world.officer, "evaluation_show", case.reference).status_code == 404
