"""A bid from the horizon to its end: won, awarded from, spent, then reduced by the funder after the award."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from grants.models import Award
from plans.models import FundingSource, Opportunity, SourceMovement
from records.models import Obligation
from records.refusals import Refused
from tests.make import awards, cases

from .person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SOURCE = "/money/sources/safer-places-fund-202021/"


def at(month, day):
    return datetime(2020, month, day, 9, 0, tzinfo=UTC)


def bid(officer, address):
    """From the horizon to the answer of the funder, on screen."""
    officer.visit("/opportunities/").follow("Add an opportunity")
    officer.fill("Name of the fund", "Safer places fund").fill("Funder", "The Ministry")
    officer.fill("What its money may be spent on", "Crime and disorder reduction only")
    officer.fill("Stream it would pay for", "1.1 Community Safety Partnerships")
    officer.fill_date("Day it opens", date(2020, 1, 6)).fill_date("Last day for bids", date(2020, 2, 14))
    officer.fill("Most a bid can ask for", "20,000").fill("Match needed", "5,000")
    officer.fill("Who leads?", "Ola Officer").press("Save")
    officer.sees("On the horizon", "Match needed: £5,000", "Still missing: £5,000")
    officer.follow("Bid for it").fill("Why?", "It pays for lights").press("Bid for it").sees("Bid being written")
    officer.follow("Add a task").fill("What is to be done?", "Letter of support")
    officer.fill_date("By when?", date(2020, 2, 10)).press("Save the task")
    officer.follow("Add a partner").fill("Or its name", "Example Council").fill("What it brings, in pounds", "5000")
    officer.fill_date("Day it agreed", date(2020, 1, 20)).press("Save the partner").sees("That is enough.")
    officer.follow("Mark as done: Letter of support").fill_date("Day it was done", date(2020, 2, 7))
    officer.press("Mark as done").sees("Done on 7 February 2020")
    officer.follow("Record the bid as sent").fill_date("Day it was sent", date(2020, 2, 12))
    officer.fill("Sum asked for", "20000").press("Record the bid").sees("Bid for £20,000, sent on 12 February 2020.")


def win(officer):
    officer.follow("It was won").fill_date("Day the funder said so", date(2020, 3, 2)).fill("Sum given", "12000")
    officer.fill("Name of the source of funds", "Safer places fund 2020/21")
    officer.fill_date("First day the money may be spent", date(2020, 4, 1))
    officer.fill_date("Last day the money may be spent", date(2021, 3, 31)).press("Record that it was won")
    officer.sees("Won on 2 March 2020: £12,000", "Safer places fund 2020/21")


def reduce(officer, amount, *, gap=""):
    officer.visit(SOURCE).follow("Record a change of what it holds").choose("Reduced by the funder")
    officer.fill("By how much?", amount).fill_date("Day it was known", date(2020, 10, 1))
    officer.fill("Why?", "The funder gives less to everybody").fill("How is the gap met?", gap)
    return officer.press("Record the change")


def test_a_bid_is_won_awarded_from_spent_and_then_reduced(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    world = awards.world()
    officer = Person(world.officer)

    bid(officer, "/opportunities/")
    win(officer)
    opportunity = Opportunity.objects.get()
    assert Obligation.objects.open().about(opportunity).count() == 0
    officer.visit(SOURCE).sees("£12,000", "Nothing draws on this source yet.", "May be spent on: crime and disorder")

    # An award draws on it: as much as it holds, and no penny more.
    won = FundingSource.objects.get(opportunity=opportunity)
    lit = cases.round_(
        world.cast, world, status="DRAFT", name="Safer places 2020/21", funding_source=won, allocate=False
    )
    cases.allocation(lit, world.maidstone, by=world.officer)
    cases.rounds.open_round(round=lit, by=world.officer, at=cases.OPENED)
    here = awards.world(world.cast, world, lit)
    award = awards.released_award(here, ("9000",))
    case = awards.awaiting_decision(here, ("3000.01",), organisation=None, at=awards.TACTICAL_AT, window="TACTICAL")
    [second] = awards.projects(case)
    with pytest.raises(Refused, match="holds £12,000 and £9,000 is promised from it already, so only £3,000"):
        awards.approve(here, second, at=awards.TACTICAL_AT)
    awards.approve(here, second, "3000", at=awards.TACTICAL_AT)
    officer.visit(SOURCE).sees(award.reference, "£4,500", "Left to promise")

    # The funder reduces what it gave, after the award: the gap is shown, and somebody says how it is met.
    reduce(officer, "4000").sees(
        "£12,000 is promised from Safer places fund 2020/21 already and it would hold £8,000: a gap of £4,000. "
        "Say how the gap is met."
    )
    assert not SourceMovement.objects.exists()
    reduce(officer, "4000", gap="From the office’s own budget").sees(
        "£4,000 more is promised than this source holds.", "nothing more can be promised from it"
    )
    Person(world.pcc).visit("/money/").sees("£4,000 more is promised than it holds")
    assert (Award.objects.get(pk=award.pk).status, SourceMovement.objects.get().amount) == ("LIVE", Decimal("4000.00"))
