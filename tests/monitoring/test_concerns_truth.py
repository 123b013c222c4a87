"""What was said and answered in a complaint stays, also against raw SQL by the application's own role (P2)."""

import pytest
from django.db import Error, connection, transaction

from monitoring.enums import CONCERN_MOVES, ConcernStatus
from tests.make import accounts
from tests.make import concerns as make

pytestmark = pytest.mark.django_db
KEPT = [
    ("monitoring_concern", "UPDATE {table} SET what_happened = 'Nothing'", "what was said"),
    ("monitoring_concern", "UPDATE {table} SET about = 'Another service'", "what was said"),
    ("monitoring_concern", "UPDATE {table} SET received_at = received_at - interval '9 days'", "what was said"),
    ("monitoring_concern", "UPDATE {table} SET status = 'NEW'", "cannot go from"),
    ("monitoring_concern", "DELETE FROM {table}", "never deleted"),
    ("monitoring_concernstage", "UPDATE {table} SET answer_by = answer_by + 30", "clocks of a stage"),
    ("monitoring_concernstage", "UPDATE {table} SET outcome = 'UPHELD'", "never changes"),
    ("monitoring_concernstage", "UPDATE {table} SET answer = 'Other words'", "never changes"),
    ("monitoring_concernstage", "DELETE FROM {table}", "never deleted"),
]


def refused(sentence):
    """What the database says to a statement; empty where it obeys."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sentence)
    except Error as error:
        return str(error)
    return ""


def test_what_was_said_and_answered_stays(db, as_app_role):
    make.answered(accounts.cast())

    told = {sql: refused(sql.format(table=table)) for table, sql, _words in KEPT}

    assert [sql for _table, sql, words in KEPT if words not in told[sql]] == []


def test_what_was_said_can_be_emptied_when_its_time_is_over(db):
    make.answered(accounts.cast())

    assert refused("UPDATE monitoring_concern SET what_happened = '', wanted = '', about = '', name = ''") == ""
    assert refused("UPDATE monitoring_concernstage SET answer = ''") != ""  # an answer says what, by its constraint


@pytest.mark.parametrize("was", list(ConcernStatus))
def test_the_database_allows_the_moves_of_the_table_and_no_other(db, was):
    concern = make.ordinary(accounts.cast())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE monitoring_concern DISABLE TRIGGER monitoring_guard_concern")
        cursor.execute(
            "UPDATE monitoring_concern SET status = %s, closed_at = now(), outcome = 'UPHELD' WHERE id = %s",
            [was.value, concern.pk],
        )
        cursor.execute("ALTER TABLE monitoring_concern ENABLE TRIGGER monitoring_guard_concern")

    allowed = set()
    for to in ConcernStatus:
        with transaction.atomic():
            if not refused(f"UPDATE monitoring_concern SET status = '{to.value}' WHERE id = {concern.pk}"):
                allowed.add(to)
            transaction.set_rollback(True)

    assert allowed - {was} == CONCERN_MOVES[was] - {was}
