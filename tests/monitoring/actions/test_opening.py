"""The morning sweep opens each return once, whatever happened the days before (C6, C8)."""

import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from grants.enums import AwardStatus
from monitoring.actions import ask_for_return, open_due_returns
from monitoring.enums import ReturnStatus
from monitoring.models import MonitoringReturn
from records.models import Event, Notice, Obligation
from records.refusals import Refused
from tests.make import accounts, monitoring, plans

pytestmark = pytest.mark.django_db

HALF_YEAR = monitoring.HALF_YEAR
AT = monitoring.OPENED


def test_open_due_returns_fills_in_what_is_known(cast, plan):
    award = monitoring.live_award(cast, plan, amounts=(Decimal("10000"), Decimal("6000")))

    (opened,) = open_due_returns(on=HALF_YEAR, at=AT)

    assert (opened.status, opened.kind, opened.ends_on) == (ReturnStatus.OPEN, "MID_YEAR", HALF_YEAR)
    assert opened.reference == "MR-2020-001"
    assert [(row.heading, row.planned, row.spent) for row in opened.spend_lines.order_by("pk")] == [
        ("Staff", Decimal("9900"), None),
        ("Travel", Decimal("100"), None),
        ("Staff", Decimal("5900"), None),
        ("Travel", Decimal("100"), None),
    ]
    assert [row.value for row in opened.outcome_results.all()] == [None, None]
    assert [row.delivered for row in opened.output_results.all()] == [None, None]
    assert opened.project_reports.count() == 2
    obligation = Obligation.objects.get(pk=opened.obligation_id)
    assert (obligation.subject_id, obligation.link) == (award.pk, "/returns/MR-2020-001/")
    assert list(Event.objects.filter(subject_type="monitoring.MonitoringReturn").values_list("verb", flat=True)) == [
        "opened"
    ]
    told = Notice.objects.filter(rule="return_opened").values_list("person__email", "link")
    assert sorted(told) == [
        ("contributor@maidstone.example.org", "/returns/MR-2020-001/"),
        ("lead@maidstone.example.org", "/returns/MR-2020-001/"),
    ]


def test_open_due_returns_opens_nothing_before_its_day(cast, plan):
    monitoring.live_award(cast, plan)

    assert open_due_returns(on=HALF_YEAR - timedelta(days=1), at=AT) == []


def test_open_due_returns_catches_up_once_after_missed_days(cast, plan):
    monitoring.live_award(cast, plan)
    later = HALF_YEAR + timedelta(days=9)

    first = open_due_returns(on=later, at=AT + timedelta(days=9))
    second = open_due_returns(on=later + timedelta(days=1), at=AT + timedelta(days=10))

    assert [row.kind for row in first] == ["MID_YEAR"]
    assert second == []
    assert Notice.objects.filter(rule="return_opened").count() == 2


@pytest.mark.parametrize("status", [AwardStatus.MADE, AwardStatus.OFFERED, AwardStatus.DECLINED])
def test_open_due_returns_leaves_awards_that_do_not_run(cast, plan, status):
    monitoring.live_award(cast, plan, status=status)

    assert open_due_returns(on=HALF_YEAR, at=AT) == []


def test_open_due_returns_leaves_a_closed_obligation(cast, plan):
    monitoring.live_award(cast, plan)
    Obligation.objects.filter(kind="RETURN", period="MID_YEAR").update(closed_at=AT, closing="Not needed")

    assert open_due_returns(on=HALF_YEAR, at=AT) == []


def test_open_due_returns_goes_on_after_a_bad_row(cast, plan):
    award = monitoring.live_award(cast, plan)
    Obligation.objects.filter(kind="RETURN", period="MID_YEAR").update(period="NO_SUCH_KIND")

    opened = open_due_returns(on=monitoring.YEAR_END, at=AT)

    assert [row.kind for row in opened] == ["YEAR_END"]
    assert MonitoringReturn.objects.filter(award=award).count() == 1


