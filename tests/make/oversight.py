"""Activities of the oversight register, entered and checked as an officer does."""

import importlib
from datetime import UTC, date, datetime
from decimal import Decimal

from django.apps import apps

from services.actions import oversight as actions
from services.enums import CheckResult
from services.models import OversightCheckKind

AT = datetime(2020, 6, 1, 9, 0, tzinfo=UTC)


def activity(cast, plan, *, checked=0, result=CheckResult.MET, at=AT, **changes):
    """A proposed activity to go live on 1 September 2020, with the first `checked` checks answered."""
    wishes = {
        "stream": plan.csps,
        "name": "Street mentors",
        "purpose": "Young people are met where they are.",
        "provider": cast.provider,
        "amount": Decimal("12000"),
        "starts_on": date(2020, 9, 1),
        "ends_on": date(2021, 3, 31),
    }
    delivered()
    made = actions.register_activity(**{**wishes, **changes}, by=cast.officer, at=at)
    for kind in kinds()[:checked]:
        actions.record_check(activity=made, kind=kind, result=result, evidence="Seen.", by=cast.officer, at=at)
    return made


def delivered():
    """The checks delivered with the portal. A test that empties tables takes them away; this puts them back."""
    if not OversightCheckKind.objects.exists():
        importlib.import_module("services.migrations.0006_oversight_checks").write_kinds(apps, None)


def kinds():
    """The checks asked today."""
    delivered()
    return list(OversightCheckKind.objects.filter(retired_at__isnull=True))


def live(cast, plan, **changes):
    """An activity that went live with every check met."""
    return actions.go_live(activity=activity(cast, plan, checked=99, **changes), by=cast.officer, at=AT)
