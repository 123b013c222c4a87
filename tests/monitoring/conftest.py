"""The cast, its plan, and returns in every status: made once for a module, each test's changes undone."""

import sys
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from monitoring.enums import ReturnStatus
from monitoring.models import MonitoringReturn
from tests.make import accounts, monitoring, plans
from tests.monitoring.support import support, support_made  # noqa: F401 (for whoever asks)
from tests.no_pango import WithoutPango, without_pango  # noqa: F401 (a fixture for every test of this folder)


@pytest.fixture
def cast(db):
    return accounts.cast()


@pytest.fixture
def plan(cast):
    return plans.plan(cast)


@pytest.fixture(scope="module")
def made(request, django_db_setup, django_db_blocker):
    """The cast, the plan and one return in each status (or those of the module's STATUSES), never committed."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setitem(sys.modules, "weasyprint", WithoutPango("weasyprint"))
        assert connection.settings_dict["NAME"].startswith(connection.settings_dict["TEST"]["NAME"])
        cast = accounts.cast()
        plan = plans.plan(cast)
        rows = {
            status: monitoring.monitoring_return(cast, plan, status=status, award=award_for(cast, plan)).pk
            for status in getattr(request.module, "STATUSES", ReturnStatus)
        }
        yield SimpleNamespace(cast=cast, plan=plan, rows=rows)
        transaction.set_rollback(True)


def award_for(cast, plan):
    return monitoring.released(cast, monitoring.live_award(cast, plan))


@pytest.fixture
def world(made):
    """All of it; whatever a test changes is undone after it. `world.row(status)` is read afresh."""
    with transaction.atomic():
        rows = made.rows
        yield SimpleNamespace(
            cast=made.cast,
            plan=made.plan,
            row=lambda status: MonitoringReturn.objects.with_parents().get(pk=rows[status]),
        )
        transaction.set_rollback(True)
    for person in vars(made.cast).values():
        vars(person).pop("_current_memberships", None)
