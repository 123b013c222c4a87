"""One year of the grant, from April to April, through the real pages: two partnerships and one third party.

The days are those of 2020/21. Each person presses what a person would press; every figure of the dashboard is
compared with its rows, to the penny.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from grants.models import Award, BusinessCase
from monitoring.models import MonitoringReturn
from pcc_portal.tasks import morning_sweep
from records.models import Decision
from tests.make import accounts, cases, plans

from . import steps
from .dashboard import figures
from .person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.long]
CSPS, THIRDS = "1.1 Community Safety Partnerships", "1.2 Third parties"
FULL, LOWER = "Approved in full", "Approved at a lower sum"


@pytest.fixture
def world(db):
    cast = accounts.cast()
    return SimpleNamespace(cast=cast, plan=plans.plan(cast))


def last_year(world):
    """What last year's round allocated."""
    details = {
        "name": "Crime reduction grants 2019/20", "starts_on": date(2019, 4, 1), "ends_on": date(2020, 3, 31),
        "opens_on": date(2019, 2, 4), "deadline_on": date(2019, 3, 29), "tactical_opens_on": date(2019, 4, 1),
        "tactical_closes_on": date(2020, 1, 31), "at": datetime(2019, 1, 21, 9, 0, tzinfo=UTC),
    }  # fmt: skip
    return cases.round_(world.cast, world.plan, status="DRAFT", **details)


def opened_round(officer, name):
    officer.visit("/rounds/").follow(name).follow("Preview and open").press("Open the round").sees("Open")


def case_of(organisation, title):
    return BusinessCase.objects.get(organisation=organisation, title=title).get_absolute_url()


def award_of(organisation):
    return Award.objects.get(recipient=organisation, is_recorded=False).get_absolute_url()


def return_of(organisation, kind):
    found = MonitoringReturn.objects.get(award__recipient=organisation, kind=kind)
    return found.get_absolute_url()


