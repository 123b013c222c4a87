"""A formula round in two years: a taper from last year's sums, then a floor for the smallest (C1)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from grants.models import Allocation
from plans import actions as plan_actions
from plans.enums import MoneySetBy
from plans.models import Formula
from tests.make import accounts, bidding, cases, plans
from tests.make.records import ladders

from .person import Person

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
D = Decimal
FIGURES = {"Safer Maidstone Partnership": ("170,000", "90"), "Swale Community Safety Partnership": ("30,000", "10")}


@pytest.fixture
def cast(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    ladders()
    return accounts.cast()


def draft(cast, plan, rules, year, budget="100000"):
    """A round of the year, prepared and still empty."""
    return cases.round_(
        cast, plan, rule_set=rules, status="DRAFT", allocate=False, name=f"Shared out {year}", budget=D(budget),
        starts_on=date(year, 4, 1), ends_on=date(year + 1, 3, 31), opens_on=date(year, 1, 6),
        deadline_on=date(year, 2, 28), tactical_opens_on=None, tactical_closes_on=None,
    )  # fmt: skip


def last_year(cast, plan):
    """What both had before there was a formula."""
    made = draft(cast, plan, bidding.rules(plan, money_set_by=MoneySetBy.NEGOTIATED, invited_only=True), 2019)
    for organisation, amount in ((cast.maidstone, D(60000)), (cast.swale, D(40000))):
        cases.allocation(made, organisation, by=cast.officer, amount=amount, third=True)
    return made


def work_out(officer, round_, before):
    """Copy the partnerships of the year before, write their figures down, use what the formula gives, open."""
    preview = f"{round_.get_absolute_url()}preview/"
    officer.visit(round_.get_absolute_url()).follow("Copy last year’s allocations")
    officer.fill("Copy the allocations of", before.name).press("Copy").sees("2 allocations copied")
    officer.visit(preview).sees("The amount is not known for Safer Maidstone Partnership")
    officer.visit(f"{round_.get_absolute_url()}formula/")
    for name in ("People", "Crime"):
        officer.fill(f"Where the figures for “{name}” come from", "Census 2011; recorded crime 2019")
    for organisation, (people, crime) in FIGURES.items():
        officer.fill(f"People, {organisation}", people).fill(f"Crime, {organisation}", crime)
    officer.press("Save the figures").sees("Figures saved. Work out the sums next.")
    officer.press("Use these results").sees("The formula is worked out for 2 organisations")
    officer.visit(preview).press("Open the round").sees("is open")


def sums(round_):
    """(last year, formula, adjustment, final) of each partnership."""
    rows = Allocation.objects.filter(round=round_).order_by("organisation__name")
    return [(row.last_year_amount, row.formula_amount, row.adjustment, row.amount) for row in rows]


def test_a_formula_tapers_in_its_first_year_and_keeps_its_floor_in_the_second(cast, clock):
    plan = plans.plan(cast)
    rules = bidding.rules(plan, money_set_by=MoneySetBy.FORMULA, invited_only=True)
    halves = [("people", "50"), ("crime", "50")]
    bidding.formula(rules, weights=halves, floor=D(25000), damping_percent=D(50), why="Half of the way at first")
    before, first = last_year(cast, plan), draft(cast, plan, rules, 2020)

    clock.go(2020, 1, 6)
    work_out(Person(cast.officer), first, before)

    assert sums(first) == [
        (D(60000), D(73750), D(0), D(73750)),
        (D(40000), D(26250), D(0), D(26250)),
    ]
    Person(cast.swale_lead).visit(first.get_absolute_url()).sees("£26,250")
    with pytest.raises(IntegrityError), transaction.atomic():
        Formula.objects.filter(rule_set=rules).update(damping_percent=D(100))

    newer = plan_actions.make_version(rule_set=rules, by=cast.officer, at=cases.SENT, reason="All the way")
    bidding.formula(newer, weights=halves, floor=D(25000), why="All the way")
    second = draft(cast, plan, newer, 2021)
    clock.go(2021, 1, 6)
    officer = Person(cast.officer)
    work_out(officer, second, first)

    assert sums(second) == [
        (D(73750), D(75000), D(0), D(75000)),
        (D(26250), D(25000), D(0), D(25000)),
    ]
    officer.visit(f"{second.get_absolute_url()}formula/").sees("the floor")
