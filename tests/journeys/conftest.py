import pytest

from tests.no_pango import without_pango

from .clock import Clock

__all__ = ["without_pango"]


@pytest.fixture
def clock():
    """The day it is, for this test; the real one comes back after it."""
    made = Clock()
    yield made
    made.stop()
