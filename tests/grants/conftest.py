"""The world most tests of grants begin in: made once for a module, each test's changes undone."""

from copy import deepcopy

import pytest

from tests.kept import kept
from tests.make import awards
from tests.no_pango import without_pango

__all__ = ["without_pango"]


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """The world as `awards.world` makes it, never committed."""
    with kept(django_db_blocker):
        yield awards.world()


@pytest.fixture
def world(kept_world, db):
    """The same for one test: rows it may change, objects of its own."""
    return deepcopy(kept_world)
