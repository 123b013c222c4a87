from collections import defaultdict

import pytest

from accounts import access
from tests.no_pango import without_pango

from .clock import Clock
from .visitor import Visitor, pattern_of

__all__ = ["without_pango"]


@pytest.fixture
def clock():
    """The day it is, for this test; the real one comes back after it."""
    made = Clock()
    yield made
    made.stop()


@pytest.fixture
def enter(browser, live_server):
    """Let somebody in; the office and the partners each see a page checked once.

    `known` are addresses another test checks already.
    """
    seen, inside = defaultdict(set), []

    def enter_(user, *, javascript=True, known=()):
        kind = "office" if access.is_office(user) else "partner"
        seen[kind] |= {pattern_of(f"{live_server.url}{path}") for path in known}
        visitor = Visitor(browser, live_server.url, user, javascript=javascript, seen=seen[kind])
        inside.append(visitor)
        return visitor

    yield enter_
    for visitor in inside:
        visitor.context.close()
