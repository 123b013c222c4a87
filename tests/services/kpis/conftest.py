"""A contract with two KPIs, made once for a module; each test's changes undone."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from tests.make import accounts, kpis, plans


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The cast and the contract, never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = accounts.cast()
        contract = kpis.contract(cast, plans.plan(cast))
        yield SimpleNamespace(cast=cast, contract=contract)
        transaction.set_rollback(True)


@pytest.fixture
def world(made, settings):
    """Both; whatever a test changes is undone after it."""
    settings.SECOND_FACTOR_REQUIRED = False
    with transaction.atomic():
        contract = type(made.contract).objects.select_related("provider").get(pk=made.contract.pk)
        yield SimpleNamespace(cast=made.cast, contract=contract, kpi=contract.kpis.get(number=1))
        transaction.set_rollback(True)
    for person in vars(made.cast).values():
        vars(person).pop("_current_memberships", None)
