import pytest

from tests.make import accounts as make


@pytest.fixture
def cast(db):
    return make.cast()
