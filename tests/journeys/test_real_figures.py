"""Real figures of one partnership, 2024/25 into 2025/26, against the rules that met them.

2024/25: £39,661 allocated, nine projects, all of it paid; £39,505 spent, £156 back. 2025/26: the same sum, split
£26,440 + £13,220, business cases due on 9 May 2025, five weeks after the year had begun.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from grants.actions import awards as award_actions
from grants.actions import instalments, rounds
from grants.models import BusinessCase, Instalment, Round
from monitoring import actions as monitoring_actions
from monitoring.enums import ReturnSection
from tests.make import accounts, cases, monitoring, plans

from . import steps
from .dashboard import figures
from .person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WHOLE, MAIN, TACTICAL = Decimal("39661"), Decimal("26440"), Decimal("13220")
SWALE = Decimal("20000")
MAIN_PROJECTS = ("6000", "5500", "5000", "4500", "3500", "1941")
TACTICAL_PROJECTS = ("6000", "4220", "3000")
UNSPENT = Decimal("156")
LAST_YEAR, THIS_YEAR = "Crime reduction grants 2024/25", "Crime reduction grants 2025/26"
REFUSED = (
    "The deadline was on 9 May 2025, so this can no longer be sent. "
    "If you have a good reason, ask the office to record a late acceptance."
)


def at(year, month, day, hour=9):
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.fixture
def world(db):
    """The cast, and the plan moved to the years these figures are of."""
    cast = accounts.cast()
    plan = plans.plan(cast)
    years = {"starts_on": date(2024, 4, 1), "ends_on": date(2026, 3, 31)}
    type(plan.plan).objects.update(title="Commissioning Plan 2024 to 2026", **years)
    type(plan.own).objects.update(**years)
    return SimpleNamespace(cast=cast, plan=plan)


def release_all(world, award, day):
    """Release and pay every instalment whose condition is met."""
    for row in Instalment.objects.filter(award=award, status="SCHEDULED", condition_met_at__isnull=False):
        instalments.release_instalment(instalment=row, by=world.cast.finance, at=day)
        row.refresh_from_db()
        paid = {"paid_on": day.date(), "payment_reference": f"BACS {row.number}"}
        instalments.mark_paid(instalment=row, by=world.cast.finance, at=day + timedelta(hours=1), **paid)


def return_of(world, award, day, *, less=Decimal(0), share=Decimal(1)):
    """The return due on the day: written, certified, sent in, found satisfactory; `less` of the plan spent."""
    made = monitoring.opened(award, on=day.date(), at=day)
    lead, certifier = monitoring.writers_of(world.cast, award)
    answers = monitoring.whole_answers(made, share=share)
    row = next(row for row in answers["entries"][ReturnSection.SPEND].values() if row["spent"] > less)
    row["spent"] -= less
    monitoring_actions.save_return(monitoring_return=made, by=lead, at=day + timedelta(days=1), **answers)
    monitoring.explain(made, by=lead, at=day + timedelta(days=1))
    for act, by in (
        (monitoring_actions.send_for_certification, lead),
        (monitoring_actions.certify_return, certifier),
        (monitoring_actions.submit_return, lead),
    ):
        act(monitoring_return=made, by=by, at=day + timedelta(days=2))
    monitoring.reviewed(made, by=world.cast.officer, at=day + timedelta(days=3))


def last_year(world):
    """2024/25: nine projects for the whole allocation, paid, reported, £156 sent back."""
    cast = world.cast
    days = {
        "starts_on": date(2024, 4, 1), "ends_on": date(2025, 3, 31), "opens_on": date(2024, 2, 5),
        "deadline_on": date(2024, 3, 29), "tactical_opens_on": date(2024, 4, 1),
        "tactical_closes_on": date(2025, 1, 31), "at": at(2024, 1, 22),
    }  # fmt: skip
    made = cases.round_(cast, world.plan, name=LAST_YEAR, status="DRAFT", allocate=False, **days)
    parts = {"main_amount": Decimal("26441"), "tactical_amount": TACTICAL}
    for organisation, amount, split in ((cast.maidstone, WHOLE, parts), (cast.swale, SWALE, {})):
        rounds.set_allocation(
            round=made, organisation=organisation, amount=amount, **split, by=cast.officer, at=at(2024, 1, 29)
        )
    rounds.open_round(round=made, by=cast.officer, at=at(2024, 2, 5))
    main = cases.business_case(cast, made, amounts=MAIN_PROJECTS, title="Safer Maidstone", at=at(2024, 3, 4))
    award = monitoring.approved(cast, main, at=at(2024, 3, 20))
    award_actions.offer_award(award=award, by=cast.officer, at=at(2024, 3, 22))
    award_actions.accept_award(award=award, position="Head", by=cast.maidstone_signatory, at=at(2024, 3, 28))
    release_all(world, award, at(2024, 4, 2))
    tactical = cases.business_case(
        cast, made, window="TACTICAL", amounts=TACTICAL_PROJECTS, title="Rolling cases", at=at(2024, 6, 24)
    )
    monitoring.approved(cast, tactical, at=at(2024, 7, 1))
    release_all(world, award, at(2024, 7, 3))
    return_of(world, award, at(2024, 9, 30), share=Decimal("0.5"))
    release_all(world, award, at(2024, 10, 29))
    return_of(world, award, at(2025, 3, 31), less=UNSPENT)
    asked = instalments.request_repayment(
        award=award, amount=UNSPENT, reason="Not spent in the year.", by=cast.finance, at=at(2025, 4, 4)
    )
    instalments.record_repayment(
        instalment=asked, received_on=date(2025, 4, 9), payment_reference="RCT 156", by=cast.finance, at=at(2025, 4, 10)
    )
    return award


def test_real_figures_of_2024_25_close_to_the_penny(world):
    award = last_year(world)

    assert award.lines.count() == 9
    assert not award.instalments.exclude(status="PAID").exists()
    assert figures(world) == {
        "allocated": WHOLE + SWALE,
        "committed": WHOLE,
        "released": WHOLE,
        "spent": Decimal("39505"),
        "returned": UNSPENT,
        "unspent": Decimal(0),
    }
    Person(world.cast.maidstone_lead).visit(award.get_absolute_url()).sees("£39,661", "£156")


def round_of_2025_26(world, officer):
    """The officer copies last year's sums, sets the real split, and opens the round after the year began."""
    steps.start_round(officer, name=THIS_YEAR, stream="1.1 Community Safety Partnerships", rules="Partnership rules",
                      starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31), opens_on=date(2025, 4, 14),
                      deadline_on=date(2025, 5, 9), tactical=(date(2025, 4, 14), date(2026, 1, 31)))  # fmt: skip
    copied_from = Round.objects.get(name=LAST_YEAR)
    officer.follow("Copy last year").fill("Copy the allocations of", LAST_YEAR).press("Copy")
    officer.sees(f"Same as last year: copied from {LAST_YEAR} ({copied_from.reference})", "£39,661", "£26,441")
    officer.follow("Change the allocation of Safer Maidstone Partnership")
    officer.fill("Main part", "26,440").fill("Tactical pot", "13,220").press("Save")
    officer.sees("£39,661", "£26,440", "£13,220", "The two parts need not add up to the whole.")
    officer.follow("Preview and open").press("Open the round").sees("Open")
    return Round.objects.get(name=THIS_YEAR)


