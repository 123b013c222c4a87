"""Three years at £35,000 each: the second asks for more and needs an exception; the third is refused while a return
stands unsatisfactory, and goes on once it is put right. Each person presses what a person would press."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from grants.actions import continuation_days
from grants.models import Award
from monitoring.enums import Verdict
from records.models import Notice, Obligation
from tests.make import continuations as make

from .person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def sweep():
    """What a morning does for awards."""
    continuation_days.carry_on(at=timezone.now())


def write(lead, address, *, asked, changes=""):
    """The lead writes the business case of the next year and sends it."""
    lead.visit(address).follow("Write the business case").sees("You cannot change them here")
    lead.fill("Why is the work still needed?", "Knives are still carried.")
    lead.fill("What is planned for that time?", "Two more schools.").fill("Sum needed for that time", asked)
    lead.fill("What changed?", changes).press("Save").sees("Saved")
    lead.follow("Check and send it").sees("Fewer assaults at night")
    lead.choose("What this business case says is true as far as I know, and the organisation agrees to send it")
    lead.press("Send the business case").sees("With the officers")


def advise(cast, address, *, amount):
    """An officer advises to go on, the chief finance officer comments."""
    officer = Person(cast.officer).visit(address).follow("Give advice")
    officer.choose("The award goes on into the year").fill("Sum recommended for that time", amount)
    officer.fill("Advice to the decider", "The work goes well.").press("Give this advice")
    cfo = Person(cast.cfo).visit(address).follow("Comment on the money")
    cfo.fill("Comment on the money", "Affordable.").press("Save the comment")


def decide(cast, address, *, amount):
    """The commissioner lets it go on."""
    pcc = Person(cast.pcc).visit(address).follow("Decide").choose("The award goes on into the year")
    pcc.fill("Sum for that time", amount).fill("Purpose of the spend", "Fewer knives.")
    pcc.fill("Reason for the decision", "The need remains.").press("Check this decision")
    return pcc.press("Make this decision")


def years_of(award):
    """Each instalment: pounds, and whether its condition is met."""
    rows = award.instalments.order_by("covers_from", "number")
    return [(row.amount, row.condition_met_at is not None) for row in rows]


def test_three_years_one_above_the_limit_one_unsatisfactory(clock):
    world = make.world()
    cast, award = world.cast, make.three_years(world)
    second, third = (make.row(award, number).get_absolute_url() for number in (2, 3))
    assert years_of(award) == [(Decimal("35000"), True), (Decimal("35000"), False), (Decimal("35000"), False)]
    make.reported(world, award, on=date(2020, 9, 30))

    # Year two: £36,814 is asked for, and needs an exception.
    clock.go(2021, 1, 11)
    sweep()
    write(Person(cast.maidstone_lead), second, asked="36,814", changes="A third worker.")
    clock.go(2021, 2, 1)
    advise(cast, second, amount="36,814")
    over = "£36,814 is £1,814 over the limit of £35,000: a project in any one year."
    decide(cast, second, amount="36,814").sees(f"{over} It needs an exception first, or a lower sum.")
    clock.go(2021, 2, 8)
    head = Person(cast.head).visit(second).sees(f"{over} It needs an exception.")
    head.follow("Allow the sum above the limit").fill("Reason", "The worst area of the county.")
    head.press("Allow the sum above the limit").sees("The exception is recorded")
    decide(cast, second, amount="36,814").sees("DN-2021-", "Goes on")
    assert years_of(award) == [
        (Decimal("35000"), True),
        (Decimal("35000"), True),
        (Decimal("1814"), True),
        (Decimal("35000"), False),
    ]

    # Year three: one return was found unsatisfactory.
    make.reported(world, award, on=date(2021, 3, 31))
    make.reported(world, award, on=date(2021, 9, 30), verdict=Verdict.UNSATISFACTORY)
    clock.go(2022, 1, 11)
    sweep()
    write(Person(cast.maidstone_lead), third, asked="35,000")
    clock.go(2022, 2, 1)
    Person(cast.officer).visit(third).sees("Unsatisfactory")
    advise(cast, third, amount="35,000")
    decide(cast, third, amount="35,000").sees("The next year cannot be approved", "It stands as: unsatisfactory.")
    assert make.row(award, 3).status == "AWAITING_DECISION"

    # The award ends with its second year: the third instalment is cancelled, nothing is owed for later.
    pcc = Person(cast.pcc).visit(third).follow("Decide").sees("The award ends on 31 March 2022.")
    pcc.choose("The award ends with this year").fill("Reason for the decision", "The work has stopped.")
    pcc.press("Check this decision").sees("1 instalment is cancelled: number 3, £35,000, due 1 April 2022.")
    pcc.press("Make this decision").sees("DN-2022-", "Ends")
    award = Award.objects.get(pk=award.pk)
    assert (award.ends_on, award.instalments.get(number=3).status) == (date(2022, 3, 31), "CANCELLED")
    assert not Obligation.objects.open().about(award).filter(period_ends_on__gt=award.ends_on).exists()
    assert "ends on 31 March 2022" in Notice.objects.filter(rule="continuation_decided").order_by("-pk").first().body


def test_third_year_goes_on_once_the_return_is_put_right(clock):
    world = make.world()
    cast, award = world.cast, make.three_years(world)
    found = make.reported(world, award, on=date(2020, 9, 30), verdict=Verdict.UNSATISFACTORY)
    second = make.row(award, 2).get_absolute_url()
    row = make.advised(world, make.submitted(world, award))
    clock.go(2021, 2, 10)
    decide(cast, second, amount="35,000").sees("It stands as: unsatisfactory.")

    make.put_right(world, found, at=make.at(2021, 2, 12))
    clock.go(2021, 2, 20)
    decide(cast, second, amount="35,000").sees("DN-2021-", "Goes on")

    row.refresh_from_db()
    assert (row.choice, award.instalments.get(number=2).condition_row_id) == ("GO_ON", row.pk)
