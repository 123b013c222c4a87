"""Doors of the plan: read by everybody with a role, put right by officers, delegations by those who delegate."""

from datetime import date

from plans.models import Delegation, LearningArea, MovableEvent, SensitivePeriod
from tests.make import frozen

from . import door

WORLD = {
    "learning_area": lambda world: LearningArea.objects.create(plan=world.plan.plan, order=1, area="Terms"),
    "movable_event": lambda world: MovableEvent.objects.create(
        key="poll", name="The poll", first_expected_on=date(2020, 5, 7), expected_on=date(2020, 5, 7)
    ),
    "sensitive_period": lambda world: SensitivePeriod.objects.create(
        key="quiet", name="Quiet time", starts_on=date(2020, 4, 1), ends_on=date(2020, 5, 7)
    ),
    "delegation": lambda world: Delegation.objects.create(
        reference="D1", body=world.plan.body, post="CHIEF_EXECUTIVE", starts_on=date(2020, 4, 1)
    ),
}
READ = "page: *"
OFFICERS_ONLY = "page: officers; 403: *"
CHANGED = "moved: officers; 403: *"
DELEGATORS = "page: head chief_executive; 403: *"
DELEGATED = "moved: head chief_executive; 403: *"
WHY = {"reason": "The office asked for it"}
DAYS = {"starts_on": "2020-04-01", "ends_on": "2020-05-07"}
PERIOD = {"name": "Quiet time", "source": "", **DAYS, **WHY}
DELEGATION = {"reference": "D2", "post": "CHIEF_EXECUTIVE", "limit": "5000", "source": "Scheme", **DAYS, **WHY}
QUARTERLY = {
    "kind": "QUARTERLY", "timing": "REPEATED", "anchor": "PERIOD_END", "period_months": "3", "due_days": "20",
    "when_extended": "ADDS", **WHY,
}  # fmt: skip
STREAM = {"name": "Community Safety Partnerships", "description": "Projects", "budget": "1000", **WHY}


def of_key(read):
    return lambda world: {"key": read(world).key}


def of_kind(world):
    return {"key": world.plan.csp_rules.key, "kind": "year-end"}


def rows(name, of, data, **more):
    return [door(name, of, OFFICERS_ONLY, **more), door(name, of, CHANGED, method="POST", data=data, **more)]


def thawed(world):
    """Another area's round may have been opened under the rules; here none was."""
    frozen.thaw(world.plan.csp_rules)


DOORS = [
    door("plan_show", "", READ),
    door("plan_export", of_key(lambda world: world.plan.plan), OFFICERS_ONLY),
    door("stream_show", of_key(lambda world: world.plan.csps), READ),
    door("plans:rule_set_show", of_key(lambda world: world.plan.csp_rules), READ),
    door("plans:reporting_show", of_key(lambda world: world.plan.csp_rules), OFFICERS_ONLY),
    *rows("plans:reporting_new", of_key(lambda world: world.plan.csp_rules), QUARTERLY, given=thawed),
    *rows("plans:reporting_edit", of_kind, QUARTERLY, given=thawed),
    *rows("plans:reporting_drop", of_kind, WHY, given=thawed),
    *rows("plans:learning_edit", lambda world: {"pk": world.learning_area.pk}, {"change": "Shorter terms"}),
    *rows("plans:priority_edit", of_key(lambda world: world.plan.violence), {"name": "Less violence", **WHY}),
    *rows("plans:stream_edit", of_key(lambda world: world.plan.csps), STREAM),
    *rows("plans:funding_source_edit", of_key(lambda world: world.plan.own), {"amount": "", **WHY}),
    *rows("plans:movable_event_edit", of_key(lambda world: world.movable_event), {"expected_on": "2021-05-06", **WHY}),
    *rows("plans:sensitive_period_new", "", PERIOD),
    *rows("plans:sensitive_period_edit", of_key(lambda world: world.sensitive_period), PERIOD),
    door("plans:delegation_new", "", DELEGATORS),
    door("plans:delegation_new", "", DELEGATED, method="POST", data=DELEGATION),
    door("plans:delegation_edit", "delegation", DELEGATORS),
    door("plans:delegation_edit", "delegation", DELEGATED, method="POST", data=DELEGATION),
]
