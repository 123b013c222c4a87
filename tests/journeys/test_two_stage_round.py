"""A round in two stages of scoring: a cut-off after the first, moderation in the second, then the commissioner (V3)."""

from decimal import Decimal

import pytest

from accounts.models import Organisation
from grants.models import Award, InterestDeclaration, StageResult
from records.models import Decision
from tests.make import accounts, bidding, plans
from tests.make import staging as make
from tests.make.records import ladders

from .person import Person

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
D = Decimal
SHORT, FULL = "Short reading", "Full reading"


@pytest.fixture
def cast(settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    ladders()
    return accounts.cast()


def round_of(cast):
    """Three bids for £15,000: a first reading that two get through, a second one with moderation, the commissioner."""
    rules = bidding.rules(plan := plans.plan(cast))
    make.scored(rules, 1, name=SHORT, evaluators=1, places=2)
    make.scored(rules, 2, name=FULL, evaluators=2, pass_percent=D(60))
    make.stage(rules, 3, "MODERATION", name="Agreeing")
    make.stage(rules, 4, "COMMISSIONER", name="The commissioner")
    return bidding.round_(cast, plan, rules, budget="15000")


def sent_by(cast, round):
    """The three business cases, by the name of who sent them."""
    return {
        name: bidding.sent(cast, round, organisation=getattr(cast, name), amounts=[amount])
        for name, amount in (("maidstone", "9000"), ("swale", "6000"), ("yot", "5000"))
    }


def declare(person, case):
    person.visit(case.get_absolute_url()).sees(
        "Declare your interests in this business case before you open its papers"
    )
    person.does_not_see("Reports of violence at night")
    person.follow("Declare your interests").choose("No, I have no interest").press("Declare")


def score(person, case, stage, need, value):
    """One evaluator's scores of both criteria, on the page of the stage."""
    person.visit(f"{case.get_absolute_url()}projects/1/stages/{stage}/score/").sees("Shown beyond doubt")
    person.choose(str(need), within="Evidence of need").choose(str(value), within="Value for money")
    person.press("Finish").sees("Your scores of project 1 are finished")


def settle(person, round, stage, words):
    person.visit(f"{round.get_absolute_url()}stages/{stage}/").press("Settle this stage").sees(words)


def advise_and_send(officer, cfo, case):
    page = f"{case.get_absolute_url()}evaluation/"
    officer.visit(page).follow("Recommend").choose("Approved in full").fill("Advice to the decider", "Fund it")
    officer.press("Save recommendation")
    cfo.visit(page).follow("Comment on the money").fill("Comment on the money", "Affordable").press("Save comment")
    officer.visit(page).press("Send for decision")


def decide(pcc, case, outcome):
    pcc.visit(f"{case.get_absolute_url()}projects/1/decide/").choose(outcome).fill(
        "Purpose of the spend", "Safer nights"
    )
    pcc.fill("Reason for the decision", "It ranks high").press("Check this decision")
    return pcc.press("Make this decision")


def test_two_stages_of_scoring_with_a_cut_off_and_moderation(cast):
    round = round_of(cast)
    bids = sent_by(cast, round)
    officer, other, cfo, pcc = (Person(who) for who in (cast.officer, cast.other_officer, cast.cfo, cast.pcc))
    declare(officer, bids["maidstone"])
    for case in bids.values():
        who = (cast.officer, cast.other_officer, cast.cfo, cast.pcc)
        make.declare(None, case, *(one for one in who if (case, one) != (bids["maidstone"], cast.officer)))
    assert InterestDeclaration.objects.count() == 12

    # The first reading: three bids, two places; the cut-off needs all three.
    score(officer, bids["maidstone"], 1, 4, 4)
    score(officer, bids["swale"], 1, 5, 3)
    other.visit(f"{round.get_absolute_url()}stages/1/").sees(f"{bids['yot'].reference}/1 is not ready")
    score(other, bids["yot"], 1, 2, 4)
    settle(officer, round, 1, f"{SHORT} is settled: 2 of 3 go on")
    first = {row.project.case.organisation: (row.percent, row.place) for row in StageResult.objects.all()}
    assert first == {cast.swale: (D(84), 1), cast.maidstone: (D(80), 2), cast.yot: (D(56), 3)}

    # The second: two evaluators, each alone, then one agreed score with its reason.
    for name, (mine, theirs) in {"maidstone": (5, 3), "swale": (3, 3)}.items():
        score(officer, bids[name], 2, mine, mine)
        other.visit(f"{bids[name].get_absolute_url()}evaluation/").does_not_see(f"Scores of {cast.officer.full_name} ")
        score(other, bids[name], 2, theirs, theirs)
    moderate = officer.visit(f"{bids['maidstone'].get_absolute_url()}projects/1/stages/3/moderate/")
    moderate.sees("The evaluators gave 5 and 3: 2 apart.")
    for title in ("Evidence of need", "Value for money"):
        moderate.choose("4", within=title)
    moderate.press("Save agreed scores").sees("the evaluators gave 3 and 5. Say why 4 is agreed.")
    for title in ("Evidence of need", "Value for money"):
        moderate.fill(f"Why is this agreed? ({title})", "Read again together")
    moderate.press("Save agreed scores")
    officer.visit(f"{bids['swale'].get_absolute_url()}projects/1/stages/3/moderate/").press("Save agreed scores")
    settle(officer, round, 3, "Agreeing is settled: 2 of 2 go on")

    # The money reaches both; the third can only be declined, and needs no advice for that.
    officer.visit(f"{round.get_absolute_url()}ranking/").sees("The money reaches every project", "£15,000")
    for name in ("maidstone", "swale"):
        advise_and_send(officer, cfo, bids[name])
        decide(pcc, bids[name], "Approved in full")
    officer.visit(f"{bids['yot'].get_absolute_url()}evaluation/").press("Send for decision")
    pcc.visit(f"{bids['yot'].get_absolute_url()}projects/1/decide/").sees(
        "This project went no further at Short reading"
    )
    pcc.choose("Declined").press("Check this decision").press("Make this decision")

    assert {award.recipient: award.lines.get().amount for award in Award.objects.all()} == {
        cast.maidstone: D(9000), cast.swale: D(6000),
    }  # fmt: skip
    declined = Decision.objects.get(outcome="DECLINED")
    assert declined.reason == (
        "This project went no further at Short reading (56% of the best possible score, place 3, and 2 go on)."
    )
    assert Organisation.objects.filter(cases__status="DECIDED").count() == 3
