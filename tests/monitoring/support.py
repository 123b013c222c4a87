"""Offers of support, made once for a module; whatever a test changes is undone after it."""

from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from monitoring.enums import OfferKind, OfferStatus
from monitoring.models import CapacityOffer, CapacitySession
from tests.make import accounts
from tests.make import capacity as make


@pytest.fixture(scope="module")
def support_made(django_db_setup, django_db_blocker):
    """The cast; an open offer with a session of two places; a draft; a closed one; a template without a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert connection.settings_dict["NAME"].startswith(connection.settings_dict["TEST"]["NAME"])
        cast = accounts.cast()
        rows = {
            "offer": make.offer(cast),
            "draft": make.offer(cast, status=OfferStatus.DRAFT),
            "closed": make.offer(cast, status=OfferStatus.CLOSED),
            "template": make.offer(cast, kind=OfferKind.TEMPLATE, status=OfferStatus.DRAFT),
        }
        yield SimpleNamespace(cast=cast, rows={name: row.pk for name, row in rows.items()})
        transaction.set_rollback(True)


@pytest.fixture
def support(support_made):
    """All of it, read afresh, with `session`, the one of the open offer."""
    cast = support_made.cast
    with transaction.atomic():
        offers = {name: CapacityOffer.objects.get(pk=pk) for name, pk in support_made.rows.items()}
        session = CapacitySession.objects.select_related("offer").get(offer=offers["offer"])
        yield SimpleNamespace(cast=cast, session=session, **offers)
        transaction.set_rollback(True)
    for person in vars(cast).values():
        vars(person).pop("_current_memberships", None)
