"""The morning sweep lets returns follow an event that an officer has moved (V5), and prepares extension decisions."""

from datetime import UTC, date, datetime

import pytest

from pcc_portal.tasks import morning_sweep
from plans import actions
from plans.enums import Anchor, Timing
from plans.models import MovableEvent, ReportingRule
from records.models import Obligation
from tests.make import accounts, plans, services

pytestmark = pytest.mark.django_db
AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)


def test_morning_sweep_lets_returns_follow_an_event():
    cast = accounts.cast()
    plan = plans.plan(cast)
    poll = MovableEvent.objects.create(
        key="poll", name="The poll", first_expected_on=date(2090, 5, 4), expected_on=date(2090, 5, 4)
    )
    under = services.provider_rules(plan)
    ReportingRule.objects.create(
        rule_set=under, kind="AFTERWARDS", timing=Timing.AFTER_ANCHOR, anchor=Anchor.EVENT, event=poll, due_days=10
    )
    contract = services.contract(cast, plan, rule_set=under, starts_on=date(2090, 4, 1))
    owed = Obligation.objects.about(contract).get(period="AFTERWARDS")
    before = owed.due_on

    actions.move_event(event=poll, expected_on=date(2091, 5, 3), reason="Put off", by=cast.officer, at=AT)
    morning_sweep()

    owed.refresh_from_db()
    assert (before, owed.due_on, owed.first_due_on) == (date(2090, 5, 14), date(2091, 5, 13), date(2090, 5, 14))
    assert owed.anchor == "The poll, 3 May 2091"


def test_morning_sweep_opens_an_extension_decision_once():
    cast = accounts.cast()
    contract = services.contract(cast, plans.plan(cast), starts_on=date(2090, 4, 1), initial_months=12, options=[
        {"number": 1, "window_starts_on": date(2026, 1, 5), "window_ends_on": date(2090, 9, 29)}
    ])  # fmt: skip

    morning_sweep()
    morning_sweep()

    assert contract.extension_cases.get().decide_by == date(2090, 9, 29)
