"""The finder without its optional model, so that every machine tests the same; one module asks for it by name."""

import pytest

from monitoring.overlap import embedding


@pytest.fixture(autouse=True)
def words_alone(request, monkeypatch):
    """As on an installation without requirements-overlap.txt."""
    if "with_model" not in request.fixturenames:
        monkeypatch.setattr(embedding, "why_not", lambda: embedding.ABSENT)


@pytest.fixture
def with_model():
    """The optional model; skips, saying what brings it, where it is not installed."""
    if why := embedding.why_not():
        pytest.skip(why)
