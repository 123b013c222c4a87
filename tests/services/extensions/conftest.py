"""The cast, its plan and cases in the states tests begin from: made once for a module, each test's changes undone."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from tests.make import extensions as make


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The cast, the plan and one case about the first option of a contract, as the sweep opens it."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make.world()
        world.case = make.opened(world)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(made):
    """All of it; whatever a test changes is undone after it."""
    with transaction.atomic():
        yield SimpleNamespace(cast=made.cast, plan=made.plan, case=make.fresh(made.case))
        transaction.set_rollback(True)
    for person in vars(made.cast).values():
        vars(person).pop("_current_memberships", None)