def test_crg_year(world, clock):
    cast = world.cast
    last_year(world)

    # January: the round is prepared from last year's allocations and opened.
    clock.go(2020, 1, 20)
    officer = Person(cast.officer)
    tactical = (date(2020, 4, 1), date(2021, 1, 31))
    steps.start_round(officer, name="CRG 2020/21", stream=CSPS, rules="Partnership rules",
                      starts_on=date(2020, 4, 1), ends_on=date(2021, 3, 31), opens_on=date(2020, 1, 20),
                      deadline_on=date(2020, 3, 31), tactical=tactical)  # fmt: skip
    officer.follow("Copy last year").fill("Copy the allocations of", "Crime reduction grants 2019/20").press("Copy")
    officer.sees("£39,661", "Safer Maidstone Partnership", "Swale Community Safety Partnership")
    opened_round(officer, "CRG 2020/21")
    steps.start_round(officer, name="Third parties 2020/21", stream=THIRDS, rules="Third party rules",
                      starts_on=date(2020, 4, 1), ends_on=date(2021, 3, 31), opens_on=date(2020, 1, 20),
                      deadline_on=date(2020, 3, 31))  # fmt: skip
    officer.follow("Add an allocation").fill("Organisation", "Youth Offending Team").fill("Final amount", "12,000")
    officer.press("Save")
    opened_round(officer, "Third parties 2020/21")

    # February: a contributor drafts five projects; the lead sends them in. Two others send theirs.
    clock.go(2020, 2, 24)
    writer = Person(cast.maidstone_contributor)
    steps.start_case(writer, round_name="CRG 2020/21", title="Safer Maidstone 2020/21")
    steps.write_overview(writer)
    for number, sum_ in enumerate(("6,000", "5,000.50", "4,000", "7,000", "3,000"), start=1):
        budget = [("Staff", sum_)] if number > 1 else [("Staff", "5,500"), ("Training", "500")]
        steps.write_project(writer, title=f"Safer nights {number}", budget=budget)
    writer.follow("Check your answers")
    maidstone = case_of(cast.maidstone, "Safer Maidstone 2020/21")
    steps.send(Person(cast.maidstone_lead).visit(maidstone))
    for person, name, round_name, organisation, sum_ in (
        (cast.swale_lead, "Safer Swale", "CRG 2020/21", cast.swale, "26,440"),
        (cast.yot_lead, "Youth work", "Third parties 2020/21", cast.yot, "12,000"),
    ):
        lead = Person(person)
        steps.start_case(lead, round_name=round_name, title=name)
        steps.write_overview(lead)
        steps.write_project(lead, title=f"{name}: patrols", budget=[("Staff", sum_)])
        steps.send(lead.visit(case_of(organisation, name)))
    swale, yot = case_of(cast.swale, "Safer Swale"), case_of(cast.yot, "Youth work")

    # March: returned for changes, sent again, evaluated, recommended, decided.
    clock.go(2020, 3, 2)
    officer = Person(cast.officer)
    officer.visit(maidstone).follow("Return for changes")
    officer.fill("Project 2, outcomes: what should change?", "Say how assaults are counted.")
    officer.press("Return to the applicant").sees("Returned for changes")
    lead = Person(cast.maidstone_lead).visit(maidstone).sees("Say how assaults are counted.")
    lead.visit(f"{maidstone}projects/2/outcomes/")
    lead.fill("How it is measured", "Recorded assaults, police figures", within="Outcome 1").press("Save and return")
    steps.send(lead)
    asked = {maidstone: ("6000", "5000.50", "4000", "7000", "3000"), swale: ("26440",), yot: ("12000",)}
    officer = Person(cast.officer).visit(f"{maidstone}changes/2/").sees("Recorded assaults, police figures")
    for case, projects in ((maidstone, 5), (swale, 1), (yot, 1)):
        steps.declare_no_interest(officer, case)
        officer.visit(f"{case}evaluation/").press("Begin the evaluation")
        for number in range(1, projects + 1):
            steps.evaluate(officer, case, number, amount=asked[case][number - 1])
        finance_chief = Person(cast.cfo)
        for number in range(1, projects + 1):
            steps.comment_on_money(finance_chief, case, number)
        officer.visit(f"{case}evaluation/").press("Send for decision").sees("Waiting for a decision")
    clock.go(2020, 3, 20)
    commissioner = Person(cast.pcc).visit("/").sees("Decide", "Safer Maidstone 2020/21")
    for number in (1, 2, 3):
        steps.decide(commissioner, maidstone, number, FULL)
    steps.decide(commissioner, maidstone, 4, LOWER, amount="6,500", reason="The training is funded elsewhere.")
    steps.decide(commissioner, maidstone, 5, "Declined", reason="The need is not shown.")
    steps.decide(commissioner, swale, 1, FULL)
    steps.decide(commissioner, yot, 1, FULL)
    assert figures(world)["committed"] == Decimal("21500.50") + 26440
    Person(cast.maidstone_lead).visit("/awards/").does_not_see("AW-")

    # Offered in confidence, accepted by the payee, first instalments released and paid.
    clock.go(2020, 3, 23)
    officer = Person(cast.officer)
    for organisation in (cast.maidstone, cast.swale, cast.yot):
        officer.visit(award_of(organisation)).press("Offer this award").sees("Offered")
    steps.accept(Person(cast.maidstone_signatory), award_of(cast.maidstone))
    steps.accept(Person(cast.swale_signatory), award_of(cast.swale))
    steps.accept(Person(cast.yot_signatory), award_of(cast.yot))
    clock.go(2020, 4, 1)
    finance = Person(cast.finance)
    for organisation in (cast.maidstone, cast.swale, cast.yot):
        steps.release_and_pay(finance, award_of(organisation), 1, day=date(2020, 4, 1))
    assert figures(world)["released"] == Decimal("10750.25") + 13220
    for decision in Decision.objects.all():
        Person(cast.officer).visit(f"/decisions/{decision.reference}/").press("Publish this decision")

    # July: a tactical case becomes another line of the same award, paid at once.
    clock.go(2020, 7, 1)
    lead = Person(cast.maidstone_lead)
    steps.start_case(lead, round_name="CRG 2020/21", title="Knife arch", window="tactical")
    steps.write_overview(lead)
    steps.write_project(lead, title="Knife arch at stations", budget=[("Hire", "2,000")])
    knife = case_of(cast.maidstone, "Knife arch")
    steps.send(lead.visit(knife))
    officer = Person(cast.officer)
    steps.declare_no_interest(officer, knife)
    officer.visit(f"{knife}evaluation/").press("Begin the evaluation")
    steps.evaluate(officer, knife, 1)
    steps.comment_on_money(Person(cast.cfo), knife, 1)
    officer.visit(f"{knife}evaluation/").press("Send for decision")
    steps.decide(Person(cast.pcc), knife, 1, FULL)
    steps.release_and_pay(Person(cast.finance), award_of(cast.maidstone), 3, day=date(2020, 7, 1))
    assert figures(world)["released"] == Decimal("12750.25") + 13220

    # October: the mid-year return opens by itself, is certified, sent, queried, answered, found satisfactory.
    clock.go(2020, 10, 1)
    morning_sweep()
    mid_year = return_of(cast.maidstone, "MID_YEAR")
    lead = Person(cast.maidstone_lead).visit("/").sees("Mid-year return")
    spent = ["2,000", "250", "2,500.25", "2,000", "3,250", "1,500"]
    steps.write_return(lead, mid_year, spent=spent)
    lead.press("Send for certification")
    steps.certify(Person(cast.maidstone_certifier), mid_year)
    Person(cast.maidstone_lead).visit(mid_year).follow("Check and submit").press("Submit the return")
    clock.go(2020, 10, 12)
    officer = Person(cast.officer).visit("/").sees("Review returns").visit(f"{mid_year}query/")
    steps.ask(officer, "Spend", "Why is training below the plan?")
    clock.go(2020, 10, 14)
    lead = Person(cast.maidstone_lead).visit(f"{mid_year}answer/").sees("Why is training below the plan?")
    lead.fill_each("Why is training below the plan?", "It starts in November.").press("Answer and submit")
    clock.go(2020, 10, 16)
    steps.review(Person(cast.officer), mid_year)
    clock.go(2020, 10, 28)
    steps.release_and_pay(Person(cast.finance), award_of(cast.maidstone), 2, day=date(2020, 10, 28))
    found = figures(world)
    assert found["released"] == Decimal("23500.50") + 13220
    assert found["spent"] == Decimal("11500.25")

    # April: year end. £156 was not spent; it is asked back, and comes back.
    clock.go(2021, 4, 1)
    morning_sweep()
    year_end = return_of(cast.maidstone, "YEAR_END")
    lead = Person(cast.maidstone_lead)
    spent = ["5,500", "344", "5,000.50", "4,000", "6,500", "2,000"]
    steps.write_return(lead, year_end, spent=spent, unspent="One course was cancelled.", explained=True)
    lead.press("Send for certification")
    steps.certify(Person(cast.maidstone_certifier), year_end)
    Person(cast.maidstone_lead).visit(year_end).follow("Check and submit").press("Submit the return")
    steps.review(Person(cast.officer), year_end)
    clock.go(2021, 5, 4)
    award = award_of(cast.maidstone)
    finance = Person(cast.finance).visit(award).follow("Ask for money back")
    finance.fill("Sum to be repaid", "156").fill("Reason", "Not spent.").press("Ask for the repayment")
    clock.go(2021, 5, 20)
    finance = Person(cast.finance).visit(award).follow("Record the repayment")
    finance.fill_date("Day it was received", date(2021, 5, 19)).fill("Payment reference", "RCT 77")
    finance.press("Record the repayment").sees("£156")
    assert figures(world) == {
        "allocated": Decimal("79322"),
        "committed": Decimal("23500.50") + 26440,
        "released": Decimal("23500.50") + 13220,
        "spent": Decimal("23344.50"),
        "returned": Decimal("156"),
        "unspent": Decimal("13220"),
    }
