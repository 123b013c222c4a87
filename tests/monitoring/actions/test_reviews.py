"""What an officer does with a return, and the answers: row, event, notice, and nothing else."""

from datetime import timedelta
from decimal import Decimal

import pytest

from grants.models import Instalment
from monitoring import actions
from monitoring.enums import ReturnSection, ReturnStatus, Verdict
from records.models import Event, Notice, Obligation
from records.refusals import Refused
from tests.make import monitoring

from .test_returns import events, first_line, told

pytestmark = pytest.mark.django_db
ANSWERED = monitoring.QUERIED + timedelta(days=2)


def answers(row, text="Twelve volunteers."):
    return {query.pk: text for query in row.queries.all()}


def answer(row, cast, text="Twelve volunteers."):
    return actions.answer_queries(
        monitoring_return=row, answers=answers(row, text), by=cast.maidstone_lead, at=ANSWERED
    )


def correct(row, cast, **values):
    line = first_line(row)
    actions.save_return(
        monitoring_return=row,
        entries={ReturnSection.SPEND: {line.pk: values}},
        by=cast.maidstone_contributor,
        at=ANSWERED,
    )
    return line


def test_query_return_asks_by_section_and_owes_an_answer(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.QUERIED)

    (query,) = row.queries.all()
    assert (row.status, query.section, query.question, query.asked_by) == (
        ReturnStatus.QUERIED,
        "SPEND",
        "Which volunteers were trained?",
        cast.officer,
    )
    assert events(row)[-1] == "queried"
    assert Event.objects.get(verb="queried").reason == "Spend: Which volunteers were trained?"
    owed = Obligation.objects.get(kind="RETURN_QUERY")
    assert (owed.organisation, owed.due_on.isoformat()) == (cast.maidstone, "2020-10-23")
    assert Obligation.objects.get(kind="RETURN_REVIEW").closing == "Questions were asked instead"
    assert told("return_queried") == ["Lee Lead", "Mo Contributor"]
    assert "Which volunteers were trained?" in Notice.objects.filter(rule="return_queried").first().body


def test_answer_queries_without_a_changed_figure_submits_at_once(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.QUERIED)
    correct(row, cast, evidence="Ledger line 13")

    answer(row, cast)

    assert row.status == ReturnStatus.SUBMITTED
    assert [version.number for version in row.versions.order_by("number")] == [1, 2]
    assert row.versions.get(number=2).reason == "Twelve volunteers."
    assert row.queries.get().answered_by == cast.maidstone_lead
    assert Obligation.objects.get(kind="RETURN_QUERY").closing == f"Submitted as {row.reference}, version 2"
    assert Obligation.objects.filter(kind="RETURN_REVIEW", closed_at__isnull=True).count() == 1


def test_answer_queries_with_a_changed_figure_goes_to_the_certifier(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.QUERIED)
    correct(row, cast, spent=Decimal("4800"))

    answer(row, cast)

    assert (row.status, row.certified_by) == (ReturnStatus.CERTIFYING, None)
    assert row.versions.count() == 1
    assert Obligation.objects.get(kind="RETURN_QUERY").closed_at is None
    assert Notice.objects.filter(rule="certification_asked").count() == 2

    actions.certify_return(monitoring_return=row, by=cast.maidstone_certifier, at=ANSWERED)
    actions.submit_return(monitoring_return=row, by=cast.maidstone_lead, at=ANSWERED)

    second = row.versions.get(number=2)
    assert (second.content["totals"]["spent"], second.reason) == ("4850", "Twelve volunteers.")
    assert Obligation.objects.get(kind="RETURN_QUERY").closing == f"Submitted as {row.reference}, version 2"


def test_decline_certification_of_a_correction_goes_back_to_the_questions(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.QUERIED)
    line = correct(row, cast, spent=Decimal("1"))
    answer(row, cast)

    actions.decline_certification(
        monitoring_return=row, reason="Not in the ledger.", by=cast.maidstone_certifier, at=ANSWERED
    )
    assert row.status == ReturnStatus.QUERIED

    correct(row, cast, spent=line.planned * Decimal("0.5"))
    actions.answer_queries(monitoring_return=row, answers={}, by=cast.maidstone_lead, at=ANSWERED)

    assert row.status == ReturnStatus.SUBMITTED


def test_answer_queries_refuses_a_question_left_open(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.QUERIED)

    with pytest.raises(Refused, match="Answer every question"):
        answer(row, cast, text=" ")

    assert row.queries.get().answered_at is None


def test_review_return_satisfactory_meets_the_condition_and_replies(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.REVIEWED)

    assert (row.verdict, row.reviewed_by, row.reviewed_at) == (
        Verdict.SATISFACTORY,
        cast.officer,
        monitoring.REVIEWED,
    )
    second = Instalment.objects.get(award=row.award, number=2)
    assert (second.condition_row_type, second.condition_row_id) == ("monitoring.MonitoringReturn", row.pk)
    assert second.status == "SCHEDULED"
    assert Obligation.objects.get(kind="RETURN_REVIEW").closing == "Reviewed: satisfactory"
    assert events(row)[-1] == "reviewed"
    assert told("return_reviewed") == ["Cy Certifier", "Lee Lead", "Mo Contributor"]
    assert "Thank you. All is clear." in Notice.objects.filter(rule="return_reviewed").first().body


def test_review_return_unsatisfactory_meets_nothing(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.SUBMITTED)

    monitoring.reviewed(row, by=cast.officer, verdict=Verdict.UNSATISFACTORY, reply="Too little was delivered.")

    assert row.verdict == Verdict.UNSATISFACTORY
    assert Instalment.objects.get(award=row.award, number=2).condition_met_at is None


def test_review_return_by_who_evaluated_is_allowed(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.SUBMITTED)
    assert row.award.lines.first().project.evaluations.get().by == cast.officer

    monitoring.reviewed(row, by=cast.officer)

    assert row.status == ReturnStatus.REVIEWED


def test_review_return_by_a_member_of_the_recipient_is_refused(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.SUBMITTED)
    both = monitoring.with_role(cast.officer, "CONTRIBUTOR", cast.maidstone)

    with pytest.raises(Refused, match="You belong to Safer Maidstone Partnership, so a colleague has to do this"):
        monitoring.reviewed(row, by=both)

    assert row.status == ReturnStatus.SUBMITTED


def test_waive_return_closes_what_was_owed(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.WAIVED)

    assert (row.status, row.waived_reason) == (ReturnStatus.WAIVED, "Not needed.")
    assert Obligation.objects.get(kind="RETURN", period="MID_YEAR").closing == "Waived"
    assert told("return_waived") == ["Lee Lead", "Mo Contributor"]
