"""The cast and its plan, for every test of returns; papers are made as on a machine without Pango, which is quick."""

import sys

import pytest

from tests.make import accounts, plans


class NoPango:
    """Stands first among the finders and fails as the library does where Pango is missing."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango'")


@pytest.fixture(autouse=True)
def papers_without_pdf(request, monkeypatch):
    if request.node.get_closest_marker("pdf"):
        return
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoPango, *sys.meta_path])


@pytest.fixture
def cast(db):
    return accounts.cast()


@pytest.fixture
def plan(cast):
    return plans.plan(cast)
