"""What a source of funds holds: moved, handed back, carried over, each on both sides of its rule."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from plans.actions import sources as actions
from plans.models import SourceMovement
from plans.queries import sources as queries
from plans.rules import sources as rules
from records.models import Event
from records.refusals import Refused
from tests.make import money as make

DAY = date(2020, 7, 1)
AT = datetime(2020, 7, 1, 9, 0, tzinfo=UTC)


def pounds(amount):
    return Decimal(amount)


def move(world, source, kind, amount, *, used="0", on=DAY, **more):
    return actions.move_source(
        funding_source=source, kind=kind, amount=pounds(amount), on=on, reason="A letter", used=pounds(used),
        by=world.cast.officer, at=AT, **more,
    )  # fmt: skip


def carry(world, source, into, amount, *, used="0", consent="", at=AT):
    return actions.carry_over(
        funding_source=source, into=into, amount=pounds(amount), consent=consent, reason="Late start",
        used=pounds(used), by=world.cast.officer, at=at,
    )  # fmt: skip


def test_move_source_keeps_every_movement_and_what_it_held(world):
    source = make.source(world.plan, "grant")

    move(world, source, "INCREASED", "500")
    move(world, source, "REDUCED", "200.50")

    assert queries.held(source) == Decimal("10299.50")
    assert [(row.kind, row.amount) for row in queries.movements_of(source)] == [
        ("REDUCED", Decimal("200.50")),
        ("INCREASED", Decimal("500.00")),
    ]
    last = Event.objects.filter(subject_type="plans.FundingSource", verb="moved").order_by("-pk")[0]
    assert last.changes == {"held": ["10500.00", "10299.50"]}


def test_move_source_bites_when_money_promised_would_be_handed_back(world):
    source = make.source(world.plan, "grant")

    with pytest.raises(Refused) as refused:
        move(world, source, "HANDED_BACK", "2000.01", used="8000")
    move(world, source, "HANDED_BACK", "2000", used="8000")

    assert refused.value.reason == (
        "£8,000 is promised from Grant already and it would hold £7,999.99. At most £2,000 can be handed back."
    )
    assert queries.held(source) == Decimal("8000.00")


def test_move_source_bites_on_a_reduction_that_leaves_a_gap_nobody_meets(world):
    source = make.source(world.plan, "grant")

    with pytest.raises(Refused) as refused:
        move(world, source, "REDUCED", "3000", used="8000")
    movement = move(world, source, "REDUCED", "3000", used="8000", gap_met_by="From reserves")

    assert refused.value.reason == (
        "£8,000 is promised from Grant already and it would hold £7,000: a gap of £1,000. Say how the gap is met."
    )
    assert movement.reason == "A letter\nHow the gap is met: From reserves"
    assert queries.held(source) == Decimal("7000.00")


@pytest.mark.parametrize(
    ("kind", "amount", "on", "why"),
    [
        ("INCREASED", "1", date(2020, 7, 2), "Give the day it was known, not one still to come."),
        ("REDUCED", "10000.01", DAY, "Grant holds £10,000, so it cannot lose £10,000.01."),
        ("CARRIED_OUT", "1", DAY, "Carry money over from the page of the source it comes from."),
    ],
)
def test_move_source_refuses_what_cannot_be(world, kind, amount, on, why):
    source = make.source(world.plan, "grant")

    with pytest.raises(Refused) as refused:
        move(world, source, kind, amount, on=on)

    assert refused.value.reason == why
    assert not SourceMovement.objects.exists()


def test_why_not_move_source_asks_for_the_amount_and_the_post(world):
    unknown = make.source(world.plan, "grant", amount=None, basis="")

    assert rules.why_not_move_source(unknown, user=world.cast.officer) == (
        "The amount of this source is not known. Enter it first, with where it is printed."
    )
    assert rules.why_not_move_source(world.plan.own, user=world.cast.finance).startswith("Only a commissioning officer")


def test_carry_over_moves_one_sum_between_two_sources(world):
    over = make.spent_source(world.plan)

    carry(world, over, over.into, "2500", used="7500")

    assert (queries.held(over), queries.held(over.into)) == (Decimal("7500.00"), Decimal("12500.00"))
    assert [(row.kind, row.other) for row in SourceMovement.objects.order_by("pk")] == [
        ("CARRIED_OUT", over.into),
        ("CARRIED_IN", over),
    ]


def test_carry_over_bites_where_the_source_forbids_it(world):
    over = make.spent_source(world.plan)
    over.carry_over_allowed = False
    over.save()

    with pytest.raises(Refused) as refused:
        carry(world, over, over.into, "1")

    assert refused.value.reason == (
        "Money of Grant 2019 20 may not be carried over. What is left goes back to the funder."
    )


def test_carry_over_bites_at_its_share_and_at_consent(world):
    over = make.spent_source(world.plan)
    over.carry_over_percent, over.carry_over_needs_consent = Decimal("12.50"), True
    over.save()

    with pytest.raises(Refused, match=r"The Ministry must consent first. Write who consented and when."):
        carry(world, over, over.into, "1250")
    with pytest.raises(Refused) as refused:
        carry(world, over, over.into, "1250.01", consent="By letter of 1 June")
    carry(world, over, over.into, "1250", consent="By letter of 1 June")
    with pytest.raises(Refused, match=r"£0 of that is left."):
        carry(world, over, over.into, "0.01", consent="By letter of 1 June")

    assert refused.value.reason == (
        "At most 12.5 % of Grant 2019 20 may be carried over, £1,250. £1,250 of that is left."
    )
    assert SourceMovement.objects.get(kind="CARRIED_IN").reason.endswith("Consent of the funder: By letter of 1 June")


@pytest.mark.parametrize(
    ("facts", "amount", "at", "why"),
    [
        ({}, "2500.01", AT, "Only £2,500 of Grant 2019 20 is not promised or spent."),
        (
            {},
            "1",
            datetime(2020, 3, 31, 9, 0, tzinfo=UTC),
            "Grant 2019 20 can be spent until 31 March 2020. Carry over after it.",
        ),
        (
            {"ends_on": date(2020, 3, 31)},
            "1",
            AT,
            "Grant 2020 21 does not come after Grant 2019 20. Choose the source that follows it.",
        ),
        (
            {"purpose": "VICTIMS"},
            "1",
            AT,
            "Grant 2020 21 has another purpose than Grant 2019 20, so its money cannot go there.",
        ),
        ({"amount": None, "basis": ""}, "1", AT, "The amount of Grant 2020 21 is not known. Enter it first."),
    ],
)
def test_carry_over_refuses_what_cannot_be(world, facts, amount, at, why):
    over = make.spent_source(world.plan)
    if facts:
        if "ends_on" in facts:
            over.into.starts_on = date(2019, 4, 1)
        for name, value in facts.items():
            setattr(over.into, name, value)
        over.into.save()

    with pytest.raises(Refused) as refused:
        carry(world, over, over.into, amount, used="7500", at=at)

    assert refused.value.reason == why


def test_followers_of_are_what_follows_it_and_later_money_of_the_funder(world):
    over = make.spent_source(world.plan)
    later = make.source(world.plan, "grant-2021-22", starts_on=date(2021, 4, 1), ends_on=date(2022, 3, 31))
    make.source(world.plan, "other", funder="Somebody else", starts_on=date(2021, 4, 1), ends_on=date(2022, 3, 31))

    assert list(queries.followers_of(over)) == [over.into, later]


def test_why_not_correct_amount_once_it_has_moved(world):
    source = make.source(world.plan, "grant")
    assert rules.why_not_correct_amount(source, Decimal("9000")) == ""

    move(world, source, "INCREASED", "1")

    assert rules.why_not_correct_amount(source, source.amount) == ""
    assert rules.why_not_correct_amount(source, Decimal("9000")) == (
        "What this source holds has moved since. Record more money, or a reduction, instead."
    )


@pytest.mark.parametrize(
    ("percent", "held", "most"), [("0", "100", "100"), ("5", "100.10", "105.10"), ("7.5", "0.10", "0.10")]
)
def test_ceiling_is_rounded_down_to_the_penny(percent, held, most):
    source = type("Source", (), {"over_commitment_percent": Decimal(percent)})()

    assert queries.ceiling(source, Decimal(held)) == Decimal(most)
    assert queries.ceiling(source, None) is None


FORBIDDEN = {
    "a movement changed": "UPDATE plans_sourcemovement SET amount = 1",
    "a movement deleted": "DELETE FROM plans_sourcemovement",
    "more out than is held": 'INSERT INTO plans_sourcemovement (funding_source_id, kind, amount, "on", reason, at) '
    "SELECT id, 'REDUCED', 99999, '2020-07-01', 'Why', now() FROM plans_fundingsource WHERE key = 'grant'",
    "a carry-over that is forbidden": 'INSERT INTO plans_sourcemovement (funding_source_id, kind, amount, "on", '
    "reason, at, other_id) SELECT id, 'CARRIED_OUT', 1, '2020-07-01', 'Why', now(), id FROM plans_fundingsource "
    "WHERE key = 'grant'",
    "a cost changed": "UPDATE plans_commitmentcost SET amount = 1",
    "a commitment beyond its source's purpose": "UPDATE plans_commitmentline SET funding_source_id = "
    "(SELECT id FROM plans_fundingsource WHERE key = 'victims')",
}


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_database_refuses(world, request, statement):
    move(world, make.source(world.plan, "grant"), "INCREASED", "1")
    make.cost(world.cast, make.decided(world.cast, make.commitment(world.cast, world.plan)))
    cursor = request.getfixturevalue("as_app_role")

    with pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(statement)
