"""Dates of contracts: the three of the plan by hand, any contract against an independent count."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from services import queries
from services.enums import OptionStatus
from services.models import Contract, ExtensionOption


class Options(list):
    def all(self):
        return self


def contract(starts_on, initial_months, *options):
    """A contract that is in no database: the dates need none."""
    built = Contract(pk=1, starts_on=starts_on, initial_months=initial_months, reference="CT-2019-001")
    rows = Options(
        ExtensionOption(pk=number, contract=built, number=number, **option) for number, option in enumerate(options, 1)
    )
    built._prefetched_objects_cache = {"options": rows, "variations": Options()}
    return built


TAKEN = {"status": OptionStatus.TAKEN_UP}
OPEN = {"status": OptionStatus.AVAILABLE}


def test_term_of_a_contract_three_plus_one_plus_one_plus_one():
    found = queries.term(contract(date(2016, 4, 1), 36, {**TAKEN, "inferred": True}, TAKEN, OPEN))

    assert found.initial_ends_on == date(2019, 3, 31)
    assert [(row.starts_on, row.ends_on) for row in found.options] == [
        (date(2019, 4, 1), date(2020, 3, 31)),
        (date(2020, 4, 1), date(2021, 3, 31)),
        (date(2021, 4, 1), date(2022, 3, 31)),
    ]
    assert (found.ends_on, found.latest_ends_on) == (date(2021, 3, 31), date(2022, 3, 31))
    assert found.inferred is True
    assert found.next_option.option.number == 3
    assert found.next_option.decide_by is None
    assert found.next_option.why == "No source gives a notice period or a time for this decision."


def test_term_with_a_printed_window_is_decided_by_its_last_day_with_evidence_by_its_first():
    autumn = {
        "printed_window": "autumn 2021",
        "window_starts_on": date(2021, 9, 1),
        "window_ends_on": date(2021, 11, 30),
    }

    ahead = queries.term(contract(date(2019, 4, 1), 36, {**OPEN, **autumn}, OPEN, OPEN)).next_option

    assert (ahead.evidence_by, ahead.decide_by) == (date(2021, 9, 1), date(2021, 11, 30))
    assert ahead.why == "The last day of “autumn 2021”"


@pytest.mark.parametrize(
    ("notice_months", "window", "expected"),
    [
        (6, None, (date(2021, 9, 30), None)),
        (3, None, (date(2021, 12, 31), None)),
        (0, None, (date(2022, 3, 31), None)),
        (6, (date(2021, 9, 1), date(2021, 11, 30)), (date(2021, 9, 30), date(2021, 9, 1))),
        (3, (date(2021, 9, 1), date(2021, 11, 30)), (date(2021, 11, 30), date(2021, 9, 1))),
        (9, (date(2021, 9, 1), date(2021, 11, 30)), (date(2021, 6, 30), date(2021, 6, 30))),
    ],
)
def test_term_lets_the_earlier_date_rule(notice_months, window, expected):
    option = {**OPEN, "notice_months": notice_months}
    if window:
        option |= {"window_starts_on": window[0], "window_ends_on": window[1]}

    ahead = queries.term(contract(date(2019, 4, 1), 36, option)).next_option

    assert (ahead.decide_by, ahead.evidence_by) == expected


@pytest.mark.parametrize(
    ("statuses", "ends_on", "latest", "next_number"),
    [
        ("AVAILABLE AVAILABLE AVAILABLE", date(2022, 3, 31), date(2025, 3, 31), 1),
        ("TAKEN_UP AVAILABLE AVAILABLE", date(2023, 3, 31), date(2025, 3, 31), 2),
        ("OFFERED AVAILABLE AVAILABLE", date(2022, 3, 31), date(2025, 3, 31), None),
        ("TAKEN_UP DECLINED AVAILABLE", date(2023, 3, 31), date(2023, 3, 31), None),
        ("LAPSED AVAILABLE AVAILABLE", date(2022, 3, 31), date(2022, 3, 31), None),
        ("REFUSED AVAILABLE TAKEN_UP", date(2022, 3, 31), date(2022, 3, 31), None),
        ("TAKEN_UP TAKEN_UP TAKEN_UP", date(2025, 3, 31), date(2025, 3, 31), None),
        ("", date(2022, 3, 31), date(2022, 3, 31), None),
    ],
)
def test_term_follows_the_standing_of_the_options(statuses, ends_on, latest, next_number):
    found = queries.term(contract(date(2019, 4, 1), 36, *({"status": status} for status in statuses.split())))

    assert (found.ends_on, found.latest_ends_on) == (ends_on, latest)
    assert (found.next_option and found.next_option.option.number) == next_number


LENGTHS = st.lists(st.integers(min_value=1, max_value=36), max_size=6)


@given(
    starts_on=st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31)),
    initial=st.integers(min_value=1, max_value=120),
    lengths=LENGTHS,
    taken=st.integers(min_value=0, max_value=6),
    notice=st.none() | st.integers(min_value=0, max_value=24),
)
def test_term_agrees_with_an_independent_count(starts_on, initial, lengths, taken, notice):
    options = [
        {"months": months, "notice_months": notice, **(TAKEN if number < taken else OPEN)}
        for number, months in enumerate(lengths)
    ]
    one_day = timedelta(days=1)

    found = queries.term(contract(starts_on, initial, *options))

    taken = min(taken, len(lengths))
    assert found.initial_ends_on == starts_on + relativedelta(months=initial) - one_day
    assert found.ends_on == starts_on + relativedelta(months=initial + sum(lengths[:taken])) - one_day
    assert found.latest_ends_on == starts_on + relativedelta(months=initial + sum(lengths)) - one_day
    for before, after in zip(found.options, found.options[1:], strict=False):
        assert after.starts_on == before.ends_on + one_day
    if taken < len(lengths):
        ahead = found.next_option
        assert ahead.option.number == taken + 1
        expected = ahead.starts_on - relativedelta(months=notice) - one_day if notice is not None else None
        assert ahead.decide_by == expected
    else:
        assert found.next_option is None
