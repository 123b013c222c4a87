"""Pages asked by signed-in people of the cast."""

import pytest

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def _django_db_helper(world):
    """The rows of the module stand in a transaction of their own, so no test opens another."""


@pytest.fixture
def cast(world):
    return world.cast


@pytest.fixture
def signed_in(client, settings):
    """The client, signed in as the person given."""
    settings.SECOND_FACTOR_REQUIRED = False

    def sign_in(person):
        client.force_login(person, backend=BACKEND)
        return client

    return sign_in
