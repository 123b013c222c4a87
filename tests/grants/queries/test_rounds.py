"""Reads about the money of a round: pots, use, excess, payments (C5)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grants.actions import business_cases, rounds
from grants.enums import MovementKind, Window
from grants.models import Round
from grants.queries import rounds as queries
from tests.make import accounts, bidding, cases, plans

pytestmark = pytest.mark.django_db
APRIL = cases.OPENED.replace(month=4, day=20)


@pytest.fixture
def cast():
    return accounts.cast()


@pytest.fixture
def plan(cast):
    return plans.plan(cast)


@pytest.fixture
def open_round(cast, plan):
    return cases.round_(cast, plan)


def test_for_list_counts_who_is_invited_with_money_set_apart_or_by_name(cast, plan, open_round):
    by_name = bidding.round_(cast, plan, bidding.rules(plan, invited_only=True), status="DRAFT")
    bidding.invited(cast, by_name, cast.maidstone, cast.swale)
    to_all = bidding.round_(cast, plan, bidding.rules(plan, key="all"))

    invited = {row.pk: row.invited for row in queries.for_list(Round.objects.all())}
    assert invited == {open_round.pk: open_round.allocations.count(), by_name.pk: 2, to_all.pk: 0}


def test_in_use_counts_what_was_sent_in_and_not_drafts(cast, open_round):
    row = open_round.allocations.get(organisation=cast.maidstone)
    given = {"window": Window.TACTICAL, "at": APRIL}
    cases.business_case(cast, open_round, amounts=(1000,), status="DRAFT", **given)
    sent = cases.business_case(cast, open_round, amounts=(2000, 300), **given)
    cases.business_case(cast, open_round, amounts=(40,), status="RETURNED", **given)
    gone = cases.business_case(cast, open_round, amounts=(5,), **given)
    business_cases.withdraw_business_case(case=gone, reason="No.", by=cast.maidstone_lead, at=APRIL)

    assert queries.in_use(row, Window.TACTICAL) == 2340
    assert queries.in_use(row, Window.TACTICAL, besides=sent) == 40
    assert queries.in_use(row, Window.MAIN) == 0


def test_tactical_excess_comes_of_cuts_alone(cast, plan, open_round):
    row = open_round.allocations.get(organisation=cast.maidstone)
    row.amount -= Decimal("9000")
    row.main_amount -= Decimal("9000")
    assert queries.tactical_excess(row, plan.csp_rules) == 0

    row.movements.create(
        kind=MovementKind.CUT, window="MAIN", amount=Decimal("9000"), reason="Less.", by=cast.officer, at=cases.SENT
    )
    assert queries.tactical_excess(row, plan.csp_rules) == Decimal("2999.67")


def test_unknown_amounts_are_named_and_left_out_of_totals(cast, plan):
    round_ = cases.round_(cast, plan, status="DRAFT")
    rounds.set_allocation(round=round_, organisation=cast.yot, amount=None, by=cast.officer, at=cases.OPENED)

    assert queries.unknown_amounts(round_) == ["Youth Offending Team"]
    totals = queries.totals(queries.allocation_lines(round_, []))
    assert (totals["amount"], totals["main"], totals["tactical"], totals["unknown"]) == (79322, 52880, 26440, 1)


def test_payments_say_when_how_much_and_on_what_condition(cast, open_round):
    row = open_round.allocations.get(organisation=cast.maidstone)
    first, second, tactical = queries.payments(open_round, row)

    assert (first.number, first.share, first.amount, first.due_on) == (1, 50, 13220, date(2020, 4, 1))
    assert second.due_on == date(2020, 4, 1) + timedelta(days=210)
    assert (second.condition, tactical.for_tactical, tactical.amount) == ("Satisfactory mid-year return", True, None)


def test_allocation_lines_show_use_exceptions_and_lateness(cast, open_round):
    cases.business_case(cast, open_round, amounts=(9507,))
    row = open_round.allocations.get(organisation=cast.maidstone)
    rounds.record_exception(
        allocation=row, window="MAIN", amount=Decimal("60"), reason="Agreed.", by=cast.officer, at=cases.SENT
    )
    rounds.accept_late(
        round=open_round,
        organisation=cast.maidstone,
        until=date(2020, 4, 10),
        reason="Illness.",
        by=cast.officer,
        at=cases.SENT,
    )
    lines = queries.allocation_lines(open_round, queries.movements(open_round))
    line = next(line for line in lines if line.allocation == row)

    assert (line.main_used, line.tactical_used, line.excepted, line.excess) == (9507, 0, 60, 0)
    assert line.late_until == date(2020, 4, 10)
