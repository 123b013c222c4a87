"""The points that risk brings, as officers set them (P4). A sample that was drawn keeps the points of its day."""

from django.db import transaction

from records.actions import log
from records.refusals import refuse_if

from ...models import RiskRule
from ...rules import audits as rules


def _content(rule):
    return {"factor": rule.get_factor_display(), "from": str(rule.at_least), "points": rule.points}


@transaction.atomic
def set_mark(*, factor, at_least, points, by, at):
    """So many points from a mark of a factor."""
    refuse_if(rules.why_not_mark(None, user=by, factor=factor, at_least=at_least))
    rule = RiskRule.objects.create(factor=factor, at_least=at_least, points=points)
    rule.refresh_from_db()
    log(
        rule,
        "risk_points_set",
        by=by,
        at=at,
        summary=f"Points of risk set. {rule}",
        changes={name: [None, value] for name, value in _content(rule).items()},
    )
    return rule


@transaction.atomic
def change_mark(*, rule, at_least, points, by, at):
    """Another mark, or other points, of the same factor."""
    rule = RiskRule.objects.select_for_update().get(pk=rule.pk)
    refuse_if(rules.why_not_mark(rule, user=by, factor=rule.factor, at_least=at_least))
    was = _content(rule)
    rule.at_least, rule.points = at_least, points
    rule.save(update_fields=["at_least", "points"])
    rule.refresh_from_db()
    changes = {name: [was[name], value] for name, value in _content(rule).items() if was[name] != value}
    if changes:
        log(rule, "risk_points_changed", by=by, at=at, summary=f"Points of risk changed. {rule}", changes=changes)
    return rule


@transaction.atomic
def remove_mark(*, rule, by, at):
    """A mark brings no points any more."""
    rules_now = RiskRule.objects.select_for_update()
    rule = rules_now.get(pk=rule.pk)
    refuse_if(rules.why_not_unmark(rule, user=by))
    log(
        rule,
        "risk_points_removed",
        by=by,
        at=at,
        summary=f"Points of risk removed. {rule}",
        changes={name: [value, None] for name, value in _content(rule).items()},
    )
    RiskRule.objects.filter(pk=rule.pk).delete()
    return rule
