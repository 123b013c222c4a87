"""The cast and its plan, for every test of returns."""

import pytest

from tests.make import accounts, plans


@pytest.fixture
def cast(db):
    return accounts.cast()


@pytest.fixture
def plan(cast):
    return plans.plan(cast)
