"""A six-month award that waits for an election: the election moves by a year, the portal says not to wait for it, the
award is extended in time, with an instalment and a return of its own. Each person presses what a person would press."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from grants.actions import continuation_days
from grants.models import Award
from records.models import Notice, Obligation, Paper
from tests.make import continuations as make

from .person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TOO_LATE = "Decide by 2 September 2020, without waiting for it."


def sweep():
    """What a morning does for awards."""
    continuation_days.carry_on(at=timezone.now())


def returns_of(award):
    rows = Obligation.objects.about(award).filter(kind="RETURN").order_by("due_on")
    return [(row.period.partition(":")[0], row.due_on) for row in rows]


def test_award_is_extended_though_the_election_moves_to_the_next_year(clock):
    world = make.world()
    cast, award = world.cast, make.six_months(world)
    row = make.row(award)
    address, event = row.get_absolute_url(), row.event
    assert [part.amount for part in award.instalments.all()] == [Decimal("20000")]
    assert returns_of(award) == [("END_OF_AWARD", date(2020, 10, 30))]

    clock.go(2020, 4, 2)
    officer = Person(cast.officer).visit(award.get_absolute_url()).sees("What follows the end", "7 May 2020")
    officer.follow("What follows the end").sees("The election, expected on 7 May 2020", "Latest safe day")

    # Parliament moves the election: only the expected day moves.
    clock.go(2020, 4, 15)
    make.moved(world, event, date(2021, 5, 6))
    clock.go(2020, 4, 16)
    sweep()
    sweep()
    assert Award.objects.get(pk=award.pk).ends_on == date(2020, 9, 30)
    assert returns_of(award) == [("END_OF_AWARD", date(2020, 10, 30))]
    told = Notice.objects.filter(rule="continuation_event_too_late", subject_id=row.pk)
    assert sorted(told.values_list("person__email", flat=True))[:2] == ["ce@opcc.example.org", "head@opcc.example.org"]

    # Every page of it says so, to the office and to the recipient.
    officer = Person(cast.officer).visit(address).sees("6 May 2021", TOO_LATE)
    officer.visit(award.get_absolute_url()).sees("Decide by 2 September 2020, without waiting for it")
    officer.visit("/what-follows/?state=late").sees("Do not wait for The election")
    officer.visit("/").sees("Advise on what follows awards", "Decide without waiting for the event")
    Person(cast.maidstone_lead).visit(address).sees(TOO_LATE)

    # August: advice, comment, decision.
    clock.go(2020, 8, 3)
    officer = Person(cast.officer).visit(address).follow("Give advice").sees(TOO_LATE).choose("Extend the award")
    officer.fill("Sum recommended for that time", "20,000")
    officer.fill("Advice to the decider", "Victims still wait.").press("Give this advice").sees("Your advice is given")
    clock.go(2020, 8, 10)
    cfo = Person(cast.cfo).visit(address).follow("Comment on the money").sees(TOO_LATE)
    cfo.fill("Comment on the money", "Affordable.").press("Save the comment")
    clock.go(2020, 8, 20)
    pcc = Person(cast.pcc).visit(address).follow("Decide").sees(TOO_LATE, "The award ends on 31 March 2021.")
    pcc.choose("Extend the award").fill("Sum for that time", "20,000")
    pcc.fill("Purpose of the spend", "Support for victims.").fill("Reason for the decision", "The need remains.")
    pcc.press("Check this decision").sees("A decision that has been made is never changed or deleted")
    pcc.press("Make this decision").sees("DN-2020-", "Goes on")

    # The end moves; a line and an instalment of its own; the first return stays due and a second stands beside it.
    award = Award.objects.get(pk=award.pk)
    assert award.ends_on == date(2021, 3, 31)
    paying = award.instalments.order_by("number")
    assert [(part.amount, part.due_on) for part in paying] == [
        (Decimal("20000"), date(2020, 4, 1)),
        (Decimal("20000"), date(2020, 10, 1)),
    ]
    assert returns_of(award) == [("END_OF_AWARD", date(2020, 10, 30)), ("EXTENSION", date(2021, 4, 30))]
    letter = Paper.objects.get(kind="CONTINUATION_LETTER")
    lead = Person(cast.maidstone_lead).visit(award.get_absolute_url()).sees("Your award goes on")
    lead.visit(f"/papers/{letter.pk}/").sees("from 1 October 2020 to 31 March 2021", "with £20,000")

    # Finance pays the second instalment from its day.
    clock.go(2020, 10, 1)
    finance = Person(cast.finance).visit(award.get_absolute_url())
    finance.press("Release").sees("Released")


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("The recipient applies again", "can apply again in a round that is to come"),
        ("The award ends, with nothing after it", "ends on 30 September 2020. The reason is in the letter"),
    ],
)
def test_award_that_is_not_extended_ends_and_its_recipient_is_told(clock, choice, words):
    world = make.world()
    cast, award = world.cast, make.six_months(world)
    address = make.row(award).get_absolute_url()
    make.advised(world, make.row(award), recommended="END", at=make.at(2020, 8, 3))

    clock.go(2020, 8, 20)
    pcc = Person(cast.pcc).visit(address).follow("Decide").choose(choice)
    pcc.fill("Reason for the decision", "Another service does this now.").press("Check this decision")
    pcc.press("Make this decision").sees("DN-2020-")

    assert words in Notice.objects.filter(rule="continuation_decided").first().body
    assert Award.objects.get(pk=award.pk).ends_on == date(2020, 9, 30)
    assert [part.status for part in award.instalments.all()] == ["SCHEDULED"]
    Person(cast.maidstone_lead).visit(address).sees("Another service does this now.")
