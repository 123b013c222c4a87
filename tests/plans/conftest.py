"""The cast and the small plan, for every test of the plan."""

from types import SimpleNamespace

import pytest

from tests.make import accounts, plans


@pytest.fixture
def world(db):
    cast = accounts.cast()
    return SimpleNamespace(cast=cast, plan=plans.plan(cast))


@pytest.fixture
def signed_in(client, settings):
    """Sign somebody in and give the client."""
    settings.SECOND_FACTOR_REQUIRED = False

    def sign_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
