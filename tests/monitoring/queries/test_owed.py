"""Sums and lists across awards agree with what was submitted, not with drafts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from monitoring import actions, queries
from monitoring.enums import ReturnSection, ReturnStatus
from tests.make import monitoring

pytestmark = pytest.mark.django_db
D = Decimal


def spend(row, sum_, by, at):
    line = row.spend_lines.order_by("pk").first()
    actions.save_return(
        monitoring_return=row, entries={ReturnSection.SPEND: {line.pk: {"spent": D(sum_)}}}, by=by, at=at
    )


def test_spent_by_stream_reads_what_was_submitted_last(cast, plan):
    award = monitoring.released(cast, monitoring.live_award(cast, plan))
    assert queries.spent_by_stream() == {}

    row = monitoring.monitoring_return(cast, plan, award=award, status=ReturnStatus.QUERIED)
    spend(row, "9000", cast.maidstone_lead, monitoring.QUERIED)
    monitoring.explain(row, by=cast.maidstone_lead, at=monitoring.QUERIED)
    assert queries.spent_by_stream() == {award.stream_id: D("5000")}

    actions.answer_queries(
        monitoring_return=row,
        answers={query.pk: "Corrected." for query in row.queries.all()},
        by=cast.maidstone_lead,
        at=monitoring.QUERIED,
    )
    actions.certify_return(monitoring_return=row, by=cast.maidstone_certifier, at=monitoring.QUERIED)
    actions.submit_return(monitoring_return=row, by=cast.maidstone_lead, at=monitoring.QUERIED)
    assert queries.spent_by_stream() == {award.stream_id: D("9050")}

    monitoring.monitoring_return(
        cast,
        plan,
        award=award,
        status=ReturnStatus.SUBMITTED,
        on=monitoring.YEAR_END,
        at=monitoring.CLOSED,
        share=D("0.95"),
    )
    assert queries.spent_by_stream() == {award.stream_id: D("9500")}


@pytest.mark.parametrize("awards", [1, 2])
def test_money_by_award_asks_two_queries(cast, plan, awards, django_assert_num_queries):
    held = [monitoring.released(cast, monitoring.live_award(cast, plan, third=number == 1)) for number in range(awards)]
    monitoring.monitoring_return(cast, plan, award=held[0], status=ReturnStatus.SUBMITTED, share=D("0.4"))

    with django_assert_num_queries(2):
        found = queries.money_by_award([award.pk for award in held])

    first = found[held[0].pk]
    assert (first.released, first.spent, first.unspent, first.spent_to) == (
        D("5000"),
        D("4000"),
        D("1000"),
        monitoring.HALF_YEAR,
    )
    if awards == 2:
        assert (found[held[1].pk].spent, found[held[1].pk].unspent) == (None, None)


def test_late_obligations_and_returns_stop_when_it_is_submitted(cast, plan):
    award = monitoring.released(cast, monitoring.live_award(cast, plan))
    row = monitoring.opened(award)
    due = row.obligation.due_on
    late = due + timedelta(days=1)

    assert (list(queries.late_obligations(due)), list(queries.late_returns(due))) == ([], [])
    assert [owed.period for owed in queries.late_obligations(late)] == ["MID_YEAR"]
    assert list(queries.late_returns(late)) == [row]

    monitoring.fill_in(row, by=cast.maidstone_lead)
    actions.send_for_certification(monitoring_return=row, by=cast.maidstone_lead, at=monitoring.WRITTEN)
    actions.certify_return(monitoring_return=row, by=cast.maidstone_certifier, at=monitoring.WRITTEN)
    actions.submit_return(monitoring_return=row, by=cast.maidstone_lead, at=monitoring.WRITTEN)
    assert (list(queries.late_obligations(late)), list(queries.late_returns(late))) == ([], [])

    monitoring.queried(row, by=cast.officer)
    assert [owed.kind for owed in queries.late_obligations(late)] == ["RETURN_QUERY"]


def test_who_owes_names_what_is_open_by_the_day(cast, plan):
    monitoring.live_award(cast, plan)

    assert list(queries.who_owes(date(2020, 9, 29))) == []
    assert [(row.period, row.organisation) for row in queries.who_owes(date(2020, 9, 30))] == [
        ("MID_YEAR", cast.maidstone)
    ]


def test_outcomes_against_target_reads_the_newest_submitted_return(cast, plan):
    award = monitoring.released(cast, monitoring.live_award(cast, plan))
    assert queries.outcomes_against_target(award) == []

    monitoring.monitoring_return(cast, plan, award=award, status=ReturnStatus.SUBMITTED)
    (standing,) = queries.outcomes_against_target(award)

    assert (standing.planned.target, standing.value, standing.met) == (D("100"), D("105"), False)
