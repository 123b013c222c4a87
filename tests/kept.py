"""Rows that a module's tests share: made once, never committed, each test's changes undone after it."""

from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def kept(blocker):
    """A transaction around all tests of a module; `db` makes each test a part of it that is rolled back.

    Tests that commit (`transaction=True`) must not use what is kept: others would not see it, and they empty tables.
    """
    with blocker.unblock(), transaction.atomic():
        assert connection.settings_dict["NAME"].startswith(connection.settings_dict["TEST"]["NAME"])
        yield
        transaction.set_rollback(True)