def write_case(lead, organisation, *, title, sum_):
    """A whole case, ready to be sent; returns its address."""
    steps.start_case(lead, round_name=THIS_YEAR, title=title)
    steps.write_overview(lead)
    steps.write_project(lead, title=f"{title}: patrols", budget=[("Staff", sum_)], year=2025)
    return BusinessCase.objects.get(organisation=organisation, round__name=THIS_YEAR).get_absolute_url()


def test_real_figures_of_2025_26_are_copied_split_and_due_after_the_year_began(world, clock):
    cast = world.cast
    award = last_year(world)

    clock.go(2025, 4, 14)
    made = round_of_2025_26(world, Person(cast.officer))
    copied = made.allocations.get(organisation=cast.maidstone)
    assert (copied.amount, copied.last_year_amount, copied.opened_amount) == (WHOLE, WHOLE, WHOLE)
    assert (copied.main_amount, copied.tactical_amount) == (MAIN, TACTICAL)
    assert copied.copied_from == award.lines.first().project.case.allocation
    Person(cast.maidstone_lead).visit(made.get_absolute_url()).sees("£39,661", "£26,440", "£13,220", "9 May 2025")

    # The first is in on the eighth of May, for all that its main part holds and not a pound more.
    clock.go(2025, 5, 8)
    lead = Person(cast.maidstone_lead)
    maidstone = write_case(lead, cast.maidstone, title="Safer Maidstone", sum_="26,441")
    lead.visit(f"{maidstone}check/").sees("asks for £26,441; the main part of your allocation is £26,440")
    lead.visit(f"{maidstone}projects/1/budget/").fill("Amount", "26,440", within="Budget line 1")
    steps.send(lead.press("Save and return"))
    assert BusinessCase.objects.get(organisation=cast.maidstone, round=made).status == "SUBMITTED"
    swale = write_case(Person(cast.swale_lead), cast.swale, title="Safer Swale", sum_="9,000")

    # The second comes on the tenth: refused, with the reason and what to do, whichever way it is sent.
    clock.go(2025, 5, 10)
    lead = Person(cast.swale_lead).visit(f"{swale}check/").sees(REFUSED)
    with pytest.raises(AssertionError, match="No button “Send the business case”"):
        lead.press("Send the business case")
    sent = lead.client.post(f"{swale}submit/", {"agrees": "on", "declared": "on", "declaration": "on"}, follow=True)
    assert REFUSED in sent.content.decode()
    assert BusinessCase.objects.get(organisation=cast.swale, round=made).status == "DRAFT"

    # An officer records a late acceptance; then the very same case is accepted.
    clock.go(2025, 5, 12)
    officer = Person(cast.officer).visit(made.get_absolute_url()).follow("Accept a late case")
    officer.fill("Organisation", "Swale Community Safety Partnership")
    officer.fill_date("Accept its business case until", date(2025, 5, 16)).fill("Reason", "Their board met on the 9th.")
    officer.press("Accept it").sees("Late case accepted until 16 May 2025", "Their board met on the 9th.")
    clock.go(2025, 5, 13)
    steps.send(Person(cast.swale_lead).visit(swale))
    assert BusinessCase.objects.get(organisation=cast.swale, round=made).status == "SUBMITTED"
    assert figures(world) == {
        "allocated": 2 * (WHOLE + SWALE),
        "committed": WHOLE,
        "released": WHOLE,
        "spent": Decimal("39505"),
        "returned": UNSPENT,
        "unspent": Decimal(0),
    }
