"""The dates of a contract against an independent calculation, for any start, term, options, notice and change (S1)."""

import calendar as months
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.enums import OptionStatus, TermPart, VariationKind, VariationStatus
from services.models import Contract, ContractVariation, ExtensionOption
from services.queries.term import end_if_taken, term

DAY = timedelta(days=1)
EXAMPLES = settings(max_examples=40, deadline=None)
T, A = OptionStatus.TAKEN_UP, OptionStatus.AVAILABLE


@dataclass
class Plan:
    """A contract on paper: what it was let as, what became of each option, and how its end was changed."""

    starts_on: date
    months: int
    options: list = field(default_factory=list)
    changes: list = field(default_factory=list)

    def contract(self):
        """The rows as the portal holds them, unsaved."""
        contract = Contract(pk=1, reference="CT-1", starts_on=self.starts_on, initial_months=self.months)
        rows = [ExtensionOption(pk=n, number=n, contract=contract, **o) for n, o in enumerate(self.options, 1)]
        changes = [
            ContractVariation(number=n, status=VariationStatus.APPROVED, **c) for n, c in enumerate(self.changes, 1)
        ]
        contract._prefetched_objects_cache = {"options": Rows(rows), "variations": Rows(changes)}
        return contract


class Rows(list):
    """Rows read beforehand, as a prefetch would have them."""

    def all(self):
        return self


def later(day, number):
    """So many months after a day, walked a month at a time by year and month, the day kept or cut to the month's."""
    year, month = day.year, day.month
    for _ in range(abs(number)):
        month += 1 if number > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        elif month == 0:
            year, month = year - 1, 12
    last = 31
    while last > months.monthrange(year, month)[1]:
        last -= 1
    return date(year, month, min(day.day, last))


starts = st.one_of(
    st.dates(date(2010, 1, 1), date(2040, 12, 31)),
    st.sampled_from([date(2016, 2, 29), date(2020, 2, 29), date(2019, 1, 31), date(2019, 8, 31), date(2021, 12, 31),
                     date(2019, 4, 1), date(2018, 2, 28), date(2022, 3, 30)]),
)  # fmt: skip
lengths = st.integers(1, 36)
notices = st.none() | st.integers(0, 18)


@st.composite
def options(draw):
    """Options of which the first few are taken up, perhaps for less; the rest are open."""
    taken = draw(st.integers(0, 4))
    rows = []
    for number in range(taken + draw(st.integers(0, 3))):
        length = draw(lengths)
        row = {"months": length, "notice_months": draw(notices), "status": T if number < taken else A}
        if number < taken and length > 1 and draw(st.booleans()):
            row["agreed_months"] = draw(st.integers(1, length - 1))
        rows.append(row)
    return rows


plans = st.builds(Plan, starts_on=starts, months=lengths, options=options())


def expected_ends(plan):
    """The last day of the first term and of each option taken up, counted in months from the very start."""
    total, ends = plan.months, []
    ends.append(later(plan.starts_on, total) - DAY)
    for option in plan.options:
        if option["status"] == T:
            total += option.get("agreed_months") or option["months"]
            ends.append(later(plan.starts_on, total) - DAY)
    return ends


@EXAMPLES
@given(plans)
def test_the_ends_agree_with_a_calculation_written_differently(plan):
    found = term(plan.contract())

    assert [period.ends_on for period in found.periods] == expected_ends(plan)
    assert found.initial_ends_on == later(plan.starts_on, plan.months) - DAY
    whole = plan.months + sum(option.get("agreed_months") or option["months"] for option in plan.options)
    assert found.latest_ends_on == later(plan.starts_on, whole) - DAY


@EXAMPLES
@given(plans)
def test_periods_follow_each_other_without_gap_or_overlap(plan):
    found = term(plan.contract())

    assert found.periods[0].starts_on == plan.starts_on
    for before, after in pairwise(found.periods):
        assert after.starts_on == before.ends_on + DAY
    lines = found.options
    for before, after in pairwise(lines):
        assert after.starts_on == before.ends_on + DAY
    assert all(period.starts_on <= period.ends_on for period in found.periods)
    assert [period.part for period in found.periods] == [TermPart.INITIAL] + [TermPart.OPTION] * (
        len(found.periods) - 1
    )


