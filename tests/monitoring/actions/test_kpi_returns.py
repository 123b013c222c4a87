"""KPIs inside a provider's return: asked, answered, frozen, reported, accepted, corrected (S4, X5, X6)."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from monitoring import actions, queries, rules
from monitoring.models import KpiLine
from records.refusals import Refused
from services.models import ImprovementPlan, KpiResult
from services.queries import kpis as reads
from tests.make import kpis as make
from tests.make import monitoring as make_returns

pytestmark = pytest.mark.django_db
D = Decimal
AT = datetime(2020, 7, 20, 9, 0, tzinfo=UTC)
Q1, Q2, Q3, _Q4 = make.QUARTERS


@pytest.fixture
def contract(cast, plan):
    return make.contract(cast, plan)


def kpi_sheet(row):
    return next(sheet for sheet in queries.sheets_of(row) if sheet.section == "KPIS")


def test_opening_asks_for_the_kpis_in_force_in_the_period(cast, contract):
    make.kpi(contract, by=cast.officer, name="Later", starts_on=Q2)
    retired = contract.kpis.get(number=2)
    make.kpis.retire_kpi(kpi=retired, retired_on=Q1, reason="Replaced", by=cast.officer, at=make.DEFINED)

    asked = [[line.kpi.number for line in make.opened(contract, day).kpi_lines.order_by("kpi__number")]
             for day in (Q1, Q2, Q3)]  # fmt: skip

    assert asked == [[1, 2], [1, 3], [1, 3]]


def test_sheets_of_puts_kpis_after_the_template_with_all_that_is_known_beside(cast, contract):
    make.accepted(cast, contract, Q1, {1: D(70), 2: D("4.5")})
    row = make.opened(contract, Q2)

    sheets = queries.sheets_of(row)
    first, second = sheets[-1].lines
    assert [sheet.slug for sheet in sheets] == ["overall", "i-people", "kpis"]
    assert sheets[-1].title == "KPIs"
    assert (first.label, first.cells[0].kind, first.cells[0].highest) == ("Calls answered in time", "PERCENTAGE", 100)
    assert dict(first.beside) == {
        "definition": "Calls answered within 30 seconds, of all calls.", "unit": "", "direction": "Higher is better",
        "target": D(90), "amber": D(80), "last": "70",
    }  # fmt: skip
    assert (second.cells[0].kind, second.beside["unit"], second.beside["last"]) == ("NUMBER", "days", "4.5")


def test_a_template_with_kpis_puts_them_in_its_place(cast, plan):
    row = make.opened(make.contract(cast, plan, place=True), Q1)

    assert [sheet.title for sheet in queries.sheets_of(row)] == [
        "How the service did",
        "The period as a whole",
        "People",
    ]


def faults(row):
    found = rules.faults_of(row, queries.sheets_of(row), {})
    return [(fault.level, fault.sentence) for fault in found if fault.section == "kpis"]


def write(cast, row, number, value, comment=""):
    line = row.kpi_lines.get(kpi__number=number)
    entries = {"KPIS": {line.pk: {"value": value, "comment": comment}}}
    actions.save_return(monitoring_return=row, entries=entries, by=cast.provider_lead, at=AT)


def test_a_missing_figure_needs_words_why(cast, contract):
    row = make.opened(contract, Q1)
    assert faults(row) == [
        ("missing", "“Calls answered in time” has neither a figure nor a comment"),
        ("missing", "“Days to first contact” has neither a figure nor a comment"),
    ]

    write(cast, row, 1, None, "The counter was broken.")
    write(cast, row, 2, D(0))

    assert faults(row) == []


@pytest.mark.parametrize(
    ("value", "asked"),
    [
        (D(70), []),
        (D(82), []),  # within half of it
        (D(35), ["“Calls answered in time” is 35, over half below the 72 of the last return"]),
        (D("0.7"), ["“Calls answered in time” is 0.7%, less than one in a hundred",
                    "“Calls answered in time” is 0.7, over half below the 72 of the last return"]),
    ],
)  # fmt: skip
def test_a_jump_and_a_fraction_are_asked_about(cast, contract, value, asked):
    make.accepted(cast, contract, Q1, {1: D(72), 2: D(4)})
    row = make.opened(contract, Q2)

    write(cast, row, 1, value)
    write(cast, row, 2, D(4))

    assert faults(row) == [("warning", sentence) for sentence in asked]


def test_submitting_reports_and_the_verdict_accepts(cast, contract):
    row = make.submitted(cast, contract, Q1, {1: D(85), 2: None})

    points = [history.points for history in reads.history_of(contract)]
    assert [[(point.value, point.rag, point.accepted) for point in one] for one in points] == [
        [(D(85), "AMBER", False)], [(None, "UNKNOWN", False)],
    ]  # fmt: skip
    make_returns.reviewed(row, by=cast.officer, at=AT)
    assert [history.points[0].accepted for history in reads.history_of(contract)] == [True, True]


def test_an_unsatisfactory_return_leaves_its_figures_unaccepted(cast, contract):
    make.accepted(cast, contract, Q1, {1: D(70), 2: D(4)}, verdict="UNSATISFACTORY")
    make.accepted(cast, contract, Q2, {1: D(70), 2: D(4)})

    assert [point.accepted for point in reads.history_of(contract)[0].points] == [False, True]
    assert not ImprovementPlan.objects.exists()


def test_content_keeps_how_each_kpi_stood_and_comparison_tells_what_changed(cast, contract):
    row = make.submitted(cast, contract, Q1, {1: D(85), 2: D(4)})
    actions.correct_return(monitoring_return=row, reason="Recounted", by=cast.provider_lead, at=row.submitted_at)
    write(cast, row, 1, D(91), "Recounted.")
    actions.submit_return(monitoring_return=row, by=cast.provider_lead, at=AT)

    first, second = (version.content for version in row.versions.order_by("number"))
    kept = first["kpis"][0]
    assert (kept["value"], kept["shown"], kept["target_shown"], kept["rag"]) == ("85", "85%", "90%", "AMBER")
    assert [tuple(change.values()) for change in queries.before_and_after(first, second)] == [
        ("KPI: Calls answered in time", "85%", "91%", True),
        ("KPI: comment on Calls answered in time", "As counted.", "Recounted.", False),
    ]
    assert [(one.value, one.version, one.superseded_at is None) for one in KpiResult.objects.filter(kpi__number=1)] == [
        (D(85), 1, False), (D(91), 2, True),
    ]  # fmt: skip


def test_a_reviewed_return_opened_again_supersedes_what_was_accepted(cast, contract):
    row = make.accepted(cast, contract, Q1, {1: D(70), 2: D(4)})
    due = {"due_on": AT.date(), "reason": "A wrong figure"}
    actions.reopen_return(monitoring_return=row, **due, by=cast.officer, at=row.reviewed_at)
    assert reads.history_of(contract)[0].points[0].accepted

    write(cast, row, 1, D(95))
    actions.submit_return(monitoring_return=row, by=cast.provider_lead, at=AT)
    [point] = reads.history_of(contract)[0].points
    assert (point.value, point.accepted) == (D(95), False)
    make_returns.reviewed(row, by=cast.officer, at=AT)

    [point] = reads.history_of(contract)[0].points
    assert (point.value, point.rag, point.accepted) == (D(95), "GREEN", True)


def test_two_red_quarters_ask_the_provider_for_a_plan(cast, contract):
    plan = make.asked_plan(cast, contract)

    assert (plan.kpi.number, plan.contract, ImprovementPlan.objects.count()) == (1, contract, 1)


def test_a_line_of_another_return_cannot_be_written(cast, contract):
    first, second = make.opened(contract, Q1), make.opened(contract, Q2)
    line = KpiLine.objects.filter(monitoring_return=first).first()

    with pytest.raises(Refused, match="not part of this return"):
        actions.save_return(
            monitoring_return=second, entries={"KPIS": {line.pk: {"value": D(1)}}}, by=cast.provider_lead, at=AT
        )


def test_kpi_lines_are_frozen_with_the_return(cast, contract):
    row = make.submitted(cast, contract, Q1, {1: D(70), 2: D(4)})
    frozen = "the figures of a return that is submitted are frozen"

    with pytest.raises(DatabaseError, match=frozen), transaction.atomic():
        KpiLine.objects.filter(monitoring_return=row).update(value=D(99))
    with pytest.raises(DatabaseError, match=frozen), transaction.atomic():
        KpiLine.objects.filter(monitoring_return=row).delete()
