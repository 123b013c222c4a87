"""The timeline: what is agreed, what is open, what runs past a day, and the drawing of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from accounts.models import OrganisationSuccession
from pcc_portal.queries import drawing, timeline
from plans.models import CommissioningBody, MovableEvent
from services.enums import ContractStatus, OptionStatus, TermPart, VariationKind, VariationStatus
from services.models import Contract, ContractVariation, ExtensionOption
from tests.make import accounts, plans
from tests.make import services as make

pytestmark = pytest.mark.django_db
ON = date(2021, 6, 1)
WINDOW = {
    "printed_window": "autumn 2021",
    "window_starts_on": date(2021, 9, 1),
    "window_ends_on": date(2021, 11, 30),
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One contract with a window for its decision, and an older one near the end of its options."""
    taken = [{"status": OptionStatus.TAKEN_UP, "inferred": True}, {"status": OptionStatus.TAKEN_UP}, {}]
    with django_db_blocker.unblock(), transaction.atomic():
        cast = accounts.cast()
        plan = plans.plan(cast)
        make.contract(cast, plan, key="window", options=[WINDOW, {"number": 2, "notice_months": 6}, {"number": 3}])
        make.contract(cast, plan, key="older", starts_on=date(2016, 4, 1), options=taken)
        yield cast, plan
        transaction.set_rollback(True)


def outside(contract, ends_on):
    return ContractVariation.objects.create(
        contract=contract,
        number=1,
        kind=VariationKind.OUTSIDE_TERMS,
        status=VariationStatus.APPROVED,
        title="A year more",
        reason="No other service was ready",
        legal_basis="Regulation 72",
        ends_on=ends_on,
        after_options=3,
        drafted_at=make.AT,
        applied_at=make.AT,
        is_recorded=True,
    )


def rows():
    return {row.contract.key: row for row in timeline.rows_of(Contract.objects.prefetch_related("options"))}


def test_rows_hold_what_is_agreed_and_what_is_open(world):
    row = rows()["older"]

    assert [(part.kind, part.starts_on, part.ends_on, part.number, part.inferred) for part in row.stretches] == [
        (TermPart.INITIAL, date(2016, 4, 1), date(2019, 3, 31), None, False),
        (TermPart.OPTION, date(2019, 4, 1), date(2020, 3, 31), 1, True),
        (TermPart.OPTION, date(2020, 4, 1), date(2021, 3, 31), 2, False),
        (timeline.OPEN, date(2021, 4, 1), date(2022, 3, 31), 3, False),
    ]
    assert (row.ends_on, row.latest_ends_on) == (date(2021, 3, 31), date(2022, 3, 31))
    assert (row.decisions, row.next_decision, row.undated) == ((), None, True)


def test_rows_mark_the_days_to_decide_by(world):
    row = rows()["window"]

    assert row.decisions == ((1, date(2021, 11, 30)), (2, date(2022, 9, 30)))
    assert (row.next_decision, row.undated) == (date(2021, 11, 30), False)


def test_rows_show_time_outside_the_terms_after_the_last_option(world):
    contract = Contract.objects.get(key="older")
    ExtensionOption.objects.filter(contract=contract).update(status=OptionStatus.TAKEN_UP)
    outside(contract, date(2023, 3, 31))

    row = rows()["older"]

    assert [(part.starts_on, part.ends_on, part.words) for part in row.outside] == [
        (date(2022, 4, 1), date(2023, 3, 31), "Outside the original terms")
    ]
    assert (row.ends_on, row.latest_ends_on, row.open) == (date(2023, 3, 31), date(2023, 3, 31), [])


def test_rows_of_a_contract_that_ended_leave_nothing_open(world):
    Contract.objects.filter(key="older").update(status=ContractStatus.ENDED)

    row = rows()["older"]

    assert (row.open, row.next_decision, row.undated) == ([], None, False)


@pytest.mark.parametrize(
    ("after", "before", "keys"),
    [
        (None, None, {"window", "older"}),
        (date(2022, 3, 30), None, {"window", "older"}),
        (date(2022, 3, 31), None, {"window"}),
        (date(2025, 3, 31), None, set()),
        (None, date(2021, 3, 31), set()),
        (None, date(2021, 4, 1), {"older"}),
        (date(2022, 3, 31), date(2022, 4, 1), {"window"}),
    ],
)
def test_within_counts_the_last_possible_day_for_after_and_the_agreed_one_for_before(world, after, before, keys):
    found = timeline.within(rows().values(), after=after, before=before)

    assert {row.contract.key for row in found} == keys


def test_counted_past_tells_agreed_from_possible(world):
    assert timeline.counted_past(rows().values(), date(2021, 6, 30)) == (1, 1)
    assert timeline.counted_past(rows().values(), date(2028, 5, 6)) == (0, 0)


def test_presets_come_from_the_offices_own_rows(world):
    cast, _plan = world
    CommissioningBody.objects.update(ends_on=date(2028, 5, 6))
    MovableEvent.objects.create(key="e", name="Election", expected_on=ON, first_expected_on=ON)
    MovableEvent.objects.create(key="p", name="Past", expected_on=date(2021, 5, 31), first_expected_on=ON)
    OrganisationSuccession.objects.create(predecessor=cast.office, successor=cast.council, on=date(2028, 5, 7))
    OrganisationSuccession.objects.create(predecessor=cast.maidstone, successor=cast.swale, on=date(2028, 1, 1))

    assert [(preset.day, preset.words) for preset in timeline.presets(ON)] == [
        (ON, "Election"),
        (date(2028, 5, 6), "Office of the Commissioner ends"),
        (date(2028, 5, 7), "Maidstone Borough Council follows Office of the Commissioner"),
    ]


@pytest.mark.parametrize("shape", drawing.SHAPES, ids=lambda shape: shape.name)
def test_drawing_keeps_to_its_box_and_to_one_scale(world, shape):
    found = list(rows().values())

    drawn = drawing.drawing(found, shape, ON)

    bars = [bar for row in drawn.rows for bar in row.bars]
    assert len(bars) == 8
    assert all(bar.x >= shape.left and bar.x + bar.width <= shape.width for bar in bars)
    for row in drawn.rows:  # no gap and no overlap between stretches that follow each other
        assert [bar.x + bar.width for bar in row.bars[:-1]] == [bar.x for bar in row.bars[1:]]
    assert shape.left <= drawn.today_x <= shape.width
    years = {bar.width for bar in bars if bar.kind != "INITIAL"}
    first = next(bar for bar in bars if bar.kind == "INITIAL")
    assert max(years) - min(years) <= 1
    assert abs(Decimal(first.width) / 3 - max(years)) <= 1
    gaps = {right.x - left.x for left, right in zip(drawn.ticks, drawn.ticks[1:], strict=False)}
    assert min(gaps) >= 40


def test_drawing_says_in_words_what_it_shows(world):
    drawn = drawing.drawing(list(rows().values()), drawing.WIDE, ON)

    row = next(row for row in drawn.rows if row.contract.key == "window")
    assert row.desc == (
        "Agreed from 1 April 2019 to 31 March 2022. First term: to 31 March 2022. Option 1, open: to 31 March 2023. "
        "Option 2, open: to 31 March 2024. Option 3, open: to 31 March 2025. "
        "Option 1 is to be decided by 30 November 2021. Option 2 is to be decided by 30 September 2022. "
        "At the latest it ends on 31 March 2025."
    )
    assert [mark.title for mark in row.marks] == [
        "Option 1 is to be decided by 30 November 2021",
        "Option 2 is to be decided by 30 September 2022",
    ]