def test_open_due_returns_leaves_late_tactical_money_to_the_year_end(cast, plan):
    award = monitoring.live_award(cast, plan)
    monitoring.tactical(cast, award, at=datetime(2020, 9, 30, 9, 0, tzinfo=UTC), amount=Decimal("1000"))
    monitoring.tactical(cast, award, at=datetime(2020, 10, 1, 9, 0, tzinfo=UTC), amount=Decimal("2000"))

    mid_year, year_end = open_due_returns(on=monitoring.YEAR_END, at=monitoring.CLOSED)

    assert sorted(row.award_line.number for row in mid_year.project_reports.all()) == [1, 2]
    assert sorted(row.award_line.number for row in year_end.project_reports.all()) == [1, 2, 3]


def test_open_due_returns_owes_nothing_where_no_project_belongs_into_the_period(cast, plan):
    monitoring.live_award(cast, plan, tactical_at=datetime(2020, 7, 1, 9, 0, tzinfo=UTC))
    due = Obligation.objects.filter(kind="RETURN", period="MID_YEAR")
    due.update(period_ends_on=date(2020, 6, 30), opens_on=date(2020, 6, 30))

    assert open_due_returns(on=HALF_YEAR, at=AT) == []

    assert due.get().closing == "No project of the award was approved by the end of the period"


@pytest.mark.parametrize("awards", [1, 3])
def test_open_due_returns_asks_one_query_when_nothing_is_due(cast, plan, awards, django_assert_num_queries):
    monitoring.live_award(cast, plan)
    due = Obligation.objects.get(kind="RETURN", period="MID_YEAR")
    for number in range(1, awards):
        due.pk, due.period = None, f"MID_YEAR:{number}"
        due.save()

    with django_assert_num_queries(1):
        open_due_returns(on=HALF_YEAR - timedelta(days=1), at=AT)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_open_due_returns_twice_at_once_opens_once():
    cast = accounts.cast()
    monitoring.live_award(cast, plans.plan(cast))
    together, results, errors = threading.Barrier(2), [], []

    def sweep():
        try:
            together.wait()
            results.append(len(open_due_returns(on=HALF_YEAR, at=AT)))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert sorted(results) == [0, 1]
    assert MonitoringReturn.objects.count() == 1
    assert Notice.objects.filter(rule="return_opened").count() == 2


PERIOD = {"starts_on": date(2020, 4, 1), "ends_on": date(2020, 12, 31), "due_on": date(2021, 1, 31)}
ASKED = datetime(2020, 12, 1, 9, 0, tzinfo=UTC)


def test_ask_for_return_opens_at_once_and_says_why(cast, plan):
    award = monitoring.live_award(cast, plan, third=True)

    made = ask_for_return(award=award, **PERIOD, reason="A concern about spend.", by=cast.officer, at=ASKED)

    assert (made.kind, made.status, made.asked_reason) == ("AD_HOC", "OPEN", "A concern about spend.")
    assert (made.obligation.due_on, made.obligation.organisation) == (date(2021, 1, 31), cast.yot)
    assert made.spend_lines.count() == 2
    event = Event.objects.get(subject_type="monitoring.MonitoringReturn", verb="opened")
    assert (event.by, event.reason) == (cast.officer, "A concern about spend.")
    (notice,) = Notice.objects.filter(rule="return_opened")
    assert notice.person == cast.yot_lead
    assert "A concern about spend." in notice.body


def test_ask_for_return_may_ask_two_of_different_periods(cast, plan):
    award = monitoring.live_award(cast, plan, third=True)
    ask_for_return(award=award, **PERIOD, reason="First.", by=cast.officer, at=ASKED)

    other = {**PERIOD, "ends_on": date(2021, 1, 31)}
    ask_for_return(award=award, **other, reason="Second.", by=cast.officer, at=ASKED)

    assert MonitoringReturn.objects.filter(kind="AD_HOC").count() == 2


def test_ask_for_return_is_refused_twice_for_one_period(cast, plan):
    award = monitoring.live_award(cast, plan, third=True)
    ask_for_return(award=award, **PERIOD, reason="First.", by=cast.officer, at=ASKED)

    with pytest.raises(Refused, match="asked for already"):
        ask_for_return(award=award, **PERIOD, reason="Again.", by=cast.officer, at=ASKED)

    assert MonitoringReturn.objects.filter(kind="AD_HOC").count() == 1