@EXAMPLES
@given(plans)
def test_every_day_of_the_term_lies_in_exactly_one_period(plan):
    found = term(plan.contract())

    for day in (plan.starts_on, found.ends_on, plan.starts_on + (found.ends_on - plan.starts_on) // 2):
        holding = [period for period in found.periods if period.starts_on <= day <= period.ends_on]
        assert holding == [found.period_on(day)]
    assert found.period_on(plan.starts_on - DAY) is None and found.period_on(found.ends_on + DAY) is None


@EXAMPLES
@given(plans, st.none() | st.tuples(st.integers(-800, 800), st.integers(0, 120)))
def test_decide_by_is_the_earliest_of_what_is_known_and_before_the_option_starts(plan, window):
    assume(plan.options)
    if window:
        first = plan.starts_on + timedelta(days=window[0])
        last = first + timedelta(days=window[1])
        plan = replace(plan, options=[*plan.options[:-1], {**plan.options[-1], "window_starts_on": first,
                                                            "window_ends_on": last}])  # fmt: skip

    line = term(plan.contract()).options[-1]

    option, known = plan.options[-1], []
    if option["notice_months"] is not None:
        known.append(later(line.starts_on, -option["notice_months"]) - DAY)
        assert line.notice_by == known[0]
    if window:
        known.append(last)
    if not known:
        assert (line.decide_by, line.evidence_by) == (None, None)
        return
    assert line.decide_by == min([*known, line.starts_on - DAY])
    assert line.evidence_by == (min(first, line.decide_by) if window else None)
    assert line.why


@EXAMPLES
@given(plans, st.integers(1, 24))
def test_an_option_taken_up_for_less_ends_sooner_and_moves_only_what_follows(plan, fewer):
    rows = [number for number, option in enumerate(plan.options) if option["status"] == A]
    assume(rows and plan.options[rows[0]]["months"] > fewer)
    contract = plan.contract()
    option = contract.options.all()[rows[0]]
    before = term(contract)

    ends_on = end_if_taken(contract, option, fewer)

    option.status, option.agreed_months = T, fewer
    after = term(contract)
    assert after.ends_on == ends_on == after.options[rows[0]].ends_on
    assert ends_on == later(plan.starts_on, _months_before(plan, rows[0]) + fewer) - DAY
    assert after.options[: rows[0]] == before.options[: rows[0]]
    assert after.periods[:-1] == before.periods


def _months_before(plan, number):
    return plan.months + sum(o.get("agreed_months") or o["months"] for o in plan.options[:number])


@EXAMPLES
@given(plans, st.integers(0, 700))
def test_an_extension_outside_the_terms_begins_the_day_after_and_takes_the_place_of_nothing(plan, more):
    plan = replace(plan, options=[option for option in plan.options if option["status"] == T])
    before = term(plan.contract())
    ends_on = before.ends_on + (more + 1) * DAY
    change = {"kind": VariationKind.OUTSIDE_TERMS, "ends_on": ends_on, "after_options": len(plan.options)}

    after = term(replace(plan, changes=[change]).contract())

    assert after.periods[:-1] == before.periods
    [outside] = after.outside
    assert (outside.starts_on, outside.ends_on) == (before.ends_on + DAY, ends_on)
    assert (after.ends_on, after.latest_ends_on) == (ends_on, ends_on)


@EXAMPLES
@given(plans, st.lists(st.integers(1, 400), min_size=1, max_size=3), st.sampled_from(["DECLINED", "LAPSED", "REFUSED"]))
def test_an_option_that_was_lost_keeps_its_days_when_the_contract_runs_on_beyond_it(plan, steps, status):
    rows = [number for number, option in enumerate(plan.options) if option["status"] == A]
    assume(rows)
    lost = [{**option, "status": status} if option["status"] == A else option for option in plan.options]
    before = term(replace(plan, options=lost).contract())
    taken, end, changes = len(plan.options) - len(rows), before.ends_on, []
    for days in steps:
        end += days * DAY
        changes.append({"kind": VariationKind.OUTSIDE_TERMS, "ends_on": end, "after_options": taken})

    after = term(replace(plan, options=lost, changes=changes).contract())

    assert after.options == before.options
    assert (after.ends_on, len(after.outside)) == (end, len(steps))


@EXAMPLES
@given(plans, st.integers(0, 2000))
def test_an_earlier_end_cuts_the_term_there_and_leaves_no_gap(plan, into):
    plan = replace(plan, options=[option for option in plan.options if option["status"] == T])
    before = term(plan.contract())
    ends_on = plan.starts_on + into * DAY
    assume(ends_on < before.ends_on)
    change = {"kind": VariationKind.END, "ends_on": ends_on, "after_options": len(plan.options)}

    after = term(replace(plan, changes=[change]).contract())

    assert (after.ends_on, after.latest_ends_on) == (ends_on, ends_on)
    kept = [period for period in before.periods if period.starts_on <= ends_on]
    assert [period.starts_on for period in after.periods] == [period.starts_on for period in kept]
    assert after.periods[:-1] == tuple(kept[:-1])


@EXAMPLES
@given(plans, st.integers(-200, 200), st.dates(date(2018, 1, 1), date(2045, 1, 1)), st.integers(-500, 500))
def test_a_decision_that_waits_for_an_event_moves_with_it_and_nothing_else_does(plan, days, expected, moved):
    assume(plan.options)
    event = SimpleNamespace(name="The poll", expected_on=expected)

    def with_event():
        contract = plan.contract()
        option = contract.options.all()[-1]
        option.event_id, option.event_days, option.notice_months = 7, days, None
        option._state.fields_cache["event"] = event
        return contract

    before = term(with_event())
    event.expected_on = expected + moved * DAY
    after = term(with_event())

    last = after.options[-1]
    assert last.event_by - before.options[-1].event_by == moved * DAY
    assert last.decide_by == min(last.event_by, last.starts_on - DAY)
    assert after.periods == before.periods and after.options[:-1] == before.options[:-1]
    assert (last.starts_on, last.ends_on) == (before.options[-1].starts_on, before.options[-1].ends_on)
    assert (after.ends_on, after.latest_ends_on) == (before.ends_on, before.latest_ends_on)


def test_the_next_option_is_the_first_not_taken_up_and_only_while_it_is_open():
    taken, open_, lost = ({"months": 12, "status": status} for status in (T, A, "LAPSED"))

    assert term(Plan(date(2019, 4, 1), 36, [taken, open_, open_]).contract()).next_option.option.number == 2
    assert term(Plan(date(2019, 4, 1), 36, [taken, lost, open_]).contract()).next_option is None
    assert term(Plan(date(2019, 4, 1), 36, [taken]).contract()).next_option is None


def test_why_says_where_the_day_comes_from():
    start, window = date(2019, 4, 1), {"window_starts_on": date(2021, 9, 1), "window_ends_on": date(2021, 11, 30)}

    def why(**option):
        contract = Plan(start, 36, [{"months": 12, "status": A}]).contract()
        row = contract.options.all()[0]
        if "event" in option:
            event = SimpleNamespace(name="the election", expected_on=date(2021, 5, 6))
            row.event_id, row.event_days = 7, option["event"]
            row._state.fields_cache["event"] = event
        else:
            for name, value in option.items():
                setattr(row, name, value)
        return term(contract).options[0].why

    assert why(notice_months=6) == "6 months’ notice before 1 April 2022"
    assert why(printed_window="autumn 2021", **window) == "The last day of “autumn 2021”"
    assert why(event=30) == "30 days after the election, 6 May 2021"
    assert why(event=-1) == "1 day before the election, 6 May 2021"
    assert why(event=0) == "The day of the election"
    assert why(event=400) == "The last day before the option would start"
    assert why() == "No source gives a notice period or a time for this decision."
