"""What waits for whom: on the home page of each person, and on the dashboard."""

import pytest

from records.models import Obligation
from services.actions import extensions as actions
from services.queries import extension_work as work
from services.queries import extensions as queries
from tests.make import extensions as make

pytestmark = pytest.mark.django_db
AT = make.day(2021, 9, 6)


def turns(world):
    """Who has what to do: by name, the headings of their work."""
    office = {name: work.office_work(getattr(world.cast, name)) for name in ("officer", "head", "cfo", "pcc", "reader")}
    office["chief_executive"] = work.office_work(world.cast.chief_executive)
    provider = {name: work.provider_work(getattr(world.cast, name)) for name in ("provider_lead", "provider_signatory")}
    return {name: sorted(found) for name, found in {**office, **provider}.items() if found}


def test_preparing_is_the_officers_work_with_the_next_step(world):
    assert turns(world) == {"officer": [work.PREPARE], "head": [work.PREPARE]}
    [row] = work.office_work(world.cast.officer)[work.PREPARE]
    assert (row.title, row.detail, row.due_on.isoformat()) == (
        "Support service: option 1", f"{world.case.reference}. Next: provider asked", "2021-05-11",
    )  # fmt: skip


def test_a_question_is_the_providers_work_until_it_is_answered(world):
    actions.ask_provider(case=world.case, words="Willing?", by=world.cast.officer, at=AT)

    assert turns(world)["provider_lead"] == turns(world)["provider_signatory"] == [work.WILLING]
    [row] = work.provider_work(world.cast.provider_lead)[work.WILLING]
    assert row.due_on.isoformat() == "2021-09-27"
    actions.answer_ask(case=world.case, willing=True, words="", by=world.cast.provider_lead, at=AT)
    assert "provider_lead" not in turns(world)


def test_advice_is_the_chief_finance_officers_work_then_the_deciders(world):
    make.advised(world, world.case, at=AT, by=world.cast.head)
    assert turns(world) == {"cfo": [work.COMMENT]}

    actions.comment(case=world.case, words="Fine", by=world.cast.cfo, at=AT)

    assert turns(world) == {"pcc": [work.DECIDE], "chief_executive": [work.DECIDE]}


def test_an_offer_is_the_signatorys_work_and_the_notice_the_officers(world):
    make.offered(world, world.case, at=AT)

    assert turns(world) == {
        "officer": [work.NOTICE], "head": [work.NOTICE], "provider_signatory": [work.OFFERED],
    }  # fmt: skip


def test_a_second_approval_is_nobodys_who_decided_or_advised(world):
    make.awaiting_second(world, make.outside(world, key="other"), at=AT)

    assert turns(world)["chief_executive"] == [work.SECOND]
    assert "pcc" not in turns(world) and "cfo" not in turns(world)


def test_the_dashboard_says_how_each_decision_stands(world):
    outside = make.outside(world, key="other")
    make.advised(world, world.case, at=AT)

    rows = work.with_standing(Obligation.objects.open().filter(kind="EXTENSION_DECISION").order_by("due_on"))

    assert [(row.subject_id, row.standing) for row in rows] == [
        (world.case.option_id, "Waiting for the decision"), (outside.pk, "Being prepared"),
    ]  # fmt: skip


def test_question_of_is_the_letter_that_asked_even_if_another_went_at_the_same_moment(world):
    assert queries.question_of(world.case) is None
    make.willing(world, world.case, at=AT)

    case = make.fresh(make.offered(world, world.case, at=AT))

    assert queries.question_of(case).title == "Are you willing to go on? Support service"


def test_summary_of_says_to_each_side_what_concerns_it(world):
    actions.ask_provider(case=world.case, words="Willing?", by=world.cast.officer, at=AT)
    contract = world.case.contract

    ours = queries.summary_of(contract, world.cast.officer)
    theirs = queries.summary_of(contract, world.cast.provider_lead)

    assert (ours.case, ours.ahead.step.kind, ours.answer_asked, ours.is_office) == (
        world.case, "EVIDENCE", True, True,
    )  # fmt: skip
    assert (theirs.ahead, theirs.answer_asked, theirs.is_office) == (None, True, False)
