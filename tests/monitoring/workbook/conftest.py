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
    """The return as objects; its rows are rolled back before the tests begin, so nothing can be saved."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setitem(sys.modules, "weasyprint", WithoutPango("weasyprint"))
        assert connection.settings_dict["NAME"].startswith(connection.settings_dict["TEST"]["NAME"])
        made = prepare()
        transaction.set_rollback(True)
    return made


@pytest.fixture
def rows(django_db_setup, django_db_blocker):
    """The database itself, everything undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert connection.settings_dict["NAME"].startswith(connection.settings_dict["TEST"]["NAME"])
        yield
        transaction.set_rollback(True)
