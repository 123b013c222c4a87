"""What was reported cannot be changed afterwards, not even in SQL as the application's own role (C6, X6)."""

import importlib

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from grants.models import ReportedSpend
from monitoring.enums import RETURN_MOVES, ReturnStatus
from monitoring.models import MonitoringReturn, ReturnReview

pytestmark = pytest.mark.django_db


@pytest.fixture
def _django_db_helper(world):
    """The rows of the module stand in a transaction of their own, so no test opens another."""


def refused(statement, *given):
    """The database's own sentence when it refuses the application's role; empty when it lets the statement pass."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.APP_DATABASE_ROLE)}")
            cursor.execute(statement, given)
            rows = cursor.rowcount
            cursor.execute("RESET ROLE")
    except DatabaseError as error:
        return str(error).splitlines()[0]
    assert rows, "the statement met no row"
    return ""


FIGURES = [
    "UPDATE monitoring_spendline SET spent = 1 WHERE monitoring_return_id = %s",
    "UPDATE monitoring_outcomeresult SET value = 1 WHERE monitoring_return_id = %s",
    "UPDATE monitoring_outputresult SET delivered = 1 WHERE monitoring_return_id = %s",
    "UPDATE monitoring_projectreport SET narrative = 'x' WHERE monitoring_return_id = %s",
    "DELETE FROM monitoring_spendline WHERE monitoring_return_id = %s",
    """INSERT INTO monitoring_spendline (monitoring_return_id, award_line_id, heading, evidence)
    SELECT %s, award_line_id, 'x', '' FROM monitoring_projectreport LIMIT 1""",
]
FROZEN = [status for status in ReturnStatus if status not in {"OPEN", "QUERIED", "WAIVED"}]


@pytest.mark.parametrize("statement", FIGURES)
@pytest.mark.parametrize("status", FROZEN)
def test_figures_are_frozen_once_sent_on(world, status, statement):
    row = world.row(status)

    assert refused(statement, row.pk) == f"the figures of a return that is {status.lower()} are frozen"


@pytest.mark.parametrize("statement", FIGURES)
@pytest.mark.parametrize("status", [ReturnStatus.OPEN, ReturnStatus.QUERIED])
def test_figures_change_while_open_or_queried(world, status, statement):
    row = world.row(status)

    assert refused(statement, row.pk) == ""


def test_figures_cannot_be_smuggled_into_a_frozen_return(world):
    frozen, still_open = world.row("SUBMITTED"), world.row("OPEN")

    assert refused(
        "UPDATE monitoring_spendline SET monitoring_return_id = %s WHERE monitoring_return_id = %s",
        frozen.pk,
        still_open.pk,
    ) == ("the figures of a return that is submitted are frozen")


WORDS = "UPDATE monitoring_monitoringreturn SET narrative = 'changed' WHERE id = %s"


@pytest.mark.parametrize("status", [ReturnStatus.CERTIFYING, ReturnStatus.SUBMITTED])
def test_words_are_frozen_once_sent_on(world, status):
    row = world.row(status)

    assert refused(WORDS, row.pk) == f"the words of monitoring return {row.reference} are frozen"


@pytest.mark.parametrize(
    "change",
    ["verdict = 'UNSATISFACTORY'", "reply = 'x'", "status = 'SUBMITTED'", "reviewed_at = now()", "narrative = 'x'"],
)
def test_a_verdict_never_changes(world, change):
    row = world.row(ReturnStatus.REVIEWED)

    assert refused(f"UPDATE monitoring_monitoringreturn SET {change} WHERE id = %s", row.pk) == (
        f"monitoring return {row.reference} is finished and never changes"
    )


@pytest.mark.parametrize("was", ["SUBMITTED", "REVIEWED"])
def test_what_was_submitted_is_opened_again_only_with_a_reason(world, was):
    row = world.row(was)

    assert refused("UPDATE monitoring_monitoringreturn SET status = 'OPEN' WHERE id = %s", row.pk) == (
        f"monitoring return {row.reference} is opened again only with a reason"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE monitoring_returnreview SET verdict = 'UNSATISFACTORY' WHERE version_id = %s",
        "UPDATE monitoring_returnreview SET reply = 'x' WHERE version_id = %s",
        "DELETE FROM monitoring_returnreview WHERE version_id = %s",
    ],
)
def test_the_verdict_on_a_version_never_changes(world, statement):
    assert refused(statement, world.row("REVIEWED").versions.get().pk) == "a verdict never changes"


def test_rows_made_by_the_migration_are_those_the_actions_make(world):
    migration = importlib.import_module("monitoring.migrations.0006_verdicts_and_spend_as_rows")
    names = [field.name for field in ReportedSpend._meta.fields if field.name != "id"]
    made = sorted(ReportedSpend.objects.values_list(*names))
    reviews = list(ReturnReview.objects.values())

    migration.empty(apps, None)
    emptied = ReportedSpend.objects.count()
    migration.fill(apps, None)

    assert (emptied, len(made), len(reviews)) == (0, 3, 1)
    assert sorted(ReportedSpend.objects.values_list(*names)) == made
    assert list(ReturnReview.objects.values()) == reviews


def test_a_waived_return_stays_waived(world):
    row = world.row(ReturnStatus.WAIVED)

    assert refused("UPDATE monitoring_monitoringreturn SET status = 'OPEN' WHERE id = %s", row.pk) == (
        f"monitoring return {row.reference} is finished and never changes"
    )


@pytest.mark.parametrize("was", [status for status in ReturnStatus if status != "WAIVED"])
def test_status_moves_only_as_the_table_says(world, was):
    row = world.row(was)
    fill = ", verdict = 'SATISFACTORY', reply = 'x', waived_reason = 'x', reviewed_at = now(), reviewed_by_id = %s"
    fill += ", correction_reason = 'x'"
    move = f"UPDATE monitoring_monitoringreturn SET status = %s{fill} WHERE id = %s"
    allowed = set()
    for to in set(ReturnStatus) - {was}:
        with transaction.atomic():
            if not refused(move, to, world.cast.officer.pk, row.pk):
                allowed.add(to)
            transaction.set_rollback(True)

    assert allowed == RETURN_MOVES[was]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM monitoring_monitoringreturn WHERE id = %s", "a monitoring return is never deleted"),
        (
            "UPDATE monitoring_monitoringreturn SET ends_on = ends_on + 1 WHERE id = %s",
            "monitoring return {reference} keeps its award and period",
        ),
        (
            "UPDATE monitoring_monitoringreturn SET template_version_id = NULL WHERE id = %s",
            "monitoring return {reference} keeps its template",
        ),
        (
            "UPDATE monitoring_returnversion SET content = '{}' WHERE monitoring_return_id = %s",
            "what was submitted never changes",
        ),
        ("DELETE FROM monitoring_returnversion WHERE monitoring_return_id = %s", "what was submitted never changes"),
    ],
)
def test_history_cannot_be_rewritten(world, statement, sentence):
    row = world.row(ReturnStatus.SUBMITTED)

    assert refused(statement, row.pk) == sentence.format(reference=row.reference)


def test_a_return_starts_open(world):
    row = world.row("OPEN")
    names = [field.column for field in MonitoringReturn._meta.concrete_fields if field.column != "id"]
    given = ["'SUBMITTED'" if name == "status" else "'MR-X'" if name == "reference" else name for name in names]

    assert refused(
        f"INSERT INTO monitoring_monitoringreturn ({', '.join(names)}) SELECT {', '.join(given)}"
        " FROM monitoring_monitoringreturn WHERE id = %s",
        row.pk,
    ) == ("a monitoring return starts open")
