"""Money across streams: stakes, years, half years and the forecast agree with the dashboard and each other."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from grants.models import ReportedSpend
from grants.queries import sources as grant_sources
from pcc_portal.queries import money, money_forecast, money_sources, money_streams, money_years, ring_fence
from plans.models import FundingSource
from services.models import Contract
from tests.kept import kept
from tests.make import awards, direct_awards, services
from tests.make import money as make
from tests.make import monitoring as returns


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A live award of two funders, a paid one of the round with half of it reported, a commitment with a cost, a
    contract and a past award."""
    with kept(django_db_blocker):
        world = direct_awards.world()
        world.own.amount = Decimal("30000")
        world.own.save()
        world.joint = direct_awards.live_award(
            world, direct_awards.two_funders(world), ends_on=direct_awards.LAST, title="Mentors in the hospital"
        )
        award = awards.paid_award(world, ("10000", "5000.50"))
        world.returned = returns.monitoring_return(world.cast, world, award=award, status="REVIEWED")
        world.award = award
        world.line = make.decided(world.cast, make.commitment(world.cast, world))
        make.cost(world.cast, world.line)
        world.contract = services.contract(world.cast, world)
        world.contract.funding.create(funding_source=world.own, amount=Decimal("1200"))
        world.contract.payments.create(
            amount=Decimal("100"), covers_from=date(2020, 4, 1), covers_to=date(2020, 4, 30), paid_on=date(2020, 5, 4)
        )
        awards.recorded_award(world)
        awards.recorded_award(world, 2, amount=None)
        yield world


@pytest.fixture
def world(made, db):
    return deepcopy(made)


def by_source(figure):
    """{name of the source: the figure}, only what is not nought."""
    names = dict(FundingSource.objects.values_list("pk", "name"))
    sums = {}
    for stake in money_sources.stakes():
        value = getattr(stake, figure) or Decimal(0)
        sums[names.get(stake.source_id, "")] = sums.get(names.get(stake.source_id, ""), Decimal(0)) + value
    return {name: value for name, value in sums.items() if value}


def test_stakes_split_every_promise_by_source_to_the_penny(world):
    assert by_source("promised") == {
        "Violence fund": Decimal("512000.00"),
        "Home Office grant": Decimal("102000.00"),
        "Own budget": Decimal("28200.50"),
        "": Decimal("6000.00"),
    }


def test_stakes_agree_with_the_dashboard(world):
    grants = [stake for stake in money_sources.stakes() if stake.kind != money_sources.CONTRACT]
    alone = [stake for stake in grants if stake.kind == money_sources.AWARD]
    pairs = [("promised", "committed", grants), ("released", "released", alone), ("spent", "spent", alone)]
    for figure, known, stakes in [*pairs, ("returned", "returned", alone), ("unspent", "unspent", alone)]:
        shown = money.totals(known)
        for stream in (world.csps, world.thirds):
            own = money_sources.total([stake for stake in stakes if stake.stream_id == stream.pk], figure)
            assert own.total == shown[stream.pk].total, (figure, stream)
            if figure == "promised":
                assert own.unknown == shown[stream.pk].unknown


def test_source_line_says_what_is_held_used_and_left(world):
    line = money_sources.source_line(world.own)

    assert (line.held, line.used, line.left, line.gap) == (
        Decimal("30000.00"),
        Decimal("28200.50"),
        Decimal("1799.50"),
        Decimal(0),
    )
    assert [(kind, found.total) for kind, found in line.kinds] == [
        ("Award", Decimal("15000.50")),
        ("Commitment", Decimal("12000.00")),
        ("Contract", Decimal("1200.00")),
    ]
    assert line.used == grant_sources.used(world.own) + Decimal("1200.00")


def test_source_line_shows_a_gap_and_the_tolerance(world):
    FundingSource.objects.filter(pk=world.own.pk).update(amount=Decimal("26000"), over_commitment_percent=Decimal("10"))
    world.own.refresh_from_db()

    line = money_sources.source_line(world.own)

    assert (line.gap, line.ceiling, line.left, line.beyond_tolerance) == (
        Decimal("2200.50"),
        Decimal("28600.00"),
        Decimal("399.50"),
        False,
    )


def test_source_lines_hold_every_stake_of_the_plan_once(world):
    found = money_sources.stakes()

    lines = money_sources.source_lines(world.plan, found)

    assert sum(len(line.stakes) for line in lines) == len(found)
    assert lines[-1].source is None
    assert {stake.reference for stake in lines[-1].stakes} == {
        stake.reference for stake in found if stake.source_id is None
    }


def test_stream_and_round_lines_add_up(world):
    found = money_sources.stakes()

    lines = {line.stream.key: line for line in money_streams.stream_lines(world.plan, found)}
    [row] = money_streams.round_lines(world.csps, found)

    assert lines["crg-csp"].allocated.total == Decimal("79322.00")
    assert {key: value.total for key, _, value in lines["crg-third"].figures}["promised"] == Decimal("614000.00")
    assert (row.pot, row.promised.total, row.left, row.over) == (
        Decimal("79322.00"),
        Decimal("15000.50"),
        Decimal("64321.50"),
        Decimal(0),
    )


