"""A direct award of two funders over three years, through the real pages: £614,000, £202,000 of it in the first.

One funder's money may be carried over, the other's may not: it pays for its own year alone.
"""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from grants.models import Award, DirectAward
from grants.queries import money
from pcc_portal.tasks import morning_sweep
from records.models import Decision, Paper
from tests.make import accounts, plans
from tests.make import direct_awards as make

from .person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
RULES = [
    {"number": 1, "share_percent": 50, "condition": "TERMS_ACCEPTED"},
    {"number": 2, "share_percent": 50, "condition": "DAY_REACHED", "due_days": 183},
]


@pytest.fixture
def world(db):
    cast = accounts.cast()
    here = SimpleNamespace(**vars(cast), **vars(plans.plan(cast)))
    make.rule_set(here, RULES)
    make.source(here, "long", "Violence fund", make.LAST, "600000", carry_over_allowed=True)
    make.source(here, "short", "Home Office grant", date(2021, 3, 31), "102000")
    return here


def write(officer, rows):
    """The proposal, with a row for each source and period."""
    officer.visit("/direct-awards/").follow("Propose a direct award")
    officer.fill("Title of the award", "Mentors in hospital").fill("Stream", "1.2 Third parties")
    officer.fill("Rules", "Direct award rules").fill("Recipient", "Youth Offending Team")
    officer.fill("What the money is for", "Mentors for young people who were hurt")
    officer.fill("Why it is awarded without a round", "Nobody else works in the hospital")
    officer.fill_date("First day", date(2020, 4, 1)).fill_date("Last day", date(2023, 3, 31))
    for number, (source, amount, first, last) in enumerate(rows):
        if number:
            officer.press("Add another source or period")
        officer.fill("Source of funds", source, within=f"Source {number + 1}")
        officer.fill("Sum it pays", amount, within=f"Source {number + 1}")
        for part, day in (("starts_on", first), ("ends_on", last)):
            for box in ("day", "month", "year"):
                officer.page.ids[f"id_money-{number}-{part}_{box}"].set("value", str(getattr(day, box)))
    return officer.press("Save the proposal")


def test_two_funders_pay_one_award_each_in_its_own_time(world, clock):
    first, second, third = make.YEARS
    clock.go(2020, 3, 2)
    officer = write(
        Person(world.officer),
        [
            ("Violence fund", "100000", *first),
            ("Home Office grant", "102000", first[0], second[1]),
            ("Violence fund", "206000", *second),
            ("Violence fund", "206000", *third),
        ],
    )
    officer.sees(
        "Home Office grant ends on 31 March 2021 and may not be carried over, so it pays only for time until then. "
        "Let another source pay for what follows."
    )
    for box, value in (("day", "31"), ("month", "3"), ("year", "2021")):
        officer.page.ids[f"id_money-1-ends_on_{box}"].set("value", value)
    officer.press("Save the proposal").sees("£614,000", "Being prepared", "Write the advice")

    officer.follow("Write the advice").choose("Approved in full").fill("Your advice", "The only one in the county")
    officer.press("Save the advice")
    proposal = DirectAward.objects.get().get_absolute_url()
    Person(world.cfo).visit(proposal).follow("Comment on the money").fill(
        "Your comment on the money", "Affordable within both funds"
    ).press("Save the comment")
    officer.visit(proposal).press("Send for decision").sees("Waiting for a decision")

    clock.go(2020, 3, 20)
    pcc = Person(world.pcc).visit("/").sees("Mentors in hospital").visit(proposal).follow("Decide")
    pcc.choose("Approved in full").fill("Purpose of the spend", "Fewer young people hurt again")
    pcc.fill("Reason for the decision", "The need is shown").press("Check this decision").sees("£614,000")
    pcc.press("Make this decision").sees("approved in full")

    award = Award.objects.get()
    page = award.get_absolute_url()
    Person(world.officer).visit(page).sees("£202,000", "1 April 2021 to 31 March 2022").press("Offer this award")
    letter = Paper.objects.get(kind="AWARD_LETTER").html
    assert ("£614,000" in letter, "1 April 2022" in letter) == (True, True)
    clock.go(2020, 3, 30)
    signatory = (
        Person(world.yot_signatory).visit(page).follow("Read and accept the terms").fill("Your position", "Head")
    )
    signatory.choose("I am authorised to accept these terms for the organisation that is paid")
    signatory.press("Accept the terms").sees("Live")

    clock.go(2020, 4, 1)
    Person(world.finance).visit(page).press("Release")
    clock.go(2020, 10, 1, hour=6)
    morning_sweep()
    Person(world.finance).visit(page).press("Release")
    assert money.money_of(award).released == Decimal("202000.00")
    late = award.instalments.filter(due_on__gte=date(2021, 4, 1)).order_by("due_on")
    assert [(row.due_on, row.amount) for row in late] == [
        (date(2021, 4, 1), Decimal("103000.00")),
        (date(2021, 10, 1), Decimal("103000.00")),
        (date(2022, 4, 1), Decimal("103000.00")),
        (date(2022, 10, 1), Decimal("103000.00")),
    ]
    shares = {row.funding_source.name: row.amount for row in award.sources.all()}
    assert shares == {"Violence fund": Decimal("512000.00"), "Home Office grant": Decimal("102000.00")}

    decision = Decision.objects.get()
    Person(world.auditor).visit(decision.get_absolute_url()).sees("Direct award DA-2020-001", "£614,000")
