"""Opportunities: looked at, bid for with partners and tasks, won or not, and the source of funds a win becomes."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plans.actions import bids, opportunities
from plans.enums import OpportunityStatus as Status
from plans.models import FundingSource
from plans.queries import opportunities as queries
from plans.rules import opportunities as rules
from records.models import Event, Obligation
from records.refusals import Refused
from tests.make import opportunities as make

OPEN = {"opens_on": date(2020, 5, 1), "closes_on": date(2020, 6, 5), "amount": Decimal("1000")}
ON = date(2020, 6, 10)


def fund(**facts):
    return SimpleNamespace(**{**OPEN, "status": "BIDDING", "submitted_on": None, **facts})


def owed(opportunity):
    rows = Obligation.objects.about(opportunity).order_by("pk")
    return [(row.kind, row.due_on, row.closing) for row in rows]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, ""),
        ({"submitted_on": date(2020, 6, 5)}, ""),
        ({"submitted_on": date(2020, 6, 11)}, "The bid cannot have been sent on a day still to come."),
        (
            {"submitted_on": date(2020, 4, 30)},
            "The fund opens on 1 May 2020, so the bid cannot have been sent before.",
        ),
        (
            {"submitted_on": date(2020, 6, 6)},
            "The fund closed on 5 June 2020. If the funder gave more time, change its last day first.",
        ),
        ({"bid_amount": Decimal("1000.01")}, "The fund gives at most £1,000 and this bid is for £1,000.01."),
    ],
)
def test_why_not_sent_so_keeps_to_the_fund(sent, why):
    bid = {"submitted_on": date(2020, 6, 1), "bid_amount": Decimal("1000"), **sent}

    assert rules.why_not_sent_so(fund(), **bid, on=ON) == why


@pytest.mark.parametrize(
    ("needed", "agreed", "why"),
    [
        (None, "0", ""),
        ("0", "0", ""),
        ("40000", "40000", ""),
        (
            "40000",
            "10000",
            (
                "The fund asks for £40,000 of match and £10,000 is agreed. "
                "Add who brings the other £30,000 and when they agreed."
            ),
        ),
    ],
)
def test_why_not_match_asks_for_the_whole_of_it(needed, agreed, why):
    assert rules.why_not_match(None if needed is None else Decimal(needed), Decimal(agreed)) == why


@pytest.mark.parametrize(
    ("purpose", "why"),
    [
        ("ANY", ""),
        ("CRIME_REDUCTION", ""),
        ("VICTIMS", "Money with this purpose may not be spent on Safety. Choose another purpose or stream."),
    ],
)
def test_why_not_for_stream_keeps_the_purpose(purpose, why):
    stream = type("Stream", (), {"purpose": "CRIME_REDUCTION", "name": "Safety"})()

    assert rules.why_not_for_stream(purpose, stream) == why


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, ""),
        ({"outcome_on": date(2020, 6, 11)}, "The outcome cannot have come on a day still to come."),
        (
            {"outcome_on": date(2020, 5, 31)},
            "The bid was sent on 1 June 2020, so its outcome came on or after that day.",
        ),
        ({"ends_on": date(2020, 6, 1)}, "The money’s last day must be on or after its first day."),
        ({"key_taken": True}, "There is a source of funds with this name already. Give this one another name."),
    ],
)
def test_why_not_won_so_says_what_is_wrong(facts, why):
    won = {
        "outcome_on": date(2020, 6, 9),
        "starts_on": date(2020, 7, 1),
        "ends_on": date(2021, 3, 31),
        "purpose": "ANY",
        "streams": (),
        "key_taken": False,
        **facts,
    }

    assert rules.why_not_won_so(fund(submitted_on=date(2020, 6, 1)), **won, on=ON) == why


def test_enter_opportunity_owes_its_last_day_and_a_moved_day_moves_it(world):
    opportunity = make.opportunity(world.cast, world.plan)

    opportunities.edit_opportunity(
        opportunity=opportunity, closes_on=date(2020, 6, 19), reason="More time", by=world.cast.officer, at=make.PURSUED
    )

    assert opportunity.reference == "OP-2020-001"
    assert owed(opportunity) == [("OPPORTUNITY_DEADLINE", date(2020, 6, 19), "")]
    assert Event.objects.filter(subject_type="plans.Opportunity", verb="changed").get().changes == {
        "closes_on": ["2020-06-05", "2020-06-19"]
    }


def test_pursue_opportunity_needs_a_lead_and_a_reason(world):
    opportunity = make.opportunity(world.cast, world.plan, lead=None)
    act = {"opportunity": opportunity, "by": world.cast.officer, "at": make.PURSUED}

    with pytest.raises(Refused, match="Say first who leads the bid"):
        opportunities.pursue_opportunity(**act, reason="It fits")
    with pytest.raises(Refused, match="Only commissioning officers and the head"):
        opportunities.pursue_opportunity(**{**act, "by": world.cast.finance}, reason="It fits")


def test_leave_opportunity_stops_its_reminders_until_somebody_looks_again(world):
    opportunity = make.opportunity(world.cast, world.plan, status=Status.NOT_PURSUED)
    left = owed(opportunity)

    opportunities.look_again(opportunity=opportunity, reason="A partner asked", by=world.cast.officer, at=make.PURSUED)

    assert left == [("OPPORTUNITY_DEADLINE", make.CLOSES, "Not pursued")]
    assert owed(opportunity) == [*left, ("OPPORTUNITY_DEADLINE", make.CLOSES, "")]


def test_send_bid_bites_on_missing_match(world):
    opportunity = make.opportunity(world.cast, world.plan, status=Status.BIDDING, match=Decimal("40000"))
    make.partner(world.cast, opportunity, brings=Decimal("40000"))

    with pytest.raises(Refused, match="asks for £40,000 of match and £0 is agreed"):
        make.sent(world.cast, opportunity)
    partner = opportunity.partners.get()
    bids.save_partner(
        opportunity=opportunity, partner=partner, organisation=None, name=partner.name, part="", brings=partner.brings,
        agreed_on=date(2020, 5, 20), by=world.cast.officer, at=make.PURSUED,
    )  # fmt: skip
    sent = make.sent(world.cast, opportunity)

    assert (sent.status, sent.bid_amount, sent.submitted_on) == ("SUBMITTED", Decimal("120000"), date(2020, 6, 1))
    assert owed(opportunity) == [("OPPORTUNITY_DEADLINE", make.CLOSES, "Bid sent")]


def test_win_opportunity_makes_a_source_that_awards_can_draw_on(world):
    opportunity = make.opportunity(world.cast, world.plan, status=Status.WON)

    source = FundingSource.objects.get(key="safer-places-fund-202021")
    assert opportunity.funding_source == source
    assert (source.amount, source.funder, source.purpose) == (Decimal("111005"), "The Ministry", "CRIME_REDUCTION")
    assert not source.carry_over_allowed
    assert list(world.plan.csps.sources.order_by("pk")) == [world.plan.own, source]


def test_win_opportunity_refuses_a_stream_beyond_its_purpose(world):
    opportunity = make.opportunity(world.cast, world.plan, status=Status.SUBMITTED)

    with pytest.raises(Refused, match="Money with this purpose may not be spent on Community Safety Partnerships"):
        make.won(world.cast, opportunity, purpose="VICTIMS", streams=[world.plan.csps])

    assert not FundingSource.objects.filter(name=make.WON["name"]).exists()


def test_lose_opportunity_asks_what_was_learnt(world):
    opportunity = make.opportunity(world.cast, world.plan, status=Status.SUBMITTED)
    make.task(world.cast, opportunity, due_on=date(2020, 7, 1))
    told = {"opportunity": opportunity, "outcome_on": date(2020, 7, 17), "by": world.cast.officer, "at": make.TOLD}

    with pytest.raises(Refused, match="Say what was learnt"):
        opportunities.lose_opportunity(**told, lessons=" ")
    lost = opportunities.lose_opportunity(**told, lessons="Begin sooner")

    assert (lost.status, lost.lessons) == ("LOST", "Begin sooner")
    assert [row[2] for row in owed(opportunity)] == ["Bid sent", "Not won"]


def test_save_task_owes_reminders_until_it_is_done(world):
    opportunity = make.opportunity(world.cast, world.plan, status=Status.BIDDING)
    row = make.task(world.cast, opportunity)
    words = {"task": row.task, "owner": "Officer", "by": world.cast.officer, "at": make.PURSUED}

    with pytest.raises(Refused, match=r"The fund closes on 5 June 2020. Give a day on or before it."):
        bids.save_task(opportunity=opportunity, row=row, due_on=date(2020, 6, 6), **words)
    bids.save_task(opportunity=opportunity, row=row, due_on=date(2020, 5, 29), **words)
    bids.finish_task(row=row, done_on=date(2020, 5, 28), result="Signed", by=world.cast.officer, at=make.PURSUED)

    assert owed(opportunity)[1] == ("OPPORTUNITY_TASK", date(2020, 5, 29), "Done")
    assert (row.done_on, row.result) == (date(2020, 5, 28), "Signed")
    with pytest.raises(Refused, match=r"This task is done already."):
        bids.finish_task(row=row, done_on=date(2020, 5, 28), result="", by=world.cast.officer, at=make.PURSUED)


@pytest.mark.parametrize(
    ("organisation", "name", "why"),
    [
        ("Council", "", ""),
        ("", "Example Council", ""),
        ("Council", "Example Council", "Choose the partner from the list or type its name, not both."),
        ("", "", "Choose the partner from the list or type its name."),
    ],
)
def test_why_not_partner_so_wants_one_name(organisation, name, why):
    assert rules.why_not_partner_so(organisation=organisation, name=name) == why


def test_a_closed_opportunity_takes_no_partners_but_letters_of_its_outcome(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    opportunity = make.opportunity(world.cast, world.plan, status=Status.WON)
    letter = SimpleUploadedFile("award.txt", b"You have won", content_type="text/plain")

    with pytest.raises(Refused, match=r"This opportunity is won, so it cannot be changed that way."):
        make.partner(world.cast, opportunity)
    kept = bids.add_document(opportunity=opportunity, upload=letter, by=world.cast.officer, at=make.TOLD)

    assert [row.name for row in queries.bid_of(opportunity).documents] == [kept.name] == ["award.txt"]
    with pytest.raises(Refused, match="This opportunity is won"):
        bids.remove_document(opportunity=opportunity, document=kept, by=world.cast.officer, at=make.TOLD)


def test_remove_partner_leaves_a_line_in_the_history(world):
    opportunity = make.opportunity(world.cast, world.plan, status=Status.BIDDING)
    partner = make.partner(world.cast, opportunity)

    bids.remove_partner(partner=partner, by=world.cast.officer, at=make.PURSUED)

    assert queries.bid_of(opportunity).partners == ()
    assert Event.objects.filter(verb="partner_removed").get().summary == "No longer a partner: Example Council"


def test_closing_soon_lists_what_closes_within_four_weeks(world):
    opportunity = make.opportunity(world.cast, world.plan)

    assert list(queries.closing_soon(date(2020, 5, 8))) == [opportunity]
    assert list(queries.closing_soon(date(2020, 5, 7))) == []
    assert {status: number for status, _, number in queries.counts()}["HORIZON"] == 1
