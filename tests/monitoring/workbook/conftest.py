"""One return and its workbook for all tests of a file: reading a workbook needs no database."""

import sys

import pytest
from django.db import connection, transaction

from tests.no_pango import WithoutPango

from .prepared import prepare


@pytest.fixture
def _django_db_helper():
    """The mark of a test asks only for the test database to be there: the database itself stays shut."""


@pytest.fixture(scope="module")
def prepared(django_db_setup, django_db_blocker):
    """The return as objects; its rows stand in a transaction that never commits, and the database is shut."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setitem(sys.modules, "weasyprint", WithoutPango("weasyprint"))
        assert connection.settings_dict["NAME"].startswith(connection.settings_dict["TEST"]["NAME"])
        made = prepare()
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


@pytest.fixture
def rows(prepared, django_db_blocker):
    """The database opened for one test, with the rows of the prepared return in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
