"""What ends with a contract: meetings to come and improvement plans; notes of meetings before stay owed."""

from datetime import UTC, date, datetime

import pytest

from records.enums import ObligationKind
from records.models import Obligation
from services.actions import details as actions
from tests.make import accounts as make_accounts
from tests.make import kpis as make
from tests.make import plans as make_plans

pytestmark = pytest.mark.django_db


def test_end_contract_cancels_meetings_to_come_and_closes_improvement_plans():
    cast = make_accounts.cast()
    contract = make.contract(cast, make_plans.plan(cast))
    plan = make.asked_plan(cast, contract)
    make.planned(cast, contract, first_on=date(2022, 3, 1), count=3)
    after = datetime(2022, 4, 1, 9, 0, tzinfo=UTC)

    actions.end_contract(contract=contract, reason="Not extended", by=cast.officer, at=after)

    words = "The contract has ended. Not extended"
    found = contract.meetings.order_by("number").values_list("planned_on", "status", "cancelled_reason")
    assert list(found) == [
        (date(2022, 3, 1), "PLANNED", ""),
        (date(2022, 6, 1), "CANCELLED", words),
        (date(2022, 9, 1), "CANCELLED", words),
    ]
    plan.refresh_from_db()
    assert (plan.status, plan.closing) == ("CLOSED", words)
    owed = Obligation.objects.open().filter(kind__in=[ObligationKind.MEETING, ObligationKind.IMPROVEMENT_PLAN])
    assert list(owed.values_list("kind", "due_on")) == [("MEETING", date(2022, 3, 1))]
