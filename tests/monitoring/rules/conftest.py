"""Rules change nothing: every test reads the same rows."""

import pytest


@pytest.fixture
def _django_db_helper(world):
    """The rows of the module stand in a transaction of their own, so no test opens another."""


@pytest.fixture
def cast(world):
    return world.cast


@pytest.fixture
def plan(world):
    return world.plan
