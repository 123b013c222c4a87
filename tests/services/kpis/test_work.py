"""What of plans and meetings waits for whom, on the home pages (S4, X8)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.actions import kpis as kpi_actions
from services.models import ImprovementPlan
from services.queries import service_work
from tests.make import kpis as make

pytestmark = pytest.mark.django_db
AT = datetime(2020, 4, 7, 12, 0, tzinfo=UTC)
ON = date(2020, 4, 28)


def red_plan(world):
    for number, month in enumerate((1, 4)):
        report = {"report": f"MR-2020-00{number}", "version": 1, "at": AT}
        days = {"starts_on": date(2020, month, 1), "ends_on": make.QUARTERS[number]}
        kpi_actions.report_results(**report, **days, contract=world.contract, figures=[(world.kpi, Decimal(70), "")])
        kpi_actions.accept_results(**report)
    return ImprovementPlan.objects.select_related("contract__provider", "kpi").get()


def told(found):
    return {heading: [(work.title, work.due_on) for work in works] for heading, works in found.items()}


def test_a_plan_waits_for_the_provider_then_for_the_office_then_step_by_step(world):
    cast, plan = world.cast, red_plan(world)

    asked = told(service_work.provider_work(cast.provider_lead, ON))
    make.proposed_plan(cast, plan, at=AT)
    proposed = told(service_work.office_work(cast.officer, ON))
    make.improvement.agree_plan(plan=plan, by=cast.officer, at=AT)
    agreed = told(service_work.provider_work(cast.provider_lead, ON))

    assert asked == {"Improvement plans": [("Improvement plan for Calls answered in time", date(2020, 5, 7))]}
    assert proposed == {
        "Answer improvement plans": [
            ("Agree or send back the improvement plan for Calls answered in time", date(2020, 4, 23))
        ]
    }
    assert agreed == {
        "Improvement plans": [
            (f"{plan.reference}, step 1: Take on two call handlers", date(2020, 9, 30)),
            (f"{plan.reference}, step 2: Train them", date(2020, 10, 30)),
        ]
    }
    assert service_work.provider_work(cast.swale_lead, ON) == {}
    assert service_work.office_work(cast.auditor, ON) == {}


def test_a_meeting_and_its_actions_wait_once_they_are_near(world):
    cast = world.cast
    first, _second = make.planned(cast, world.contract, kind="MONTHLY", count=2)

    near = told(service_work.office_work(cast.officer, ON))
    make.action(cast, make.held(cast, first), organisation=cast.provider)
    early = service_work.provider_work(cast.provider_lead, ON)
    late = told(service_work.provider_work(cast.provider_lead, date(2020, 6, 30)))

    assert near == {"Meetings of contracts": [("Monthly meeting about Support service", date(2020, 5, 5))]}
    assert early == {}
    assert late == {"Actions from meetings": [(f"{first.reference}/A1: Send the leaflet", date(2020, 5, 29))]}
