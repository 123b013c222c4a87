"""A machine without Pango, for tests that make many papers and read none: each PDF costs a second."""

import sys
from types import ModuleType

import pytest


class WithoutPango(ModuleType):
    """What importing WeasyPrint comes to where its libraries are missing."""

    @property
    def __path__(self):
        raise OSError("cannot load library 'libpango-1.0-0'")


@pytest.fixture(autouse=True)
def without_pango(request, monkeypatch):
    """Papers are HTML only, unless the test is marked pdf."""
    if not request.node.get_closest_marker("pdf"):
        monkeypatch.setitem(sys.modules, "weasyprint", WithoutPango("weasyprint"))
        monkeypatch.delitem(sys.modules, "weasyprint.urls", raising=False)
