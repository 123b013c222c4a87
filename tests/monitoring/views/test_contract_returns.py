"""Pages of a provider's return under its contract."""

from datetime import UTC, datetime

import pytest

from monitoring import actions
from monitoring.models import MonitoringReturn
from tests.make import services as make_services

pytestmark = pytest.mark.django_db
SWEPT = datetime(2020, 4, 8, 6, 0, tzinfo=UTC)


@pytest.fixture
def row(cast, world):
    contract = make_services.reporting_contract(cast, world.plan)
    [found] = actions.open_due_returns(on=SWEPT.date(), at=SWEPT)
    assert found.contract == contract
    return found


def test_the_provider_sees_and_writes_its_return_and_strangers_do_not(client, cast, row, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(cast.provider_lead)

    shown = client.get(row.get_absolute_url()).content.decode()
    listed = client.get("/returns/").content.decode()
    checked = client.get(f"{row.get_absolute_url()}check/").content.decode()

    assert f"{row.contract.reference}</a> Support service" in shown
    assert row.reference in listed
    assert row.reference in checked
    client.force_login(cast.swale_lead)
    assert client.get(row.get_absolute_url()).status_code == 404


def test_return_ask_opens_an_ad_hoc_return_of_a_contract(client, cast, row, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(cast.officer)
    url = f"/returns/ask/{row.contract.reference}/"
    page = client.get(url).content.decode()
    posted = {"starts_on": "2020-04-01", "ends_on": "2020-04-30", "due_on": "2100-05-15", "reason": "A concern"}

    response = client.post(url, posted)

    made = MonitoringReturn.objects.get(kind="AD_HOC")
    assert "Back to the contract" in page
    assert response.url == made.get_absolute_url()
    assert client.get(response.url).status_code == 200
    assert client.get("/returns/ask/CT-2000-001/").status_code == 404
