"""Commitment lines: entered with a purpose, decided with a comment on the money, paid from case by case (V8)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from plans.actions import commitments as actions
from plans.models import CommitmentLine
from plans.queries import commitments as queries
from plans.queries import sources as source_queries
from plans.rules import commitments as rules
from records.models import Decision, Event
from records.refusals import Refused
from tests.make import money as make

AT = datetime(2020, 6, 1, 9, 0, tzinfo=UTC)
DAY = date(2020, 6, 1)


def source(**facts):
    wishes = {"name": "Grant", "starts_on": date(2020, 4, 1), "ends_on": date(2021, 3, 31), "fits": True, **facts}
    return SimpleNamespace(**wishes, may_pay_for=lambda stream: wishes["fits"])


def line(**facts):
    wishes = {"ended_on": None, "funding_source": source(), "stream": SimpleNamespace(name="Safety")}
    return SimpleNamespace(**{**wishes, "decision": SimpleNamespace(amount=Decimal("1000")), **facts})


@pytest.mark.parametrize(
    ("facts", "cost", "why"),
    [
        ({}, {}, ""),
        ({}, {"amount": Decimal("600")}, ""),
        ({}, {"amount": Decimal("600.01")}, "Only £600 of the £1,000 approved is left."),
        ({}, {"on": date(2020, 6, 2)}, "Give a day that has come, not one ahead."),
        (
            {"ended_on": date(2020, 5, 31)},
            {},
            "This commitment ended on 31 May 2020, so it pays nothing after that.",
        ),
        (
            {"funding_source": source(fits=False)},
            {},
            "Grant may not be spent on Safety. Choose another source.",
        ),
        ({"funding_source": source(ends_on=DAY)}, {}, ""),
        (
            {"funding_source": source(ends_on=date(2020, 5, 31))},
            {},
            "Grant may be spent from 1 April 2020 to 31 May 2020, and this cost is of 1 June 2020.",
        ),
    ],
)
def test_why_not_this_cost_bites_on_sum_purpose_and_days(facts, cost, why):
    typed = {"on": DAY, "amount": Decimal("1"), "paid": Decimal("400"), "day": DAY, **cost}

    assert rules.why_not_this_cost(line(**facts), **typed) == why


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, ""),
        ({"purpose": " "}, "Say what the money is for."),
        ({"reason": ""}, "Say why the office pays it without a round or an award."),
        ({"funding_source": source(fits=False)}, "Grant may not be spent on Safety. Choose another source."),
    ],
)
def test_why_not_commit_so_bites_on_purpose(facts, why):
    typed = {"stream": SimpleNamespace(name="Safety"), "funding_source": source(), "purpose": "P", "reason": "R"}

    assert rules.why_not_commit_so(**{**typed, **facts}) == why


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        ({}, ""),
        ({"outcome": "APPROVED_LOWER", "amount": Decimal("500")}, ""),
        ({"outcome": "DECLINED", "amount": None}, ""),
        ({"reason": ""}, "Write the reason for the decision."),
        ({"amount": None}, "Give the sum you approve."),
        ({"amount": Decimal("1000.01")}, "£1,000 was asked for. Approve that or less."),
        ({"amount": Decimal("500")}, "This is less than was asked for. Choose to approve at a lower sum."),
        ({"outcome": "APPROVED_LOWER"}, "This is the whole sum. Approve it in full, or give a lower sum."),
        ({"above": "Grant holds too little."}, "Grant holds too little."),
        ({"above": "Grant holds too little.", "outcome": "DECLINED"}, ""),
    ],
)
def test_why_not_decide_commitment_so(decision, why):
    typed = {"outcome": "APPROVED", "amount": Decimal("1000"), "reason": "Needed", "above": "", **decision}

    assert rules.why_not_decide_commitment_so(SimpleNamespace(amount=Decimal("1000")), **typed) == why


def test_enter_commitment_counts_only_once_it_is_decided(world):
    made = make.commitment(world.cast, world.plan)
    before = source_queries.promised_in_lines(world.plan.own)

    make.decided(world.cast, made)

    assert (before, source_queries.promised_in_lines(world.plan.own)) == (Decimal(0), Decimal("12000"))
    assert made.key == "deaths-reviews-202021"


def test_enter_commitment_refuses_a_source_beyond_its_purpose(world):
    with pytest.raises(Refused, match="Victims grant may not be spent on Community Safety Partnerships"):
        make.commitment(world.cast, world.plan, funding_source=world.plan.victims)

    assert not CommitmentLine.objects.exists()


def test_decide_commitment_records_who_on_what_advice(world):
    made = make.decided(world.cast, make.commitment(world.cast, world.plan), amount=Decimal("9000"))

    decision = Decision.objects.get()
    assert (made.decision, made.amount) == (decision, Decimal("9000.00"))
    assert (decision.outcome, decision.amount, decision.made_by) == (
        "APPROVED_LOWER",
        Decimal("9000.00"),
        world.cast.pcc,
    )
    assert (decision.advice, decision.cfo_comment) == ("The law asks for them, one by one", "Affordable")


@pytest.mark.parametrize(
    ("prepare", "who", "why"),
    [
        ("nothing", "pcc", "This commitment needs the chief finance officer's comment first."),
        ("comment", "cfo", "No delegation is recorded for your post on this day, so the commissioner decides."),
        ("comment", "officer", "Only the commissioner, or a post with a recorded delegation, decides on spend."),
        ("decided", "pcc", "This commitment is decided already. A decision is never changed."),
        ("changed", "pcc", "This commitment needs the chief finance officer's comment first."),
    ],
)
def test_decide_commitment_keeps_the_order(world, prepare, who, why):
    made = make.commitment(world.cast, world.plan)
    if prepare in ("comment", "changed"):
        make.commented(world.cast, made)
    if prepare == "decided":
        make.decided(world.cast, made)
    if prepare == "changed":
        actions.edit_commitment(
            commitment=made, amount=Decimal("13000"), why="Dearer", by=world.cast.officer, at=make.DECIDED
        )

    with pytest.raises(Refused) as refused:
        actions.decide_commitment(
            commitment=made, outcome="APPROVED", amount=Decimal("12000"), reason="Needed",
            by=getattr(world.cast, who), at=make.DECIDED,
        )  # fmt: skip

    assert refused.value.reason == why


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"amount": None}, "The sum is not known, so nothing can be approved. Enter it first."),
        ({"funding_source": None}, "No source of funds is named, so nothing can be approved. Enter it first."),
    ],
)
def test_decide_commitment_never_approves_what_is_unknown(world, facts, why):
    made = make.commented(world.cast, make.commitment(world.cast, world.plan, **facts))

    with pytest.raises(Refused) as refused:
        actions.decide_commitment(
            commitment=made, outcome="APPROVED", amount=Decimal("1"), reason="Needed", by=world.cast.pcc, at=AT
        )

    assert refused.value.reason == why


def test_decide_commitment_declined_ends_it_with_nothing(world):
    made = make.decided(world.cast, make.commitment(world.cast, world.plan), outcome="DECLINED")

    assert (made.amount, made.ended_on) == (Decimal("0.00"), date(2020, 4, 20))
    assert made.decision.amount is None
    with pytest.raises(Refused, match="No decision approves this commitment, so nothing is paid from it"):
        make.cost(world.cast, made)


def test_record_cost_bites_before_a_decision_and_above_it(world):
    made = make.commitment(world.cast, world.plan, amount=Decimal("1000"))

    with pytest.raises(Refused, match="No decision approves this commitment, so nothing is paid from it"):
        make.cost(world.cast, made)
    made = make.decided(world.cast, made)
    make.cost(world.cast, made, amount=Decimal("700"))
    with pytest.raises(Refused, match="Only £300 of the £1,000 approved is left"):
        make.cost(world.cast, made, amount=Decimal("300.01"))
    make.cost(world.cast, made, amount=Decimal("300"))

    assert queries.paid(made) == (Decimal("1000.00"), DAY)
    assert [row.number for row in queries.costs_of(made)] == [2, 1]
    assert Event.objects.filter(verb="cost_recorded").order_by("pk").last().changes == {"costs": ["700.00", "1000.00"]}


def test_edit_commitment_stops_once_it_is_decided(world):
    made = make.decided(world.cast, make.commitment(world.cast, world.plan))

    with pytest.raises(Refused, match="This commitment was decided, so it stays as it was decided"):
        actions.edit_commitment(commitment=made, amount=Decimal("1"), why="Less", by=world.cast.officer, at=AT)


def test_end_commitment_never_before_its_last_cost(world):
    made = make.decided(world.cast, make.commitment(world.cast, world.plan))
    make.cost(world.cast, made)
    told = {"commitment": made, "reason": "The reviews are done", "by": world.cast.officer, "at": AT}

    with pytest.raises(Refused, match="A cost of 1 June 2020 is recorded, so it cannot end before that day"):
        actions.end_commitment(**told, ended_on=date(2020, 5, 31))
    ended = actions.end_commitment(**told, ended_on=DAY)
    with pytest.raises(Refused, match="This commitment has ended already"):
        actions.end_commitment(**told, ended_on=DAY)

    assert ended.ended_on == DAY
