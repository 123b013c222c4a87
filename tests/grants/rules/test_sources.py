"""What a source may still promise: its purpose, what it holds, its over-commitment."""

from decimal import Decimal

import pytest

from grants.models import Award
from grants.queries import sources as queries
from grants.rules import sources as rules
from records.refusals import Refused
from tests.make import awards as make
from tests.make import money


@pytest.fixture
def world(db):
    return make.world()


def test_why_not_promise_bites_on_purpose(world):
    assert rules.why_not_promise(world.own, stream=world.csps, amount=Decimal(1)) == ""
    assert rules.why_not_promise(world.victims, stream=world.csps, amount=Decimal(1)) == (
        "Victims grant may not be spent on Community Safety Partnerships. Choose another source."
    )


@pytest.mark.parametrize(
    ("percent", "used", "amount", "why"),
    [
        ("0", "0", "1000", ""),
        (
            "0",
            "400",
            "600.01",
            "Grant holds £1,000 and £400 is promised from it already, so only £600 can still be promised.",
        ),
        ("10", "400", "700", ""),
        (
            "10",
            "1050",
            "50.01",
            (
                "Grant holds £1,000 (promises may come to £1,100) and £1,050 is promised from it already, "
                "so only £50 can still be promised."
            ),
        ),
        (
            "0",
            "1200",
            "0.01",
            "Grant holds £1,000 and £1,200 is promised from it already, so only £0 can still be promised.",
        ),
    ],
)  # fmt: skip
def test_why_not_above_bites_at_the_over_commitment(percent, used, amount, why):
    source = type("Source", (), {"name": "Grant", "over_commitment_percent": Decimal(percent)})()

    told = rules.why_not_above(source, amount=Decimal(amount), held_now=Decimal(1000), used=Decimal(used))

    assert told == why


def test_decide_bites_where_the_source_cannot_promise_the_sum(world):
    world.own.amount = Decimal("15000")
    world.own.save()
    case = make.awaiting_decision(world, ("10000", "6000"))
    first, second = make.projects(case)
    make.approve(world, first)

    with pytest.raises(Refused) as refused:
        make.approve(world, second)
    make.approve(world, second, "5000")

    assert refused.value.reason == (
        "Own budget holds £15,000 and £10,000 is promised from it already, so only £5,000 can still be promised."
    )
    assert queries.used(world.own) == Decimal("15000.00")


def test_used_counts_awards_and_decided_commitments_but_nothing_that_lapsed(world):
    award = make.offered_award(world, ("10000",))
    money.decided(world.cast, money.commitment(world.cast, world, amount=Decimal("500")))
    both = queries.used(world.own)

    Award.objects.filter(pk=award.pk).update(status="LAPSED")

    assert (both, queries.used(world.own)) == (Decimal("10500.00"), Decimal("500.00"))
