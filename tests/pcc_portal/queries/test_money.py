"""Each figure equals the rows beneath it, to the penny; unknown is never nought."""

from decimal import Decimal

import pytest

from grants.actions import instalments
from grants.models import Allocation, Award
from monitoring.enums import ReturnStatus
from monitoring.models import SpendLine
from pcc_portal.queries import money
from tests.make import awards as make
from tests.make import monitoring as returns

pytestmark = pytest.mark.django_db


def figures(stream, **options):
    return {key: money.totals(key, **options)[stream.pk].total for key in money.FIGURES}


def agree(stream):
    """Every figure of the stream against the sum of its rows."""
    for key in money.FIGURES:
        rows = money.rows_behind(key, stream_ids=[stream.pk])
        assert money.totals(key)[stream.pk].total == sum((r.value for r in rows if r.value is not None), Decimal(0))
        assert money.totals(key)[stream.pk].unknown == sum(1 for r in rows if r.value is None)
        assert money.totals(key)[stream.pk].rows == len(rows)


def test_totals_of_a_paid_first_instalment():
    world = make.world()
    make.paid_award(world, ("10000", "5000.50"))

    assert figures(world.csps) == {
        "allocated": Decimal("79322.00"),
        "committed": Decimal("15000.50"),
        "released": Decimal("7500.25"),
        "spent": Decimal("0.00"),
        "returned": Decimal("0.00"),
        "unspent": Decimal("7500.25"),
    }
    agree(world.csps)


def test_totals_count_an_unknown_allocation_apart():
    world = make.world()
    Allocation.objects.create(round=world.round, organisation=world.yot)

    found = money.totals("allocated")[world.csps.pk]

    assert (found.total, found.unknown, found.rows) == (Decimal("79322.00"), 1, 3)
    agree(world.csps)


def test_totals_take_returned_money_off_what_is_unspent():
    world = make.world()
    award = make.paid_award(world)
    back = instalments.request_repayment(
        award=award, amount=Decimal("156"), reason="Not spent", by=world.finance, at=make.RELEASED_AT
    )
    instalments.record_repayment(
        instalment=back, received_on=make.RELEASED_AT.date(), payment_reference="R1", by=world.finance,
        at=make.RELEASED_AT,
    )  # fmt: skip

    found = figures(world.csps)

    assert (found["returned"], found["unspent"]) == (Decimal("156.00"), Decimal("4844.00"))
    agree(world.csps)


def test_totals_leave_out_example_data_when_asked():
    world = make.world()
    make.paid_award(world)
    world.maidstone.is_example = True
    world.maidstone.save(update_fields=["is_example"])

    assert money.totals("committed")[world.csps.pk].examples == 1
    without = figures(world.csps, with_examples=False)
    assert without.pop("allocated") == Decimal("39661.00")
    assert set(without.values()) == {Decimal("0.00")}


def test_rows_behind_say_what_whose_and_where():
    world = make.world()
    award = make.made_award(world)

    rows = money.rows_behind("committed", stream_ids=[world.csps.pk])

    assert rows == [
        money.MoneyRow(
            award.reference, "Safer nights", "Safer Maidstone Partnership", Decimal("10000.00"),
            f"/awards/{award.reference}/", False,
        )
    ]  # fmt: skip


def test_spent_counts_a_correction_only_once_it_is_sent():
    world = make.world()
    make.paid_award(world)
    sent = returns.monitoring_return(
        world.cast, world, award=Award.objects.get(is_recorded=False), status=ReturnStatus.QUERIED
    )
    before = figures(world.csps)["spent"]

    SpendLine.objects.filter(monitoring_return=sent).update(spent=Decimal("1"))

    assert before == Decimal("5000.00")
    assert figures(world.csps)["spent"] == before
    agree(world.csps)
