"""A round by bids in the database: its budget, its lots, its sources; and the days an award then has (X1, X2)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from grants.actions import invitations
from grants.models import Award, AwardLine, Project
from grants.queries import sources
from plans.models import Lot
from records.actions import record_decision
from records.enums import ObligationKind
from records.models import Obligation
from tests.kept import kept
from tests.make import awards as make
from tests.make import bidding
from tests.make import direct_awards as funds

pytestmark = pytest.mark.django_db
LOTS = [("Small", "500", None, None), ("Large", None, None, None)]
DAYS = {"starts_on": date(2020, 4, 1), "ends_on": date(2020, 9, 30)}


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """£15,000 by bids, five per cent over-committed, two lots, two sources; three projects wait for a decision."""
    with kept(django_db_blocker):
        here = make.world()
        rules = bidding.rules(here, lots=LOTS, over_commitment_percent=Decimal("5"))
        here.bids = bidding.round_(here.cast, here, rules, budget="15000", status="DRAFT")
        here.long = funds.source(here, "long", "Violence fund", funds.LAST, "600000")
        shares = [(here.own, Decimal("60")), (here.long, Decimal("40"))]
        invitations.set_sources(round=here.bids, shares=shares, by=here.officer, at=make.cases.OPENED)
        make.rounds.open_round(round=here.bids, by=here.officer, at=make.cases.OPENED)
        here.case = waiting(here, ("5000.01", "10000", "2000"))
        yield here


def waiting(here, amounts):
    """A bid with a project for each sum, evaluated and waiting for a decision."""
    case = bidding.sent(here.cast, here.bids, amounts=amounts, lot=2, **DAYS)
    make.evaluations.declare_interest(case=case, has_interest=False, by=here.officer, at=make.BEFORE)
    make.evaluations.begin_evaluation(case=case, by=here.officer, at=make.BEFORE)
    for project in make.projects(case):
        make.advise(here, project)
    return make.evaluations.send_for_decision(case=case, by=here.officer, at=make.BEFORE)


def projects(world):
    return make.projects(world.case)


def forced(world, amount, **lot):
    """A line of the third project put into the award past every rule, on a decision that is lawful."""
    project = projects(world)[2]
    decision = record_decision(
        title="Forced", outcome="APPROVED", amount=amount, reason="x", purpose="x", by=world.pcc, at=make.DECIDED_AT
    )
    Project.objects.filter(pk=project.pk).update(status="APPROVED", decision=decision, **lot)
    return AwardLine.objects.create(
        award=Award.objects.get(), number=9, project=project, decision=decision, title="x", amount=amount,
        added_at=make.DECIDED_AT,
    )  # fmt: skip


def test_shares_of_sources_split_each_award_to_the_penny(world):
    first, second, _ = projects(world)
    make.approve(world, first)
    award = Award.objects.get()
    shares = {row.funding_source.key: row.amount for row in award.sources.all()}
    assert shares == {"own": Decimal("3000.01"), "long": Decimal("2000.00")}

    make.approve(world, second)
    shares = {row.funding_source.key: row.amount for row in award.sources.all()}
    assert shares == {"own": Decimal("9000.01"), "long": Decimal("6000.00")}
    assert sum(shares.values()) == sum(line.amount for line in award.lines.all())
    assert sources.used(world.long) == Decimal("6000.00")


def test_a_bid_pays_for_its_own_days_and_the_award_lasts_as_long(world):
    make.approve(world, projects(world)[0])

    award = Award.objects.get()
    line = award.lines.get()
    assert (award.starts_on, award.ends_on) == (date(2020, 4, 1), date(2020, 9, 30))
    assert (line.starts_on, line.ends_on, award.allocation) == (date(2020, 4, 1), date(2020, 9, 30), None)
    owed = Obligation.objects.about(award).filter(kind=ObligationKind.RETURN)
    assert {row.period_ends_on for row in owed} == {date(2020, 9, 30)}


def test_over_commitment_bites_in_the_database_at_the_penny(world):
    for project in projects(world)[:2]:
        make.approve(world, project)

    with pytest.raises(DatabaseError, match="budget of the round does not hold"), transaction.atomic():
        forced(world, Decimal("750.00"))
    with transaction.atomic():
        assert forced(world, Decimal("749.99")).amount == Decimal("749.99")
        transaction.set_rollback(True)


def test_lots_bite_in_the_database_each_has_its_own_budget(world):
    make.approve(world, projects(world)[0])
    small = Lot.objects.get(rule_set=world.bids.rule_set, number=1)

    with pytest.raises(DatabaseError, match="budget of the lot does not hold"), transaction.atomic():
        forced(world, Decimal("525.01"), lot=small)
    with pytest.raises(DatabaseError, match="a bid is for one lot of its own round"), transaction.atomic():
        forced(world, Decimal("525"), lot=None)
    with transaction.atomic():
        assert forced(world, Decimal("525"), lot=small).amount == Decimal("525")
        transaction.set_rollback(True)
