"""Contracts, entered as a plan file enters them."""

from datetime import UTC, date, datetime
from decimal import Decimal

from plans.models import ReportingRule, RuleSet
from services import actions

from . import templates

AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)


def contract(cast, plan, *, key="support", at=AT, **changes):
    """A live contract 3 + 1 + 1 + 1 from 1 April 2019: the first option is open, decided six months before."""
    wishes = {
        "key": key,
        "stream": plan.csps,
        "provider": cast.provider,
        "name": "Support service",
        "starts_on": date(2019, 4, 1),
        "initial_months": 36,
        "options": [{"number": 1, "notice_months": 6}, {"number": 2, "notice_months": 6}, {"number": 3}],
        "annual_value": Decimal("250000"),
        "annual_value_year": "2020/21",
        "source": "The plan",
    }
    return actions.import_contract(**{**wishes, **changes}, at=at)


def provider_rules(plan, **changes):
    """Rules for a provider: a return every quarter in the form for services to victims, no certifier."""
    wishes = {"key": "provider-rules", "plan": plan.plan, "name": "Provider rules", "certifier_required": False}
    rules = RuleSet.objects.create(**{**wishes, **changes})
    ReportingRule.objects.create(
        rule_set=rules,
        kind="QUARTERLY",
        timing="REPEATED",
        period_months=3,
        due_days=30,
        template=templates.built_in()["victims-return"],
    )
    return rules


def reporting_contract(cast, plan, **changes):
    """A contract whose provider owes a return every quarter, from the first that was still to come when it came in."""
    return contract(cast, plan, **{"rule_set": provider_rules(plan), **changes})
