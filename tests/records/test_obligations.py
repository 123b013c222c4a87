"""Ladders: the newest step passed, once, to the right people, never lost, never doubled, stopped when done."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from accounts.queries import people_for
from records import calendar, ladders, obligations
from records.enums import ObligationKind
from records.models import Notice, Obligation
from tests.make import accounts as make_accounts
from tests.make import records as make

pytestmark = pytest.mark.django_db
DUE = make.DUE
FIRST = date(2020, 9, 22)  # 28 working days before
SECOND = date(2020, 10, 12)  # 14
THIRD = date(2020, 10, 27)  # 3


def climb(day, **changes):
    return obligations.climb_ladders(**{"on": day, "at": make.moment(day), "people_for": people_for, **changes})


def told():
    """Who has been told which step, in the order written."""
    return [(row.step, row.person.full_name) for row in Notice.objects.order_by("pk").select_related("person")]


def test_climb_ladders_before_the_first_step_tells_nobody():
    make.obligation(make_accounts.cast())

    assert climb(FIRST - timedelta(days=1)) == 0
    assert told() == []


def test_climb_ladders_on_the_day_of_a_step_tells_its_audiences_once():
    make.obligation(make_accounts.cast())

    assert climb(FIRST) == 2
    assert climb(FIRST) == 0
    assert told() == [(-28, "Mo Contributor"), (-28, "Lee Lead")]


def test_climb_ladders_writes_a_notice_that_says_what_when_and_where():
    cast = make_accounts.cast()
    owed = make.obligation(cast)

    climb(SECOND)

    notice = Notice.objects.get(person=cast.maidstone_lead)
    assert notice.key == f"RETURN:{owed.pk}:2020-10-30:-14:{cast.maidstone_lead.pk}"
    assert notice.heading == "Mid-year return for Youth work: due 30 October 2020"
    assert notice.body == "Mid-year return for Youth work is due on 30 October 2020, in 18 days."
    assert (notice.link, notice.rule, notice.obligation) == ("/awards/AW-2020-001/", "reminder:return", owed)
    assert (notice.due_on, notice.step, notice.created_at) == (DUE, -14, make.moment(SECOND))


def test_due_in_seven_days_owes_the_step_before_and_nothing_new():
    """A peer compares for equality and is silent on days between steps; we have told already, so we are too."""
    make.obligation(make_accounts.cast())
    climb(SECOND)

    assert climb(DUE - timedelta(days=7)) == 0


def test_due_in_seven_days_written_late_tells_the_newest_step_only():
    make.obligation(make_accounts.cast())

    climb(DUE - timedelta(days=7))

    assert told() == [(-14, "Mo Contributor"), (-14, "Lee Lead")]


def test_a_missed_daily_run_is_caught_up_once_by_the_next():
    make.obligation(make_accounts.cast())
    climb(THIRD - timedelta(days=1))

    assert climb(THIRD + timedelta(days=1)) == 3
    assert climb(THIRD + timedelta(days=2)) == 0
    assert [row for row in told() if row[0] == -3] == [
        (-3, "Mo Contributor"),
        (-3, "Lee Lead"),
        (-3, "Cy Certifier"),
    ]


def test_runs_missed_for_forty_days_owe_one_step_and_own_up_to_the_others():
    cast = make_accounts.cast()
    make.obligation(cast)
    climb(FIRST)

    climb(DUE + timedelta(days=3))  # the Monday after

    late = Notice.objects.filter(step=1)
    assert sorted(row.person.full_name for row in late) == ["Cy Certifier", "Lee Lead"]
    assert set(Notice.objects.values_list("step", flat=True)) == {-28, 1}
    assert "We could not remind you on 12 October 2020, 27 October 2020 and 30 October 2020." in late[0].body


def test_missed_steps_of_an_obligation_that_was_open_are_owned_up_to_even_when_none_was_told():
    make.obligation(make_accounts.cast(), opens_on=date(2020, 10, 1))

    climb(THIRD)

    assert "We could not remind you on 12 October 2020." in Notice.objects.first().body


def test_steps_before_the_obligation_opened_were_never_owed():
    make.obligation(make_accounts.cast(), opens_on=date(2020, 10, 20))

    climb(THIRD)

    assert "could not remind" not in Notice.objects.first().body


def test_not_yet_opened_tells_nobody():
    make.obligation(make_accounts.cast(), opens_on=DUE - timedelta(days=5))

    assert climb(SECOND) == 0


def test_overdue_escalates_from_lead_to_officer_to_head():
    make.obligation(make_accounts.cast())

    for days in range(20):
        climb(DUE + timedelta(days=days))

    assert told() == [
        (0, "Lee Lead"),
        (1, "Lee Lead"),
        (1, "Cy Certifier"),
        (5, "Lee Lead"),
        (5, "Ola Officer"),
        (5, "Olu Officer"),
        (10, "Hed Commissioning"),
    ]


@pytest.mark.parametrize("later", [True, False], ids=["with a later return pending", "without a later return"])
def test_overdue_is_told_whether_or_not_a_later_return_is_pending(later):
    cast = make_accounts.cast()
    make.obligation(cast, period="MID_YEAR")
    if later:
        make.obligation(cast, period="YEAR_END", due_on=date(2021, 4, 30), opens_on=date(2021, 3, 31))

    climb(DUE + timedelta(days=3))

    assert {row.due_on for row in Notice.objects.all()} == {DUE}
    assert told() == [(1, "Lee Lead"), (1, "Cy Certifier")]


def test_two_pending_at_once_are_both_told():
    cast = make_accounts.cast()
    make.obligation(cast, period="MID_YEAR")
    make.obligation(cast, period="AD_HOC", due_on=DUE + timedelta(days=3), title="Ad hoc return for Youth work")

    climb(DUE)

    assert sorted(Notice.objects.filter(person=cast.maidstone_lead).values_list("due_on", "step")) == [
        (DUE, 0),
        (DUE + timedelta(days=3), -3),
    ]


def test_a_one_off_overdue_is_told():
    cast = make_accounts.cast()
    make.obligation(cast, kind=ObligationKind.REPAYMENT, organisation=cast.council, title="Repay £156")

    climb(DUE + timedelta(days=3))

    assert told() == [(1, "Sig Natory"), (1, "Fin Ance")]


def test_month_end_periods_do_not_drift():
    """Due 31 Jan, 28 Feb, 31 Mar: each counted from the anchor; each told on its own day."""
    cast = make_accounts.cast()
    anchor = date(2021, 1, 31)
    for number in range(3):
        make.obligation(cast, period=f"month {number}", due_on=calendar.add_months(anchor, number))

    days = [date(2021, 1, 1) + timedelta(days=number) for number in range(95)]
    for day in days:
        climb(day)

    last_day = Notice.objects.filter(step=0, person=cast.maidstone_lead).order_by("due_on")
    assert [(row.due_on, calendar.london_day(row.created_at)) for row in last_day] == [
        (date(2021, 1, 31), date(2021, 1, 29)),  # a Sunday: told on the Friday before
        (date(2021, 2, 28), date(2021, 2, 26)),
        (date(2021, 3, 31), date(2021, 3, 31)),
    ]


def test_a_moved_due_day_starts_the_ladder_afresh_and_says_so():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    climb(SECOND)

    moved_to = DUE + timedelta(days=7)
    obligations.move_due(owed, due_on=moved_to, by=cast.officer, at=make.moment(SECOND), reason="Staff ill")
    climb(SECOND)

    again = Notice.objects.filter(due_on=moved_to, person=cast.maidstone_lead).get()
    assert again.step == -28
    assert "it was first due on 30 October 2020" in again.body
    assert "could not remind" not in again.body


def test_closed_stops_at_once_and_withdraws_what_was_not_sent():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    climb(FIRST)

    obligations.close(cast.maidstone, ObligationKind.RETURN, at=make.moment(SECOND), closing="Submitted")

    assert climb(DUE + timedelta(days=30)) == 0
    assert set(owed.notices.values_list("withdrawn_at", flat=True)) == {make.moment(SECOND)}


@pytest.mark.parametrize(
    ("due_on", "step", "day"),
    [
        (date(2020, 10, 26), 0, date(2020, 10, 26)),  # the day after the clocks go back
        (date(2020, 10, 25), 0, date(2020, 10, 23)),  # on the Sunday itself
        (date(2021, 3, 29), 0, date(2021, 3, 29)),
        (date(2021, 3, 28), 1, date(2021, 3, 29)),
        (date(2020, 12, 28), 0, date(2020, 12, 24)),  # Boxing Day's substitute
        (date(2021, 4, 5), 1, date(2021, 4, 6)),  # Easter Monday
    ],
)
def test_steps_fall_on_working_days_also_when_the_clocks_change(due_on, step, day):
    assert ladders.step_day(due_on, step) == day


@pytest.mark.parametrize("sunday", [date(2020, 10, 25), date(2021, 3, 28)])
def test_sweeps_on_both_sides_of_a_clock_change_tell_once(sunday):
    make.obligation(make_accounts.cast(), due_on=sunday + timedelta(days=1))

    for hours in range(-30, 54):
        at = datetime(sunday.year, sunday.month, sunday.day, tzinfo=UTC) + timedelta(hours=hours)
        obligations.climb_ladders(on=calendar.london_day(at), at=at, people_for=people_for)

    assert [row for row in told() if row[0] == 0] == [(0, "Lee Lead")]
    days = {calendar.london_day(row.created_at) for row in Notice.objects.filter(step=0)}
    assert days == {sunday + timedelta(days=1)}


def test_sweeps_over_christmas_tell_on_working_days_only():
    make.obligation(make_accounts.cast(), due_on=date(2021, 1, 4))  # a Monday; 25 and 28 December, 1 January are off

    for day in (date(2020, 12, 14) + timedelta(days=number) for number in range(30)):
        climb(day)

    days = {row.step: calendar.london_day(row.created_at) for row in Notice.objects.all()}
    assert days == {
        -14: date(2020, 12, 14),
        -3: date(2020, 12, 29),
        0: date(2021, 1, 4),
        1: date(2021, 1, 5),
        5: date(2021, 1, 11),
    }


def test_latest_due_is_exact_for_every_day_and_step():
    for on in (date(2020, 12, 20) + timedelta(days=number) for number in range(30)):
        for step in (-120, -28, -3, 0, 1, 10):
            edge = ladders.latest_due(on, step)
            assert ladders.step_day(edge, step) <= on < ladders.step_day(edge + timedelta(days=1), step)


def test_what_the_office_owes_goes_to_the_office():
    cast = make_accounts.cast()
    make.obligation(cast, kind=ObligationKind.EXTENSION_DECISION, organisation=None, title="Decide whether to extend X")

    climb(DUE + timedelta(days=3))

    assert sorted(told()) == [(1, "Chi Executive"), (1, "Hed Commissioning"), (1, "Pat Commissioner")]


def test_nobody_to_tell_in_the_organisation_tells_the_officers_so():
    cast = make_accounts.cast()
    make.obligation(cast, organisation=cast.provider, kind=ObligationKind.ACCEPTANCE, title="Accept the terms")
    cast.provider_lead.memberships.update(ended_at=make.moment(FIRST))

    climb(DUE)

    assert [name for _, name in told()] == ["Ola Officer", "Olu Officer"]
    assert "Nobody at Example Provider has an account" in Notice.objects.first().body


def test_a_person_with_two_roles_is_told_once():
    cast = make_accounts.cast()
    make_accounts.person(cast.maidstone_lead.email, "Lee Lead", "CONTRIBUTOR", cast.maidstone)
    make.obligation(cast)

    climb(FIRST)

    assert sorted(told()) == [(-28, "Lee Lead"), (-28, "Mo Contributor")]


def test_somebody_else_left_the_organisation_and_is_not_told():
    cast = make_accounts.cast()
    make.obligation(cast)
    cast.maidstone_contributor.memberships.update(ended_at=make.moment(FIRST))

    climb(FIRST)

    assert told() == [(-28, "Lee Lead")]


def test_one_failing_row_does_not_stop_the_others(caplog):
    cast = make_accounts.cast()
    bad = make.obligation(cast, organisation=cast.swale, period="bad")
    make.obligation(cast, period="good")

    def broken(audience, organisation):
        if organisation == cast.swale:
            raise LookupError("no such people")
        return people_for(audience, organisation)

    assert climb(FIRST, people_for=broken) == 2
    assert f"Obligation {bad.pk} could not be reminded of" in caplog.text
    assert climb(FIRST) == 1  # the next sweep makes good
    assert Notice.objects.filter(obligation=bad).count() == 1


def test_one_row_the_database_refuses_does_not_stop_the_others(caplog):
    cast = make_accounts.cast()
    bad = make.obligation(cast, organisation=cast.swale, period="bad")
    make.obligation(cast, period="good")

    def ghosts(audience, organisation):
        if organisation == cast.swale:
            return [User(pk=2**70)]  # no such number in the database
        return people_for(audience, organisation)

    assert climb(FIRST, people_for=ghosts) == 2
    assert f"Reminders of obligation {bad.pk} could not be written" in caplog.text


@pytest.mark.parametrize("count", [1, 3, 60])
def test_climb_ladders_with_nothing_due_asks_little_however_many_there_are(count, django_assert_max_num_queries):
    cast = make_accounts.cast()
    for number in range(count):
        make.obligation(cast, period=f"p{number}", due_on=DUE + timedelta(days=200 + number))

    with django_assert_max_num_queries(4):
        assert climb(FIRST) == 0


def test_climb_ladders_with_everything_told_asks_little(django_assert_max_num_queries):
    cast = make_accounts.cast()
    for number in range(40):
        make.obligation(cast, period=f"p{number}")
    assert climb(FIRST) == 80

    with django_assert_max_num_queries(4):
        assert climb(FIRST) == 0


def test_climb_ladders_asks_for_people_once_however_many_obligations(django_assert_max_num_queries):
    cast = make_accounts.cast()
    for number in range(40):
        make.obligation(cast, period=f"p{number}")
    asked = []

    def counted(audience, organisation):
        asked.append((audience, organisation.pk))
        return people_for(audience, organisation)

    climb(FIRST, people_for=counted)

    assert sorted(asked) == [("CONTRIBUTOR", cast.maidstone.pk), ("LEAD", cast.maidstone.pk)]


def test_words_fill_only_what_they_know_and_reach_nothing():
    cast = make_accounts.cast()
    owed = make.obligation(cast, title="Return {organisation.key} {0}")

    assert ladders.words("{title.__class__} {nothing} {0} {", owed, DUE) == "{title.__class__} {nothing} {0} {"
    assert ladders.words("{title!r:>99}", owed, DUE) == "Return {organisation.key} {0}"
    assert ladders.words("{title}: {due}, {days} ({organisation})", owed, DUE) == (
        "Return {organisation.key} {0}: 30 October 2020, today (Safer Maidstone Partnership)"
    )


@pytest.mark.parametrize(
    ("days", "said"), [(0, "today"), (1, "in 1 day"), (9, "in 9 days"), (-1, "1 day ago"), (-30, "30 days ago")]
)
def test_how_long(days, said):
    assert ladders.how_long(DUE + timedelta(days=days), DUE) == said


def test_every_open_obligation_is_either_told_or_not_yet_due():
    """Whatever the day, after a sweep nothing is owed: the second sweep is silent and the query is empty."""
    cast = make_accounts.cast()
    for number, kind in enumerate(ObligationKind):
        organisation = None if kind == ObligationKind.EXTENSION_DECISION else cast.maidstone
        make.obligation(cast, kind=kind, organisation=organisation, due_on=DUE + timedelta(days=number * 3))

    for day in (DUE + timedelta(days=number) for number in range(-200, 60, 13)):
        climb(day)
        assert not ladders.owed(ladders.load(), day).exists()
    assert Obligation.objects.open().count() == len(ObligationKind)
