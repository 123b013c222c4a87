"""A round with lots and a public vote: places in each lot, votes with their source, the budget of a lot (X1, X2)."""

from decimal import Decimal

import pytest

from grants.models import Award, StageResult
from tests.make import accounts, bidding, plans
from tests.make import staging as make
from tests.make.records import ladders

from .person import Person
from .test_two_stage_round import advise_and_send, decide

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
D = Decimal


@pytest.fixture
def cast(settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    ladders()
    return accounts.cast()


def round_of(cast):
    """£6,000 for parks and £4,000 for nights; a gate, a vote with two places in each lot, the commissioner."""
    rules = bidding.rules(
        plan := plans.plan(cast), lots=[("Parks", "6000", None, "6000"), ("Nights", "4000", None, None)]
    )
    make.gate(rules, 1, name="Eligible")
    make.stage(rules, 2, "PUBLIC_VOTE", name="The vote", places=1)
    make.stage(rules, 3, "COMMISSIONER", name="The commissioner")
    return bidding.round_(cast, plan, rules, budget="20000")


def through_gate(officer, case, number=1):
    """One project found eligible on both criteria."""
    officer.visit(f"{case.get_absolute_url()}projects/{number}/stages/1/score/")
    for title in ("Constitution", "Safeguarding"):
        officer.choose("Yes, it is met", within=title)
    officer.press("Finish")


def test_a_vote_gives_places_in_each_lot_and_a_lot_keeps_its_budget(cast):
    round = round_of(cast)
    bids = {
        "maidstone": bidding.sent(cast, round, organisation=cast.maidstone, amounts=["5000"], lot=1),
        "swale": bidding.sent(cast, round, organisation=cast.swale, amounts=["4000"], lot=1),
        "yot": bidding.sent(cast, round, organisation=cast.yot, amounts=["4000"], lot=2),
    }
    officer, cfo, pcc = Person(cast.officer), Person(cast.cfo), Person(cast.pcc)
    for case in bids.values():
        make.declare(None, case, cast.officer, cast.cfo, cast.pcc)
    gate = round.rule_set.stages.get(number=1)
    for name in ("swale", "yot"):
        make.score(make.project_of(bids[name]), gate, cast.officer, True)
    through_gate(officer, bids["maidstone"])
    officer.visit(f"{round.get_absolute_url()}stages/1/").press("Settle this stage").sees("3 of 3 go on")

    # Two draw in the first lot: they share its last place, both go on, and the page says so.
    officer.visit(f"{round.get_absolute_url()}stages/2/").follow("Enter the votes")
    officer.fill_each("Votes for", ["120", "120", "35"]).fill("Where the result comes from", "The council's report")
    officer.fill_date("Day on which the vote ended", make.MET_ON).press("Record this result for good")
    officer.sees(
        "50% of the votes, place 1, shared with 1 other: all who share the last place go on", "100% of the votes"
    )
    votes = {row.project.case.organisation: (row.votes, row.percent, row.place) for row in voted()}
    assert votes == {cast.maidstone: (120, D(50), 1), cast.swale: (120, D(50), 1), cast.yot: (35, D(100), 1)}

    # The first lot holds £6,000 and £9,000 are in play: the line is drawn after the first.
    ranking = officer.visit(f"{round.get_absolute_url()}ranking/")
    ranking.sees("Lot 1: Parks", "Budget £6,000", "In play £9,000", "Lot 2: Nights", "The money reaches every project")
    for case in bids.values():
        advise_and_send(officer, cfo, case)
    decide(pcc, bids["maidstone"], "Approved in full")
    decide(pcc, bids["yot"], "Approved in full")
    decide_over = pcc.visit(f"{bids['swale'].get_absolute_url()}projects/1/decide/").choose("Approved in full")
    decide_over.fill("Purpose of the spend", "Parks").fill("Reason for the decision", "As many votes")
    decide_over.press("Check this decision").sees("Only £1,000 is left of Lot 1: Parks")
    decide_over.choose("Approved at a lower sum").fill("Sum", "1000").press("Check this decision")
    decide_over.press("Make this decision")

    assert {award.recipient: award.lines.get().amount for award in Award.objects.all()} == {
        cast.maidstone: D(5000), cast.yot: D(4000), cast.swale: D(1000),
    }  # fmt: skip


def voted():
    return StageResult.objects.filter(stage__kind="PUBLIC_VOTE").select_related("project__case__organisation")
