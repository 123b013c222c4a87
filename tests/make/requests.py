"""Changes of an award that its recipient asks for, walked by the real actions."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta

from grants.actions import requests
from grants.queries import changes
from plans.enums import RequestKind
from plans.models import ApprovalRule
from records.enums import DecisionOutcome

from . import frozen

ASKED_AT = datetime(2020, 8, 3, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WHY = "Two volunteers have left and it takes until the autumn to train others."


def approval(world, kind, level, *, percent=None, days=None):
    """A row of the award's rule set that says who approves."""
    frozen.thaw()
    return ApprovalRule.objects.create(
        rule_set=world.csp_rules, kind=kind, level=level, up_to_percent=percent, up_to_days=days
    )


def moved_money(award, *values, new=()):
    """The budget of the award's first project with these sums, and new lines of (heading, sum)."""
    after = deepcopy(changes.standing(award, RequestKind.MONEY))
    rows = after["lines"][0]["rows"]
    for row, value in zip(rows, values, strict=True):
        row["value"] = value
    rows += [{"part": "budget_lines", "pk": None, "name": name, "value": value} for name, value in new]
    return after


def figures(award, target, *, output=None, gone=()):
    """The first project with another target of its output, a new output of (words, unit, target), parts gone."""
    after = deepcopy(changes.standing(award, RequestKind.OUTPUTS))
    for row in after["lines"][0]["rows"]:
        if row["part"] == "outputs":
            row["value"] = target
        if row["part"] in gone:
            row["gone"] = True
    if output:
        name, unit, value = output
        after["lines"][0]["rows"].append({"part": "outputs", "pk": None, "name": name, "unit": unit, "value": value})
    return after


def partners(award, *, joins):
    """The first project with all its partners gone and one who joins."""
    after = deepcopy(changes.standing(award, RequestKind.PARTNER))
    rows = [{**row, "gone": True} for row in after["lines"][0]["rows"]]
    after["lines"][0]["rows"] = [*rows, {"part": "partners", "pk": None, "name": joins, "value": "Patrols"}]
    return after


def started(world, award, kind, after, *, at=ASKED_AT):
    return requests.start_request(award=award, kind=kind, reason=WHY, after=after, by=world.maidstone_lead, at=at)


def sent(world, award, kind, after, *, at=ASKED_AT):
    """A request with the office."""
    return requests.submit_request(request=started(world, award, kind, after, at=at), by=world.maidstone_lead, at=at)


def advised(world, award, kind, after, *, at=ASKED_AT):
    """A request that waits for a decision."""
    request = sent(world, award, kind, after, at=at)
    return requests.advise_on_request(request=request, advice="Agree to it", by=world.officer, at=at + DAY)


def decide(request, *, by, outcome=DecisionOutcome.APPROVED, at=ASKED_AT + 2 * DAY):
    return requests.decide_request(request=request, outcome=outcome, answer="It still meets the need", by=by, at=at)
