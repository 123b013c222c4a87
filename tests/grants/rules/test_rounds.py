"""When a round or an allocation may not be changed: every sentence once (C1, C3, C5, M1)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grants.actions import rounds as actions
from grants.enums import RoundStatus, Window
from grants.rules import rounds as rules
from plans.enums import StreamStanding
from tests.make import accounts, cases, plans

pytestmark = pytest.mark.django_db
DAY = date(2020, 2, 10)
OFFICERS_ONLY = "Only a commissioning officer can do this. Ask one to do it for you."


@pytest.fixture
def cast():
    return accounts.cast()


@pytest.fixture
def plan(cast):
    return plans.plan(cast)


def test_why_not_start_round(cast, plan):
    assert rules.why_not_start_round(plan.csps, user=cast.officer, on=DAY) == ""
    assert rules.why_not_start_round(plan.csps, user=None, on=DAY) == ""
    for person in (cast.pcc, cast.finance, cast.maidstone_lead):
        assert rules.why_not_start_round(plan.csps, user=person, on=DAY) == OFFICERS_ONLY

    plan.csps.standing = StreamStanding.DISCONTINUED
    assert rules.why_not_start_round(plan.csps, user=cast.officer, on=DAY) == (
        "Community Safety Partnerships is discontinued, so no round can be opened on it. Choose another stream."
    )


@pytest.mark.parametrize(
    "amount, main, tactical, sentence",
    [
        (39661, 26440, 13220, ""),
        (39661, None, None, ""),
        (None, None, None, ""),
        (None, 1, None, "Enter the whole amount before its parts."),
        (None, None, 1, "Enter the whole amount before its parts."),
        (100, 101, 0, "The main part (£101) is more than the whole allocation (£100). Enter less."),
        (
            300,
            250,
            100,
            "The two parts come to £350, more than the whole allocation (£300). Make one of them smaller.",
        ),
        (300, 150, 101, "The tactical pot (£101) is more than its share of the allocation. Enter £100 or less."),
        (
            39661,
            26440,
            Decimal("13220.34"),
            "The tactical pot (£13,220.34) is more than its share of the allocation. Enter £13,220.33 or less.",
        ),
    ],
)
def test_why_not_amounts(plan, amount, main, tactical, sentence):
    given = {
        name: None if value is None else Decimal(value)
        for name, value in {"amount": amount, "main": main, "tactical": tactical}.items()
    }
    assert rules.why_not_amounts(plan.csp_rules, **given) == sentence


def test_why_not_open(cast, plan):
    round_ = cases.round_(cast, plan, status=RoundStatus.DRAFT, allocate=False)

    def why(on=DAY, user=cast.officer):
        return rules.why_not_open(round_, user=user, on=on)

    assert why() == "Nobody is invited yet. Add an allocation for at least one organisation."
    cases.allocation(round_, cast.maidstone, by=cast.officer)
    assert why() == ""
    assert why(user=cast.pcc) == OFFICERS_ONLY
    assert why(on=date(2020, 2, 2)) == (
        "This round opens on 3 February 2020. To open it today, change the opening date first."
    )
    assert why(on=date(2020, 4, 1)) == "The deadline (31 March 2020) has passed. Change the deadline first."
    actions.set_allocation(round=round_, organisation=cast.swale, amount=None, by=cast.officer, at=cases.OPENED)
    assert why() == (
        "The amount is not known for Swale Community Safety Partnership. Enter it, or take them out of the round."
    )
    actions.remove_allocation(
        allocation=round_.allocations.get(organisation=cast.swale), by=cast.officer, at=cases.OPENED
    )
    actions.save_round(round=round_, tactical_opens_on=None, tactical_closes_on=None, by=cast.officer, at=cases.OPENED)
    assert why() == "There is a tactical pot but no tactical window. Enter its first and last day."
    plan.csp_rules.terms = None
    round_.rule_set = plan.csp_rules
    assert why() == "The rule set has no terms and conditions. Add them before opening the round."
    round_.stream.standing = StreamStanding.DISCONTINUED
    assert why() == "Community Safety Partnerships is discontinued, so no round can be opened on it."
    round_.is_recorded = True
    assert why() == "This round is a record of the past and cannot be opened."
    round_.status = RoundStatus.OPEN
    assert why() == "This round is open already."


def test_why_not_by_status(cast, plan):
    round_ = cases.round_(cast, plan)
    who = {"user": cast.officer, "on": DAY}
    assert rules.why_not_edit_round(round_, **who) == (
        "This round has been opened, so what applicants were shown cannot be changed."
    )
    assert rules.why_not_set_allocation(round_, **who).endswith("Record an exception or a cut instead.")
    assert rules.why_not_close(round_, **who) == ""
    assert rules.why_not_reopen(round_, **who) == "Only a closed round can be opened again."
    assert rules.why_not_finish(round_, **who) == "Close the round first."
    cases.business_case(cast, round_)
    actions.close_round(round=round_, by=cast.officer, at=cases.SENT)
    assert rules.why_not_close(round_, **who) == "Only an open round can be closed."
    assert rules.why_not_finish(round_, **who) == "1 business case is still to be decided."
    assert rules.why_not_reopen(round_, **who) == ""
    assert rules.why_not_reopen(round_, **who, reason="") == "Say why: the reason is kept in the history."
    for person in (cast.maidstone_lead, cast.cfo):
        for why in (rules.why_not_close, rules.why_not_reopen, rules.why_not_finish, rules.why_not_edit_round):
            assert why(round_, user=person, on=DAY) == OFFICERS_ONLY


def test_why_not_copy(cast, plan):
    round_ = cases.round_(cast, plan, status=RoundStatus.DRAFT)
    assert rules.why_not_copy(round_, from_round=round_, user=cast.officer, on=DAY) == (
        "A round cannot be copied from itself. Choose last year's round."
    )


def test_why_not_move_deadline(cast, plan):
    round_ = cases.round_(cast, plan)

    def why(**given):
        return rules.why_not_move_deadline(round_, user=cast.officer, on=DAY, **given)

    assert why() == ""
    assert why(deadline_on=date(2020, 5, 9), reason="Elections.") == ""
    assert why(deadline_on=DAY - timedelta(days=1)) == "The new deadline must be today or later."
    assert why(deadline_on=round_.deadline_on) == "This is the deadline already. Enter another day."
    assert why(deadline_on=date(2020, 5, 9), reason="") == "Say why: the reason is kept in the history."


def test_why_not_accept_late(cast, plan):
    round_ = cases.round_(cast, plan)

    def why(**given):
        return rules.why_not_accept_late(round_, user=cast.officer, on=DAY, **given)

    assert why() == ""
    assert why(organisation=cast.yot) == "Youth Offending Team was not invited to this round."
    assert why(until=DAY - timedelta(days=1)) == "The last day for the late case must be today or later."
    assert why(until=round_.deadline_on) == "The deadline is 31 March 2020. Enter a later day."
    assert why(reason=" ") == "Say why: the reason is kept in the history."
    draft = cases.round_(cast, plan, status=RoundStatus.DRAFT, name="Draft")
    assert rules.why_not_accept_late(draft, user=cast.officer, on=DAY) == (
        "Late cases can be accepted only in a round that has been opened and is not yet decided."
    )


def test_why_not_cut_and_exception(cast, plan):
    round_ = cases.round_(cast, plan)
    row = round_.allocations.get(organisation=cast.maidstone)
    who = {"user": cast.officer, "on": DAY}

    assert rules.why_not_cut(row, **who, amount=Decimal("26440")) == ""
    assert rules.why_not_cut(row, **who, amount=Decimal("0")) == "Enter an amount of more than £0."
    assert rules.why_not_cut(row, **who, amount=Decimal("13220.01"), window=Window.TACTICAL) == (
        "Only £13,220 of this part is not yet approved. Enter £13,220 or less."
    )
    assert rules.why_not_cut(row, **who, amount=Decimal("1"), reason="") == rules.GIVE_A_REASON
    assert rules.why_not_record_exception(row, **who, amount=Decimal("90000"), window=Window.MAIN) == ""
    assert rules.why_not_record_exception(row, **who, amount=Decimal("0.33"), window=Window.TACTICAL) == ""
    assert rules.why_not_record_exception(row, **who, amount=Decimal("0.34"), window=Window.TACTICAL) == (
        "The tactical pot may never be more than £13,220.33, its share of the allocation as opened. "
        "Enter £0.33 or less."
    )
    assert rules.why_not_change_allocation(row, user=cast.maidstone_lead, on=DAY) == OFFICERS_ONLY
    draft = cases.round_(cast, plan, status=RoundStatus.DRAFT, name="Draft").allocations.first()
    assert rules.why_not_change_allocation(draft, **who) == "This round is not open yet. Change the amount itself."