def test_round_line_shows_over_commitment_against_tolerance(world):
    rules = SimpleNamespace(over_commitment_percent=Decimal("5"))
    row = SimpleNamespace(budget=Decimal("14000"), rule_set=rules)
    stakes = [stake for stake in money_sources.stakes() if stake.round_id == world.round.pk]

    line = money_streams.RoundLine(row, money.MoneySum(), tuple(stakes))

    assert (line.ceiling, line.over, line.left) == (Decimal("14700.00"), Decimal("1000.50"), Decimal(0))


def test_slices_put_each_promise_into_its_years(world):
    pieces = money_years.slices(money_sources.stakes(), world.plan.starts_on)
    names = [(row.pk, row.key, row.name) for row in FundingSource.objects.order_by("pk")]

    table = money_years.table(pieces, world.plan, [*names, (None, "none", "No source")], "source_id")

    rows = {name: [cell.total for _, _, cell in cells] for name, _, cells, _ in table.rows}
    assert [label for _, label in table.columns] == ["2020/21", "2021/22", "2022/23"]
    assert rows["Violence fund"] == [Decimal("100000.00"), Decimal("206000.00"), Decimal("206000.00")]
    assert rows["Home Office grant"] == [Decimal("102000.00"), Decimal(0), Decimal(0)]
    assert rows["Own budget"] == [Decimal("28200.50"), Decimal(0), Decimal(0)]
    promised = money_sources.total(money_sources.stakes(), "promised")
    assert (table.totals[-1][2].total, table.totals[-1][2].unknown) == (promised.total, promised.unknown)


@pytest.mark.parametrize(
    ("day", "anchor", "year", "label"),
    [
        (date(2021, 3, 31), date(2020, 4, 1), date(2020, 4, 1), "2020/21"),
        (date(2021, 4, 1), date(2020, 4, 1), date(2021, 4, 1), "2021/22"),
        (date(2019, 6, 1), date(2020, 4, 1), date(2019, 4, 1), "2019/20"),
        (date(2021, 6, 1), date(2020, 1, 1), date(2021, 1, 1), "2021"),
    ],
)
def test_year_of_follows_the_years_of_the_office(day, anchor, year, label):
    assert money_years.year_of(day, anchor) == year
    assert money_years.year_label(year) == label


def test_entries_of_half_years_add_up_to_what_went_out_and_was_spent(world):
    found = money_sources.stakes()
    rows = ring_fence.entries(found)
    first, second = ring_fence.halves(world.plan.starts_on, world.plan.ends_on)

    [line] = ring_fence.lines(rows, [world.own], first)
    [later] = ring_fence.lines(rows, [world.own], second)

    assert (first.ends_on, second.starts_on) == (date(2020, 9, 30), date(2020, 10, 1))
    assert dict(line.sums) == {
        "released": Decimal("8100.25"),
        "spent": Decimal("600.00") + world_spend(world),
        "returned": Decimal(0),
    }
    assert [total for _, total in later.sums] == [Decimal(0)] * 3
    own = [stake for stake in found if stake.source_id == world.own.pk]
    assert line.up_to[0] == sum((stake.released for stake in own), Decimal(0))
    assert line.up_to[1] == sum((stake.spent for stake in own), Decimal(0))


def world_spend(world):
    return ReportedSpend.objects.get(award=world.award).spent


def test_foretold_goes_on_as_the_accepted_return_says(world):
    spent = world_spend(world)

    [row] = money_forecast.foretold(money_sources.stakes(), on=date(2020, 12, 1))

    expected = (spent * 365 / 183).quantize(Decimal("0.01"))
    assert row.unspent == Decimal("15000.50") - expected
    assert row.why == f"If it goes on spending as in its accepted return {world.returned.reference}"


def test_foretold_counts_only_accepted_returns(world):
    ReportedSpend.objects.filter(award=world.award).update(reference="MR-2020-999")

    assert money_forecast.foretold(money_sources.stakes(), on=date(2020, 12, 1)) == []


def test_foretold_of_an_award_that_is_over_is_what_was_never_released(world):
    ReportedSpend.objects.filter(award=world.award).update(reference="MR-2020-999")

    [row] = money_forecast.foretold(money_sources.stakes(), on=date(2021, 4, 1))

    assert (row.stake.reference, row.unspent) == (world.award.reference, Decimal("7500.25"))
    assert row.why == "It is over, and this was never released"


@pytest.mark.parametrize(
    ("spent", "ends_on", "covers", "expected"),
    [
        ("10", date(2020, 9, 30), False, "19.95"),
        ("60", date(2020, 9, 30), False, "100.00"),
        ("60", date(2021, 3, 31), False, "60"),
        ("60", date(2020, 9, 30), True, "60"),
    ],
)
def test_spend_at_the_end(spent, ends_on, covers, expected):
    award = SimpleNamespace(starts_on=date(2020, 4, 1), ends_on=date(2021, 3, 31))
    told = SimpleNamespace(spent=Decimal(spent), ends_on=ends_on, covers_the_award=covers, reference="MR-1")

    found, _ = money_forecast._spend_at_the_end(award, told, Decimal("100.00"), date(2020, 12, 1), Decimal(0))

    assert found == Decimal(expected)


def test_contract_promises_for_the_months_the_source_lasts(world):
    Contract.objects.filter(pk=world.contract.pk).update(starts_on=date(2020, 10, 1))

    [stake] = [stake for stake in money_sources.contract_stakes() if stake.source_id == world.own.pk]

    assert stake.promised == Decimal("600.00")
