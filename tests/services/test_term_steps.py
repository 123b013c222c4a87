"""The steps of an extension decision, counted back in working days, for any decide-by day (S2)."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from records.calendar import is_working_day, working_days_between
from services.queries import steps

K = steps.K
EXAMPLES = settings(max_examples=40, deadline=None)
days = st.dates(date(2018, 1, 1), date(2038, 12, 31))


def back(day, number):
    """So many working days before a day, walked one calendar day at a time."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    while number:
        day -= timedelta(days=1)
        number -= is_working_day(day)
    return day


@EXAMPLES
@given(days)
def test_with_time_enough_each_step_has_the_working_days_it_is_given(decide_by):
    opens = steps.opens_on(decide_by)

    found = steps.planned(decide_by, on=opens)

    left = sum(steps.LENGTHS.values())
    assert opens == back(decide_by, left)
    for step in found:
        left -= steps.LENGTHS[step.kind]
        assert (step.due_on, step.squeezed) == (back(decide_by, left), False)
    assert [step.kind for step in found] == steps.ORDER


@EXAMPLES
@given(days, st.integers(0, 400), st.sets(st.sampled_from(steps.ORDER), min_size=1))
def test_however_late_the_steps_keep_their_order_and_none_falls_after_the_decide_by_day(decide_by, before, kinds):
    on = decide_by - timedelta(days=before)

    found = steps.planned(decide_by, on=on, kinds=kinds)

    assert [step.kind for step in found] == [kind for kind in steps.ORDER if kind in kinds]
    assert [step.due_on for step in found] == sorted(step.due_on for step in found)
    assert all(step.due_on <= decide_by for step in found)
    last = back(decide_by, 0)
    assert all(step.due_on >= min(on, last) for step in found)
    assert all(is_working_day(step.due_on) or step.due_on == on for step in found)
    if K.NOTICE in kinds and on <= last:
        assert found[-1].due_on == last


@EXAMPLES
@given(days, st.integers(1, 400))
def test_once_the_decide_by_day_has_passed_everything_is_due_on_it(decide_by, late):
    found = steps.planned(decide_by, on=decide_by + timedelta(days=late))

    assert {step.due_on for step in found} == {back(decide_by, 0)}


@EXAMPLES
@given(days, st.integers(0, 300))
def test_the_evidence_is_ready_by_the_first_day_of_a_printed_window(decide_by, length):
    first = decide_by - timedelta(days=length)
    opens = steps.opens_on(decide_by, first)

    found = {step.kind: step.due_on for step in steps.planned(decide_by, on=opens, evidence_by=first)}

    assert found[K.EVIDENCE] == min(back(first, 0), back(decide_by, 60))
    assert working_days_between(found[K.PROVIDER_ASKED], found[K.EVIDENCE]) == steps.LENGTHS[K.EVIDENCE]
    assert found[K.ADVICE] == back(decide_by, 30)


@EXAMPLES
@given(days, st.integers(1, 119))
def test_a_later_start_never_gives_a_step_a_later_day_than_it_would_have_nor_squeezes_what_fits(decide_by, late):
    opens = steps.opens_on(decide_by)
    on = back(decide_by, 120 - late)
    assume(on > opens)
    usual = {step.kind: step.due_on for step in steps.planned(decide_by, on=opens)}

    found = steps.planned(decide_by, on=on)

    fits = usual[K.PROVIDER_ASKED] >= on
    assert all(not step.squeezed for step in found) if fits else True
    assert all(step.squeezed == (step.due_on != usual[step.kind]) for step in found)


@pytest.mark.parametrize(
    ("needed", "expected"), [(True, date(2021, 9, 16)), (None, date(2021, 9, 16)), (False, date(2021, 9, 23))]
)
def test_the_last_safe_day_leaves_time_for_the_letter_and_a_notice_that_may_be_needed(needed, expected):
    assert steps.last_safe_day(date(2021, 9, 30), notice_needed=needed) == expected
