"""An award, a contract that lacks a standard, a visit in each status: made once for a module, changes undone."""

import sys
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from monitoring.enums import VisitStatus
from monitoring.models import AuditVisit
from plans.models import RequiredStandard, StandardKind
from tests.make import accounts, audits, monitoring, plans, services
from tests.no_pango import WithoutPango


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The cast, the plan, an award, a contract and a visit in each status, never committed."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setitem(sys.modules, "weasyprint", WithoutPango("weasyprint"))
        assert connection.settings_dict["NAME"].startswith(connection.settings_dict["TEST"]["NAME"])
        cast = accounts.cast()
        plan = plans.plan(cast)
        audits.delivered()
        audits.second_condition(plan)
        kind = StandardKind.objects.create(key="insurance", name="Insurance")
        RequiredStandard.objects.create(rule_set=plan.third_rules, kind=kind)
        contract = services.contract(cast, plan, rule_set=plan.third_rules)
        award = monitoring.live_award(cast, plan)
        over = (VisitStatus.FINAL, VisitStatus.CANCELLED)  # neither stands in the way of the next visit
        rows = {
            status: audits.visit(cast, award if status in over else monitoring.live_award(cast, plan), status=status).pk
            for status in VisitStatus
        }
        yield SimpleNamespace(cast=cast, plan=plan, award=award, contract=contract, rows=rows)
        transaction.set_rollback(True)


@pytest.fixture
def world(made):
    """All of it; whatever a test changes is undone after it. `world.visit(status)` is read afresh."""
    with transaction.atomic():
        yield SimpleNamespace(
            **vars(made),
            visit=lambda status: AuditVisit.objects.select_related("organisation", "award", "contract", "auditor").get(
                pk=made.rows[status]
            ),
        )
        transaction.set_rollback(True)
    for person in vars(made.cast).values():
        vars(person).pop("_current_memberships", None)
